"""A document's column: header, section, text with its gutter and marks, and the minimap at its edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.corpus.model import HEADINGS, Document, Kind, Span
from brief_tui.corpus.visible import folded as on_one_line
from brief_tui.tui.drawing import Brush, Look, draw_row
from brief_tui.tui.flow import Flow, Item, Place
from brief_tui.tui.minimap import Marked, Minimap, all_passages
from brief_tui.tui.paint import NOTHING, Painter
from brief_tui.tui.palette import Glyphs, code_colour
from brief_tui.tui.strips import fit, pad

_HEAD = 2
_OVERLAYS = frozenset({"highlight", "hit", "selection", "flash", "faint-text"})

Align = Literal["nearest", "top", "centre"]


class DocumentColumn(Widget):
    """Draws one document and says what the reader does with the mouse; it decides nothing."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "column--text",
        "column--title",
        "column--heading",
        "column--dim",
        "column--faint",
        "column--faint-text",
        "column--bar",
        "column--header",
        "column--header-focus",
        "column--section",
        "column--highlight",
        "column--kept",
        "column--map-view",
        "column--hit",
        "column--selection",
        "column--flash",
    }

    @dataclass
    class Pointed(Message):
        """The reader clicked on a place of the text.

        Attributes:
            column: where.
            number: the passage.
            offset: code point of the document's text.
        """

        column: DocumentColumn
        number: int
        offset: int

    @dataclass
    class Dragged(Message):
        """The reader dragged over a span; `done` once the button is released."""

        column: DocumentColumn
        span: Span
        done: bool

    @dataclass
    class FoldPressed(Message):
        """The reader clicked on a row of folded passages."""

        column: DocumentColumn

    @dataclass
    class Scrolled(Message):
        """The view moved under the wheel or a click in the minimap."""

        column: DocumentColumn

    def __init__(self, glyphs: Glyphs, *, text_width: int = 76, justify: bool = False) -> None:
        super().__init__()
        self.glyphs = glyphs
        self.text_width = text_width
        self.justify = justify
        self.place_in_brief = 0
        self.short = ""
        self.trouble = ""
        self._count = ""
        self._progress = ""
        self.cursor = 0
        self._flash: int | None = None
        self.top = Place(0, 0)
        self._document: Document | None = None
        self._flow: Flow | None = None
        self._items: tuple[Item, ...] = ()
        self._painter: Painter = lambda _passage: NOTHING
        self._marked: Marked = all_passages
        self._minimap = Minimap()
        self._brush = Brush(glyphs, self.style_of)
        self._styles: dict[str, Style] = {}
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        self._frame: list[Place] = []
        self._drag_from: int | None = None
        self._map_cursor: int | None = None
        self._fitted: Size | None = None  # the size that the text is set for
        self._held = 0  # the anchor while there is no size to set the text in
        self._cursor_wanted = False

    # What the screen says to the column

    @property
    def document(self) -> Document | None:
        """The text that is shown."""
        return self._document

    @property
    def flow(self) -> Flow | None:
        """The text set at the column's width."""
        return self._flow

    def show(
        self,
        document: Document | None,
        items: tuple[Item, ...],
        painter: Painter,
        *,
        marked: Marked = all_passages,
        cursor: int = 0,
        top: int = 0,
    ) -> None:
        """Show a document (None while it is being read).

        Args:
            document: the text.
            items: what of it.
            painter: what is painted over its passages.
            marked: of which passages that may be something.
            cursor: number of the passage under the cursor, brought into sight.
            top: code point at the top of the view; a document that is shown already holds its own.
        """
        anchor = self._anchor() if document is not None and document is self._document else top
        self._document, self._items, self._painter, self.cursor = document, items, painter, cursor
        self._flow, self._marked = None, marked
        self._held = anchor
        self._reset(anchor)
        self._bring_cursor()

    def set_text_width(self, width: int) -> None:
        """Cells of a row of text at most; the view holds its place."""
        self.text_width = width
        self._reset(self._anchor())

    def set_active(self, active: bool) -> None:
        """Whether this is the column that the keys act on."""
        self.set_class(active, "-active")
        self._strips.clear()
        self.refresh()

    def set_numbers(self, shown: bool) -> None:
        """Show line numbers, or hide them; the view holds its place."""
        lines = self._document.passages[-1].line_end if self._document and self._document.passages else 0
        self._brush = Brush(self.glyphs, self.style_of, len(str(lines)) + 1 if shown else 0)
        self._reset(self._anchor())

    def set_count(self, count: str, progress: str = "") -> None:
        """Show how many stops of the trail the document has, and how much of it was read."""
        if (count, progress) != (self._count, self._progress):
            self._count, self._progress = count, progress
            self.refresh(Region(0, 0, self.size.width, 1))

    def set_flash(self, number: int | None) -> None:
        """Let a passage light up; None ends it."""
        touched = {n for n in (number, self._flash) if n is not None}
        self._flash = number
        self.repaint_passages(touched)

    def show_map_cell(self, cell: int) -> int:
        """Show the place that a cell of the minimap stands for; returns its first code point."""
        length = len(self._document.text) if self._document is not None else 0
        offset = max(0, cell) * length // max(1, self.body_height)
        self.ensure_visible(offset, "centre")
        return offset

    def map_cell(self) -> int:
        """The cell of the minimap in which the cursor's passage begins."""
        document = self._document
        if document is None or not document.passages:
            return 0
        return document.passages[self.cursor].start * self.body_height // max(1, len(document.text))

    def set_map_cursor(self, cell: int | None) -> None:
        """Light up a cell of the minimap, or none."""
        self._map_cursor = cell
        self.refresh()

    def set_cursor(self, number: int) -> None:
        """Put the cursor on a passage; what was drawn with or without it is kept."""
        self.cursor = number
        self.refresh()

    def repaint(self) -> None:
        """Draw again with what the painter says now."""
        self._strips.clear()
        self._minimap.forget()
        self.refresh()

    def repaint_passages(self, numbers: set[int]) -> None:
        """Draw a few passages again, and only their rows."""
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] not in numbers}
        flow, width = self._flow, self.size.width
        if flow is not None:
            rows = [at for at, place in enumerate(self._frame) if flow.items[place.item].first in numbers]
            if rows:
                self.refresh(*(Region(0, at + _HEAD, width, 1) for at in rows))

    def remap(self) -> None:
        """Draw the minimap again with what the painter says now."""
        self._minimap.forget()
        self.refresh(Region(self.size.width - 1, _HEAD, 1, self.body_height))

    def ensure_visible(self, offset: int, align: Align = "nearest") -> None:
        """Scroll as little as needed to show a code point's row; or put it at the top or the centre."""
        flow, rows = self._flow, self.body_height
        if flow is None or not flow.items or rows <= 0:
            return
        place = flow.place_of(offset)
        distance = flow.rows_between(self.top, place, rows * 2)
        if align == "nearest" and 0 <= distance < rows:
            return
        if align == "top" or (align == "nearest" and distance < 0):
            self.top = flow.moved(place, -flow.lead(place.item))
        elif align == "nearest" and distance < rows * 2:
            self.top = flow.moved(self.top, distance - rows + 1)
        else:
            self.top = flow.moved(place, -(rows // 3))
        self._show_frame()

    def show_passage(self, number: int, align: Align = "nearest") -> None:
        """Scroll as little as needed to show a passage: whole where it fits, else from its beginning."""
        if self._document is None:
            return
        passage = self._document.passages[number]
        if align == "nearest":
            flow = self._flow
            if flow is not None and len(flow.setting(number).rows) <= self.body_height:
                self.ensure_visible(passage.end - 1)
            self.ensure_visible(passage.start)
        else:
            self.ensure_visible(passage.start, align)

    def scroll_rows(self, rows: int) -> None:
        """Move the view; the cursor stays."""
        if self._flow is not None and self._flow.items:
            self.top = self._flow.clamped(self._flow.moved(self.top, rows), self.body_height)
            self._show_frame()

    def step(self, direction: Literal[1, -1]) -> int | None:
        """Move by a passage; through one longer than the screen first.

        Returns:
            The passage to rest the cursor on; None where only the view moved.
        """
        if self._flow is None or not self._flow.items:
            return None
        seen = self.visible_passages()
        if seen and self.cursor not in seen:
            return seen[0 if direction > 0 else -1]
        if self.hides_rest(self.cursor, direction):
            self.scroll_rows(direction * max(1, self.body_height - 2))
            return None
        number = self._flow.neighbour(self.cursor, direction)
        if number is None:
            self.scroll_rows(direction * self.body_height)
        return number

    def to_end(self) -> None:
        """Move the view to the end of the text."""
        if self._flow is not None:
            self.top = self._flow.last_top(self.body_height)
            self._show_frame()

    # What the screen asks the column

    @property
    def is_active_column(self) -> bool:
        """Whether this is the column that the keys act on."""
        return self.has_class("-active")

    @property
    def body_height(self) -> int:
        """Rows of text on the screen."""
        return max(0, self.size.height - _HEAD)

    def visible_passages(self) -> list[int]:
        """Numbers of the passages of which a row is on the screen, in order."""
        flow = self._flow
        if flow is None:
            return []
        seen = {flow.items[p.item].first: None for p in self._frame if p.row >= flow.lead(p.item)}
        return [number for number in seen if flow.shows(number)]

    def nearest(self, offset: int) -> int:
        """The passage on the screen that begins nearest to a code point; the cursor's where there is none."""
        document = self._document
        if document is None:
            return self.cursor
        seen = self.visible_passages()
        return min(
            seen, key=lambda number: abs(document.passages[number].start - offset), default=self.cursor
        )

    def top_offset(self) -> int:
        """The code point at the top of the view: how a view is kept between sessions."""
        return self._anchor()

    def hides_rest(self, number: int, direction: int) -> bool:
        """Whether a passage goes on below the screen (1) or began above it (-1)."""
        flow = self._flow
        if flow is None or not self._frame or not flow.shows(number):
            return False
        item = flow.item_of(number)
        if direction > 0:
            return self._frame[-1].item == item and self._frame[-1].row < flow.height(item) - 1
        return self._frame[0].item == item and self._frame[0].row > flow.lead(item)

    def row_of(self, offset: int) -> int | None:
        """The row of the widget that shows a code point, or None where it is not on the screen."""
        if self._flow is None or not self._flow.items:
            return None
        place = self._flow.place_of(offset)
        return self._frame.index(place) + _HEAD if place in self._frame else None

    # Drawing

    def notify_style_update(self) -> None:
        """Colours changed: nothing that was drawn is right any more."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        """The size is new: draw again."""
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        """Set the text for the size that there is now; hold the top of the view, keep the cursor in sight."""
        if self._fitted != self.size:
            seen = self.cursor in self.visible_passages()
            self._reset(self._anchor())
            if self._cursor_wanted or (seen and self.cursor not in self.visible_passages()):
                self._bring_cursor()

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        self._fit()  # the first frame comes before the message that tells the size
        width = self.size.width
        if width <= self._brush.gutter + 2:
            return Strip.blank(width, self.style_of("text"))
        if y == 0:
            return self._header(width)
        if y == 1:
            return self._section(width)
        at = y - _HEAD
        if at == 1 and self._document is None:
            said = self.trouble or "reading …"
            body = pad(
                [
                    (
                        " " * self._brush.gutter + fit(said, width - self._brush.gutter - 2),
                        self.style_of("dim"),
                    )
                ],
                width - 1,
                self.style_of("text"),
            )
        elif self._flow is None or at >= len(self._frame):
            body = Strip([Segment(" " * (width - 1), self.style_of("text"))], width - 1)
        else:
            place = self._frame[at]
            body = self._row(self._flow, place).adjust_cell_length(width - 1, self.style_of("text"))
        return Strip([*body, self._map_cell(at)], width)

    def style_of(self, name: str) -> Style:
        """The style of a component, or of a code's colour ("#red"); read once until colours change."""
        found = self._styles.get(name)
        if found is None:
            if name.startswith("#"):
                found = Style(color=code_colour(name[1:], dark=self.app.current_theme.dark))
            else:
                found = self.get_component_rich_style(f"column--{name}", partial=name in _OVERLAYS)
            self._styles[name] = found
        return found

    def _header(self, width: int) -> Strip:
        style = self.style_of("header-focus" if self.is_active_column else "header")
        number = f" {self.place_in_brief + 1} "
        progress = f"{self._progress}  " if self._progress and self._count else self._progress
        right = [(progress, style + self.style_of("faint-text")), (f"{self._count} ", style)]
        room = width - len(number) - len(progress) - len(self._count) - 3
        return pad([(number, style), (fit(self.short, room), style)], width, style, right=right)

    def _section(self, width: int) -> Strip:
        style = self.style_of("section")
        text = ""
        flow = self._flow
        if flow is not None and self._frame and self._document is not None:
            top = self._frame[0]
            first = self._document.passages[flow.items[top.item].first]
            labelled = flow.items[top.item].labels and top.row < flow.lead(top.item)
            if (
                not labelled
                and first.kind is not Kind.TITLE
                and not (first.kind in HEADINGS and top.row <= 1)
            ):
                path = self._document.section(first)
                text = on_one_line(path[-1].text) if path else ""
        return pad(
            [(" " * self._brush.gutter + fit(text, width - self._brush.gutter - 2), style)], width, style
        )

    def _row(self, flow: Flow, place: Place) -> Strip:
        item = flow.items[place.item]
        current = item.first == self.cursor and not item.count
        key = (item.first if not item.count else -1 - item.first, place.row, current)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 4000:
                self._strips.clear()
            look = Look(current, self.is_active_column, item.first == self._flash)
            paint = NOTHING if item.count else self._painter(flow.document.passages[item.first])
            strip = draw_row(flow, place, paint, look, self._brush)
            self._strips[key] = strip
        return strip

    def _map_cell(self, at: int) -> Segment:
        if self._document is None or self._flow is None:
            return Segment(self.glyphs.track, self.style_of("faint"))
        symbol, name, colour = self._minimap.cell(
            self._document,
            self._painter,
            self._marked,
            self.glyphs,
            at=at,
            height=self.body_height,
            view=self._view_span(),
        )
        style = self.style_of(name) + self.style_of("#" + colour) if colour else self.style_of(name)
        return Segment(symbol, style + Style(reverse=True) if at == self._map_cursor else style)

    # Where things are

    def _reset(self, anchor: int) -> None:
        self._fitted = self.size
        self._strips.clear()
        self._minimap.forget()
        document = self._document
        width = min(self.text_width, self.size.width - self._brush.gutter - 2)
        if document is None or width < 1:
            self._flow, self._frame = None, []
        else:
            self._flow = Flow(document, self._items, width, justify=self.justify)
            self.top = self._flow.top_for(anchor) if anchor else Place(0, 0)
            if self._items:
                self.top = self._flow.clamped(self.top, self.body_height)
        self._show_frame()

    def _bring_cursor(self) -> None:
        """Bring the cursor into sight, now or as soon as the column has a size."""
        self._cursor_wanted = self.body_height <= 0 or self._flow is None
        if not self._cursor_wanted and self._document is not None and self._document.passages:
            self.show_passage(self.cursor)

    def _anchor(self) -> int:
        flow = self._flow
        if flow is None or not flow.items:
            return self._held
        item = flow.items[self.top.item]
        passage = flow.document.passages[item.first]
        row = self.top.row - flow.lead(self.top.item)
        if item.count or row <= 0:
            return passage.start
        setting = flow.setting(item.first)
        return setting.offset(setting.rows[min(row, len(setting.rows) - 1)].start)

    def _show_frame(self) -> None:
        flow = self._flow
        frame: list[Place] = []
        if flow is not None and flow.items:
            item, row = self.top.item, self.top.row
            height = flow.height(item)
            while len(frame) < self.body_height:
                if row >= height:
                    item, row = item + 1, 0
                    if item >= len(flow.items):
                        break
                    height = flow.height(item)
                frame.append(Place(item, row))
                row += 1
        self._frame = frame
        self.refresh()

    def _view_span(self) -> tuple[int, int]:
        flow, document = self._flow, self._document
        if flow is None or document is None or not self._frame:
            return 0, 0
        first, last = self._frame[0], self._frame[-1]
        start = self._anchor()
        item = flow.items[last.item]
        row = last.row - flow.lead(last.item)
        passage = document.passages[item.first + max(0, item.count - 1)]
        if item.count or row < 0:
            end = passage.end
        else:
            setting = flow.setting(item.first)
            end = setting.offset(setting.rows[row].end)
        return (0 if first == Place(0, 0) else start), end

    # The mouse

    def _offset_under(self, event: events.MouseEvent) -> tuple[int, int] | None:
        """(passage, code point) under the mouse, or None beside the text."""
        flow, at = self._flow, event.y - _HEAD
        if flow is None or not 0 <= at < len(self._frame):
            return None
        place = self._frame[at]
        item = flow.items[place.item]
        row = max(0, place.row - flow.lead(place.item))
        if item.count:
            return None
        return item.first, flow.setting(item.first).offset_at(row, event.x - self._brush.gutter)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag, or go where the minimap was clicked."""
        if event.button != 1:
            return
        if event.x == self.size.width - 1 and event.y >= _HEAD and self._document is not None:
            self.show_map_cell(event.y - _HEAD)
            self.post_message(self.Scrolled(self))
            return
        under = self._offset_under(event)
        if under is not None:
            self._drag_from = under[1]
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the drag."""
        if self._drag_from is None:
            return
        if event.y < _HEAD or event.y >= self.size.height:
            self.scroll_rows(-1 if event.y < _HEAD else 1)
        under = self._offset_under(event)
        if under is not None and under[1] != self._drag_from:
            low, high = sorted((self._drag_from, under[1]))
            self.post_message(self.Dragged(self, Span(low, high), done=False))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag: a span, or a click on a passage or a fold."""
        began, self._drag_from = self._drag_from, None
        self.release_mouse()
        under = self._offset_under(event)
        if began is not None and under is not None and under[1] != began:
            low, high = sorted((began, under[1]))
            self.post_message(self.Dragged(self, Span(low, high), done=True))
        elif under is not None:
            self.post_message(self.Pointed(self, *under))
        elif self._flow is not None and 0 <= event.y - _HEAD < len(self._frame):
            item = self._flow.items[self._frame[event.y - _HEAD].item]
            if item.count:
                self.post_message(self.FoldPressed(self))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Wheel down."""
        event.stop()
        self.scroll_rows(3)
        self.post_message(self.Scrolled(self))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Wheel up."""
        event.stop()
        self.scroll_rows(-3)
        self.post_message(self.Scrolled(self))
