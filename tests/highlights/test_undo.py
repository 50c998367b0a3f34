"""Undo and redo: of everything, across restarts, each window its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights.store import Store


def mark(store: Store, doc: Document, start: int = 0, end: int = 6) -> str:
    return store.add(doc.text, doc.id, doc.digest, Span(start, end)).id


def test_undo_says_what_and_goes_on_after_a_restart(folder: Path, doc: Document) -> None:
    store = Store.open(folder)
    kept = mark(store, doc)
    store.edit(kept, tags=("a",), note="n")
    store.close()
    store = Store.open(folder)
    change = store.undo()
    assert change is not None
    assert change.says == "change the tags and note of “Moscow”"
    assert (change.docs, change.ids) == (frozenset({doc.id}), (kept,))
    assert store.highlight(kept).tags == ()
    store.close()
    store = Store.open(folder)
    assert store.redo() is not None
    assert store.highlight(kept).note == "n"
    assert store.redo() is None
    assert [store.undo() is not None for _ in range(3)] == [True, True, False]
    assert store.highlights() == ()
    store.close()


def test_a_new_change_forgets_what_was_undone(store: Store, doc: Document) -> None:
    mark(store, doc)
    store.undo()
    mark(store, doc, 7, 10)
    assert store.redo() is None
    assert len(store.highlights()) == 1


def test_windows_undo_their_own(folder: Path, doc: Document) -> None:
    one, two = Store.open(folder), Store.open(folder)
    first, second = mark(one, doc), mark(two, doc)
    two.edit(first, note="theirs")
    assert one.undo() is None
    assert {each.id for each in one.highlights()} == {first, second}
    assert two.undo() is not None
    two.remove(second)
    one.close()
    two.close()
    again = Store.open(folder)
    assert [each.id for each in again.highlights()] == [first]
    again.close()


def test_marks_found_again_in_a_changed_document_can_still_be_undone(
    store: Store, doc: Document, make: Callable[[str], Document]
) -> None:
    kept = mark(store, doc)
    store.edit(kept, note="n")
    store.remove(kept)
    changed = make("Before it.\n\n" + doc.text)
    store.reattach(changed)
    assert store.undo() is not None
    store.reattach(changed)
    found = store.highlight(kept)
    assert changed.text[found.start : found.end] == found.exact == "Moscow"
    assert store.undo() is not None
    assert (store.highlight(kept).note, store.highlight(kept).start) == ("", 12)
    assert store.undo() is not None
    assert store.highlights() == ()
    assert store.redo() is not None
    store.reattach(changed)
    assert store.highlight(kept).start == 12


STEPS = st.lists(st.sampled_from(["add", "note", "tags", "remove", "theme", "brief"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(STEPS)
def test_all_undone_is_the_beginning_and_all_redone_the_end(
    tmp_path_factory: pytest.TempPathFactory, doc: Document, steps: list[str]
) -> None:
    store = Store.open(tmp_path_factory.mktemp("undo"))

    def everything() -> object:
        return store.highlights(), store.manual_tags(), store.notes()

    past = [everything()]
    for number, step in enumerate(steps):
        marks = store.highlights()
        if step == "theme":
            store.set_theme(
                doc.text,
                doc.id,
                doc.digest,
                doc.passages[0].span,
                theme="t",
                present=[True, False, None][number % 3],
            )
        elif step == "brief":
            store.set_note("", str(number))
        elif step == "add" or not marks:
            mark(store, doc, number, number + 3)
        elif step == "remove":
            store.remove(marks[0].id)
        elif step == "note":
            store.edit(marks[-1].id, note=str(number))
        else:
            store.edit(marks[-1].id, tags=(str(number),))
        if everything() != past[-1]:
            past.append(everything())
    for state in reversed(past[:-1]):
        assert store.undo() is not None
        assert everything() == state
    assert store.undo() is None
    for state in past[1:]:
        assert store.redo() is not None
        assert everything() == state
    assert store.redo() is None
    store.close()
