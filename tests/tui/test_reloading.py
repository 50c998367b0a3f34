"""Documents that change on disk while they are read: noticed, offered, reloaded, the place held."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus import loader
from brief_tui.corpus.model import Document, Entry, Metadata
from brief_tui.corpus.segment import segment
from brief_tui.tui import reloading
from brief_tui.tui.carrying import Shift, carried
from brief_tui.tui.reading import Jumps, Reading

from .conftest import Opener, Settle, on_screen, reading


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """The five documents, to be changed."""
    copy = tmp_path / "brief"
    shutil.copytree(seeds, copy)
    return copy


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The documents that were read, by id, as they are read."""
    seen: list[str] = []
    plain = loader.load

    def load(entry: Entry, **kwargs: object) -> Document:
        seen.append(entry.id)
        return plain(entry, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("brief_tui.corpus.library.load", load)
    return iter([seen])


def loose(folder: Path) -> Path:
    """Without a brief.toml, so that every file in the folder is a document."""
    (folder / "brief.toml").unlink()
    return folder


async def test_a_changed_document_is_offered_and_only_it_is_read_again(
    reader: Opener, settle: Settle, folder: Path, read: Iterator[list[str]]
) -> None:
    seen = next(read)
    async with reader(folder) as (app, pilot):
        screen = reading(app)
        path = screen.workspace.brief.entries[1].path
        path.write_text("A new beginning of it.\n\nOne more: zyzzyva.\n\n" + path.read_text("utf-8"), "utf-8")
        reloading.look(screen)
        await settle(pilot)
        assert "document 2 changed on disk · R reloads" in on_screen(app)
        assert screen.workspace.searching.results("zyzzyva").total == 0
        seen.clear()
        await pilot.press("R")
        await settle(pilot)
        assert seen == [path.name]
        assert "changed on disk" not in on_screen(app)
        hits = screen.workspace.searching.results("zyzzyva").hits
        assert [hit.doc for hit in hits] == [path.name]
        assert "A new beginning" not in on_screen(app) or screen.reading.cursors.get(1, 0) > 0


async def test_place_trail_highlights_and_what_was_read_are_held(
    reader: Opener, settle: Settle, folder: Path
) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        screen = reading(app)
        await pilot.press("1", "n", "n", "m", "B")
        await settle(pilot)
        passage = screen.passage
        assert passage is not None
        trail, marked = screen.reading.trail, screen.workspace.marks.highlights()[0]
        assert trail is not None
        words, position = passage.text, trail.position(screen.reading.place)
        row = screen.column.view.row_of(passage.start) if screen.column else None
        entry = screen.workspace.brief.entries[screen.reading.active]
        entry.path.write_text("Grain was shipped.\n\n" * 3 + entry.path.read_text("utf-8"), "utf-8")
        await pilot.press("R")
        await settle(pilot)
        now = screen.passage
        assert now is not None and now.text == words and now.number > passage.number
        assert screen.column is not None and screen.column.view.row_of(now.start) == row
        assert screen.reading.trail is not None
        assert screen.reading.trail.position(screen.reading.place) == position
        found = screen.workspace.marks.placed_highlights()
        assert [each.exact for each in found] == [marked.exact]
        assert now.span.start <= found[0].span.start < now.span.end
        assert screen.reading.bookmarks[screen.reading.active] == {now.start}
        await pilot.press("u")
        assert screen.workspace.marks.highlights() == ()


async def test_documents_that_come_and_go_are_offered(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(loose(folder)) as (app, pilot):
        screen = reading(app)
        await pilot.press("tab", "tab", "j", "j")
        passage, names = screen.passage, [entry.id for entry in screen.workspace.brief.entries]
        assert passage is not None
        (folder / "000_first.txt").write_text("The zyzzyva is a weevil.\n", "utf-8")
        (folder / names[0]).unlink()
        reloading.look(screen)
        await settle(pilot)
        assert "document 1 gone from disk, 1 new document · R reloads" in on_screen(app)
        await pilot.press("R")
        await settle(pilot)
        assert [entry.id for entry in screen.workspace.brief.entries] == ["000_first.txt", *names[1:]]
        assert screen.passage is not None and screen.passage.text == passage.text
        assert screen.workspace.searching.results("zyzzyva").total == 1
        (folder / "009_last.txt").write_text("One more.\n", "utf-8")
        await pilot.press("R")
        await settle(pilot)
        assert screen.reading.total == 6
        for _ in range(6):
            await pilot.press("tab")
            assert screen.column is not None and screen.column.document is not None


async def test_a_search_trail_is_found_again(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder) as (app, pilot):
        screen = reading(app)
        await pilot.press("slash", *"treaty", "enter")
        await settle(pilot)
        before = screen.reading.trail
        path = screen.workspace.brief.entries[0].path
        path.write_text("A treaty first.\n\n" + path.read_text("utf-8"), "utf-8")
        await pilot.press("R")
        await settle(pilot)
        trail = screen.reading.trail
        assert before is not None and trail is not None
        assert (trail.id, len(trail.stops)) == ("treaty", len(before.stops) + 1)
        for (doc, _), spans in screen.painting.hits.items():
            text = screen.workspace.library.document(doc).text
            assert all("treat" in text[s.start : s.end].lower() for s in spans)


async def test_a_changed_brief_toml_is_offered_and_taken(
    reader: Opener, settle: Settle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brief_tui.tui.coding.look_for_hand_edits", lambda screen: None)
    async with reader(folder) as (app, pilot):
        screen = reading(app)
        workspace = screen.workspace
        alone = workspace.searching.results("mullahs", aliases=True).total
        tags = len(workspace.coding.tags("asymmetry"))
        file = folder / "brief.toml"
        text = file.read_text("utf-8").replace("[aliases]", '[aliases]\nmullahs = ["Iran"]')
        text = text.replace('title = "Would Russia defend Iran?"', 'title = "What of Iran?"', 1)
        text += '\n[[theme]]\nid = "pacts"\nname = "Pacts"\ncolour = "cyan"\ncues = ["treaty"]\n'
        file.write_text(text, "utf-8")
        reloading.look(screen)
        await settle(pilot)
        assert "brief.toml changed · R reloads" in on_screen(app)
        await pilot.press("R")
        await settle(pilot)
        assert "What of Iran?" in on_screen(app) and "brief.toml changed" not in on_screen(app)
        assert workspace.searching.results("mullahs", aliases=True).total > alone == 0
        assert len(workspace.coding.tags("pacts")) > 0 and len(workspace.coding.tags("asymmetry")) == tags
        assert {"pacts", "asymmetry"} <= screen.painting.looks.keys()
        file.write_text(text.replace('cues = ["treaty"]', 'cues = ["(treaty"]'), "utf-8")
        await pilot.press("R")
        await settle(pilot)
        assert any("bracket" in str(note.message) for note in app._notifications)
        assert len(workspace.coding.tags("pacts")) > 0


async def test_what_was_only_touched_is_not_offered(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder) as (app, pilot):
        screen = reading(app)
        path = screen.workspace.brief.entries[0].path
        path.write_bytes(path.read_bytes())
        reloading.look(screen)
        await settle(pilot)
        assert "on disk" not in on_screen(app)
        await pilot.press("R")
        await settle(pilot)
        assert screen.hints.said == "nothing changed on disk"


async def test_files_that_cannot_be_read_leave_everything_as_it_was(
    reader: Opener, settle: Settle, folder: Path
) -> None:
    async with reader(folder) as (app, pilot):
        screen = reading(app)
        (folder / "brief.toml").write_text("[[document]\n", "utf-8")
        await pilot.press("R")
        await settle(pilot)
        assert screen.progress == "" and len(screen.workspace.brief.entries) == 5
        for entry in screen.workspace.brief.entries:
            entry.path.unlink()
        (folder / "brief.toml").unlink()
        reloading.look(screen)
        await pilot.press("R")
        await settle(pilot)
        assert screen.progress == "" and len(screen.workspace.brief.entries) == 5
        await pilot.press("tab", "j")
        assert screen.passage is not None


# Carrying over


def document(text: str) -> Document:
    """A document of a text."""
    entry = Entry("a.txt", Path("a.txt"), Metadata(), "a")
    return Document(entry, text, "", segment(text, "a.txt"), "a")


PARAGRAPHS = st.lists(
    st.text("abc 日🙂\n", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=8
)


@given(PARAGRAPHS, st.integers(0, 8), PARAGRAPHS)
def test_an_insertion_moves_what_comes_after(before: list[str], at: int, new: list[str]) -> None:
    at = min(at, len(before))
    old = document("\n\n".join(before))
    now = document("\n\n".join([*before[:at], *new, *before[at:]]))
    shift = Shift(old, now)
    for code_point in range(len(old.text)):
        assert 0 <= shift.offset(code_point) < len(now.text)
    for passage in old.passages:
        number = shift.number(passage.number)
        assert 0 <= number < len(now.passages)


def test_what_changed_around_a_passage_leaves_it() -> None:
    old = document("One is here.\n\nTwo is here.\n\nThree is here.\n\nFour is here.")
    now = document("One was there.\n\nNew.\n\nThree is here.\n\nTwo is here.\n\nFour is no more.")
    shift = Shift(old, now)
    assert [shift.number(n) for n in range(4)] == [0, 3, 2, 4]
    assert [shift.is_same(n) for n in range(4)] == [False, True, True, False]


def test_the_state_follows_documents_that_moved() -> None:
    reading = Reading(
        total=3,
        active=2,
        first=1,
        cursors={0: 4, 2: 7},
        jumps=Jumps([(0, 1), (1, 2)], [(2, 3)]),
        bookmarks={1: {10}, 2: {20}},
        read={0: {1, 2}, 2: {3}},
        newly_read={(0, 1), (2, 3)},
    )
    now = carried(reading, {1: 0, 2: 2}, {}, 3)
    assert (now.active, now.first, now.cursors) == (2, 0, {2: 7})
    assert (now.jumps.back, now.jumps.ahead) == ([(0, 2)], [(2, 3)])
    assert (now.bookmarks, now.read, now.newly_read) == ({0: {10}, 2: {20}}, {2: {3}}, {(2, 3)})
    gone = carried(reading, {0: 0}, {}, 1)
    assert (gone.active, gone.first) == (0, 0)
