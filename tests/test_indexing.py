"""An index that grows: what of it can be asked, and that it is never asked for what is no more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from brief_tui import indexing
from brief_tui.children import Cancelled
from brief_tui.workspace import Workspace

MANY = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A brief of twelve documents."""
    made = tmp_path / "many"
    made.mkdir()
    for number in range(MANY):
        (made / f"{number:02}.txt").write_text(
            f"Title {number}\n\nThe otter swam. Number{number}.\n", "utf-8"
        )
    return made


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The index is built as of a large brief; its process waits for this once it has the first documents."""
    go = threading.Event()

    def build(self: Workspace, progress: Any, cancelled: Callable[[], bool]) -> None:
        other = Workspace.open(self._paths)

        def told(done: int, total: int) -> None:
            if done > indexing.FIRST[0]:
                while not go.wait(0.01):
                    if cancelled():
                        raise Cancelled
            if progress is not None:
                progress(done, total)

        try:
            other.open_index(told)
        finally:
            other.close()

    monkeypatch.setattr(indexing, "LARGE", 1)
    monkeypatch.setattr(Workspace, "_build_apart", build)
    yield go
    go.set()


@pytest.fixture
def growing(folder: Path, go_on: threading.Event) -> Iterator[Workspace]:
    """A workspace whose index holds the first documents only, until `go_on` is set."""
    workspace = Workspace.open([folder])
    workspace.library.apart = True
    seen = threading.Event()
    workspace.indexing.build_ahead(lambda done, _: seen.set() if done == indexing.FIRST[0] else None, bool)
    assert seen.wait(10)
    yield workspace
    go_on.set()
    workspace.open_index()
    workspace.close()


def test_it_answers_for_the_documents_that_it_holds(growing: Workspace, go_on: threading.Event) -> None:
    question = growing.searching.question("otter", so_far=True)
    while len(question.index.sources) < indexing.FIRST[0]:  # it tells a document before it writes it
        question = growing.searching.question("otter", so_far=True)
    results, before = question.results(None), growing.indexing.growth
    assert question.is_partial and results.total == indexing.FIRST[0]
    for hit in results.hits:
        text = growing.library.document(hit.doc).text
        assert [text[s.start : s.end] for s in hit.spans] == ["otter"]
    nothing = growing.searching.question("ottr", so_far=True).results(None)
    assert not nothing.suggestion  # the word may stand in a document to come
    go_on.set()
    whole = growing.searching.question("otter")
    assert not whole.is_partial and whole.results(None).total == MANY
    assert growing.indexing.growth is None is not before
    assert growing.searching.question("otter", so_far=True).index is whole.index


def test_a_few_passages_are_marked_whatever_is_indexed(growing: Workspace) -> None:
    document = growing.library.document(f"{MANY - 1}.txt")
    keys = [passage.key for passage in document.passages]
    marks = growing.searching.glimpse('"otter swam" OR number1*', {document.id: document}, keys)
    assert [document.text[s.start : s.end] for spans in marks.values() for s in spans] == [
        "otter swam",
        f"Number{MANY - 1}",
    ]
    assert growing.searching.glimpse("zyzzyva -", {document.id: document}, keys) == {}


def test_a_document_that_changed_since_is_not_answered_for(folder: Path, go_on: threading.Event) -> None:
    with closing(Workspace.open([folder])) as workspace:
        workspace.open_index()
    (folder / "00.txt").write_text("Another\n\nNo such animal here.\n", "utf-8")
    (folder / "12.txt").write_text("Another more\n\nThe otter.\n", "utf-8")
    (folder / "01.txt").unlink()
    workspace = Workspace.open([folder])
    workspace.library.apart = True
    workspace.indexing.build_ahead(lambda *_: None, bool)
    results = workspace.searching.question("otter", so_far=True).results(None)
    assert {hit.doc for hit in results.hits} == {f"{n:02}.txt" for n in range(2, MANY)}
    go_on.set()
    assert workspace.searching.question("otter").results(None).total == MANY - 1
    workspace.close()


def test_before_anything_is_indexed_nothing_waits(tmp_path: Path, go_on: threading.Event) -> None:
    (tmp_path / "one.txt").write_text("Title\n\nThe otter swam.\n", "utf-8")
    with closing(Workspace.open([tmp_path])) as workspace:
        workspace.library.apart = True
        workspace.indexing.build_ahead(None, bool)
        nothing, before = workspace.searching.question("otter", so_far=True), workspace.indexing.growth
        assert nothing.is_partial and nothing.results(None).total == 0
        assert workspace.searching.question("otter").results(None).total == 1
        assert workspace.indexing.growth != before


def test_stopping_ends_it(folder: Path, go_on: threading.Event) -> None:
    workspace = Workspace.open([folder])
    workspace.library.apart = True
    stopped = threading.Event()
    workspace.indexing.build_ahead(None, stopped.is_set)
    stopped.set()
    with pytest.raises(Cancelled):
        workspace.open_index()
