"""What the words of a brief weigh: made in this process or another, kept, and never believed if damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from brief_tui.children import Cancelled
from brief_tui.search import weighing
from brief_tui.search.weighing import Parts, weighed, weighed_or_kept

PARTS = Parts(
    ["Drones attacked the city.", "Grain was harvested.", "Drones and grain.", "Ports \U0001f6a2 漢字"],
    ["en", "en", "en", ""],
    [[2], [], [], []],
    [True, True, False, True],
    {"air": ["drones"]},
)


def test_a_word_weighs_by_how_rare_it_is_in_prose_and_a_heading_counts_half() -> None:
    made = weighed(PARTS)
    holders = {word: made.holders(number) for number, word in enumerate(made.words, 1)}
    assert holders["@air"] == 1
    assert holders["grain"] == 2  # of two passages of prose: of one by its heading
    assert holders["the"] == 0
    (first, weight), *others = made.of(made.words.index("grain") + 1)
    assert first == 0
    assert weight < min(other for _, other in others)


def test_another_process_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    here = weighed(PARTS).packed()
    monkeypatch.setattr(weighing, "LARGE", 1)
    monkeypatch.setattr(weighing, "weighed", None)
    assert weighed_or_kept(lambda: PARTS, apart=True).packed() == here


def test_another_process_can_be_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "LARGE", 1)
    with pytest.raises(Cancelled):
        weighed_or_kept(lambda: PARTS, apart=True, cancelled=lambda: True)


def read_again() -> Parts:
    raise AssertionError("it was kept")


def test_it_is_kept_for_the_same_texts(tmp_path: Path) -> None:
    first = weighed_or_kept(lambda: PARTS, key=b"one", kept=tmp_path / "terms")
    assert weighed_or_kept(read_again, key=b"one", kept=tmp_path / "terms").packed() == first.packed()
    with pytest.raises(AssertionError):
        weighed_or_kept(read_again, key=b"two", kept=tmp_path / "terms")


@pytest.mark.parametrize("damage", [lambda c: b"", lambda c: c[:-9], lambda c: c.replace(b"drone", b"grain")])
def test_what_is_damaged_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "terms"
    first = weighed_or_kept(lambda: PARTS, key=b"one", kept=file)
    file.write_bytes(damage(file.read_bytes()))
    assert weighed_or_kept(lambda: PARTS, key=b"one", kept=file).packed() == first.packed()
