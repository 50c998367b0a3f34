"""The search on the reading screen: opened over the page, and left with everything as it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brief_tui.corpus.visible import visible
from brief_tui.trail import Place
from brief_tui.tui import arranging, asking, known, moving
from brief_tui.tui.answering import follow

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen


def open_panel(screen: ReaderScreen) -> None:
    """Open the panel, and remember what Esc puts back."""
    panel, reading, workspace = screen.search_panel, screen.reading, screen.workspace
    if panel.is_open:
        panel.action_back()
        return
    screen.finding.before = asking.Before(
        screen.painting.hits,
        reading.active,
        reading.first,
        dict(reading.cursors),
        reading.folded,
        reading.filtered,
        arranging.hold(screen),
    )
    from brief_tui.tui.widgets.asked import Choices, ThemeFacet

    codes = workspace.coding.codebook.codes
    themes = [
        ThemeFacet(theme, look.digit, visible(codes[theme].name), look.colour)
        for theme, look in screen.painting.looks.items()
        if look.digit and theme in codes
    ]
    documents = [entry.id for entry in workspace.brief.entries]
    has_aliases = bool(workspace.coding.codebook.aliases)
    screen.set_class(True, "-searching")
    choices = Choices(themes, documents, has_aliases)
    panel.open(choices, reading.place, aliases=has_aliases and reading.aliases)
    known.show_known(screen)


def preview(screen: ReaderScreen, place: Place) -> None:
    """Show the page of a result behind the list."""
    moving.go(screen, place, leave=False, align="centre")


def leave(screen: ReaderScreen) -> None:
    """Put everything back as it was before the search."""
    before, reading = screen.finding.before, screen.reading
    asking.close(screen)
    if before is None:
        return
    screen.painting.hits = before.hits
    reading.active, reading.first = before.active, before.first
    reading.cursors = dict(before.cursors)
    refilled = (reading.folded, reading.filtered) != (before.folded, before.filtered)
    reading.folded, reading.filtered = before.folded, before.filtered
    arranging.lay_out(screen)
    if refilled:
        arranging.refill(screen)
    for column in screen.columns:
        column.set_cursor(reading.cursors.get(column.place_in_brief, 0))
    screen.columns.repaint()
    arranging.put_back(screen, before.views)
    moving.cursor_moved(screen)
    follow(screen)
