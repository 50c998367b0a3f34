"""What the mouse does on a column: click, drag over a span, wheel, a click into the minimap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from brief_tui.corpus.model import Span
from brief_tui.tui.columnhead import HEAD
from brief_tui.tui.minimap import offset_of

if TYPE_CHECKING:
    from brief_tui.tui.widgets.column import DocumentColumn

_WHEEL_ROWS = 3


def press(column: DocumentColumn, event: events.MouseDown) -> None:
    """Begin a drag, or go where the minimap was clicked."""
    if event.button != 1:
        return
    if event.x == column.size.width - 1 and event.y >= HEAD and column.document is not None:
        column.ensure_visible(offset_of(column.document, event.y - HEAD, column.body_height), "centre")
        return
    under = column.canvas.offset_at(column.view, event.x, event.y)
    if under is not None:
        column.drag_from = under[1]
        column.capture_mouse()


def drag(column: DocumentColumn, event: events.MouseMove) -> None:
    """Extend the drag; beyond the edge the text scrolls."""
    began = column.drag_from
    if began is None:
        return
    if event.y < HEAD or event.y >= column.size.height:
        column.scroll_rows(-1 if event.y < HEAD else 1)
    under = column.canvas.offset_at(column.view, event.x, event.y)
    if under is not None and under[1] != began:
        column.post_message(column.Dragged(column, _between(began, under[1]), done=False))


def release(column: DocumentColumn, event: events.MouseUp) -> None:
    """End the drag: a span, or a click on a tag, a passage or a fold."""
    began, column.drag_from = column.drag_from, None
    column.release_mouse()
    under, item = column.canvas.offset_at(column.view, event.x, event.y), column.view.item_at(event.y - HEAD)
    tag = column.canvas.theme_at(column.view, event.x, event.y)
    if began is not None and under is not None and under[1] != began:
        column.post_message(column.Dragged(column, _between(began, under[1]), done=True))
    elif tag is not None:
        column.post_message(column.TagPressed(column, *tag))
    elif under is not None:
        column.post_message(column.Pointed(column, *under))
    elif item is not None and item.count:
        column.post_message(column.FoldPressed(column))


def wheel_down(column: DocumentColumn, event: events.MouseScrollDown) -> None:
    """Some rows further down."""
    event.stop()
    column.scroll_rows(_WHEEL_ROWS)


def wheel_up(column: DocumentColumn, event: events.MouseScrollUp) -> None:
    """Some rows further up."""
    event.stop()
    column.scroll_rows(-_WHEEL_ROWS)


def _between(one: int, other: int) -> Span:
    return Span(min(one, other), max(one, other))
