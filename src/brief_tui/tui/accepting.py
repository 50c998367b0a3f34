"""Enter in the search: it becomes the trail, and the reader goes to a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from brief_tui.errors import BriefError
from brief_tui.trail import Place, Trail
from brief_tui.tui import asking, moving, trails

if TYPE_CHECKING:
    from brief_tui.search.results import Results
    from brief_tui.tui.app import ReaderApp
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.asked import Asked


def accept(screen: ReaderScreen, asked: Asked, place: Place | None) -> None:
    """Make the search the trail and go to a result."""
    panel, before = screen.search_panel, screen.finding.before
    if not asked.query.strip() or before is None:
        panel.say("type what to search for")
        return

    def arrive(trail: Trail, results: Results) -> None:
        here = (before.active, before.cursors.get(before.active, 0))
        asking.close(screen)
        screen.reading.aliases = asked.aliases
        screen.reading.go(here)
        _walk(screen, trail, results)
        goal = place
        if goal is None:
            goal = here if here in trail.stops else trail.stops[trail.position(here) % len(trail.stops)]
        moving.go(screen, goal, align="centre")
        screen.flash(goal)

    def nothing(results: Results, so_far: str) -> None:
        from brief_tui.tui.widgets.answers import Answer

        panel.show_results(screen.workspace, Answer(results, {}, so_far=so_far))
        tab = f"; Tab takes: {results.suggestion}" if results.suggestion else ""
        panel.say(f"nothing found{so_far}{tab}")

    def work(number: int) -> None:
        query = screen.workspace.searching.taken(asked.query, asked.facets, aliases=asked.aliases)
        trail, question, results = trails.search_trail(
            screen.workspace, query, aliases=asked.aliases, so_far=True
        )
        if not trail.stops:
            asking.say(
                screen, number, lambda: nothing(results, asking.so_far_in(question, screen.reading.total))
            )
            return
        screen.finding.partial = question.is_partial
        screen.workspace.searching.remember(asked.query.strip())
        asking.say(screen, number, lambda: arrive(trail, results))
        asking.mark_rest(screen, number, question, dict.fromkeys(results.keys, ()))

    cast("ReaderApp", screen.app).keying.hold()  # what is pressed next is meant for what Enter leads to
    asking.ask(screen, work)


def walk_again(screen: ReaderScreen, query: str) -> None:
    """Make a search the trail once more; one that is wrong or finds nothing by now is left out."""

    def work(number: int) -> None:
        try:
            trail, question, results = trails.search_trail(
                screen.workspace, query, aliases=screen.reading.aliases
            )
        except BriefError:
            return
        if trail.stops:
            asking.say(screen, number, lambda: _walk(screen, trail, results))
            asking.mark_rest(screen, number, question, dict.fromkeys(results.keys, ()))

    asking.ask(screen, work)


def _walk(screen: ReaderScreen, trail: Trail, results: Results) -> None:
    had = screen.painting.hits
    screen.painting.hits = {key: had.get(key, ()) for key in results.keys}
    screen.set_trail(trail)
