"""What the eye meets: headers, marks, the minimap, and colours down to none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style
from textual.strip import Strip

from brief_tui.corpus.model import Kind
from brief_tui.tui import marking, moving
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.columnhead import HEAD
from brief_tui.tui.palette import THEMES, code_colour
from brief_tui.tui.screens.compare import CompareScreen
from brief_tui.tui.widgets.column import DocumentColumn

from .conftest import Opener, Settle, on_screen, reading


def column(app: ReaderApp, at: int = 0) -> DocumentColumn:
    """The column of a document."""
    found = reading(app).columns.column(at)
    assert found is not None
    return found


def styles(strip: Strip, text: str) -> list[Style]:
    """How the pieces of a row look that hold some of a text."""
    return [s.style for s in strip if s.style is not None and s.text.strip() and s.text.strip() in text]


async def test_heads_say_what_is_read_how_far_and_how_much_is_on_the_trail(
    reader: Opener, settle: Settle
) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("2", "space", "j")
        trail = reading(app).reading.trail
        assert trail is not None
        head = column(app).render_line(0).text
        assert head.startswith(" 1 ") and head.rstrip().endswith(str(trail.count_in(0))) and "%" in head
        assert column(app, 1).render_line(0).text.rstrip().endswith(str(trail.count_in(1)))
        # The section stays above its text, and leaves the row where its heading is on the screen.
        shown = column(app)
        document = shown.document
        assert document is not None
        heading = next(p for p in document.passages if p.kind is Kind.HEADING)
        after = document.passages[heading.number + 2]
        shown.ensure_visible(after.start, "top")
        section = document.section(after)[-1]
        assert section.text[:12] in shown.render_line(1).text
        shown.ensure_visible(section.start, "top")
        assert not shown.render_line(1).text.strip()


async def test_headings_have_weight_also_inside_a_line(reader: Opener) -> None:
    async with reader(size=(120, 40)) as (app, _):
        shown = column(app)
        document = shown.document
        assert document is not None
        heading = next(p for p in document.passages if p.kind is Kind.HEADING)
        within = next(p for p in document.passages if p.inline_heading)
        for passage, end in ((heading, heading.end), (within, within.start + within.inline_heading)):
            shown.ensure_visible(passage.start, "top")
            row = shown.view.row_of(passage.start)
            assert row is not None
            words = document.text[passage.start : end]
            strip = shown.render_line(HEAD + row)
            bold = "".join(s.text for s in strip if s.style and s.style.bold).strip()
            assert bold and words.startswith(bold)
        after = shown.view.row_of(within.start + within.inline_heading + 60)
        assert after is not None
        assert not any(s.style and s.style.bold for s in shown.render_line(HEAD + after))


async def test_a_click_on_a_tag_walks_its_theme(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        shown = column(app, 1)
        marked: list[tuple[int, str]] = []
        while not marked:
            await pilot.press("tab", "space", "shift+tab")
            drawn = [(y, shown.render_line(y).text[0]) for y in range(2, shown.size.height)]
            marked = [(y, mark) for y, mark in drawn if mark in "❶❷❸"]
        row, mark = marked[-1]
        digit = "❶❷❸".index(mark)
        await pilot.click(shown, offset=(0, row))
        trail = reading(app).reading.trail
        assert trail is not None and trail.id == list(reading(app).painting.looks)[digit]
        assert reading(app).reading.active == 1
        assert "why it is tagged" in reading(app).hints.said


async def test_the_minimap_tells_trail_highlights_hits_and_view(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40)) as (app, pilot):

        def edge() -> str:
            return "".join(column(app).render_line(y).text[-1] for y in range(2, column(app).size.height))

        assert set(edge()) == {"┃", "│"} and edge().startswith("┃")
        await pilot.press("G")
        assert edge().endswith("┃") and edge().startswith("│")
        await pilot.press("slash", *"drones")
        await settle(pilot)
        assert edge().count("◦") >= 1
        await pilot.press("escape", "m")
        assert edge().count("◆") == 1
        await pilot.press("1")
        trail = reading(app).reading.trail
        assert trail is not None
        assert 1 < edge().count("┫") <= trail.count_in(0)


async def test_the_trail_may_change_under_a_cursor_that_stays(reader: Opener) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        await pilot.press("1", "n", "n", "n")
        screen = reading(app)
        place, trail = screen.reading.place, screen.reading.trail
        # As it does when its theme is taken off this very passage: n goes on from here all the same.
        assert trail is not None and screen.passage is not None
        screen.workspace.coding.set_theme(screen.passage, trail.id, False)
        marking.show_marks(screen)
        changed = screen.reading.trail
        assert changed is not None and place not in changed.stops and screen.reading.place == place
        await pilot.press("n")
        assert screen.reading.place == trail.stops[trail.stops.index(place) + 1]
        await pilot.press("N")
        assert screen.reading.place == trail.stops[trail.stops.index(place) - 1]
        moving.go(screen, place)
        await pilot.press("2")
        later = [stop for stop in screen.reading.trail.stops if stop > place] if screen.reading.trail else []
        assert screen.reading.place == later[0]


async def test_a_place_lights_up_once_where_the_reader_lands(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_FLASH_FOR", 0.05)
    async with reader(size=(120, 40)) as (app, pilot):
        lit: list[int | None] = []
        monkeypatch.setattr(DocumentColumn, "set_flash", lambda _self, number: lit.append(number))
        await pilot.press("c", "j")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        number = reading(app).reading.place[1]
        assert lit[:1] == [number]
        await pilot.pause(0.1)
        assert lit == [number, None]


async def test_every_theme_of_ours_tells_apart_what_has_to_be(reader: Opener, settle: Settle) -> None:
    async with reader(size=(120, 40), theme="brief-terminal") as (app, pilot):
        await pilot.press("1", "m", "r")
        await settle(pilot)
        for theme in reversed(THEMES):
            app.theme = theme.name
            await pilot.pause()
            shown = column(app)
            assert shown.style_of("text") != shown.style_of("selection")
            for one, other in (("highlight", "hit"), ("bar", "faint"), ("header", "header-focus")):
                assert shown.style_of(one) != shown.style_of(other), (theme.name, one, other)
            assert shown.style_of("heading").bold
            cursor, text = (reading(app).elsewhere.style_of(name) for name in ("cursor", "text"))
            assert cursor.reverse or cursor.bgcolor not in {None, text.bgcolor}
            assert len({code_colour(name, theme) for name in ("red", "yellow", "cyan", "green")}) == 4
            if theme.ansi:  # nothing but the terminal's own sixteen colours
                found = [
                    s.style for strip in app.screen._compositor.render_strips() for s in strip if s.style
                ]
                colours = {colour for style in found for colour in (style.color, style.bgcolor) if colour}
                assert colours and all(colour.triplet is None for colour in colours)


async def test_settings_decide_gutter_keys_colours_and_where_exports_go(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    async with reader(
        gutter_marks=False,
        theme="nord",
        justify=True,
        text_width=30,
        export_folder=str(tmp_path / "out"),
        keys={"compare.next": "ctrl+n", "app.quit": "Q", "list.down": "ctrl+t"},
    ) as (app, pilot):
        assert app.theme == "nord"
        assert not set("❶❷❸") & set(on_screen(app))
        flow = column(app).view.flow
        assert flow is not None and flow.width == 30 and flow.justify
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("ctrl+n")
        assert isinstance(app.screen, CompareScreen)
        assert app.screen.place is not None and app.screen.place[0] == 1
        await pilot.press("escape", "q")
        assert app.is_running and app.return_code is None
        (tmp_path / "out").mkdir()
        await pilot.press("m", "e")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert list((tmp_path / "out").iterdir())


async def test_an_unknown_theme_is_told_and_ours_is_taken(reader: Opener) -> None:
    async with reader(theme="no-such") as (app, pilot):
        await pilot.pause()
        assert app.theme == "brief-dark"
        assert ["no-such" in each.message for each in app._notifications] == [True]


async def test_without_colours_the_marks_say_it(reader: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reader(size=(120, 40), theme="brief-terminal") as (app, pilot):
        await pilot.press("1", "m", "v")
        strips = [
            Strip(strip).apply_filter(each, app.screen.styles.background)
            for strip in app.screen._compositor.render_strips()
            for each in [app.get_line_filters()[0]]
        ]
        drawn = [segment.style for strip in strips for segment in strip if segment.style]
        assert drawn
        for each in app.get_line_filters():
            strips = [strip.apply_filter(each, app.screen.styles.background) for strip in strips]
        left = [segment.style for strip in strips for segment in strip if segment.style]
        assert all(style.color is None or style.color.is_default for style in left)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in left)
        assert any(style.reverse for style in left) and any(style.underline for style in left)
        text = on_screen(app)
        assert "❶" in text and "▎" in text and "▌" in text and "┫" in text
