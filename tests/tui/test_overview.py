"""The overview: documents and themes as a table, and the ways from it into the text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from brief_tui.trail import stops
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.compare import CompareScreen
from brief_tui.tui.screens.overview import OverviewScreen
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.tui.trails import documents

from .conftest import Opener, Settle, on_screen, reading

MANY = """
[[theme]]
id = "theme_{n}"
name = "Theme number {n} with a long name"
colour = "green"
cues = ["word{n}"]
"""


def overview(app: ReaderApp) -> OverviewScreen:
    """The overview, which must be open."""
    assert isinstance(app.screen, OverviewScreen)
    return app.screen


def many_themes(folder: Path) -> Path:
    """A brief of twelve themes and forty documents; each document speaks to one theme."""
    for n in range(40):
        (folder / f"{n:02}.txt").write_text(f"Document {n}\n\nIt says word{n % 12} and then word0 too.\n")
    (folder / "brief.toml").write_text(
        'title = "Many"\nlanguage = "en"\n' + "".join(MANY.format(n=n) for n in range(12))
    )
    return folder


async def test_counts_are_the_trails(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        found = overview(app).overview
        assert found is not None
        for theme in found.themes:
            keys = [(t.doc, t.number) for t in app.workspace.coding.tags(theme)]
            assert found.count(theme) == len(stops(documents(app.workspace), keys))
        text = on_screen(app)
        assert "Trust erosion" in text and "Hedging" in text and "All sources" in text
        assert all(f"{row.words:,}" in text for row in found.rows)


async def test_enter_goes_to_the_first_passage_and_walks_the_theme(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("j", "j", "l")
        found = overview(app).overview
        assert found is not None
        number = found.rows[2].cells["asymmetry"].numbers[0]
        await pilot.press("enter")
        await settle(pilot)
        screen = reading(app)
        assert app.screen is screen
        assert screen.reading.place == (2, number)
        assert screen.reading.trail is not None and screen.reading.trail.id == "asymmetry"
        column = screen.column
        assert column is not None and number in column.view.passages()
        await pilot.press("backspace")
        assert screen.reading.place == (0, 0)


async def test_silence_is_said_and_leads_nowhere(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        screen = overview(app)
        assert screen.overview is not None
        silent = next(row for row in screen.overview.rows if not row.cells["hedging_china"].count)
        screen.table.point(silent.place, 2)
        await pilot.pause()
        assert "nothing" in on_screen(app)
        await pilot.press("enter")
        assert app.screen is screen


async def test_the_last_row_and_column_speak_of_all(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("G")
        assert "all sources" in on_screen(app)
        await pilot.press("l", "l", "l", "l", "l")
        screen = overview(app)
        assert screen.overview is not None
        assert screen.table.theme is None
        assert f"{screen.overview.words:,} words" in on_screen(app)
        await pilot.press("k", "enter")
        await settle(pilot)
        assert reading(app).reading.place == (4, 0)
        assert reading(app).reading.trail is None


async def test_sorting_turns_from_most_to_least_to_reading_order(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        screen = overview(app)
        assert screen.overview is not None
        shares = {row.place: row.cells["asymmetry"].share for row in screen.overview.rows}

        def order() -> list[int]:
            found: list[int] = []
            for at in range(5):
                screen.table.point(at, 1)
                assert screen.table.document_row is not None
                found.append(screen.table.document_row.place)
            return found

        await pilot.press("2", "s")
        assert order() == sorted(shares, key=lambda place: -shares[place])
        assert "sorted by Asymmetry, most first" in on_screen(app)
        await pilot.press("s")
        assert order() == sorted(shares, key=lambda place: shares[place])
        await pilot.press("s")
        assert order() == [0, 1, 2, 3, 4]


async def test_sorting_keeps_the_cursor_on_its_document(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("j", "s")
        row = overview(app).table.document_row
        assert row is not None and row.place == 1


async def test_opens_on_the_document_that_is_read_and_escape_changes_nothing(
    reader: Opener, settle: Settle
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("tab", "tab", "o")
        await settle(pilot)
        row = overview(app).table.document_row
        assert row is not None and row.place == 2
        await pilot.press("j", "l", "escape")
        assert app.screen is reading(app)
        assert reading(app).reading.place == (2, 0)
        assert reading(app).reading.trail is None


async def test_into_compare_and_from_there_into_the_text(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("j", "l", "c")
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        place = app.screen.place
        assert place is not None and place[0] == 1
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)
        await pilot.press("c", "enter")
        await settle(pilot)
        assert app.screen is reading(app)
        assert reading(app).reading.place == place
        trail = reading(app).reading.trail
        assert trail is not None and trail.id == "asymmetry"


async def test_the_mouse_points_goes_and_sorts(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        table = overview(app).table
        await pilot.click(table, offset=(42, 6))
        assert (table.row, table.column) == (1, 1)
        await pilot.click(table, offset=(42, 1))
        assert table.sorted == (1, True)
        await pilot.click(table, offset=(26, 3))
        await pilot.click(table, offset=(26, 3))
        await settle(pilot)
        assert app.screen is reading(app)


async def test_many_themes_scroll_sideways_and_many_documents_down(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    async with reader(many_themes(tmp_path), size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        assert "themes 1–3 of 12" in on_screen(app)
        await pilot.press("l", "l", "l", "l")
        assert "themes 3–5 of 12" in on_screen(app)
        assert "number 4" in on_screen(app)
        await pilot.press("h", "h", "h", "h", "G", "k")
        text = on_screen(app)
        assert "themes 1–3 of 12" in text
        assert "Document 39" in text and "All sources" in text
        await pilot.press("enter")
        await settle(pilot)
        assert reading(app).reading.place[0] == 39


async def test_a_brief_without_themes_says_how_to_make_one(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Words of a text.\n")
    async with reader(tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        assert "no themes yet" in on_screen(app)
        await pilot.press("s", "c", "enter", "j", "l", "1")
        assert isinstance(app.screen, OverviewScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, ReaderScreen)


async def test_holds_on_small_screens(reader: Opener, settle: Settle) -> None:
    async with reader(size=(61, 11)) as (app, pilot):
        await pilot.press("o")
        for size in ((61, 11), (40, 8), (24, 9), (20, 5)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await pilot.press("G", "l", "l", "l", "s", "g", "h", "s")
            assert all(len(line) == size[0] for line in on_screen(app).splitlines())
            assert ("Too small" in on_screen(app)) == (size == (20, 5))


async def test_plain_symbols_where_others_cannot_be_shown(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24), glyphs="ascii") as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("s")
        assert "    erosion v" in on_screen(app)
        table = overview(app).table
        drawn = "".join(table.render_line(y).text for y in range(table.size.height))
        assert drawn.isascii(), [c for c in drawn if not c.isascii()]


async def test_the_table_is_exported_as_it_stands(
    reader: Opener, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("o")
        await settle(pilot)
        table = overview(app).overview
        assert table is not None
        shown = [[str(row.cells[theme].count) for theme in table.themes] for row in table.rows]
        await pilot.press("e")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert [line[2:] for line in table_in(tmp_path)[1:]] == shown


def table_in(folder: Path) -> list[list[str]]:
    """The only table of a folder, row by row."""
    (file,) = folder.glob("*.csv")
    return list(csv.reader(file.read_text("utf-8-sig").splitlines()))
