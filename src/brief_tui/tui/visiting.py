"""To the other screens and to Elsewhere, and back: what each is opened with, where the reader lands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brief_tui.trail import Place
from brief_tui.tui import arranging, marking, moving, trails
from brief_tui.tui.reading import Goal
from brief_tui.tui.widgets.elsewhere import SEARCHING

if TYPE_CHECKING:
    from brief_tui.highlights.model import Highlight
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.elsewhere import Related

_NOT_TAGGED = "the themes are still being worked out"


def arrive(screen: ReaderScreen, goal: Goal | None) -> None:
    """Go where another screen sent the reader; None: stay."""
    if goal is not None:
        if goal.trail is not None:
            screen.set_trail(goal.trail)
        _land(screen, goal.place)


def _land(screen: ReaderScreen, place: Place) -> None:
    moving.go(screen, place, align="centre")
    moving.flash(screen, place)


def into_elsewhere(screen: ReaderScreen) -> None:
    """Into the passages elsewhere; from there Enter goes to one."""
    if screen.elsewhere.related:
        screen.beside = screen.beside or (screen.reading.place, arranging.hold(screen))
        screen.elsewhere.add_class("-open")
        screen.elsewhere.focus()
    else:
        is_known = screen.elsewhere.state != SEARCHING
        screen.hints.say(screen.elsewhere.state if is_known else "still looking at what the others say")


def to_related(screen: ReaderScreen, related: Related) -> None:
    """Go to a passage elsewhere."""
    screen.beside = None
    leave_elsewhere(screen)
    _land(screen, related.place)


def leave_elsewhere(screen: ReaderScreen) -> None:
    """Back to the columns, which show what they did before, unless the reader moved meanwhile."""
    screen.set_focus(None)
    screen.elsewhere.remove_class("-open")
    before, screen.beside = screen.beside, None
    if before is not None and before[0] == screen.reading.place:
        arranging.put_back(screen, before[1])


def sections(screen: ReaderScreen) -> None:
    """To a section, a document or a line."""
    from brief_tui.tui.screens.sections import SectionsScreen

    screen.app.push_screen(SectionsScreen(screen.workspace, screen.reading.place), screen.arrive)


def overview(screen: ReaderScreen) -> None:
    """Documents and themes as a table."""
    from brief_tui.tui.screens.overview import OverviewScreen

    table = OverviewScreen(screen.workspace, screen.painting, screen.glyphs, screen.reading.place)
    screen.app.push_screen(table, screen.arrive)


def compare(screen: ReaderScreen) -> None:
    """One theme or search, all sources beside each other: the trail, else the first theme."""
    from brief_tui.tui.screens.compare import CompareScreen

    workspace, painting, glyphs = screen.workspace, screen.painting, screen.glyphs
    themes, trail = list(painting.looks), screen.reading.trail
    if trail is None and themes:
        trail = trails.theme_trail(workspace, painting, glyphs, themes[0])
    if trail is None:
        screen.hints.say("nothing to compare yet: press / to search")
    elif trail.kind != "search" and not workspace.coding.is_tagged:
        screen.hints.say(_NOT_TAGGED)
    else:
        beside = CompareScreen(workspace, painting, glyphs, trail, screen.reading.place)
        screen.app.push_screen(beside, screen.arrive)


def why(screen: ReaderScreen) -> None:
    """Why the passage is tagged."""
    if not screen.workspace.coding.is_tagged:
        screen.hints.say(_NOT_TAGGED)
    elif screen.passage is not None:
        from brief_tui.tui.screens.why import WhyScreen

        def back(change: bool | None) -> None:
            if change:
                screen.action_tags()

        screen.app.push_screen(WhyScreen(screen.workspace, screen.passage), back)


def export(screen: ReaderScreen) -> None:
    """Export highlights and themes."""
    from brief_tui.tui.screens.export import ExportScreen

    passage = screen.passage
    screen.app.push_screen(ExportScreen(screen.workspace, passage.doc if passage else None))


def highlights(screen: ReaderScreen) -> None:
    """The list of highlights; from there to one of them."""
    from brief_tui.tui.screens.highlights import HighlightsScreen

    def back(highlight: Highlight | None) -> None:
        marking.show_marks(screen)
        if highlight is not None:
            document = screen.workspace.library.document(highlight.doc)
            passages = document.passages_in(highlight.span)
            if passages:
                _land(screen, (screen.workspace.library.place_of(highlight.doc), passages[0].number))

    screen.app.push_screen(HighlightsScreen(screen.workspace), back)
