"""Large texts: the beginning is shown first, the whole takes its place without a jump, and nothing blocks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from brief_tui import children
from brief_tui.corpus.library import Library
from brief_tui.corpus.loader import load, load_beginning
from brief_tui.corpus.long import LONGEST
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document, Entry, Kind, Passage
from brief_tui.corpus.segment import segment
from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.flow import Item, items_of
from brief_tui.tui.painting import Painting
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.workspace import Workspace

from .conftest import Opener, Settle, on_screen

MANY = 1_500


def paragraph(number: int) -> str:
    return f"Paragraph {number} says that Iran and Russia met. " + "They spoke of trust again. " * 9


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A brief of one document of 450 KB, which is read in the background."""
    folder = tmp_path / "large"
    folder.mkdir()
    text = "\n\n".join(f"{n}. A Heading of Its Own" if n % 25 == 0 else paragraph(n) for n in range(MANY))
    (folder / "large.txt").write_text(text + "\n", "utf-8")
    return folder


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Large documents are read only once this is set."""
    go = Event()
    plain = Library._load

    def wait(library: Library, entry: Entry) -> Any:
        while not go.wait(0.01) and not library._stopped:
            pass
        return plain(library, entry)

    monkeypatch.setattr(Library, "_load", wait)
    return go


def entry_of(folder: Path) -> Entry:
    return read_brief([folder])[0].entries[0]


def screen_of(app: ReaderApp) -> ReaderScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, ReaderScreen))


def text_rows(app: ReaderApp) -> list[str]:
    """Rows of text without the minimap, which shows where in the whole they are."""
    return [row[:-1] for row in on_screen(app).splitlines()[3:20]]


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        await pilot.pause(0.02)


async def test_the_beginning_is_read_before_the_whole_which_takes_its_place(
    large: Path, held: Event, settle: Settle
) -> None:
    workspace = Workspace.open([large])
    app = ReaderApp(workspace, Settings(semantic=False), fresh=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        screen = screen_of(app)
        column = screen.column
        assert column is not None
        assert "Paragraph 1 says" in on_screen(app)
        assert not workspace.library.is_read("large.txt")
        await pilot.press("space", "space", "j", "j")
        cursor, top, seen = screen.reading.place, column.view.anchor(), text_rows(app)
        begun = column.document
        assert cursor[1] > 5 and begun is not None and len(begun.passages) < MANY
        await pilot.press("m", "t", "a", "i", "y", "n", "slash", "escape", "question_mark", "escape")
        held.set()
        await until(pilot, lambda: workspace.library.is_read("large.txt") and column.document is not begun)
        await settle(pilot)
        assert column.document is not None and len(column.document.passages) == MANY
        assert screen.reading.place == cursor and column.view.anchor() == top
        assert text_rows(app) == seen
        await pilot.press("G")
        assert f"Paragraph {MANY - 1} says" in on_screen(app)
        await pilot.press("m")
        assert len(workspace.marks.highlights()) == 1
    workspace.close()


async def test_the_reader_can_be_left_while_a_text_is_read_and_an_index_built(
    large: Path, held: Event
) -> None:
    workspace = Workspace.open([large])
    app = ReaderApp(workspace, Settings(semantic=False), fresh=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await pilot.press("q")
    assert app.return_code == 0
    workspace.close()


async def test_a_session_far_down_goes_on_there(large: Path, reader: Opener, settle: Settle) -> None:
    async with reader(large, size=(80, 30)) as (app, pilot):
        await pilot.press("G")
        place = screen_of(app).reading.place
    async with reader(large, size=(80, 30)) as (app, pilot):
        await settle(pilot)
        assert screen_of(app).reading.place == place
        assert f"Paragraph {MANY - 1} says" in on_screen(app)


async def test_columns_change_hands_while_others_are_being_read(tmp_path: Path, held: Event) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(f"Title of {n}\n\n" + paragraph(n) * 1200, "utf-8")
    workspace = Workspace.open([folder])
    app = ReaderApp(workspace, Settings(semantic=False), fresh=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for n in range(1, 12):
            await pilot.press("tab")
            assert screen_of(app).reading.active == n
            assert f"Title of {n}" in on_screen(app)
    workspace.close()


# What stands behind it


def test_the_beginning_agrees_with_the_whole(large: Path) -> None:
    entry = entry_of(large)
    begun, whole = load_beginning(entry), load(entry)
    assert begun is not None and begun.digest == ""
    assert whole.text.startswith(begun.text)
    assert begun.passages == whole.passages[: len(begun.passages)]
    assert 100 < len(begun.passages) < MANY


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2" * 100, "Iran, a text. ".encode("utf-16") * 100, b"\n \n\n", b"%PDF-1.7 rest"],
)
def test_what_cannot_be_begun_is_left_to_be_read_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert load_beginning(entry_of(tmp_path)) is None


@pytest.mark.parametrize("end", ["\r\n\r\n", "\r", "\n", " ", "ж"])
def test_the_beginning_is_cut_where_a_text_can_be(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.txt").write_bytes((("ж" * 60 + end) * 2000).encode())
    entry = entry_of(tmp_path)
    begun = load_beginning(entry, limit=10_001)
    assert begun is not None
    assert load(entry).text.startswith(begun.text.rstrip("�"))


def test_a_document_cut_apart_is_the_same(large: Path) -> None:
    entry = entry_of(large)
    assert load(entry, apart=True) == load(entry)


def test_work_apart_ends_when_it_is_not_wanted(large: Path) -> None:
    with pytest.raises(children.Cancelled):
        load(entry_of(large), apart=True, cancelled=lambda: True)


def test_work_apart_that_fails_is_done_here(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(large / "no-such-program"))
    assert len(load(entry_of(large), apart=True).passages) == MANY


@pytest.mark.parametrize(
    "text", ["word " * 30_000, "ж" * 70_000, "A short sentence. " * 9_000, "e\u0301" * 40_000]
)
def test_a_line_longer_than_any_passage_is_cut(text: str) -> None:
    passages = segment(text, "a.txt")
    assert all(len(p.text) <= LONGEST for p in passages) and len(passages) > 3
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
    assert {(p.line, p.line_end) for p in passages} == {(1, 1)}
    assert not any(p.text.startswith("\u0301") for p in passages)
    if "sentence" in text:
        assert all(p.text.endswith(".") for p in passages)


def test_a_cut_line_is_named_by_its_first_passage(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\n" + "word " * 30_000 + "\n\nThe end.\n", "utf-8")
    document = load(entry_of(tmp_path))
    assert document.passage_on(3).start == 7
    assert document.passage_on(5).text == "The end."


def test_a_long_paragraph_of_wrapped_lines_is_cut_with_its_lines() -> None:
    text = "\n".join(
        "a line of words that goes on and on to its end and then to the next" for _ in range(2000)
    )
    passages = segment(text, "a.txt")
    lines = text.split("\n")
    assert len(passages) > 3
    for p in passages:
        assert p.text.startswith(lines[p.line - 1][: p.end - p.start].lstrip()[:4]) or p.line > 1
        assert p.line <= p.line_end <= len(lines)
        assert text.count("\n", 0, p.start) + 1 == p.line and text.count("\n", 0, p.end) + 1 == p.line_end


def _kinds(*kinds: Kind) -> Document:
    entry = Entry("a", Path("a"), cast("Any", None), "a")
    passages = tuple(Passage("a", n, n, n + 1, n + 1, n + 1, kind) for n, kind in enumerate(kinds))
    return Document(entry, "x" * len(kinds), "", passages, "a")


B, N = Kind.BODY, Kind.BOILERPLATE


@pytest.mark.parametrize(
    ("kinds", "items"),
    [
        ((), ()),
        ((B, B), (Item(0), Item(1))),
        ((N, N, B), (Item(0, 2), Item(2))),
        ((B, N, B, N, N), (Item(0), Item(1, 1), Item(2), Item(3, 2))),
        ((N, B, N), (Item(0, 1), Item(1), Item(2, 1))),
        ((N, N), (Item(0, 2),)),
    ],
)
def test_runs_of_boilerplate_become_one_item(kinds: tuple[Kind, ...], items: tuple[Item, ...]) -> None:
    document = _kinds(*kinds)
    assert items_of(document, folded=True) == items
    assert items_of(document, folded=False) == tuple(Item(n) for n in range(len(kinds)))
    assert document.readable == kinds.count(B)


def test_only_what_is_marked_is_asked_for() -> None:
    document = _kinds(*[B] * 1000)
    painting = Painting(stops={("a", 3): "blue", ("b", 4): "blue"}, hits={("a", 7): (), ("a", 3): ()})
    assert [p.number for p in painting.marked(document)] == [3, 7]
