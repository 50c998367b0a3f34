"""Reopening a brief: the reader is where it was, unless asked to begin afresh."""

from __future__ import annotations

from pathlib import Path

from .conftest import Opener, Settle, reading
from .test_reader import row


async def test_a_session_is_taken_up_again(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("minus", "tab", "3", "n", "x", "B", "tab", "G")
        before = reading(app)
        place, trail = before.reading.place, before.reading.trail
        assert trail is not None
        assert before.column is not None
        top = before.column.view.anchor()
    async with reader(size=(200, 50)) as (app, pilot):
        after = reading(app)
        assert after.reading.place == place
        assert after.reading.trail == trail
        assert after.reading.folded is False
        assert len(after.columns.shown) == 4
        assert after.column is not None and after.column.view.anchor() == top
        await pilot.press("apostrophe")
        assert after.reading.place in trail.stops


async def test_zoom_and_earlier_searches_come_back(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("slash", *"drone*", "enter")
        await settle(pilot)
        await pilot.press("z")
    async with reader(size=(120, 40)) as (app, pilot):
        screen = reading(app)
        assert screen.reading.zoomed and len(screen.columns.shown) == 1
        assert screen.reading.trail is not None and screen.reading.trail.id == "drone*"
        await pilot.press("slash", "up")
        await settle(pilot)
        assert screen.search_panel.query_text == "drone*"


async def test_fresh_begins_at_the_beginning(reader: Opener) -> None:
    async with reader() as (app, pilot):
        await pilot.press("tab", "G", "2")
    async with reader(fresh=True) as (app, _):
        assert reading(app).reading.place == (0, 0)
        assert reading(app).reading.trail is None


async def test_what_was_read_is_remembered_and_shown(reader: Opener) -> None:
    async with reader() as (app, pilot):
        await pilot.press("j", "j", "j", "j")
        assert "%" in row(app, 1)
    async with reader() as (app, _):
        assert reading(app).reading.read[0] == {0, 1, 2, 3}
        assert "%" in row(app, 1)


async def test_a_place_is_found_again_after_the_document_was_edited(
    reader: Opener, tmp_path: Path, settle: Settle
) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    text = folder / "one.txt"
    text.write_text("\n\n".join(f"Paragraph number {n} says something." for n in range(40)), encoding="utf-8")
    async with reader(folder) as (app, pilot):
        await pilot.press("G")
        assert reading(app).reading.place == (0, 39)
    text.write_text("Only this is left of it.", encoding="utf-8")
    async with reader(folder) as (app, _):
        assert reading(app).reading.place == (0, 0)


async def test_linked_columns_follow_the_cursor(reader: Opener, settle: Settle) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        screen = reading(app)
        others = [column for column in screen.columns if column.place_in_brief]
        tops = [column.view.anchor() for column in others]
        await pilot.press(*"jjjjjjjjjj")
        await settle(pilot)
        assert [column.view.anchor() for column in others] == tops
        screen.action_link()
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert [column.view.anchor() for column in others] != tops


async def test_line_numbers_on_request(reader: Opener) -> None:
    async with reader() as (app, pilot):
        assert not row(app, 3).startswith(" 1 ")
        reading(app).action_numbers()
        await pilot.pause()
        assert row(app, 3).startswith(" 1 ")
