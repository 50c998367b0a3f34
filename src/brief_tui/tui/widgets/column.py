"""A document's column: header, section, text with its gutter and marks, and the minimap at its edge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Literal

from msgspec.structs import replace
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.corpus.model import Document, Span
from brief_tui.tui import pointing
from brief_tui.tui.canvas import Canvas
from brief_tui.tui.columnhead import HEAD, Head
from brief_tui.tui.drawing import COMPONENTS, OVERLAYS
from brief_tui.tui.flow import Flow, Item
from brief_tui.tui.minimap import Marked, all_passages
from brief_tui.tui.paint import Painter
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.styling import Styles
from brief_tui.tui.view import Align, Held, View


class DocumentColumn(Widget):
    """Draws one document and says what the reader does with the mouse; it decides nothing."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"column--{name}" for name in COMPONENTS}

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
    class TagPressed(Message):
        """The reader clicked on a theme's mark: its digit, beside which passage."""

        column: DocumentColumn
        number: int
        digit: int

    @dataclass
    class FoldPressed(Message):
        """The reader clicked on a row of folded passages."""

        column: DocumentColumn

    def __init__(
        self,
        glyphs: Glyphs,
        *,
        text_width: int = 76,
        justify: bool = False,
        styles: dict[str, Style] | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            glyphs: the symbols.
            text_width: cells of a row of text at most.
            justify: whether prose ends at the right edge.
            styles: where columns that look alike keep the styles they have read.
        """
        super().__init__()
        self.text_width = text_width
        self.justify = justify
        self.place_in_brief = 0
        self.view = View()
        self.drag_from: int | None = None  # the code point where the mouse was pressed
        self.style_of = Styles(self, "column", overlays=OVERLAYS, kept=styles)
        self.canvas = Canvas(glyphs, self.style_of)
        self.document: Document | None = None  # the text that is shown
        self._items: tuple[Item, ...] = ()
        self._fitted: Size | None = None  # the size that the text is set for
        self._cursor_wanted = False

    # What the screen says to the column

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
        anchor = self.view.anchor() if document is not None and document is self.document else top
        self.document, self._items, self.canvas.cursor = document, items, cursor
        self.canvas.painter, self.canvas.marked = painter, marked
        self._set(anchor)
        self._bring_cursor()

    def set_text_width(self, width: int) -> None:
        """Cells of a row of text at most; the view holds its place."""
        self.text_width = width
        self._set_again()

    def set_active(self, active: bool) -> None:
        """Whether this is the column that the keys act on."""
        if active != self.canvas.active:
            self.canvas.active = active
            self.canvas.forget_rows()
            self.refresh()

    def set_numbers(self, shown: bool) -> None:
        """Show line numbers, or hide them; the view holds its place."""
        passages = self.document.passages if self.document is not None else ()
        self.canvas.set_numbers(passages[-1].line_end if passages and shown else 0)
        self._set_again()

    def set_title(self, number: int, short: str, trouble: str = "") -> None:
        """Name the document.

        Args:
            number: its place in the brief, from 1.
            short: its short title, harmless for the terminal.
            trouble: why it could not be read.
        """
        self._set_head(replace(self.canvas.head, number=number, short=short))
        self.canvas.said = trouble

    def set_count(self, count: str, progress: str = "") -> None:
        """Show how many stops of the trail the document has, and how much of it was read."""
        self._set_head(replace(self.canvas.head, count=count, progress=progress))

    def _set_head(self, head: Head) -> None:
        if head != self.canvas.head:
            self.canvas.head = head
            self.refresh(Region(0, 0, self.size.width, 1))

    def set_flash(self, number: int | None) -> None:
        """Let a passage light up; None ends it."""
        touched = {n for n in (number, self.canvas.flash) if n is not None}
        self.canvas.flash = number
        self.repaint_passages(touched)

    def set_cursor(self, number: int) -> None:
        """Put the cursor on a passage; what was drawn with or without it is kept."""
        self.canvas.cursor = number
        self.refresh()

    def set_map_cursor(self, cell: int | None) -> None:
        """Light up a cell of the minimap, or none."""
        self.canvas.map_cursor = cell
        self.refresh()

    def ensure_visible(self, offset: int, align: Align = "nearest") -> None:
        """Scroll as little as needed to show a code point's row; or put it at the top or the centre."""
        with self._moving():
            self.view.show(offset, align)

    def show_passage(self, number: int, align: Align = "nearest") -> None:
        """Scroll as little as needed to show a passage: whole where it fits, else from its beginning."""
        with self._moving():
            self.view.show_passage(number, align)

    def scroll_rows(self, rows: int) -> None:
        """Move the view; the cursor stays."""
        with self._moving():
            self.view.scroll(rows)

    def put_back(self, held: Held) -> None:
        """Show again what the view showed when it was held."""
        with self._moving():
            self.view.put_back(held)

    def to_edge(self, direction: Literal[1, -1]) -> None:
        """Move the view to the beginning (-1) or the end (1) of the text."""
        with self._moving():
            self.view.to_edge(direction)

    def step(self, direction: Literal[1, -1]) -> int | None:
        """The passage to move the cursor to; None where the view moved instead, through a long passage."""
        with self._moving():
            return self.view.step(self.cursor, direction)

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """Draw again if the view is another one afterwards."""
        before = self.view.frame
        yield
        if self.view.frame is not before:
            self.refresh()

    # What the screen asks the column

    @property
    def cursor(self) -> int:
        """Number of the passage under the cursor."""
        return self.canvas.cursor

    @property
    def body_height(self) -> int:
        """Rows of text on the screen."""
        return max(0, self.size.height - HEAD)

    # Drawing

    def repaint(self) -> None:
        """Draw again with what the painter says now."""
        self.canvas.forget()
        self.refresh()

    def repaint_passages(self, numbers: set[int]) -> None:
        """Draw a few passages again, and only their rows."""
        self.canvas.forget_passages(numbers)
        rows = self.view.rows_of(numbers)
        if rows:
            self.refresh(*(Region(0, at + HEAD, self.size.width, 1) for at in rows))

    def remap(self) -> None:
        """Draw the minimap again with what the painter says now."""
        self.canvas.forget_map()
        self.refresh(Region(self.size.width - 1, HEAD, 1, self.body_height))

    def notify_style_update(self) -> None:
        """Colours changed: nothing that was drawn is right any more."""
        super().notify_style_update()
        self.style_of.forget()
        self.canvas.forget_rows()

    def on_resize(self) -> None:
        """Set the text anew, unless the first frame did so before this message came."""
        self._fit()

    def _fit(self) -> None:
        """Set the text for the size that there is now."""
        if self._fitted != self.size:
            self._set_again()

    def _set_again(self) -> None:
        """Set the text that is shown anew; hold the top of the view, keep the cursor in sight."""
        seen = self.cursor in self.view.passages()
        self._set(self.view.anchor())
        if self._cursor_wanted or (seen and self.cursor not in self.view.passages()):
            self._bring_cursor()

    def _set(self, anchor: int) -> None:
        """Set the text for the column's width, with a code point at the top."""
        self._fitted = self.size
        self.canvas.forget()
        width = min(self.text_width, self.size.width - self.canvas.brush.gutter - 2)
        flow = None
        if self.document is not None and width >= 1:
            flow = Flow(self.document, self._items, width, justify=self.justify)
        self.view.reset(flow, self.body_height, anchor)
        self.refresh()

    def _bring_cursor(self) -> None:
        """Bring the cursor into sight, now or as soon as the column has a size."""
        self._cursor_wanted = self.body_height <= 0 or self.view.flow is None
        if not self._cursor_wanted and self.document is not None and self.document.passages:
            self.show_passage(self.cursor)

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        self._fit()  # the first frame comes before the message that tells the size
        return self.canvas.row(y, self.size.width, self.view, self.document)

    # The mouse

    on_mouse_down = pointing.press
    on_mouse_move = pointing.drag
    on_mouse_up = pointing.release
    on_mouse_scroll_down = pointing.wheel_down
    on_mouse_scroll_up = pointing.wheel_up
