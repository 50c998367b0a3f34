"""What the store returns it keeps, and any window sees it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document, Span
from brief_tui.errors import StoreError
from brief_tui.highlights.model import Highlight, State
from brief_tui.highlights.reading import fingerprint
from brief_tui.highlights.store import BRIEF, Store

Make = Callable[[str], Document]


def mark(
    store: Store, doc: Document, start: int = 0, end: int = 28, *, tags: tuple[str, ...] = (), note: str = ""
) -> Highlight:
    return store.add(doc.text, doc.id, doc.digest, Span(start, end), tags=tags, note=note)


def test_a_mark_is_there_after_closing(store: Store, folder: Path, doc: Document) -> None:
    kept = mark(store, doc, tags=("trust", " trust ", "", "späť"), note="so")
    store.close()
    again = Store.open(folder)
    assert again.highlights() == (kept,)
    assert again.highlights() == (kept,)
    assert kept.exact == "Moscow did not come to help."
    assert kept.tags == ("trust", "späť")
    assert (kept.prefix, kept.suffix) == ("", doc.text[28:60])
    assert kept.created == kept.modified
    assert kept.created.endswith("Z")
    again.close()


def test_edges_take_whole_characters(store: Store, doc: Document) -> None:
    shield = doc.text.index("🛡")
    assert mark(store, doc, shield, shield + 1).exact == "🛡️"


def test_nothing_selected_is_refused(store: Store, doc: Document) -> None:
    with pytest.raises(StoreError, match="select some text"):
        mark(store, doc, 5, 5)
    assert store.highlights() == ()


def test_marks_may_overlap_and_come_in_the_order_of_the_text(store: Store, doc: Document) -> None:
    later, earlier = mark(store, doc, 10, 20), mark(store, doc, 0, 15)
    assert store.highlights() == (earlier, later)


def test_edit_changes_what_is_named_and_nothing_else(store: Store, doc: Document) -> None:
    kept = mark(store, doc, tags=("a",), note="n")
    edited = store.edit(kept.id[:8], tags=("b", "a"))
    assert (edited.tags, edited.note, edited.span, edited.created) == (
        ("b", "a"),
        "n",
        kept.span,
        kept.created,
    )
    noted = store.edit(kept.id, note="better")
    assert (noted.exact, noted.tags, noted.note) == (kept.exact, ("b", "a"), "better")
    assert store.highlight(kept.id) == noted


def test_remove_and_unknown_ids(store: Store, doc: Document) -> None:
    kept = mark(store, doc)
    assert store.remove(kept.id[:4]) == kept
    assert store.highlights() == ()
    for wrong in (kept.id, "", "%"):
        with pytest.raises(StoreError, match="No highlight"):
            store.remove(wrong)


def test_files_are_private(store: Store, doc: Document, folder: Path) -> None:
    mark(store, doc)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_what_is_kept_survives_a_power_cut_by_sqlites_own_promises(store: Store) -> None:
    with store._database.reading() as connection:
        kept = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_every_thread_may_mark(store: Store, doc: Document) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda at: mark(store, doc, at % 20, at % 20 + 3), range(80)))
    assert {each.id for each in store.highlights()} == {each.id for each in kept}


def test_another_windows_marks_are_noticed_once(store: Store, folder: Path, doc: Document) -> None:
    other = Store.open(folder)
    mark(store, doc)
    assert not store.changed()
    assert other.changed()
    assert not other.changed()
    assert len(other.highlights()) == 1
    other.close()


def test_manual_tags_win_once_a_passage(store: Store, doc: Document) -> None:
    def put(present: bool | None) -> None:
        store.set_theme(doc.text, doc.id, doc.digest, doc.passages[0].span, theme="trust", present=present)

    put(True)
    put(False)
    (tag,) = store.manual_tags()
    assert (tag.theme, tag.present, tag.span, tag.exact) == (
        "trust",
        False,
        doc.passages[0].span,
        doc.passages[0].text,
    )
    put(None)
    assert store.manual_tags() == ()
    store.undo()
    assert [each.present for each in store.manual_tags()] == [False]
    store.undo()
    assert [each.present for each in store.manual_tags()] == [True]
    store.undo()
    assert store.manual_tags() == ()


def test_notes_on_the_brief_and_on_documents(store: Store, doc: Document) -> None:
    store.set_note(BRIEF, "All in all")
    store.set_note(doc.id, "Mine")
    store.set_note(doc.id, "Mine, better")
    assert store.notes() == {BRIEF: "All in all", doc.id: "Mine, better"}
    store.set_note(doc.id, " ")
    assert store.notes() == {BRIEF: "All in all"}
    store.undo()
    assert store.notes()[doc.id] == "Mine, better"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text(st.characters(), min_size=1), st.text(st.characters()), st.lists(st.text(st.characters())))
def test_any_words_are_kept(store: Store, make: Make, text: str, note: str, tags: list[str]) -> None:
    doc = make(text.encode("utf-8", "replace").decode())
    kept = mark(store, doc, 0, len(doc.text), tags=tuple(tags), note=note)
    assert store.highlight(kept.id) == kept
    assert kept.exact == doc.text


def test_put_takes_what_is_new_or_newer(store: Store, doc: Document, tmp_path: Path) -> None:
    kept = mark(store, doc)
    other = Store.open(tmp_path / "other")
    assert other.put([kept]) == 1
    assert other.put([kept]) == 0
    assert other.highlights() == (kept,)
    other.edit(kept.id, note="theirs")
    assert other.put([kept]) == 0
    assert store.put(other.highlights()) == 1
    assert store.highlights() == other.highlights()
    other.close()


class Where(msgspec.Struct):
    doc: str
    at: int = 0


def test_reading_state_searches_and_read_passages(store: Store, doc: Document) -> None:
    reading = store.reading
    assert reading.state(Where) is None
    reading.save_state(Where("a.txt", 7))
    assert reading.state(Where) == Where("a.txt", 7)
    assert reading.state(list[int]) is None
    reading.mark_read(doc.id, [fingerprint(p.text) for p in doc.passages])
    assert fingerprint(doc.passages[0].text) in reading.read(doc.id)
    for query in ("iran", "russia", "iran"):
        reading.add_search(query)
    assert reading.searches() == ("iran", "russia")
    reading.save_search("mine", "a NEAR/3 b")
    reading.save_search("gone", "x")
    reading.save_search("gone", None)
    assert reading.saved_searches() == {"mine": "a NEAR/3 b"}
    mark(store, doc, tags=("one", "two"))
    assert reading.recent_tags() == ("two", "one")
    reading.remember_documents({doc.id: doc.digest})
    assert reading.documents() == {doc.id: doc.digest}


def test_a_changed_document_is_found_again_or_orphaned(store: Store, doc: Document, make: Make) -> None:
    kept = mark(store, doc)
    store.set_theme(doc.text, doc.id, doc.digest, doc.passages[1].span, theme="trust", present=True)
    moved = make("A new beginning of it all.\n\n" + doc.text)
    assert store.reattach(moved) == ()
    (found,) = store.highlights()
    assert (found.digest, found.exact) == (moved.digest, kept.exact)
    assert moved.text[found.start : found.end] == kept.exact
    assert store.manual_tags()[0].span == moved.passages[2].span
    gone = make("Something else entirely stands here now, about bread.\n")
    assert {each.state for each in store.reattach(gone)} == {State.ORPHANED}
    assert store.highlights()[0].exact == kept.exact
    assert store.reattach(gone) == ()
    store.reattach(doc)
    assert store.highlights() == (kept,)


def test_a_document_whose_name_is_no_unicode_is_refused_in_words(store: Store, doc: Document) -> None:
    with pytest.raises(StoreError, match="rename the file"):
        store.add(doc.text, "a\udcff.txt", doc.digest, Span(0, 3))
    assert store.highlights() == ()


def test_highlights_are_read_when_they_are_asked_for(store: Store, folder: Path, doc: Document) -> None:
    marks = store.all_highlights
    assert (len(marks), list(marks)) == (0, [])
    first = mark(store, doc, 10, 20, tags=("a",))
    second = store.add(doc.text, "b.txt", doc.digest, Span(0, 5))
    marks = store.all_highlights
    assert tuple(marks) == store.highlights() == (first, second)
    assert (marks[0], marks[-1], marks[:1]) == (first, second, [first])
    assert list(marks.of("b.txt")) == [second]
    tagged = marks.where(lambda each: bool(each.tags))
    assert (len(tagged), list(tagged), tagged.sizes[doc.id]) == (1, [first], 1)
    assert list(tagged.where(lambda each: each.doc == "b.txt")) == []
    with pytest.raises(IndexError):
        tagged[1]
    walk = iter(marks)
    assert next(walk) == first
    other = Store.open(folder)
    other.remove(second.id)
    other.close()
    assert list(walk) == [second], "a walk sees what was there when it began"
    with closing(Store.nowhere("no")) as nowhere:
        assert list(nowhere.all_highlights) == []
