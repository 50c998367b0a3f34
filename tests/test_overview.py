"""Counting documents and themes: what counts once, what never counts, and where along a text it lies."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import PROSE, Document, Entry, Kind, Metadata, Passage
from brief_tui.overview import along, survey
from brief_tui.workspace import Workspace

KINDS = (Kind.TITLE, Kind.HEADING, Kind.BODY, Kind.BULLET, Kind.PULLQUOTE, Kind.CAPTION, Kind.BOILERPLATE)


def document(
    *passages: tuple[Kind, str], twins: dict[int, int] | None = None, doc: str = "a.txt"
) -> Document:
    """A document of the given passages, a line each."""
    text = "\n".join(words for _, words in passages)
    found, at = [], 0
    for number, (kind, words) in enumerate(passages):
        twin = (twins or {}).get(number)
        end = at + len(words)
        found.append(Passage(doc, number, at, end, number + 1, number + 1, kind, twin=twin, source=text))
        at = end + 1
    entry = Entry(doc, Path(doc), Metadata(), doc)
    return Document(entry=entry, text=text, digest="", passages=tuple(found), title=doc)


def test_headings_captions_and_boilerplate_never_count() -> None:
    text = document(*((kind, "some words") for kind in KINDS))
    (row,) = survey([(0, text)], ["t"], [("t", "a.txt", n) for n in range(len(KINDS))]).rows
    assert [text.passages[n].kind for n in row.cells["t"].numbers] == [Kind.BODY, Kind.BULLET, Kind.PULLQUOTE]
    assert row.passages == 3
    assert row.cells["t"].share == 1.0


def test_a_pull_quote_counts_with_its_twin_once() -> None:
    text = document((Kind.BODY, "one two three"), (Kind.PULLQUOTE, "two three"), twins={1: 0})
    for tagged in ([0], [1], [0, 1]):
        (row,) = survey([(0, text)], ["t"], [("t", "a.txt", n) for n in tagged]).rows
        assert row.cells["t"].numbers == (0,)
        assert row.passages == 1
        assert row.cells["t"].share == 1.0


def test_share_is_of_the_prose_and_all_together_weigh_by_length() -> None:
    long = document((Kind.HEADING, "x" * 50), (Kind.BODY, "x" * 300), (Kind.BODY, "x" * 100))
    short = document((Kind.BODY, "x" * 100), doc="b.txt")
    overview = survey([(0, long), (1, short)], ["t", "u"], [("t", "a.txt", 2), ("t", "b.txt", 0)])
    assert [row.cells["t"].share for row in overview.rows] == [0.25, 1.0]
    assert overview.share("t") == 200 / 500
    assert overview.count("t") == 2
    assert (overview.count("u"), overview.share("u")) == (0, 0.0)
    assert overview.highest == 1.0


def test_unknown_themes_and_documents_are_left_out() -> None:
    text = document((Kind.BODY, "words"))
    (row,) = survey([(0, text)], ["t"], [("other", "a.txt", 0), ("t", "gone.txt", 0)]).rows
    assert row.cells["t"].count == 0


def test_words_are_what_stands_between_blanks_and_each_ideograph() -> None:
    text = document((Kind.BODY, "Su-35 doesn’t  fly"), (Kind.BODY, "中国と俄罗斯"))
    (row,) = survey([(0, text)], [], []).rows
    assert row.words == 3 + 6


def test_nothing_to_count_divides_by_nothing() -> None:
    overview = survey([(0, document())], ["t"], [])
    assert overview.share("t") == 0.0
    assert along(overview.rows[0].document, (), 8) == (0.0,) * 8
    empty = survey([], [], [])
    assert (empty.words, empty.highest) == (0, 0.0)


def test_along_shows_where_a_passage_lies() -> None:
    text = document((Kind.BODY, "x" * 99), (Kind.BODY, "x" * 100))
    assert along(text, [1], 4) == (0.0, 0.0, 1.0, 1.0)
    assert along(text, [0], 4) == (1.0, 1.0, 0.0, 0.0)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.text("ab c", min_size=1, max_size=30)), max_size=12),
    st.sets(st.integers(0, 11)),
    st.integers(1, 40),
)
def test_along_holds_for_any_text(passages: list[tuple[Kind, str]], numbers: set[int], steps: int) -> None:
    text = document(*passages)
    found = along(text, numbers, steps)
    assert len(found) == steps
    assert all(0.0 <= value <= 1.0 for value in found)
    there = any(passage.number in numbers and passage.kind in PROSE for passage in text.passages)
    assert any(found) == there


def test_the_seeds_are_counted_as_their_trails_are_walked(private_places: Path) -> None:
    workspace = Workspace.open()
    documents = [(workspace.library.place_of(each.id), each) for each in workspace.library.documents()]
    themes = [theme.id for theme in workspace.coding.codebook.themes]
    overview = survey(
        documents, themes, [(tag.theme, tag.doc, tag.number) for tag in workspace.coding.tags()]
    )
    assert [row.words for row in overview.rows] == [len(each.text.split()) for _, each in documents]
    for row in overview.rows:
        for theme in themes:
            cell = row.cells[theme]
            assert list(cell.numbers) == sorted(set(cell.numbers))
            assert all(row.document.passages[n].kind in PROSE for n in cell.numbers)
            assert (cell.share > 0) == (cell.count > 0)
            strip = along(row.document, cell.numbers, 14)
            assert any(strip) == bool(cell.count)
    workspace.marks.store.close()
