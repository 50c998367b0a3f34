"""The section list: every heading of every document, a document by name, a line by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_tui.corpus.model import Kind
from brief_tui.tui import moving
from brief_tui.tui.screens.sections import SectionsScreen
from brief_tui.tui.widgets.linelist import LineList

from .conftest import Opener, Settle, on_screen, reading


async def test_lists_every_heading_of_every_document(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("s")
        await settle(pilot)
        found = {line.data for line in app.screen.query_one(LineList).lines}
        for at, document in enumerate(app.workspace.library.documents()):
            assert (at, 0) in found
            for passage in document.passages:
                assert ((at, passage.number) in found) >= (passage.kind is Kind.HEADING)


async def test_typing_filters_and_enter_goes(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("s", *"limits dir")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        passage = reading(app).passage
        assert passage is not None and passage.text.startswith("The Limits of Direct Intervention")
        assert reading(app).column is not None
        await pilot.press("backspace")
        assert reading(app).reading.place == (0, 0)


async def test_arrows_move_while_the_input_keeps_the_keys(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("s")
        await settle(pilot)
        sections = app.screen.query_one(LineList)
        first = sections.data
        await pilot.press("down")
        second = sections.data
        assert first != second
        await pilot.press("up")
        assert sections.data == first
        await pilot.press("pagedown", "enter")
        await settle(pilot)
        assert reading(app).reading.place != (0, 0)


async def test_begins_at_the_section_that_is_read(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        document = app.workspace.library.document(app.workspace.brief.entries[1].id)
        heading = [p for p in document.passages if p.kind is Kind.HEADING][3]
        moving.go(reading(app), (1, heading.number + 1))
        await pilot.press("s")
        await settle(pilot)
        assert app.screen.query_one(LineList).data == (1, heading.number)


async def test_a_document_by_its_name(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("s", *"crumbling")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert reading(app).reading.active == 4


@pytest.mark.parametrize(("typed", "at"), [("", 0), ("003", 3), ("001_3", 1)])
async def test_a_line_by_its_number(reader: Opener, settle: Settle, typed: str, at: int) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        document = app.workspace.library.document(app.workspace.brief.entries[at].id)
        passage = document.passages[-3]
        await pilot.press("s", *f"{typed}:{passage.line}")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert reading(app).reading.place == (at, passage.number)


@pytest.mark.parametrize(("typed", "said"), [(":2", "nearest passage is"), ("9:4", "choose one of")])
async def test_no_such_line_says_what_there_is(
    reader: Opener, settle: Settle, tmp_path: Path, typed: str, said: str
) -> None:
    (tmp_path / "a.txt").write_text("Words of a text.\n\nMore words.\n")
    async with reader(tmp_path, size=(120, 24)) as (app, pilot):
        await pilot.press("s", *typed)
        await settle(pilot)
        assert said in on_screen(app)
        await pilot.press("enter")
        assert isinstance(app.screen, SectionsScreen)


async def test_nothing_found_says_so_and_escape_leaves(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("s", *"zzz[/]:")
        await settle(pilot)
        assert "no section or document is called so" in on_screen(app)
        await pilot.press("enter", "escape")
        assert app.screen is reading(app)
        assert reading(app).reading.place == (0, 0)


async def test_hostile_headings_are_shown_as_marks(reader: Opener, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# T\n\n## [red]\x1b[31mRed \u202eevil\u0130\n\nWords.\n\n## 中国 👩‍👩‍👧\n\nMore.\n"
    )
    async with reader(tmp_path, size=(60, 20)) as (app, pilot):
        await pilot.press("s", *"evil")
        await settle(pilot)
        text = on_screen(app)
        assert "[red]␛[31mRed" in text and "\x1b" not in text and "\u202e" not in text
