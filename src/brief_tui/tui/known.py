"""Searches that are kept: the recent ones, and those that were saved under a name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from brief_tui.errors import BriefError
from brief_tui.tui.background import hand_over

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.resultlines import Offer


def show_known(screen: ReaderScreen) -> None:
    """Bring up the saved and recent searches."""

    def work() -> None:
        with suppress(BriefError):
            kept = screen.workspace.marks.store.reading
            hand_over(screen, screen.search_panel.show_known, kept.saved_searches(), kept.searches())

    screen.run_worker(work, thread=True, group="searches")


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
        hand_over(screen, show_known, screen)

    screen.run_worker(work, thread=True, group="searches")
