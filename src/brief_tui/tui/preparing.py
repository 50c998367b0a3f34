"""What happens behind the first screen: index, themes and marks, with progress in the bar."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.tui import answering, arranging, collector, marking, relating
from brief_tui.tui.background import hand_over
from brief_tui.tui.painting import CodeLook

if TYPE_CHECKING:
    from brief_tui.highlights.adopt import Former
    from brief_tui.tui.screens.reader import ReaderScreen


_MOST_SAID = 4
"""Notices of files that are shown; with more of them the texts could not be seen."""

_INDEX_AFTER = 0.5
"""Seconds after which the index is opened where the first screen did not need it."""


def prepare(screen: ReaderScreen) -> None:
    """Have the tags, from the cache or the index, in the background with progress in the bar."""
    collector.begin()
    show_looks(screen)

    def progress(done: int, total: int) -> None:
        if done < total:
            hand_over(screen, _say_progress, screen, f"indexing {done}/{total}")

    def work() -> None:
        worker = get_current_worker()
        workspace = screen.workspace
        try:
            with collector.quiet():
                workspace.indexing.build_ahead(progress, lambda: worker.is_cancelled)
                if not workspace.coding.recall():
                    workspace.open_index(progress, lambda: worker.is_cancelled)
                    hand_over(screen, answering.follow, screen)
                if not worker.is_cancelled:
                    workspace.coding.tags()
                    former = workspace.marks.former(workspace.documents())
        except Cancelled:
            return
        except BriefError as error:
            if not worker.is_cancelled:
                hand_over(screen, screen.say_error, error)
            return
        if not worker.is_cancelled:
            hand_over(screen, _prepared, screen, former)
            workspace.tidy()

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
    answering.follow(screen)


def _prepared(screen: ReaderScreen, former: Former | None) -> None:
    screen.progress = ""
    _say_problems(screen, screen.workspace.problems())
    marking.show_marks(screen)
    relating.ask_related(screen, 0)
    answering.follow(screen)
    if former is not None:
        marking.offer_former(screen, former)
    if not screen.workspace.is_indexed:
        screen.set_timer(_INDEX_AFTER, lambda: _open_index(screen))


def _open_index(screen: ReaderScreen) -> None:
    """Open the index for the searches to come, now that all else is on the screen."""

    def work() -> None:
        worker = get_current_worker()
        try:
            with collector.quiet():
                index = screen.workspace.open_index(cancelled=lambda: worker.is_cancelled)
        except Cancelled:
            return
        if not worker.is_cancelled:
            hand_over(screen, _say_problems, screen, index.notices)
            hand_over(screen, answering.follow, screen)

    screen.run_worker(work, thread=True, group="prepare", exclusive=True)


def _say_problems(screen: ReaderScreen, problems: Iterable[str]) -> None:
    """Notices of what could not be read; a folder may hold thousands of such files."""
    said = [*islice(problems, _MOST_SAID + 1)]
    if len(said) > _MOST_SAID:
        said[-1] = "There is more that could not be read: 'brief-tui passages' says all of it."
    for problem in said:
        screen.app.notify(visible(problem), severity="warning", markup=False)
