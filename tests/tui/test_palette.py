"""The command palette: every action, theme, document and section by name, and only what is valid now."""

from __future__ import annotations

from pathlib import Path

from textual.actions import parse
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import OptionList

from brief_tui.tui.actions import ALL, MAPPING, SELECTION
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.commands import ReaderCommands
from brief_tui.tui.screens.compare import CompareScreen

from .conftest import Opener, Settle, on_screen, reading


async def offered(app: ReaderApp, query: str = "") -> list[str]:
    """Names of what the palette offers on the screen that is open."""
    provider = ReaderCommands(app.screen)
    hits = provider.search(query) if query else provider.discover()
    return [hit.text or "" async for hit in hits]


async def choose(pilot: Pilot[None], settle: Settle, typed: str) -> None:
    """Take the first thing that the palette finds."""
    await pilot.press("ctrl+p")
    await settle(pilot)
    await pilot.press(*typed)
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


async def test_offers_every_action_with_its_area(reader: Opener) -> None:
    async with reader(size=(80, 24)) as (app, _):
        names = await offered(app)
        assert len(names) == len(set(names))
        in_a_mode = {action.id for action in (*SELECTION, *MAPPING)}
        for action in ALL:
            namespace, name, parameters = parse(action.call)
            node = app if namespace == "app" else app.screen
            assert hasattr(node, f"action_{name}"), action.id
            if name == "theme" and parameters != (0,):
                continue
            valid = action.id not in in_a_mode and action.call != "app.command_palette"
            assert (f"{action.group}: {action.label}" in names) == valid, action.id


async def test_offers_what_is_valid_while_selecting(reader: Opener) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("v")
        names = await offered(app)
        assert any("The whole passage" in name for name in names)


async def test_themes_documents_sections_and_colours_are_found(reader: Opener) -> None:
    async with reader(size=(80, 24)) as (app, _):
        assert "Themes and trails: Walk Hedging toward China" in await offered(app, "hedg china")
        assert any(name.startswith("Document 5: A crumbling") for name in await offered(app, "crumbling"))
        assert "Section in 2: The Limits of Direct Intervention" in await offered(app, "direct interv")
        assert "Colours: brief-light" in await offered(app, "brief-light")
        assert await offered(app, "zzzzqqq") == []


async def test_a_misspelt_action_is_found_all_the_same(reader: Opener) -> None:
    async with reader(size=(80, 24)) as (app, _):
        assert any("Zoom one document" in name for name in await offered(app, "zmdoc"))


async def test_choosing_walks_a_theme_goes_to_a_section_and_runs_an_action(
    reader: Opener, settle: Settle
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await choose(pilot, settle, "asymmetry")
        trail = reading(app).reading.trail
        assert trail is not None and trail.id == "asymmetry"
        assert reading(app).reading.place in trail.stops
        await choose(pilot, settle, "limits of direct")
        passage = reading(app).passage
        assert passage is not None and passage.text.startswith("The Limits of Direct")
        await choose(pilot, settle, "zoom one")
        assert reading(app).reading.zoomed
        await choose(pilot, settle, "brief-light")
        assert app.theme == "brief-light"


async def test_on_another_screen_it_offers_that_screen(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("c")
        await settle(pilot)
        names = await offered(app)
        assert "Compare: Next source" in names and "Program: Quit" in names
        assert not any(name.startswith(("Moving", "Section", "Highlights")) for name in names)
        await choose(pilot, settle, "next source")
        assert isinstance(app.screen, CompareScreen)
        assert app.screen.place is not None and app.screen.place[0] == 1


async def test_a_title_that_looks_like_markup_is_shown_as_it_is(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# A [red]title[/] [@click=app.quit]x\n\nWords.\n\n## [/b]\n\nMore.\n")
    async with reader(tmp_path, size=(100, 24)) as (app, pilot):
        await pilot.press("ctrl+p")
        await settle(pilot)
        await pilot.press(*"title")
        await settle(pilot)
        assert "[red]title[/] [@click=app.quit]x" in on_screen(app)
        await pilot.press("escape", "escape")
        assert app.screen is reading(app)


async def test_opens_once(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+p")
        await settle(pilot)
        depth = len(app.screen_stack)
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert isinstance(app.screen, CommandPalette) and len(app.screen_stack) == depth
        assert app.screen.query_one(OptionList).option_count > 30
