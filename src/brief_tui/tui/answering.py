"""Search as it is typed: marks of what is on the screen, the best results, then counts and all other marks.

While the index of a large brief still grows, it is asked for what it has, and again when it has more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Event
from typing import TYPE_CHECKING

from msgspec import Struct

from brief_tui.corpus.model import Document, PassageKey, Span
from brief_tui.tui import asking, known
from brief_tui.tui.accepting import walk_again
from brief_tui.tui.asking import Hits

if TYPE_CHECKING:
    from brief_tui.search.question import Question
    from brief_tui.search.results import Results
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.asked import Asked

FIRST = 20
"""Results that are shown before anything is counted."""

_SHOWN = 200
_SMALL = 3_000
"""Passages of an index that marks what is on the screen in a millisecond or two."""

_SLOW = frozenset(":~*?")
"""What is in a query that may take longer at any size: sets of passages, words of many forms."""

_PAINTED_WITHIN = 0.2

Seen = Mapping[PassageKey, Document]
Evidence = Mapping[PassageKey, Mapping[str, tuple[Span, ...]]] | None


class _Posed(Struct, frozen=True):
    """A question that is being answered.

    Attributes:
        screen: the reading screen.
        number: of the question; an answer is worthless once there is a later one.
        asked: the query and what it is narrowed to.
        seen: the passages on the screen, with the document that each stands in.
        evidence: the themes of all passages; None while they are worked out.
    """

    screen: ReaderScreen
    number: int
    asked: Asked
    seen: Seen
    evidence: Evidence

    def question(self) -> Question:
        """The query to be asked in steps, of an index that may still be growing."""
        asked, searching = self.asked, self.screen.workspace.searching
        return searching.question(
            asked.query, lenient=True, aliases=asked.aliases, facets=asked.facets, so_far=True
        )

    def glimpse(self) -> Hits:
        """What the query marks on the screen, whatever is indexed."""
        documents = {document.id: document for document in self.seen.values()}
        searching = self.screen.workspace.searching
        return searching.glimpse(self.asked.query, documents, list(self.seen), aliases=self.asked.aliases)


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
        asking.paint(screen, before.hits)
        screen.columns.repaint()
        known.show_known(screen)
        return
    finding.growth = screen.workspace.indexing.growth
    tagged = screen.workspace.coding.is_tagged
    if not again:
        panel.wait("… the themes are still being worked out" if asked.facets.themes and not tagged else "")
    seen = _visible(screen)
    evidence = screen.painting.evidence if tagged else None
    if again:
        asking.ask(screen, lambda number: _answer_again(_Posed(screen, number, asked, seen, evidence)))
        return
    painted = Event()
    marks = _marks_at_once(screen, asked, seen)
    if marks is not None:
        _show_marks(screen, marks, painted)
    asking.ask(screen, lambda number: _answer(_Posed(screen, number, asked, seen, evidence), marks, painted))


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


def _marks_at_once(screen: ReaderScreen, asked: Asked, seen: Seen) -> Hits | None:
    """Marks of what is on the screen where they take less than a way to a thread and back; else None."""
    workspace = screen.workspace
    if asked.facets.themes or not workspace.is_indexed or _SLOW.intersection(asked.query):
        return None
    question = workspace.searching.question(
        asked.query, lenient=True, aliases=asked.aliases, facets=asked.facets
    )
    return question.marks(seen) if question.index.size <= _SMALL else None


def _answer(posed: _Posed, marks: Hits | None, painted: Event) -> None:
    """In a thread: marks of what is seen, the first results, counts, all other marks.

    Args:
        posed: the question.
        marks: what was marked at once; None where nothing was.
        painted: set once the first marks are drawn.
    """
    from brief_tui.tui.widgets.answers import Answer

    screen, number = posed.screen, posed.number
    panel, workspace = screen.search_panel, screen.workspace
    glimpse: Hits = {}
    if not workspace.is_indexed:
        glimpse = posed.glimpse()
        asking.say(screen, number, lambda: _show_marks(screen, glimpse, painted))
    question = posed.question()
    if marks is None:
        found = question.marks(posed.seen)
        marks = {**glimpse, **found} if question.is_partial else found
        shown = marks
        asking.say(screen, number, lambda: _show_marks(screen, shown, painted))
    painted.wait(_PAINTED_WITHIN)  # what is marked first is drawn first: both need the interpreter
    first = asking.ranked(screen, number, question, FIRST)
    if first is None:
        return
    answer = Answer(first, counted=False, so_far=asking.so_far_in(question, screen.reading.total))
    asking.say(screen, number, lambda: panel.show_results(workspace, answer))
    whole = first if first.total <= FIRST else asking.ranked(screen, number, question, _SHOWN)
    if whole is not None:
        _show_whole(posed, question, whole, marks)


def _answer_again(posed: _Posed) -> None:
    """In a thread: all at once, in place of an answer that is shown already."""
    question = posed.question()
    whole = asking.ranked(posed.screen, posed.number, question, _SHOWN)
    if whole is not None:
        marks = question.marks(posed.seen)
        _show_whole(posed, question, whole, {**posed.glimpse(), **marks} if question.is_partial else marks)


def _show_whole(posed: _Posed, question: Question, whole: Results, marks: Hits) -> None:
    """In a thread: show results with their counts, then the marks off the screen."""
    from brief_tui.tui.widgets.answers import Answer

    screen = posed.screen
    so_far = asking.so_far_in(question, screen.reading.total)
    answer = Answer(whole, _by_theme(whole.keys, posed.evidence), so_far=so_far)
    hits = dict.fromkeys(whole.keys, ()) | {hit.key: hit.spans for hit in whole.hits} | dict(marks)

    def show() -> None:
        screen.search_panel.show_results(screen.workspace, answer)
        asking.paint(screen, hits)
        for column in screen.columns:
            column.remap()

    asking.say(screen, posed.number, show)
    asking.mark_rest(screen, posed.number, question, hits)


def _by_theme(keys: Iterable[PassageKey], evidence: Evidence) -> Mapping[str, int] | None:
    """How many of some passages have each theme; None while that is not known."""
    return None if evidence is None else Counter(theme for key in keys for theme in evidence.get(key, ()))


def _visible(screen: ReaderScreen) -> Seen:
    """The passages of which a row is on the screen, with the document that each stands in."""
    return {
        (column.document.id, number): column.document
        for column in screen.columns
        if column.document is not None
        for number in column.view.passages()
    }


def _show_marks(screen: ReaderScreen, marks: Hits, painted: Event) -> None:
    asking.paint(screen, marks)
    screen.call_after_refresh(painted.set)
