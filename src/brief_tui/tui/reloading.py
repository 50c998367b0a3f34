"""The reader notices what changed on disk, offers to reload it, and holds the place when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from brief_tui.children import Cancelled
from brief_tui.corpus.model import Document
from brief_tui.errors import BriefError
from brief_tui.tui import accepting, arranging, carrying, collector, finding, marking, preparing, relating
from brief_tui.tui.background import hand_over

if TYPE_CHECKING:
    from brief_tui.corpus.watching import Changes
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.workspace import Renewed

LOOK_EVERY = 3.0
"""Seconds between two looks at the files."""


def look(screen: ReaderScreen) -> None:
    """Look at the files off the event loop, and offer to reload what is otherwise by now."""
    if not screen.workspace.coding.is_tagged:
        return

    def work() -> None:
        try:
            changes = screen.workspace.changes()
        except (BriefError, OSError):
            return
        if changes != screen.changes:
            hand_over(screen, _offer, screen, changes)

    screen.run_worker(work, thread=True, group="watch", exclusive=True, exit_on_error=False)


def _offer(screen: ReaderScreen, changes: Changes) -> None:
    screen.changes = changes
    arranging.say_where(screen)


def reload(screen: ReaderScreen) -> None:
    """Read what changed on disk again, index and tag it, all in the background; then show it."""
    if screen.progress or not screen.workspace.coding.is_tagged:
        return
    _say_progress(screen, "reloading …")

    def work() -> None:
        workspace = screen.workspace
        had = {document.id: document for document in workspace.library.documents()}
        try:
            renewed = workspace.renewed()
        except Cancelled:
            return
        except BriefError as error:
            hand_over(screen, _failed, screen, error)
            return
        hand_over(screen, _take, screen, renewed, _shifts(had, renewed))

    screen.run_worker(work, thread=True, group="reload", exclusive=True)


def _shifts(had: dict[str, Document], renewed: Renewed) -> dict[str, carrying.Shift]:
    """How the documents that changed did; the slow part of it is done here."""
    found = {}
    for now in renewed.library.documents():
        before = had.get(now.id)
        if before is not None and before is not now:
            found[now.id] = carrying.Shift(before, now)
            found[now.id].prepare()
    return found


def _failed(screen: ReaderScreen, error: BriefError) -> None:
    _say_progress(screen, "")
    screen.say_error(error)


def _take(screen: ReaderScreen, renewed: Renewed, shifts: dict[str, carrying.Shift]) -> None:
    if screen.finding.before is not None:
        finding.leave(screen)
    marking.stop_selecting(screen)
    before = [entry.id for entry in screen.workspace.brief.entries]
    for column in screen.columns:
        if column.document is not None:
            screen.reading.tops[column.place_in_brief] = column.view.anchor()
        column.show(None, (), screen.painting.paint)
    trail = screen.reading.trail
    screen.workspace.take(renewed)
    collector.outdate()
    now = {entry.id: at for at, entry in enumerate(screen.workspace.brief.entries)}
    screen.reading = carrying.carried(
        screen.reading,
        {at: now[doc] for at, doc in enumerate(before) if doc in now},
        {at: shifts[doc] for at, doc in enumerate(before) if doc in shifts},
        len(now),
    )
    screen.finding.number += 1
    screen.asked += 1
    screen.opening.clear()
    screen.painting.hits, screen.painting.stops = {}, {}
    screen.changes = None
    screen.progress = ""
    if trail is not None and trail.kind == "search":
        accepting.walk_again(screen, trail.id)
    else:
        screen.reading.trail = trail and replace(trail, stops=())  # found again with the marks
    preparing.show_looks(screen)
    arranging.lay_out(screen)
    marking.show_marks(screen)
    if screen.reading.filtered:
        arranging.refill(screen)
    relating.ask_related(screen, 0)
    screen.hints.say("reloaded" if shifts or set(before) != set(now) else "nothing changed on disk")


def _say_progress(screen: ReaderScreen, text: str) -> None:
    screen.progress = text
    arranging.say_where(screen)
