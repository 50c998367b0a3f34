"""Search on the reading screen: marks and results as typed, the trail on Enter, everything back on Esc.

Every question is answered off the event loop, in steps: the marks of what is on the screen, the best
results, then counts and all other marks. A number tells the steps of the latest question from those of older
ones, which are dropped; rankings stand in line, so that an older one that was not begun never is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from brief_tui.children import Cancelled
from brief_tui.corpus.model import Document, Span
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError, QueryError
from brief_tui.trail import Place, Trail
from brief_tui.tui import arranging, moving, trails
from brief_tui.tui.background import hand_over
from brief_tui.tui.flow import Place as Row

if TYPE_CHECKING:
    from brief_tui.search.question import Question
    from brief_tui.search.results import Results
    from brief_tui.tui.app import ReaderApp
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.resultlines import Offer
    from brief_tui.tui.widgets.searchpanel import Asked

FIRST = 20
"""Results that are shown before anything is counted."""

_SHOWN = 200
_MARKED_AT_ONCE = 500
_PAINTED_WITHIN = 0.2

Key = tuple[str, int]
Seen = Mapping[Key, Document]
Hits = Mapping[Key, tuple[Span, ...]]
Evidence = Mapping[Key, Mapping[str, tuple[Span, ...]]] | None


class Before(Struct, frozen=True):
    """What the screen was before the search, to be put back on Esc."""

    hits: Hits
    active: int
    first: int
    cursors: Mapping[int, int]
    folded: bool
    filtered: bool
    views: Mapping[int, Row]


class Finding(Struct):
    """The state of searching.

    Attributes:
        number: of the latest question; answers to older ones are dropped.
        before: what Esc puts back; None while the panel is closed.
        ranking: held while results are ranked, one question after the other.
        growth: of the index when it was last asked: another one means that it holds more by now.
        partial: whether the trail was made while the index did not hold all documents yet.
    """

    number: int = 0
    before: Before | None = None
    ranking: Lock = field(default_factory=Lock)
    growth: object = None
    partial: bool = False


def open_panel(screen: ReaderScreen) -> None:
    """Open the panel, and remember what Esc puts back."""
    panel, reading, workspace = screen.search_panel, screen.reading, screen.workspace
    if panel.is_open:
        panel.action_back()
        return
    screen.finding.before = Before(
        screen.painting.hits,
        reading.active,
        reading.first,
        dict(reading.cursors),
        reading.folded,
        reading.filtered,
        {column.place_in_brief: column.view.top for column in screen.columns},
    )
    from brief_tui.tui.widgets.searchpanel import ThemeFacet

    codes = workspace.coding.codebook.codes
    themes = [
        ThemeFacet(theme, look.digit, visible(codes[theme].name), look.colour)
        for theme, look in screen.painting.looks.items()
        if look.digit and theme in codes
    ]
    documents = [entry.id for entry in workspace.brief.entries]
    screen.set_class(True, "-searching")
    aliases = reading.aliases if workspace.coding.codebook.aliases else None
    panel.open(themes, documents, reading.place, aliases=aliases)
    _show_known(screen)


def _show_known(screen: ReaderScreen) -> None:
    """Bring up the saved and recent searches."""

    def work() -> None:
        with suppress(BriefError):
            kept = screen.workspace.marks.store.reading
            hand_over(screen, screen.search_panel.show_known, kept.saved_searches(), kept.searches())

    screen.run_worker(work, thread=True, group="searches")


# As it is typed


def search(screen: ReaderScreen, asked: Asked, *, again: bool = False) -> None:
    """Answer what is asked so far; a newer question makes an older one's answer worthless.

    Args:
        screen: the reading screen.
        asked: the query and what it is narrowed to.
        again: whether the same was answered already, by an index that holds more by now.
    """
    finding, panel, before = screen.finding, screen.search_panel, screen.finding.before
    finding.number += 1
    if before is None:
        return
    if not asked.query.strip():
        _paint(screen, before.hits)
        screen.columns.repaint()
        _show_known(screen)
        return
    finding.growth = screen.workspace.indexing.growth
    tagged = screen.workspace.coding.is_tagged
    if not again:
        panel.wait("… the themes are still being worked out" if asked.facets.themes and not tagged else "")
    seen = _visible(screen)
    evidence = screen.painting.evidence if tagged else None
    answer = _answer_again if again else _answer
    _work(screen, lambda number: answer(screen, number, asked, seen, evidence), leave_typing=True)


def follow(screen: ReaderScreen) -> None:
    """The index may hold more by now: ask it again what is typed, and when it is whole what is walked."""
    finding, workspace = screen.finding, screen.workspace
    trail = screen.reading.trail
    if finding.before is not None:
        if workspace.indexing.growth != finding.growth:
            search(screen, screen.search_panel.asked, again=True)
    elif finding.partial and workspace.is_indexed:
        finding.partial = False
        if trail is not None and trail.kind == "search":
            walk_again(screen, trail.id)


def _answer(screen: ReaderScreen, number: int, asked: Asked, seen: Seen, evidence: Evidence) -> None:
    """In a thread: marks of what is seen, the first results, counts, all other marks."""
    panel, workspace = screen.search_panel, screen.workspace
    keys = list(seen)
    painted = Event()
    glimpse: Hits = {}
    if not workspace.is_indexed:
        documents = {document.id: document for document in seen.values()}
        glimpse = workspace.glimpse(asked.query, documents, keys, aliases=asked.aliases)
        _say(screen, number, lambda: _show_marks(screen, glimpse, painted))
    question = workspace.question(
        asked.query, lenient=True, aliases=asked.aliases, facets=asked.facets, so_far=True
    )
    marks = {**glimpse, **question.marks(keys)} if question.is_partial else question.marks(keys)
    _say(screen, number, lambda: _show_marks(screen, marks, painted))
    painted.wait(_PAINTED_WITHIN)  # what is marked first is drawn first: both need the interpreter
    first = _ranked(screen, number, question, FIRST)
    if first is None:
        return
    so_far = _so_far(question, len(workspace.brief.entries))
    _say(screen, number, lambda: panel.show_results(workspace, first, None, counted=False, so_far=so_far))
    whole = first if first.total <= FIRST else _ranked(screen, number, question, _SHOWN)
    if whole is not None:
        _show_whole(screen, number, question, whole, marks, _by_theme(whole.keys, evidence))


def _answer_again(screen: ReaderScreen, number: int, asked: Asked, seen: Seen, evidence: Evidence) -> None:
    """In a thread: all at once, in place of an answer that is shown already."""
    question = screen.workspace.question(
        asked.query, lenient=True, aliases=asked.aliases, facets=asked.facets, so_far=True
    )
    whole = _ranked(screen, number, question, _SHOWN)
    if whole is not None:
        documents = {document.id: document for document in seen.values()}
        keys, aliases = list(seen), asked.aliases
        glimpse = screen.workspace.glimpse(asked.query, documents, keys, aliases=aliases)
        marks = {**glimpse, **question.marks(keys)} if question.is_partial else question.marks(keys)
        _show_whole(screen, number, question, whole, marks, _by_theme(whole.keys, evidence))


def _show_whole(  # noqa: PLR0917 - what an answer is made of
    screen: ReaderScreen,
    number: int,
    question: Question,
    whole: Results,
    marks: Hits,
    counts: Mapping[str, int] | None,
) -> None:
    """In a thread: show results with their counts, then the marks off the screen."""
    panel, workspace = screen.search_panel, screen.workspace
    so_far = _so_far(question, len(workspace.brief.entries))
    hits = dict.fromkeys(whole.keys, ()) | {hit.key: hit.spans for hit in whole.hits} | dict(marks)

    def show() -> None:
        panel.show_results(workspace, whole, counts, counted=True, so_far=so_far)
        _paint(screen, hits)
        for column in screen.columns:
            column.remap()

    _say(screen, number, show)
    _mark_rest(screen, number, question, hits)


def _so_far(question: Question, documents: int) -> str:
    """What is to be said of an index that does not hold all documents yet."""
    held = len(question.index.sources)
    return f" so far, in {held:,} of {documents:,} documents" if question.is_partial else ""


def _ranked(screen: ReaderScreen, number: int, question: Question, limit: int) -> Results | None:
    """In a thread: the best results, or None where a newer question was asked meanwhile."""
    with screen.finding.ranking:
        return question.results(limit) if number == screen.finding.number else None


def _by_theme(keys: Iterable[Key], evidence: Evidence) -> Mapping[str, int] | None:
    """How many of some passages have each theme; None while that is not known."""
    return None if evidence is None else Counter(theme for key in keys for theme in evidence.get(key, ()))


def _mark_rest(screen: ReaderScreen, number: int, question: Question, hits: Hits) -> None:
    """In a thread: mark the passages that were found and are not marked yet, some at a time."""
    keys = sorted(key for key, spans in hits.items() if not spans)
    for at in range(0, len(keys), _MARKED_AT_ONCE):
        if number != screen.finding.number:
            return
        marks = question.marks(keys[at : at + _MARKED_AT_ONCE])
        _say(screen, number, partial(_add_marks, screen, marks))


def _add_marks(screen: ReaderScreen, marks: Hits) -> None:
    _paint(screen, {**screen.painting.hits, **marks})


def _visible(screen: ReaderScreen) -> Seen:
    """The passages of which a row is on the screen, with the document that each stands in."""
    return {
        (column.document.id, number): column.document
        for column in screen.columns
        if column.document is not None
        for number in column.visible_passages()
    }


def _show_marks(screen: ReaderScreen, marks: Hits, painted: Event) -> None:
    _paint(screen, marks)
    screen.call_after_refresh(painted.set)


def _paint(screen: ReaderScreen, hits: Hits) -> None:
    """Mark what was found; only the passages that change are drawn again."""
    had, screen.painting.hits = screen.painting.hits, hits
    for column in screen.columns:
        doc = column.document.id if column.document is not None else ""
        column.repaint_passages(
            {n for d, n in had.keys() | hits.keys() if d == doc and had.get((d, n)) != hits.get((d, n))}
        )


def preview(screen: ReaderScreen, place: Place) -> None:
    """Show the page of a result behind the list."""
    moving.go(screen, place, leave=False, align="centre")


# Enter


def accept(screen: ReaderScreen, asked: Asked, place: Place | None) -> None:
    """Make the search the trail and go to a result."""
    panel, before = screen.search_panel, screen.finding.before
    if not asked.query.strip() or before is None:
        panel.say("type what to search for")
        return

    def arrive(trail: Trail, results: Results) -> None:
        here = (before.active, before.cursors.get(before.active, 0))
        _close(screen)
        screen.reading.aliases = asked.aliases
        screen.reading.go(here)
        _walk(screen, trail, results)
        goal = place
        if goal is None:
            goal = here if here in trail.stops else trail.stops[trail.position(here) % len(trail.stops)]
        moving.go(screen, goal, align="centre")
        screen.flash(goal)

    def nothing(results: Results, so_far: str) -> None:
        panel.show_results(screen.workspace, results, {}, counted=True, so_far=so_far)
        tab = f"; Tab takes: {results.suggestion}" if results.suggestion else ""
        panel.say(f"nothing found{so_far}{tab}")

    def work(number: int) -> None:
        from brief_tui.search.question import with_facets

        query = with_facets(asked.query.strip(), asked.facets)
        trail, question, results = trails.search_trail(
            screen.workspace, query, aliases=asked.aliases, so_far=True
        )
        if not trail.stops:
            _say(screen, number, lambda: nothing(results, _so_far(question, screen.reading.total)))
            return
        screen.finding.partial = question.is_partial
        screen.workspace.remember_search(asked.query.strip())
        _say(screen, number, lambda: arrive(trail, results))
        _mark_rest(screen, number, question, dict.fromkeys(results.keys, ()))

    cast("ReaderApp", screen.app).keying.hold()  # what is pressed next is meant for what Enter leads to
    _work(screen, work)


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
            _say(screen, number, lambda: _walk(screen, trail, results))
            _mark_rest(screen, number, question, dict.fromkeys(results.keys, ()))

    _work(screen, work)


def _walk(screen: ReaderScreen, trail: Trail, results: Results) -> None:
    had = screen.painting.hits
    screen.painting.hits = {key: had.get(key, ()) for key in results.keys}
    screen.set_trail(trail)


# Esc


def leave(screen: ReaderScreen) -> None:
    """Put everything back as it was before the search."""
    before, reading = screen.finding.before, screen.reading
    _close(screen)
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
    _views_back(screen, before.views)
    screen.call_after_refresh(_views_back_later, screen, before.views)
    moving.cursor_moved(screen)
    follow(screen)


def _views_back_later(screen: ReaderScreen, views: Mapping[int, Row]) -> None:
    """Once each column has its height again, of which its own queue tells it."""
    for column in screen.columns:
        column.call_later(_views_back, screen, views)


def _views_back(screen: ReaderScreen, views: Mapping[int, Row]) -> None:
    for column in screen.columns:
        if column.place_in_brief in views:
            column.view.top = views[column.place_in_brief]
            column.scroll_rows(0)


def _close(screen: ReaderScreen) -> None:
    screen.finding.number += 1
    screen.finding.before = None
    screen.set_class(False, "-searching")
    screen.search_panel.close()


# Saved searches


def keep_search(screen: ReaderScreen, query: str) -> None:
    """Keep a query under a name that the reader gives."""
    from brief_tui.tui.screens.prompt import PromptScreen

    def named(name: str | None) -> None:
        screen.search_panel.action_back()
        if name:
            _change_known(screen, lambda: screen.workspace.marks.store.reading.save_search(name, query))

    screen.app.push_screen(PromptScreen("Save this search as", query), named)


def forget_search(screen: ReaderScreen, offer: Offer) -> None:
    """Take a saved or a recent search out."""
    kept = screen.workspace.marks.store.reading
    if offer.name:
        _change_known(screen, lambda: kept.save_search(offer.name, None))
    else:
        _change_known(screen, lambda: kept.forget_search(offer.query))


def _change_known(screen: ReaderScreen, change: Callable[[], None]) -> None:
    def work() -> None:
        try:
            change()
        except BriefError as error:
            hand_over(screen, screen.say_error, error)
            return
        hand_over(screen, _show_known, screen)

    screen.run_worker(work, thread=True, group="searches")


# Threads


def _work(screen: ReaderScreen, work: Callable[[int], None], *, leave_typing: bool = False) -> None:
    """Answer a new question in a thread; what goes wrong is said in the panel."""
    finding = screen.finding
    if not leave_typing:
        finding.number += 1
    number = finding.number

    def guarded() -> None:
        try:
            work(number)
        except Cancelled:
            return
        except QueryError as error:
            wrong = error
            _say(screen, number, lambda: screen.search_panel.point(wrong))
        except BriefError as error:
            told = str(error)
            _say(screen, number, lambda: screen.search_panel.say(told))

    screen.run_worker(guarded, thread=True, group="search")


def _say(screen: ReaderScreen, number: int, what: Callable[[], object]) -> None:
    """From a thread: do something on the event loop, unless a newer question was asked by then."""

    def do() -> None:
        if number == screen.finding.number:
            what()
            cast("ReaderApp", screen.app).keying.release()

    hand_over(screen, do)
