"""How the documents are shown: how many columns, how wide, folded or numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brief_tui.tui import arranging, moving, session

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

_WIDTHS = (52, 76, 120)


def ask_columns(screen: ReaderScreen, change: int) -> None:
    """More, fewer, or (0) as many columns as fit."""
    screen.reading.ask_columns(change, screen.size.width)
    arranging.lay_out(screen)


def toggle_zoom(screen: ReaderScreen) -> None:
    """One document, or all that fit."""
    screen.reading.zoomed = not screen.reading.zoomed
    arranging.lay_out(screen)


def next_width(screen: ReaderScreen) -> None:
    """The next text width."""
    wider = [width for width in _WIDTHS if width > screen.columns.text_width]
    screen.columns.set_text_width(wider[0] if wider else _WIDTHS[0])
    screen.hints.say(f"text up to {screen.columns.text_width} cells wide")


def toggle_fold(screen: ReaderScreen) -> None:
    """Fold or unfold boilerplate."""
    screen.reading.folded = not screen.reading.folded
    arranging.refill(screen)
    screen.hints.say("boilerplate folded" if screen.reading.folded else "boilerplate unfolded")


def toggle_numbers(screen: ReaderScreen) -> None:
    """Show line numbers, or hide them."""
    screen.reading.numbers = not screen.reading.numbers
    screen.columns.set_numbers(screen.reading.numbers)
    session.keep_soon(screen)


def toggle_link(screen: ReaderScreen) -> None:
    """Let the other columns follow the cursor, or stay."""
    screen.reading.linked = not screen.reading.linked
    screen.hints.say("columns follow the cursor" if screen.reading.linked else "columns stay where they are")
    moving.cursor_moved(screen)
