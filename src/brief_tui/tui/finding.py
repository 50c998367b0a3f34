"""Search on the reading screen: marks and results as typed, the trail on Enter, everything back on Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from brief_tui.errors import BriefError
from brief_tui.trail import Place
from brief_tui.tui import moving, trails

if TYPE_CHECKING:
    from brief_tui.search.index import Results
    from brief_tui.tui.screens.reader import ReaderScreen

_HITS_SHOWN = 200


def search(screen: ReaderScreen, query: str) -> Worker[None]:
    """Search for what is typed so far; a newer query makes an older one's answer worthless."""

    def work() -> None:
        worker = get_current_worker()
        try:
            results = screen.workspace.search(query, limit=_HITS_SHOWN, lenient=True)
        except BriefError as error:
            if not worker.is_cancelled:
                screen.app.call_from_thread(screen.search_panel.say, str(error))
            return
        if not worker.is_cancelled:
            screen.app.call_from_thread(_show_results, screen, results)

    return screen.run_worker(work, thread=True, group="search", exclusive=True)


def _show_results(screen: ReaderScreen, results: Results) -> None:
    painting = screen.painting
    painting.hits = {(hit.doc, hit.number): hit.spans for hit in results.hits}
    screen.columns.repaint()
    screen.search_panel.show_results(screen.workspace, results)


def preview(screen: ReaderScreen, place: Place) -> None:
    """Show the page of a result behind the list."""
    moving.go(screen, place, leave=False, align="centre")


def accept(screen: ReaderScreen, place: Place | None) -> None:
    """Make the search the trail and go to a result."""
    panel = screen.search_panel
    try:
        trail = trails.search_trail(screen.workspace, screen.painting, panel.query_text)
    except BriefError as error:
        panel.say(str(error))
        return
    where = trail.stops
    if not where:
        panel.say("nothing found")
        return
    panel.close()
    screen.workspace.remember_search(panel.query_text)
    screen.set_trail(trail)
    here = panel.came_from or screen.reading.place
    screen.reading.go(here)
    if place is None:
        place = here if here in where else where[trail.position(here) % len(where)]
    moving.go(screen, place, align="centre")


def leave(screen: ReaderScreen) -> None:
    """Put everything back as it was before the search."""
    trail = screen.reading.trail
    screen.painting.hits = {}
    if trail is not None and trail.kind == "search":
        trails.search_trail(screen.workspace, screen.painting, trail.id)
    place = screen.search_panel.came_from
    screen.search_panel.close()
    screen.columns.repaint()
    if place is not None:
        moving.go(screen, place, leave=False)
