"""How the reading screen finds: theme tags, related passages, search."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from brief_tui.corpus.model import Span
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.trail import Place
from brief_tui.tui import trails
from brief_tui.tui.widgets.elsewhere import Related

if TYPE_CHECKING:
    from brief_tui.search.index import Results
    from brief_tui.search.related import RelatedHit
    from brief_tui.tui.screens.reader import ReaderScreen

_SEARCH_AFTER = 0.03
_HITS_SHOWN = 200
_RELATED_SHOWN = 12
_RELATED_ASKED = 40


def show_tags(screen: ReaderScreen) -> None:
    """Paint the theme tags as they are now."""
    evidence: dict[tuple[str, int], dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for tag in screen.workspace.coding.tags():
        evidence[tag.doc, tag.number][tag.theme] = tag.evidence
    screen.painting.evidence = evidence
    trail = screen.reading.trail
    if trail is not None and trail.kind != "search":
        screen.reading.trail = trails.again(
            screen.workspace, screen.painting, screen.glyphs, trail.kind, trail.id
        )
    trails.paint(screen.workspace, screen.painting, screen.reading.trail)
    screen.columns.repaint()
    screen.say_where()


# Related passages


def ask_related(screen: ReaderScreen, after: float) -> None:
    """Bring up what the others say on the passage under the cursor, once the cursor rests."""
    screen.asked += 1
    asked = screen.asked
    screen.set_timer(max(after, 0.001), lambda: _work_related(screen, asked))


def _work_related(screen: ReaderScreen, asked: int) -> None:
    passage = screen.passage
    if asked != screen.asked or passage is None:
        return
    if not screen.workspace.is_indexed:
        screen.elsewhere.show_state("…")
        return

    def work() -> None:
        worker = get_current_worker()
        found = screen.workspace.related(passage, limit=_RELATED_ASKED)
        if not worker.is_cancelled:
            screen.app.call_from_thread(_show_related, screen, asked, found)

    screen.run_worker(work, thread=True, group="related", exclusive=True)


def _show_related(screen: ReaderScreen, asked: int, found: tuple[RelatedHit, ...]) -> None:
    if asked == screen.asked and not screen.elsewhere.has_focus:
        best = max((hit.score for hit in found), default=1.0) or 1.0
        shown = [_related(screen, hit, best) for hit in found]
        screen.elsewhere.show_related(shown[:_RELATED_SHOWN])
        if screen.reading.linked:
            _follow(screen, shown)


def _follow(screen: ReaderScreen, found: list[Related]) -> None:
    """Let the other columns scroll to their best related passage."""
    best: dict[int, int] = {}
    for each in found:
        best.setdefault(*each.place)
    for at, number in best.items():
        column = screen.columns.column(at)
        if column is not None and at != screen.reading.active:
            column.show_passage(number, "centre")
            screen.flash((at, number))


def _related(screen: ReaderScreen, hit: RelatedHit, best: float) -> Related:
    document = screen.workspace.library.document(hit.doc)
    at = screen.workspace.library.place_of(hit.doc)
    return Related(
        place=(at, hit.number),
        source=visible(document.short),
        sentence=folded(document.text[hit.sentence.start : hit.sentence.end]),
        span=hit.sentence,
        strength=hit.score / best,
        why=visible(screen.workspace.why(hit)),
    )


# Search


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
    screen.go(place, leave=False, align="centre")


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
    screen.go(place, align="centre")


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
        screen.go(place, leave=False)
