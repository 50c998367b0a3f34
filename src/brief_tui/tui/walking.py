"""Trails under the reader's keys: which one is walked, to its next stop, and the columns cut down to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from brief_tui.trail import Place, Trail
from brief_tui.tui import arranging, moving, trails

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

_NO_TRAIL = "no trail yet: press a theme's number, or / to search"


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
    if theme is not None:
        set_trail(screen, trails.theme_trail(screen.workspace, screen.painting, screen.glyphs, theme))
        step(screen, 1)


def walk_from(screen: ReaderScreen, place: Place, digit: int) -> None:
    """Put the cursor on a passage and make one of its themes the trail."""
    moving.go(screen, place, leave=False)
    theme = trails.theme_with_key(screen.painting, digit)
    if theme is not None:
        set_trail(screen, trails.theme_trail(screen.workspace, screen.painting, screen.glyphs, theme))
        screen.hints.say("i says why it is tagged · n next passage of the theme")


def walk_highlights(screen: ReaderScreen) -> None:
    """Make the highlights the trail and go to its next passage."""
    set_trail(screen, trails.highlight_trail(screen.workspace))
    step(screen, 1)


def step(screen: ReaderScreen, direction: Literal[1, -1]) -> None:
    """The next or previous passage of the trail, across documents."""
    trail = screen.reading.trail
    found = trail.step(screen.reading.place, direction) if trail else None
    if found is None:
        screen.hints.say(_NO_TRAIL if trail is None else "the trail is empty")
        return
    place, wrapped = found
    moving.go(screen, place)
    if wrapped:
        screen.hints.say("around to the first passage" if direction > 0 else "around to the last passage")


def toggle_filter(screen: ReaderScreen) -> None:
    """Only the trail's passages, or all."""
    if screen.reading.trail is None:
        screen.hints.say(_NO_TRAIL)
        return
    screen.reading.filtered = not screen.reading.filtered
    arranging.refill(screen)
    arranging.say_where(screen)
