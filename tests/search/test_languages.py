"""The language in which words are compared, where nobody said which it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.search.basis import Basis
from brief_tui.search.languages import likely
from brief_tui.search.related import Related


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harvest was poor, and the price of bread rose by a third.", "en"),
        ("Die Ernte war schlecht, und der Preis für Brot ist um ein Drittel gestiegen.", "de"),
        ("La récolte a été mauvaise et le prix du pain est en hausse dans les villes.", "fr"),
        ("Урожай был плохой, и цена на хлеб выросла на треть.", "ru"),
        ("Žetva je bila slaba, cijena kruha porasla.", ""),
        ("收成不好,面包价格上涨。", ""),
        ("", ""),
    ],
)
def test_it_is_told_by_its_words_of_grammar(text: str, language: str) -> None:
    assert likely(text) == language


def test_without_a_known_language_words_of_grammar_relate_nothing(tmp_path: Path) -> None:
    one = "The bakers raised the prices of the loaf. It is the end of the cheap bread in the city.\n"
    other = (
        "The river is in the north of the country.\n\nA price is not to be had for the bread of the baker.\n"
    )
    (tmp_path / "a.txt").write_text(one, "utf-8")
    (tmp_path / "b.txt").write_text(other, "utf-8")
    brief, _ = read_brief([tmp_path])
    documents = [load(entry, default_language="") for entry in brief.entries]
    assert not any(document.language for document in documents)
    (hit,) = Related(Basis(documents, semantic=False)).related("a.txt", 0)
    assert hit.number == 1
    assert set(hit.why.words) == {"price", "bread", "baker"}
