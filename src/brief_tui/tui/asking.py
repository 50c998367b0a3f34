"""Questions to the index: each is answered off the event loop, in steps, and a newer one drops an older one.

A number tells the steps of the latest question from those of older ones; rankings stand in line, so that an
older one that was not begun never is. What was found is painted here, only where it changes something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from brief_tui.children import Cancelled
from brief_tui.corpus.model import PassageKey, Span
from brief_tui.errors import BriefError, QueryError
from brief_tui.tui.background import hand_over
from brief_tui.tui.view import Held

if TYPE_CHECKING:
    from brief_tui.search.question import Question
    from brief_tui.search.results import Results
    from brief_tui.tui.app import ReaderApp
    from brief_tui.tui.screens.reader import ReaderScreen

_MARKED_AT_ONCE = 500

Hits = Mapping[PassageKey, tuple[Span, ...]]


class Before(Struct, frozen=True):
    """What the screen was before the search, to be put back on Esc."""

    hits: Hits
    active: int
    first: int
    cursors: Mapping[int, int]
    folded: bool
    filtered: bool
    views: Mapping[int, Held]


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


def ask(screen: ReaderScreen, work: Callable[[int], None]) -> None:
    """Answer a new question in a thread, by its number; what goes wrong is said in the panel."""
    screen.finding.number += 1
    number = screen.finding.number

    def guarded() -> None:
        try:
            work(number)
        except Cancelled:
            return
        except QueryError as error:
            wrong = error
            say(screen, number, lambda: screen.search_panel.point(wrong))
        except BriefError as error:
            told = str(error)
            say(screen, number, lambda: screen.search_panel.say(told))

    screen.run_worker(guarded, thread=True, group="search")


def say(screen: ReaderScreen, number: int, what: Callable[[], object]) -> None:
    """From a thread: do something on the event loop, unless a newer question was asked by then."""

    def do() -> None:
        if number == screen.finding.number:
            what()
            cast("ReaderApp", screen.app).keying.release()

    hand_over(screen, do)


def ranked(screen: ReaderScreen, number: int, question: Question, limit: int) -> Results | None:
    """In a thread: the best results, or None where a newer question was asked meanwhile."""
    with screen.finding.ranking:
        return question.results(limit) if number == screen.finding.number else None


def paint(screen: ReaderScreen, hits: Hits) -> None:
    """Mark what was found; only the passages that change are drawn again."""
    had, screen.painting.hits = screen.painting.hits, hits
    for column in screen.columns:
        doc = column.document.id if column.document is not None else ""
        column.repaint_passages(
            {n for d, n in had.keys() | hits.keys() if d == doc and had.get((d, n)) != hits.get((d, n))}
        )


def mark_rest(screen: ReaderScreen, number: int, question: Question, hits: Hits) -> None:
    """In a thread: mark the passages that were found and are not marked yet, some at a time."""
    keys = sorted(key for key, spans in hits.items() if not spans)
    for at in range(0, len(keys), _MARKED_AT_ONCE):
        if number != screen.finding.number:
            return
        marks = question.marks(keys[at : at + _MARKED_AT_ONCE])
        say(screen, number, partial(_add_marks, screen, marks))


def _add_marks(screen: ReaderScreen, marks: Hits) -> None:
    paint(screen, {**screen.painting.hits, **marks})


def so_far_in(question: Question, documents: int) -> str:
    """What is to be said of an index that does not hold all documents yet."""
    if not question.is_partial:
        return ""
    held = len(question.index.sources)
    return f" so far, in {held:,} of {documents:,} documents" if held else " yet: the index is being built"


def close(screen: ReaderScreen) -> None:
    """Close the panel; what is still being answered is wanted no more."""
    screen.finding.number += 1
    screen.finding.before = None
    screen.set_class(False, "-searching")
    screen.search_panel.close()
