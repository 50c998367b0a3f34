"""Which document stands in which column, and what the bars say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from brief_tui.corpus.model import Document, Passage
from brief_tui.corpus.visible import visible
from brief_tui.tui import opening, session, trails
from brief_tui.tui.flow import items_of, nearest_shown
from brief_tui.tui.view import Held
from brief_tui.tui.widgets.column import DocumentColumn

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen


def lay_out(screen: ReaderScreen) -> None:
    """Give each document that fits a column, with what was read of it."""
    reading = screen.reading
    for shown in screen.columns:
        if shown.document is not None:
            reading.tops[shown.place_in_brief] = shown.view.anchor()
    screen.columns.lay_out(reading.shown(screen.app.size.width))
    for at in screen.columns.shown:
        column = screen.columns.column(at)
        if column is None:
            continue
        whole = opening.document_at(screen, at)
        document = whole or opening.beginning_at(screen, at)
        entry = screen.workspace.brief.entries[at]
        moved = column.place_in_brief != at
        column.place_in_brief = at
        short = document.short if document else screen.workspace.library.short_of(entry.id)
        column.set_title(at + 1, visible(short), visible(screen.workspace.library.trouble(entry.id)))
        if document is not column.document or moved:
            if whole is not None:
                session.settle(screen, at, whole)
            _fill(screen, column, document)
            if reading.numbers:
                column.set_numbers(True)
        column.set_active(at == reading.active)
    say_where(screen)


def _fill(screen: ReaderScreen, column: DocumentColumn, document: Document | None) -> None:
    def is_stop(passage: Passage) -> bool:
        return passage.key in screen.painting.stops

    wanted = is_stop if screen.reading.filtered and screen.reading.trail is not None else None
    items = items_of(document, folded=screen.reading.folded, wanted=wanted) if document else ()
    at = column.place_in_brief
    cursor = screen.reading.cursors.setdefault(at, 0)
    if document is not None and document is opening.document_at(screen, at):  # not only its beginning
        near = nearest_shown(items, cursor)
        cursor = screen.reading.cursors[at] = cursor if near is None else near
    column.show(
        document,
        items,
        screen.painting.paint,
        marked=screen.painting.marked,
        cursor=cursor,
        top=screen.reading.tops.get(at, 0),
    )


def refill(screen: ReaderScreen) -> None:
    """Let the columns show other items: folded, unfolded, or the trail's only."""
    for column in screen.columns:
        _fill(screen, column, column.document)


def hold(screen: ReaderScreen) -> Mapping[int, Held]:
    """What each column shows, by its document's place in the brief, to be put back later."""
    return {column.place_in_brief: column.view.hold() for column in screen.columns}


def put_back(screen: ReaderScreen, views: Mapping[int, Held]) -> None:
    """Show again what columns showed: now, and once each has its height, of which its own queue tells it."""

    def now() -> None:
        for column in screen.columns:
            if column.place_in_brief in views:
                column.put_back(views[column.place_in_brief])

    def later() -> None:
        for column in screen.columns:
            column.call_later(now)

    now()
    screen.call_after_refresh(later)


def say_where(screen: ReaderScreen) -> None:
    """Tell the bar which trail is walked and how far, and which documents are on the screen."""
    reading, shown = screen.reading, screen.columns.shown
    trail = reading.trail
    facts: list[str] = []
    if screen.progress:
        facts.append(screen.progress)
    if reading.filtered:
        facts.append("only the trail (f)")
    kept = screen.kept
    if kept:
        facts.append(f"{kept} {'highlight' if kept == 1 else 'highlights'}")
    if part := reading.part_of(shown):
        facts.append(part)
    if offer := _offered(screen):
        facts.append(offer)
    told = None
    if trail is not None:
        colour = trails.colour_of(screen.painting, trail)
        told = (visible(trail.label), f"{trail.position(reading.place)}/{len(trail.stops)}", colour)
    screen.trail_bar.say(visible(screen.workspace.brief.title), told, facts)
    for column in screen.columns:
        stops = trail.count_in(column.place_in_brief) if trail else 0
        column.set_count(
            str(stops) if stops else "", reading.progress(column.place_in_brief, column.document)
        )


def _offered(screen: ReaderScreen) -> str:
    """The words that offer to reload; empty where nothing changed."""
    changes = screen.changes
    if not changes:
        return ""
    order = {entry.id: at + 1 for at, entry in enumerate(screen.workspace.brief.entries)}
    parts = []
    for docs, said in ((changes.changed, "changed on disk"), (changes.removed, "gone from disk")):
        known = [order[doc] for doc in docs if doc in order]
        if len(known) == 1:
            parts.append(f"document {known[0]} {said}")
        elif known:
            parts.append(f"{len(known)} documents {said}")
    if changes.added:
        many = len(changes.added)
        parts.append(f"{many} new {'document' if many == 1 else 'documents'}")
    if changes.manifest:
        parts.append("brief.toml changed")
    return f"{', '.join(parts)} · R reloads" if parts else ""
