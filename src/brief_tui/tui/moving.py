"""How the reader moves: by passage, page, jump and bookmark, and what follows the cursor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from brief_tui.trail import Place
from brief_tui.tui import arranging, opening, relating, session
from brief_tui.tui.minimap import cell_of, offset_of
from brief_tui.tui.widgets.column import DocumentColumn

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

Direction = Literal[1, -1]

_FLASH_FOR = 0.8

RELATED_AFTER = 0.12
"""Seconds that the cursor rests before the passages elsewhere are asked for."""


def go(
    screen: ReaderScreen, place: Place, *, leave: bool = True, align: Literal["nearest", "centre"] = "nearest"
) -> None:
    """Put the cursor on a passage, bring its document onto the screen, and follow."""
    reading = screen.reading
    if leave and place != reading.place:
        reading.jumps.leave(reading.place)
    before = reading.active
    reading.go(place)
    if reading.active != before or place[0] not in screen.columns.shown:
        arranging.lay_out(screen)
    column = screen.column
    if column is not None and column.document is not None:
        if column.view.flow is not None and not column.view.flow.shows(place[1]):
            reading.folded = reading.filtered = False
            reading.go(place)
            arranging.refill(screen)
        column.set_cursor(place[1])
        column.show_passage(place[1], align)
    cursor_moved(screen)


def cursor_moved(screen: ReaderScreen) -> None:
    """What follows the cursor: the position on the trail, and the passages elsewhere."""
    arranging.say_where(screen)
    relating.ask_related(screen, RELATED_AFTER)
    session.keep_soon(screen)


def move(screen: ReaderScreen, direction: Direction) -> None:
    """Passage down or up; through a passage longer than the screen first."""
    column = screen.column
    number = column.step(direction) if column is not None else None
    if column is not None and number is not None:
        _rest_on(screen, column, number)


def document(screen: ReaderScreen, direction: Direction) -> None:
    """Next or previous document."""
    screen.reading.active = (screen.reading.active + direction) % screen.reading.total
    arranging.lay_out(screen)
    cursor_moved(screen)


def _rest_on(screen: ReaderScreen, column: DocumentColumn, number: int) -> None:
    screen.reading.mark_read(column.place_in_brief, [column.cursor])
    screen.reading.cursors[column.place_in_brief] = number
    column.set_cursor(number)
    column.show_passage(number)
    cursor_moved(screen)


def page(screen: ReaderScreen, direction: Direction) -> None:
    """Page down or up; the cursor comes along."""
    column = screen.column
    if column is None:
        return
    screen.reading.mark_read(column.place_in_brief, column.view.passages())
    column.scroll_rows(direction * max(1, column.body_height - 1))
    seen = column.view.passages()
    if seen:
        screen.reading.cursors[column.place_in_brief] = seen[0]
        column.set_cursor(seen[0])
        cursor_moved(screen)


def edge(screen: ReaderScreen, direction: Direction) -> None:
    """Top or bottom of the document."""
    column = screen.column
    if column is None or column.view.flow is None:
        return
    number = column.view.flow.edge(direction)
    if number is not None:
        go(screen, (column.place_in_brief, number))
        column.to_edge(direction)


def bookmark(screen: ReaderScreen) -> None:
    """Put a bookmark on the passage, or take it away."""
    if screen.passage is not None:
        here = screen.reading.bookmarks.setdefault(screen.reading.active, set())
        here ^= {screen.passage.start}
        screen.hints.say("bookmark put here" if screen.passage.start in here else "bookmark taken away")
        session.keep_soon(screen)


def next_bookmark(screen: ReaderScreen) -> None:
    """Go to the next bookmark, across documents."""
    places = sorted(_bookmarks(screen))
    if places:
        at = bisect_right(places, screen.reading.place) % len(places)
        go(screen, places[at], align="centre")
    else:
        screen.hints.say("no bookmark yet: B puts one here")


def _bookmarks(screen: ReaderScreen) -> Iterator[Place]:
    for at, starts in screen.reading.bookmarks.items():
        document = opening.document_at(screen, at) if starts else None
        for start in starts if document is not None else ():
            passage = document.passage_at(start) if document is not None else None
            if passage is not None:
                yield (at, passage.number)


def flash(screen: ReaderScreen, place: Place) -> None:
    """Let a passage light up once, so that the eye finds it."""
    column = screen.columns.column(place[0])
    if column is not None:
        column.set_flash(place[1])
        screen.set_timer(_FLASH_FOR, lambda: column.set_flash(None))


def jump(screen: ReaderScreen, direction: Direction) -> None:
    """Back where the reader was, or forward again."""
    place = screen.reading.jumps.step(screen.reading.place, direction)
    if place is None:
        screen.hints.say("no earlier place" if direction < 0 else "no later place")
    else:
        go(screen, place, leave=False, align="centre")


# The minimap


def map_start(screen: ReaderScreen) -> None:
    """Go into the minimap of the active column, where the cursor is."""
    column = screen.column
    if column is not None and column.document is not None and screen.passage is not None:
        _map_to(screen, column, cell_of(column.document, screen.passage.start, column.body_height))
        screen.refresh_bindings()


def map_move(screen: ReaderScreen, direction: Direction) -> None:
    """Down or up the minimap; the text behind shows the place."""
    column = screen.column
    if column is not None and screen.in_map is not None:
        _map_to(screen, column, max(0, min(screen.in_map + direction, column.body_height - 1)))


def map_go(screen: ReaderScreen) -> None:
    """Leave the minimap for the place that it shows."""
    column, cell = screen.column, _leave_map(screen)
    if column is not None and column.document is not None and cell is not None:
        number = column.view.nearest(offset_of(column.document, cell, column.body_height))
        go(screen, (column.place_in_brief, column.cursor if number is None else number))


def map_stop(screen: ReaderScreen) -> None:
    """Leave the minimap, back to the cursor."""
    column, cell = screen.column, _leave_map(screen)
    if column is not None and cell is not None:
        column.show_passage(column.cursor)


def _leave_map(screen: ReaderScreen) -> int | None:
    """Put the minimap's light out; returns the cell that it was on."""
    cell, screen.in_map = screen.in_map, None
    if screen.column is not None:
        screen.column.set_map_cursor(None)
    screen.refresh_bindings()
    return cell


def _map_to(screen: ReaderScreen, column: DocumentColumn, cell: int) -> None:
    screen.in_map = cell
    column.set_map_cursor(cell)
    if column.document is not None:
        column.ensure_visible(offset_of(column.document, cell, column.body_height), "centre")
