"""Every operator of the query language, on small documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Finding = Callable[..., list[list[str]]]

SAID = """# Trust and doubt

Russia's promise is dependable. Iran doubts it, but the S‑300 and the Su-35 came late.

Mutual defense was never agreed. Nor was mutual defence.

Do not bank on Moscow. Banks on the coast are closed.

The US helped us. “Guarantees” were naïve; the café closed.

- Commitments are questioned by everyone who doubts the long‑term pact."""


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("doubt", [["doubt"], ["doubts"], ["doubts"]]),
        ("=doubt", [["doubt"]]),
        ("=doubts", [["doubts"], ["doubts"]]),
        ("dependab*", [["dependable"]]),
        ("*ependable", [["dependable"]]),
        ('"mutual defen?e"', [["Mutual defense", "mutual defence"]]),
        ("defence", [["defense", "defence"]]),
        ('"mutual defence"', [["mutual defence"]]),
        ('"bank on"', [["bank on"]]),
        ("bank on", [["bank", "on", "Banks", "on"]]),
        ("doubt -trust", [["doubts"], ["doubts"]]),
        ("doubt NOT trust", [["doubts"], ["doubts"]]),
        ("doubt AND trust", [["Trust", "doubt"]]),
        ("trust OR pact", [["Trust"], ["pact"]]),
        ("(trust OR pact) doubt", [["Trust", "doubt"], ["doubts", "pact"]]),
        ("comitment~", [["Commitments"]]),
        ("gaurantes~", [["Guarantees"]]),
        ("moscwo~1", [["Moscow"]]),
        ('"iran late"~9', []),
        ('"Iran late"~10', [["Iran", "late"]]),
        ('"late Iran"~20', []),
        ("late NEAR/10 iran", [["Iran", "late"]]),
        ("late NEAR/9 iran", []),
        ("russia NEAR/8 iran", []),
        ('"US"', [["US"]]),
        ('"us"', [["US", "us"]]),
        ("S-300", [["S‑300"]]),
        ('"s–300"', [["S‑300"]]),
        ("Su-3?", [["Su-35"]]),
        ("su-*", [["Su-35"]]),
        ("35", [["35"]]),
        ("russia", [["Russia"]]),
        ("Russia’s", [["Russia"]]),
        ("cafe naive", [["naïve", "café"]]),
        ("long-term", [["long‑term"]]),
        ('"long term"', [["long‑term"]]),
        ("section:trust moscow", [["Moscow"]]),
        ("section:trust kind:bullet doubt", [["doubts"]]),
        ("kind:heading", [[]]),
        ('"guarantees"', [["Guarantees"]]),
        ("who questioned?", [["questioned", "who"]]),
        ("doc:000 moscow", [["Moscow"]]),
        ("doc:001 moscow", []),
        ("moscow^3 OR us", [["Moscow"], ["US", "us"]]),
        ("-moscow", [[], [], [], [], []]),
    ],
)
def test_an_operator_marks_what_it_matched(index_of: Any, find: Finding, query: str, marks: Any) -> None:
    assert find(index_of(SAID), query) == marks
