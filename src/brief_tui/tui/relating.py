"""Elsewhere follows the cursor: related passages in the background, a newer question cancels an older one."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import folded, visible
from brief_tui.tui import collector
from brief_tui.tui.background import hand_over
from brief_tui.tui.widgets.elsewhere import SEARCHING, Related

if TYPE_CHECKING:
    from textual.timer import Timer

    from brief_tui.search.answers import RelatedHit
    from brief_tui.tui.screens.reader import ReaderScreen

_NOTHING = "the other sources say nothing on it"
_ALONE = "there is no other source in this brief"
_COMPARING = "comparing all passages…"
_STILL = "still comparing…"
_SAY_AFTER = 0.5
_RELATED_SHOWN = 12
RELATED_ASKED = 40


def ask_related(screen: ReaderScreen, after: float) -> None:
    """Bring up what the others say on the passage under the cursor, once the cursor rests."""
    screen.asked += 1
    asked = screen.asked
    screen.set_timer(max(after, 0.001), lambda: _work_related(screen, asked))


def _work_related(screen: ReaderScreen, asked: int) -> None:
    passage = screen.passage
    if asked != screen.asked:
        return
    if passage is None:
        screen.elsewhere.show_state("there is no passage here")
        return
    if not screen.workspace.coding.is_tagged:
        screen.elsewhere.show_state(SEARCHING)
        return

    saying = screen.set_timer(_SAY_AFTER, lambda: _say_comparing(screen, asked))

    def work() -> None:
        worker, relating = get_current_worker(), screen.workspace.relating

        def so_far(found: tuple[RelatedHit, ...]) -> None:
            hand_over(screen, _show_related, screen, asked, found, saying, so_far=True)

        try:
            with collector.quiet() if not relating.is_ready else nullcontext():
                found = relating.related(
                    passage, limit=RELATED_ASKED, so_far=so_far, wanted=lambda: not worker.is_cancelled
                )
        except Cancelled:
            return
        if not worker.is_cancelled:
            hand_over(screen, _show_related, screen, asked, found, saying)

    screen.run_worker(work, thread=True, group="related", exclusive=True)


def _say_comparing(screen: ReaderScreen, asked: int) -> None:
    """Show no longer what is of another passage: the first answer takes a while."""
    if asked == screen.asked and not screen.elsewhere.has_focus:
        screen.elsewhere.show_state(_COMPARING)


def _show_related(
    screen: ReaderScreen,
    asked: int,
    found: tuple[RelatedHit, ...],
    saying: Timer,
    *,
    so_far: bool = False,
) -> None:
    if asked != screen.asked:
        return
    saying.stop()
    if screen.elsewhere.has_focus:
        return
    best = max((hit.score for hit in found), default=1.0) or 1.0
    shown = [_related(screen, hit, best) for hit in found]
    if shown:
        screen.elsewhere.show_related(shown[:_RELATED_SHOWN], _STILL if so_far else "")
    elif so_far:
        screen.elsewhere.show_state(_COMPARING)
    else:
        screen.elsewhere.show_state(_NOTHING if screen.reading.total > 1 else _ALONE)
    if screen.reading.linked and not so_far:
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
        why=visible(screen.workspace.relating.why(hit)),
    )
