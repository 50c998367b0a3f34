"""Compare: one theme or search, all sources beside each other, and back into the full text."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.compare import CompareScreen
from brief_tui.tui.screens.reader import ReaderScreen

from .conftest import Opener, Settle, on_screen, reading


def compare(app: ReaderApp) -> CompareScreen:
    """The comparison, which must be open."""
    assert isinstance(app.screen, CompareScreen)
    return app.screen


async def test_shows_the_trail_and_nothing_else_source_by_source(reader: Opener, settle: Settle) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("2", "c")
        await settle(pilot)
        screen = compare(app)
        trail = reading(app).reading.trail
        assert screen.trail is trail and trail is not None
        shown = {
            column.place_in_brief: [item.first for item in column.view.flow.items]
            for column in screen.columns
            if column.view.flow is not None
        }
        assert shown == {
            at: [n for _, n in places] for at, places in groupby(trail.stops, key=lambda stop: stop[0])
        }


async def test_each_run_of_passages_stands_under_its_section(reader: Opener, settle: Settle) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        for column in compare(app).columns:
            document, flow = column.document, column.view.flow
            assert document is not None and flow is not None
            section = ""
            for item in flow.items:
                passage = document.passages[item.first]
                path = document.section(passage)
                here = path[-1].text if path else ""
                if here and here != section:
                    assert item.labels is not None and item.labels[0] in here
                section = here


async def test_a_list_item_comes_with_the_line_that_introduces_it(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "Title\n\nIt would have risked:\n\n- The port of Tartus,\n- Gulf trade.\n"
    )
    (tmp_path / "brief.toml").write_text(
        'language = "en"\n[[theme]]\nid = "t"\nname = "T"\ncolour = "red"\ncues = ["gulf"]\n'
    )
    async with reader(tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        text = on_screen(app)
        assert "It would have risked:" in text and "Gulf trade" in text
        assert "Tartus" not in text
        assert "1 passage in the only source" in text


async def test_silence_is_listed(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("c", "3")
        await settle(pilot)
        screen = compare(app)
        speaking = {at for at, _ in screen.trail.stops}
        (line,) = [line for line in on_screen(app).splitlines() if "Nothing on this in:" in line]
        for at in range(5):
            short = app.workspace.library.document(app.workspace.brief.entries[at].id).short
            assert (f"{at + 1} {short[:8]}" in line) == (at not in speaking)


async def test_the_gutter_shows_the_other_themes(reader: Opener, settle: Settle) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        drawn = [
            column.render_line(y).text
            for column in compare(app).columns
            for y in range(2, column.size.height)
        ]
        assert any("❷" in row for row in drawn)
        assert not any("❶" in row for row in drawn)


async def test_digits_change_the_theme_and_keep_the_place(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("c", "tab", "tab", "2")
        await settle(pilot)
        screen = compare(app)
        assert screen.trail.id == "asymmetry"
        assert screen.place is not None and screen.place[0] == 2
        assert "Asymmetry" in on_screen(app)
        await pilot.press("9")
        assert screen.trail.id == "asymmetry"
        await pilot.press("0")
        assert screen.trail.kind == "themes"


async def test_keys_move_through_sources_and_passages(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        screen = compare(app)
        stops = screen.trail.stops
        first = [n for at, n in stops if at == 0]
        assert "1–2 of 5" in on_screen(app)
        for _ in range(40):
            await pilot.press("j")
        assert screen.place == (0, first[-1])
        await pilot.press("g")
        assert screen.place == (0, first[0])
        await pilot.press("G")
        assert screen.place == (0, first[-1])
        await pilot.press("space", "b", "k")
        seen = []
        for key in ("tab", "l", "right", "tab", "tab"):
            await pilot.press(key)
            assert screen.place is not None
            seen.append(screen.place[0])
        assert seen == [1, 2, 3, 4, 0]
        await pilot.press("h")
        assert screen.place[0] == 4
        assert "4–5 of 5" in on_screen(app)


async def test_n_walks_across_sources_and_around(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("c", "3")
        await settle(pilot)
        screen = compare(app)
        walked = []
        for _ in screen.trail.stops:
            walked.append(screen.place)
            await pilot.press("n")
        assert walked == list(screen.trail.stops)
        assert screen.place == screen.trail.stops[0]
        await pilot.press("N")
        assert screen.place == screen.trail.stops[-1]
        assert screen.column is not None
        assert screen.trail.stops[-1][1] in screen.column.view.passages()


async def test_opens_where_the_reader_is(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("1", "n", "n", "n")
        place = reading(app).reading.place
        await pilot.press("c")
        await settle(pilot)
        screen = compare(app)
        assert screen.place == place
        assert screen.column is not None and place[1] in screen.column.view.passages()


async def test_enter_goes_back_into_the_text_and_escape_leaves_it(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("c", "tab", "j", "escape")
        screen = reading(app)
        assert app.screen is screen
        assert screen.reading.place == (0, 0) and screen.reading.trail is None
        await pilot.press("c", "tab", "j")
        place = compare(app).place
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is screen and screen.reading.place == place
        assert screen.reading.trail is not None and screen.reading.trail.id == "trust_erosion"
        assert screen.column is not None and place is not None
        assert place[1] in screen.column.view.passages()


async def test_compares_the_active_search(reader: Opener, settle: Settle) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("slash", *"drone")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        screen = compare(app)
        assert screen.trail.kind == "search"
        assert "/drone" in on_screen(app)
        assert {at for at, _ in screen.trail.stops} == {c.place_in_brief for c in screen.columns}
        hits = reading(app).painting.hits
        await pilot.press("1", "escape")
        assert reading(app).painting.hits == hits
        trail = reading(app).reading.trail
        assert trail is not None and trail.kind == "search"


async def test_the_mouse_points_and_goes(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        screen = compare(app)
        second = screen.columns.column(1)
        assert second is not None
        await pilot.click(second, offset=(10, 5))
        place = screen.place
        assert place is not None and place[0] == 1
        await pilot.click(second, offset=(10, 5))
        await settle(pilot)
        assert app.screen is reading(app) and reading(app).reading.place == place


async def test_labels_stay_above_their_passages_when_the_width_changes(
    reader: Opener, settle: Settle
) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("c", "tab")
        await settle(pilot)
        before = [line for line in on_screen(app).splitlines() if "Ties with Israel" in line]
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        after = [line for line in on_screen(app).splitlines() if "Ties with Israel" in line]
        assert before and after


async def test_a_brief_without_themes_asks_for_a_search(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Words of a text.\n")
    async with reader(tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        assert app.screen is reading(app)
        assert "nothing to compare" in reading(app).hints.said


async def test_silence_is_not_claimed_before_the_themes_are_worked_out(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        monkeypatch.setattr(type(app.workspace.coding), "is_tagged", False)
        await pilot.press("c")
        assert app.screen is reading(app)
        assert "still being worked out" in reading(app).hints.said


async def test_a_theme_that_nobody_speaks_of(reader: Opener, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words of a text.\n")
    (tmp_path / "brief.toml").write_text(
        'language = "en"\n[[theme]]\nid = "t"\nname = "T"\ncolour = "red"\ncues = ["gulf"]\n'
    )
    async with reader(tmp_path, size=(80, 24)) as (app, pilot):
        await pilot.press("c", "j", "tab", "enter", "G", "space", "y")
        await settle(pilot)
        text = on_screen(app)
        assert isinstance(app.screen, CompareScreen)
        assert "0 passages in the only source" in text and "Nothing on this in:" in text
        await pilot.press("escape")
        assert isinstance(app.screen, ReaderScreen)


async def test_holds_on_small_screens(reader: Opener, settle: Settle) -> None:
    async with reader(size=(61, 11)) as (app, pilot):
        await pilot.press("c")
        for size in ((61, 11), (33, 8), (24, 9), (20, 5)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await pilot.press("j", "tab", "G", "3", "k", "space", "b")
            assert all(len(line) == size[0] for line in on_screen(app).splitlines())
            assert ("Too small" in on_screen(app)) == (size == (20, 5))
