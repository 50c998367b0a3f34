"""Trails under the reader's keys: which one is walked, to its next stop, and the columns cut down to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from brief_tui.trail import Place, Trail
from brief_tui.tui import arranging, moving, trails

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

_NO_TRAIL = "no trail yet: press a theme's number, or / to search"
_NO_TRAIL_NO_THEMES = "no trail yet: / searches, and Enter there walks what was found"
_NO_THEMES = "no themes in this brief yet: K makes one; / searches without"


def set_trail(screen: ReaderScreen, trail: Trail | None) -> None:
    """Walk another trail; the cursor stays."""
    screen.reading.trail = trail
    trails.paint(screen.workspace, screen.painting, trail)
    if screen.reading.filtered:
        arranging.refill(screen)
    screen.columns.repaint()
    arranging.say_where(screen)


def walk_theme(screen: ReaderScreen, digit: int) -> None:
    """Make a theme the trail and go to its next passage; 0 for all themes."""
    theme = trails.theme_with_key(screen.painting, digit)
    if not screen.painting.looks:
        screen.hints.say(_NO_THEMES)
    elif theme is None:
        screen.hints.say(f"no theme has the key {digit}: K lists them")
    else:
        set_trail(screen, trails.theme_trail(screen.workspace, screen.painting, screen.glyphs, theme))
        step(screen, 1)


def miss_theme(screen: ReaderScreen, key: str) -> None:
    """Say that there is no theme with a key, where it is a digit that would walk one."""
    reading = screen.focused is None and screen.selection is None and screen.in_map is None
    if reading and key in set("123456789") and int(key) > len(screen.painting.looks):
        walk_theme(screen, int(key))


def walk_from(screen: ReaderScreen, place: Place, digit: int) -> None:
    """Put the cursor on a passage and make one of its themes the trail."""
    moving.go(screen, place, leave=False)
    theme = trails.theme_with_key(screen.painting, digit)
    if theme is not None:
        set_trail(screen, trails.theme_trail(screen.workspace, screen.painting, screen.glyphs, theme))
        screen.hints.say("i says why it is tagged · n next passage of the theme")


def walk_highlights(screen: ReaderScreen) -> None:
    """Make the highlights the trail and go to its next passage."""
    set_trail(screen, trails.highlight_trail(screen.workspace, screen.painting))
    step(screen, 1)


def step(screen: ReaderScreen, direction: Literal[1, -1]) -> None:
    """The next or previous passage of the trail, across documents."""
    trail = screen.reading.trail
    found = trail.step(screen.reading.place, direction) if trail else None
    if found is None:
        screen.hints.say(_why_nowhere(screen, trail))
        return
    place, wrapped = found
    moving.go(screen, place)
    if wrapped:
        screen.hints.say("around to the first passage" if direction > 0 else "around to the last passage")


def toggle_filter(screen: ReaderScreen) -> None:
    """Only the trail's passages, or all."""
    if screen.reading.trail is None:
        screen.hints.say(_why_nowhere(screen, None))
        return
    screen.reading.filtered = not screen.reading.filtered
    arranging.refill(screen)
    arranging.say_where(screen)


def _why_nowhere(screen: ReaderScreen, trail: Trail | None) -> str:
    """Why there is no passage to walk to, and what would bring some."""
    if trail is None:
        return _NO_TRAIL if screen.painting.looks else _NO_TRAIL_NO_THEMES
    if trail.kind == "highlights":
        return "no highlights yet: m marks one"
    if trail.kind == "search":
        return "nothing that is searched for is there any more"
    if not screen.workspace.coding.is_tagged:
        return "the themes are still being worked out"
    return "no passage has this theme: K shows its cues"
