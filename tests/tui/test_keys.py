"""Every key of the reader does what help says: for each action what is different afterwards."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from brief_tui.tui import marking, moving, viewing
from brief_tui.tui.actions import ALL, Action
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.reader import ReaderScreen

from .conftest import Opener, Settle, reading

Probe = Callable[[ReaderScreen], object]

NINE = ("iran", "russia", "israel", "treaty", "china", "drone*", "trust*", "war", "syria")


@dataclass(frozen=True)
class Case:
    """What an action does.

    Attributes:
        probe: looks at what it changes.
        after: what the probe then finds; None: something else than before.
        setup: keys that are pressed before.
        waits: whether it is done in the background.
    """

    probe: Probe
    after: object = None
    setup: tuple[str, ...] = ()
    waits: bool = False


def place(screen: ReaderScreen) -> object:
    return screen.reading.place


def top(screen: ReaderScreen) -> object:
    assert screen.column is not None
    return screen.column.view.anchor()


def columns(screen: ReaderScreen) -> object:
    return len(screen.columns.shown)


def trail(screen: ReaderScreen) -> object:
    found = screen.reading.trail
    if found is None or screen.reading.place not in found.stops:
        return None
    return f"{found.kind} {found.id}"


def opened(screen: ReaderScreen) -> object:
    return type(screen.app.screen).__name__


def kept(screen: ReaderScreen) -> object:
    return len(screen.workspace.marks.highlights())


def selected(screen: ReaderScreen) -> object:
    return screen.selection and screen.selection.span


def selection_edge(screen: ReaderScreen) -> object:
    return screen.selection and screen.selection.at_end


def map_cell(screen: ReaderScreen) -> object:
    return screen.in_map


def bookmarks(screen: ReaderScreen) -> object:
    return {at: set(starts) for at, starts in screen.reading.bookmarks.items() if starts}


def clipboard(screen: ReaderScreen) -> object:
    return screen.app.clipboard


def said(screen: ReaderScreen) -> object:
    return screen.hints.said


CASES: dict[str, Case] = {
    "move.down": Case(place, (0, 1)),
    "move.up": Case(place, (0, 1), ("j", "j")),
    "move.page_down": Case(top),
    "move.page_up": Case(top, 0, ("space",)),
    "move.top": Case(place, (0, 0), ("G",)),
    "move.bottom": Case(lambda screen: "read to the end" if ends(screen) else "", "read to the end"),
    "move.back": Case(place, (0, 0), ("G",)),
    "move.forward": Case(place, None, ("G", "backspace")),
    "bookmark.toggle": Case(bookmarks),
    "bookmark.next": Case(place, (0, 1), ("j", "B", "G")),
    "map.start": Case(map_cell),
    "move.sections": Case(opened, "SectionsScreen"),
    "compare.open": Case(opened, "CompareScreen"),
    "overview.open": Case(opened, "OverviewScreen"),
    "document.next": Case(place, (1, 0)),
    "document.previous": Case(place, (0, 0), ("tab",)),
    "columns.more": Case(columns, 2, ("minus",)),
    "columns.fewer": Case(columns, 1),
    "columns.auto": Case(columns, 2, ("minus",)),
    "columns.zoom": Case(columns, 1),
    "columns.width": Case(lambda screen: screen.columns.text_width),
    "columns.link": Case(lambda screen: screen.reading.linked),
    "columns.numbers": Case(lambda screen: screen.reading.numbers),
    "document.reload": Case(said, "nothing changed on disk", waits=True),
    "fold.toggle": Case(lambda screen: screen.reading.folded),
    **{f"theme.{digit}": Case(trail, f"theme t{digit}") for digit in range(1, 10)},
    "theme.all": Case(trail, "themes "),
    "trail.next": Case(place, None, ("2",)),
    "trail.previous": Case(place, None, ("2", "n")),
    "trail.filter": Case(lambda screen: screen.reading.filtered, True, ("2",)),
    "codebook.open": Case(opened, "CodebookScreen"),
    "theme.why": Case(opened, "WhyScreen"),
    "search.open": Case(lambda screen: screen.search_panel.has_class("-open"), True),
    "related.enter": Case(lambda screen: screen.elsewhere.has_focus, True, ("j",), waits=True),
    "search.save_cue": Case(opened, "PickScreen", ("slash", *"drone", "enter"), waits=True),
    "mark.add": Case(kept),
    "mark.tags": Case(opened, "TagPicker"),
    "mark.note": Case(opened, "NoteScreen", ("m",)),
    "note.whole": Case(opened, "PickScreen"),
    "mark.copy": Case(clipboard),
    "mark.undo": Case(kept, None, ("j", "m")),
    "mark.redo": Case(kept, None, ("j", "m", "u")),
    "mark.list": Case(opened, "HighlightsScreen"),
    "mark.trail": Case(trail, "highlights ", ("j", "m", "g")),
    "select.start": Case(selected),
    "export.open": Case(opened, "ExportScreen"),
    "select.sentence_on": Case(selected, None, ("v",)),
    "select.sentence_back": Case(selected, None, ("v", "j")),
    "select.word_on": Case(selected, None, ("v",)),
    "select.word_back": Case(selected, None, ("v",)),
    "select.character_on": Case(selected, None, ("v",)),
    "select.character_back": Case(selected, None, ("v",)),
    "select.edge": Case(selection_edge, False, ("v",)),
    "select.passage": Case(selected, None, ("v",)),
    "select.stop": Case(selected, "nothing", ("v",)),
    "map.down": Case(map_cell, None, ("M",)),
    "map.up": Case(map_cell, None, ("M", "j", "j")),
    "map.go": Case(place, None, ("M", *"jjjjjjjjj")),
    "map.stop": Case(map_cell, "nothing", ("M",)),
    "help.open": Case(opened, "HelpScreen"),
    "palette.open": Case(opened, "CommandPalette"),
    "theme.switch": Case(lambda screen: screen.app.theme),
    "app.suspend": Case(lambda screen: getattr(screen.app, "stopped", 0)),
    "app.quit": Case(lambda screen: getattr(screen.app, "left", 0)),
    "app.quit_now": Case(lambda screen: getattr(screen.app, "left", 0)),
}


def ends(screen: ReaderScreen) -> bool:
    column = screen.column
    assert column is not None and column.document is not None
    return column.document.passages[-1].number in column.view.passages()


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """The five documents with a theme on each digit."""
    folder = tmp_path / "brief"
    folder.mkdir()
    for file in seeds.glob("*.txt"):
        shutil.copy(file, folder)
    themes = "".join(
        f'[[theme]]\nid = "t{digit}"\nname = "Theme {digit}"\ncolour = "red"\ncues = ["{cue}"]\n\n'
        for digit, cue in enumerate(NINE, 1)
    )
    (folder / "brief.toml").write_text(f'language = "en"\n\n{themes}', encoding="utf-8")
    return folder


def test_what_each_action_does_is_told() -> None:
    """A new action needs a line above."""
    assert set(CASES) == {action.id for action in ALL}


async def at_the_beginning(app: ReaderApp, pilot: Pilot[None]) -> ReaderScreen:
    """Leave every screen and mode; back to the first passage, as after opening."""
    screen = reading(app)
    while app.screen is not screen:
        await pilot.press("escape")
    if screen.search_panel.has_class("-open"):
        await pilot.press("escape")
    marking.stop_selecting(screen)
    moving.map_stop(screen)
    screen.leave_elsewhere()
    state = screen.reading
    state.zoomed, state.wanted, state.filtered, state.folded = False, 0, False, True
    state.bookmarks.clear()
    state.trail = None
    moving.go(screen, (0, 0))
    moving.edge(screen, -1)
    viewing.ask_columns(screen, 0)
    state.jumps.back.clear()
    screen.hints.say("")
    await pilot.pause()
    assert app.screen is screen and screen.reading.place == (0, 0)
    return screen


async def press(app: ReaderApp, pilot: Pilot[None], action: Action, key: str) -> None:
    """Press a key of an action; one that has none is called, as the palette calls it."""
    if key:
        await pilot.press(key)
    else:
        await app.run_action(action.call, app.screen_stack[0])


@pytest.mark.parametrize("part", range(2))
async def test_every_key(
    reader: Opener, settle: Settle, folder: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(
        ReaderApp, "exit", lambda self, *_args, **_more: setattr(self, "left", getattr(self, "left", 0) + 1)
    )
    monkeypatch.setattr(
        ReaderApp,
        "action_suspend_process",
        lambda self: setattr(self, "stopped", getattr(self, "stopped", 0) + 1),
    )
    wrong: list[str] = []
    async with reader(folder, size=(80, 24)) as (app, pilot):
        for action in ALL[part::2]:
            case = CASES[action.id]
            for key in action.keys.split(","):
                monkeypatch.setattr(moving, "RELATED_AFTER", 0 if action.id == "related.enter" else 60)
                screen = await at_the_beginning(app, pilot)
                await pilot.press(*case.setup)
                if len(case.setup) > 2 or case.waits:
                    await settle(pilot)
                before = case.probe(screen)
                await press(app, pilot, action, key)
                if case.waits:
                    await settle(pilot)
                after = case.probe(screen)
                expected = case.after if case.after != "nothing" else None
                if after == before or (case.after is not None and after != expected):
                    wrong.append(f"{action.id} {key!r}: {before} became {after}, not {case.after}")
        monkeypatch.undo()
    assert not wrong, "\n".join(wrong)


def test_the_keys_of_the_design_are_there() -> None:
    """A reader who learnt them from the table finds them."""
    keys = {key for action in ALL for key in action.keys.split(",")}
    table = "j k down up space b pagedown pageup g G tab shift+tab h l left right plus minus equals_sign z w"
    table += " 1 2 3 4 5 6 7 8 9 0 n N slash f r enter backspace left_square_bracket right_square_bracket"
    table += " o c s v m t a i u ctrl+r y e H x question_mark ctrl+p q"
    assert set(table.split()) <= keys
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9_]+", action.id) for action in ALL)
