"""What somebody meets who has read no manual: what to do next is said, and each mode names its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import Hit

from brief_tui.tui.app import ReaderApp
from brief_tui.tui.commands import ReaderCommands
from brief_tui.tui.screens.tags import TagPicker
from brief_tui.tui.widgets import bars

from .conftest import Opener, Settle, on_screen, reading, said

SMALL = (80, 24)


def last_row(app: ReaderApp) -> str:
    """The bottom row of the screen."""
    return on_screen(app).splitlines()[-1]


async def test_what_was_said_goes_with_a_later_key(
    reader: Opener, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("One\n\nA first text.\n\nA second text.\n")
    async with reader(tmp_path, size=SMALL) as (app, pilot):
        monkeypatch.setattr(bars, "_READ_IN", 60.0)
        await pilot.press("n", "j")
        await settle(pilot)
        assert "no trail yet" in said(app)  # it was not there for long enough to be read
        monkeypatch.setattr(bars, "_READ_IN", 0.0)
        await pilot.press("k")
        await settle(pilot)
        assert not said(app)
        assert "search" in last_row(app)
        await pilot.press("n", "n")
        await settle(pilot)
        assert "no trail yet" in said(app)  # said anew by the key itself


async def test_a_brief_without_themes_says_what_to_do(reader: Opener, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One\n\nA first text.\n")
    async with reader(tmp_path, size=SMALL) as (app, pilot):
        for key in ("1", "9", "0"):
            reading(app).hints.say("")
            await pilot.press(key)
            await settle(pilot)
            assert "no themes in this brief yet: K makes one" in said(app)
            assert reading(app).reading.trail is None
        for key, told in (
            ("n", "/ searches"),
            ("t", "m marks a highlight"),
            ("a", "m marks one"),
            ("r", "no other source"),
            ("c", "press / to search"),
        ):
            await pilot.press(key)
            await settle(pilot)
            assert told in said(app) and len(said(app)) <= SMALL[0] - 2, key
        assert "there is no other source in this brief" in on_screen(app)
        await pilot.press("o")
        await settle(pilot)
        assert "back in the text (Esc), K makes one" in on_screen(app)
        await pilot.press("escape", "i")
        await settle(pilot)
        assert "This brief has no themes yet; K makes one." in on_screen(app)
        await pilot.press("escape", "slash", *"text", "enter", "c")
        await settle(pilot)
        assert "/text   1 passage in the only source" in on_screen(app)
        await pilot.press("y")
        await settle(pilot)
        assert "copied with its citation, through the terminal" in last_row(app)


async def test_from_elsewhere_back_to_the_same_rows(reader: Opener, settle: Settle) -> None:
    async with reader(size=SMALL) as (app, pilot):
        await pilot.press("space", "j", "j", "j")
        await settle(pilot)
        before = on_screen(app)
        await pilot.press("r")
        await settle(pilot)
        assert "Enter go there" in last_row(app) and "Esc back" in last_row(app)
        await pilot.press("j", "escape")
        await settle(pilot)
        assert on_screen(app) == before
        await pilot.press("7")
        await settle(pilot)
        assert said(app) == "no theme has the key 7: K lists them"


async def test_a_mode_names_its_keys_at_the_bottom_and_first_in_help(reader: Opener, settle: Settle) -> None:
    async with reader(size=SMALL) as (app, pilot):
        for keys, bottom, first in (
            ("v", "j k sentence  h l word  H L character  o edge  m mark", "While selecting (v)"),
            ("M", "j k along  Enter go there", "In the minimap (M)"),
            ("r", "Enter go there  1-3 theme", "Elsewhere (r)"),
            ("c", "Tab source  Enter go there  1-3 theme  y copy  e export", "Compare (c)"),
        ):
            await pilot.press(keys)
            await settle(pilot)
            assert bottom in last_row(app) and "Esc" in last_row(app)[-20:], keys
            await pilot.press("question_mark")
            await settle(pilot)
            rows = on_screen(app).splitlines()
            filter_row = next(at for at, line in enumerate(rows) if "filter: a key" in line)
            assert first in rows[filter_row + 2]
            await pilot.press("escape", "escape")
            await settle(pilot)


async def test_search_says_what_else_to_try(reader: Opener, settle: Settle) -> None:
    async with reader(size=SMALL) as (app, pilot):
        await pilot.press("slash", *"qqqq")
        await settle(pilot)
        assert "No passage holds this: word*" in on_screen(app)
        await pilot.press(*["backspace"] * 4, *"trust", "down")
        await settle(pilot)
        assert "Enter go there  1-3 theme  d document  a aliases" in last_row(app)
        assert "Esc put back  ? help" in last_row(app)
        assert "No passage" not in on_screen(app)


@pytest.mark.long
async def test_themes_are_changed_from_where_they_are_explained(reader: Opener, settle: Settle) -> None:
    async with reader(size=SMALL) as (app, pilot):
        await pilot.press("i", "t")
        await settle(pilot)
        assert isinstance(app.screen, TagPicker)
        assert "Space ticks · Enter keeps · Esc leaves it" in on_screen(app)
        await pilot.press("x")
        await settle(pilot)
        assert "Enter ticks it · Enter again keeps" in on_screen(app)
        await pilot.press("escape", "m", "t", *"free", "enter", "enter")
        await settle(pilot)
        assert said(app) == "tags kept · u undo"
        await pilot.press("a", *"why", "ctrl+s")
        await settle(pilot)
        assert said(app) == "note kept · u undo"
        await pilot.press("a", "ctrl+s")
        await settle(pilot)
        await pilot.press("a", *["backspace"] * 3, "ctrl+s")
        await settle(pilot)
        assert said(app) == "note removed · u undo"


@pytest.mark.parametrize(
    "size", [SMALL, *(pytest.param(size, marks=pytest.mark.long) for size in ((60, 15), (24, 8)))]
)
async def test_a_dialog_shows_its_cursor_and_its_keys_however_long_its_list(
    reader: Opener, settle: Settle, tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "one.txt").write_text("One\n\nA first text.\n")
    themes = "".join(f'[[theme]]\nid = "t{n}"\nname = "T{n}"\ncues = ["text"]\n' for n in range(30))
    (tmp_path / "brief.toml").write_text(f'language = "en"\n{themes}')
    async with reader(tmp_path, size=size) as (app, pilot):
        await pilot.press("j", "m", "t", *["down"] * 20)
        await settle(pilot)
        text = on_screen(app)
        assert "T20" in text and "T0 " not in text
        assert ("note" in text and "Space ticks" in text) or size[0] < 60
        await pilot.press("escape", "i", "G")
        await settle(pilot)
        assert "T29" in on_screen(app)


async def test_the_cursor_is_on_what_is_shown(reader: Opener, settle: Settle) -> None:
    def is_seen(app: ReaderApp) -> bool:
        screen = reading(app)
        return screen.column is not None and screen.reading.place[1] in screen.column.view.passages()

    async with reader(size=SMALL) as (app, pilot):
        await pilot.press("3", "f", "tab")
        await settle(pilot)
        assert "nothing on it here · f shows all" in on_screen(app)
        assert "there is no passage here" in on_screen(app)
        await pilot.press("m", "t", "v")
        await settle(pilot)
        assert reading(app).kept == 0 and app.screen is reading(app)  # nothing that is not seen is marked
        await pilot.press("tab")
        await settle(pilot)
        assert is_seen(app)
        await pilot.press("f", "x", "G")
        await settle(pilot)
        last = reading(app).reading.place
        await pilot.press("x")
        await settle(pilot)
        assert is_seen(app)
        await pilot.press("g", *"jjj", "w", "w")
        await settle(pilot)
        assert is_seen(app)
        assert reading(app).reading.place[0] == last[0]


@pytest.mark.long
async def test_colours_say_how_they_stay(reader: Opener, settle: Settle) -> None:
    async with reader(size=SMALL) as (app, pilot):
        found = [hit async for hit in ReaderCommands(app.screen).search("colours")]
        found.sort(key=lambda hit: -hit.score)
        ours = [hit.text for hit in found[1:5] if isinstance(hit, Hit)]
        assert all(name is not None and name.startswith("Colours: brief-") for name in ours)
        await pilot.press("ctrl+p")
        await settle(pilot)
        await pilot.press(*"brief-light")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "brief-light"
        assert said(app) == 'colours: brief-light · theme = "brief-light" in the settings keeps them'
