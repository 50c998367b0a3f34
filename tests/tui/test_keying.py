"""Keys that arrive together: each goes where the one before it led."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from brief_tui.tui.widgets.searchpanel import SearchPanel

from .conftest import Opener, Settle, reading

_NAMES = {"/": "slash", " ": "space", "\r": "enter", "\x1b": "escape", "\t": "tab", "\x13": "ctrl+s"}


async def burst(pilot: Pilot[None], settle: Settle, keys: str) -> None:
    """Send keys at once, as from one read of the terminal."""
    for key in keys:
        pilot.app.post_message(events.Key(_NAMES.get(key, key), key if key.isprintable() else None))
    await settle(pilot)


async def test_keys_that_follow_go_where_the_first_led(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        panel, marks = screen.search_panel, screen.workspace.marks
        for word in ("nmjq", "drones"):  # the first time the input is made, then it is there
            await burst(pilot, settle, f"/{word}")
            assert panel.query_text == word
            await burst(pilot, settle, "\x1b")
        assert screen.reading.place == (0, 0) and marks.highlights() == ()

        await burst(pilot, settle, "/treaty\rm")
        trail = screen.reading.trail
        assert not panel.is_open and trail is not None and trail.id == "treaty"
        assert [each.doc for each in marks.highlights()] == [
            screen.workspace.brief.entries[screen.reading.active].id
        ]
        await burst(pilot, settle, "tqn\r\r")
        await burst(pilot, settle, "amind this\x13")
        assert [(each.tags, each.note) for each in marks.highlights()] == [(("qn",), "mind this")]

        await burst(pilot, settle, "sguarant")
        assert app.screen.query_one(Input).value == "guarant"
        await burst(pilot, settle, "\x1bnn")
        assert screen.reading.place == trail.stops[2]
        await pilot.press("slash", *"pact", "ctrl+s")
        await burst(pilot, settle, "nm\r")
        assert marks.store.reading.saved_searches() == {"nm": "pact"}


async def test_a_search_that_finds_nothing_keeps_the_keys(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        panel = reading(app).search_panel
        await burst(pilot, settle, "/zyzzyva\rs")
        assert panel.is_open and panel.query_text == "zyzzyvas"
        await burst(pilot, settle, " (\r\x1b")
        assert not panel.is_open


async def test_a_pasted_text_comes_in_its_turn(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        app.post_message(events.Key("slash", "/"))
        app.post_message(events.Paste("mutual defense"))
        app.post_message(events.Key("s", "s"))
        await settle(pilot)
        assert app.query_one(SearchPanel).query_text == "mutual defenses"
