"""What happens behind the first screen: index, themes and marks, with progress in the bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.tui import arranging, collector, marking, relating, session
from brief_tui.tui.background import hand_over
from brief_tui.tui.painting import CodeLook

if TYPE_CHECKING:
    from brief_tui.highlights.adopt import Former
    from brief_tui.tui.screens.reader import ReaderScreen


def prepare(screen: ReaderScreen) -> None:
    """Open the index, then tag: in the background, with progress in the bar."""
    show_looks(screen)

    def progress(done: int, total: int) -> None:
        if done < total:
            hand_over(screen, _say_progress, screen, f"indexing {done}/{total}")

    def work() -> None:
        worker = get_current_worker()
        try:
            with collector.quiet():
                screen.workspace.open_index(progress, lambda: worker.is_cancelled)
                if not worker.is_cancelled:
                    screen.workspace.coding.tags()
                    former = screen.workspace.marks.former(screen.workspace.library.documents())
        except Cancelled:
            return
        except BriefError as error:
            if not worker.is_cancelled:
                hand_over(screen, screen.say_error, error)
            return
        if not worker.is_cancelled:
            hand_over(screen, _prepared, screen, former)

    screen.run_worker(work, thread=True, group="prepare", exclusive=True)


def show_looks(screen: ReaderScreen) -> None:
    """Give the themes their keys and colours, by their order."""
    screen.painting.looks = {
        theme.id: CodeLook(at + 1 if at < 9 else 0, theme.colour)
        for at, theme in enumerate(screen.workspace.coding.codebook.themes)
    }
    screen.refresh_bindings()


def _say_progress(screen: ReaderScreen, text: str) -> None:
    screen.progress = text
    arranging.say_where(screen)


def _prepared(screen: ReaderScreen, former: Former | None) -> None:
    screen.progress = ""
    for problem in screen.workspace.problems():
        screen.app.notify(visible(problem), severity="warning", markup=False)
    marking.show_marks(screen)
    session.restore_trail(screen)
    relating.ask_related(screen, 0)
    if former is not None:
        marking.offer_former(screen, former)
