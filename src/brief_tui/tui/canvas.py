"""A column's rows as strips: head, text and minimap, from a cache that holds what was drawn before."""

from __future__ import annotations

from collections.abc import Collection

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from brief_tui.corpus.model import Document
from brief_tui.tui.columnhead import HEAD, Head, draw_header, draw_section
from brief_tui.tui.drawing import Brush, Look, draw_row, theme_at
from brief_tui.tui.flow import Flow, Place
from brief_tui.tui.minimap import Marked, Minimap, all_passages
from brief_tui.tui.paint import NOTHING, Painter
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import fit, pad
from brief_tui.tui.styling import Styler
from brief_tui.tui.view import View

_KEPT_STRIPS = 4000


class Canvas:
    """Draws one document's column.

    Attributes:
        head: what the header says.
        said: stands in place of a text that is not there.
        painter: what is painted over the passages.
        marked: of which passages that may be something.
        cursor: number of the passage under the cursor.
        active: whether the keys act on this column.
        flash: number of the passage that lights up, or None.
        map_cursor: the cell of the minimap that lights up, or None.
        brush: symbols, styles and gutter.
    """

    def __init__(self, glyphs: Glyphs, style: Styler) -> None:
        self.head = Head()
        self.said = ""
        self.painter: Painter = lambda _passage: NOTHING
        self.marked: Marked = all_passages
        self.cursor = 0
        self.active = False
        self.flash: int | None = None
        self.map_cursor: int | None = None
        self.brush = Brush(glyphs, style)
        self._minimap = Minimap()
        self._strips: dict[tuple[int, int, bool], Strip] = {}

    def set_numbers(self, last_line: int) -> None:
        """Leave room for line numbers up to one; 0 for none."""
        cells = len(str(last_line)) + 1 if last_line else 0
        self.brush = Brush(self.brush.glyphs, self.brush.style, cells)

    def forget(self) -> None:
        """Draw everything anew when it is next asked for."""
        self.forget_rows()
        self.forget_map()

    def forget_rows(self) -> None:
        """Draw the text anew."""
        self._strips.clear()

    def forget_map(self) -> None:
        """Draw the minimap anew."""
        self._minimap.forget()

    def forget_passages(self, numbers: Collection[int]) -> None:
        """Draw a few passages anew."""
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] not in numbers}

    def row(self, y: int, width: int, view: View, document: Document | None) -> Strip:
        """One row of the column, a strip of its width.

        Args:
            y: the row, from 0.
            width: cells.
            view: the rows of the text that are on the screen.
            document: the text; None while there is none.
        """
        if width <= self.brush.gutter + 2:
            return Strip.blank(width, self.brush.style("text"))
        if y == 0:
            return draw_header(self.head, width, self.brush, active=self.active)
        if y == 1:
            return draw_section(view, width, self.brush)
        body = self._body(y - HEAD, width - 1, view, document)
        return Strip([*body, self._map_cell(y - HEAD, view, document)], width)

    # What is under the mouse, by cells from the widget's upper left corner

    def offset_at(self, view: View, x: int, y: int) -> tuple[int, int] | None:
        """(passage, code point) under a cell, or None beside the text."""
        return view.offset_at(y - HEAD, x - self.brush.gutter)

    def theme_at(self, view: View, x: int, y: int) -> tuple[int, int] | None:
        """(passage, digit of the theme) under a cell, or None where there is no mark."""
        item, flow = view.item_at(y - HEAD), view.flow
        if item is None or flow is None or item.count:
            return None
        paint = self.painter(flow.document.passages[item.first])
        digit = theme_at(flow, view.frame[y - HEAD], paint, x - self.brush.numbers)
        return (item.first, digit) if digit else None

    def _body(self, at: int, width: int, view: View, document: Document | None) -> Strip:
        """A row of the text, or what there is to say without one."""
        text = self.brush.style("text")
        if view.flow is not None and at < len(view.frame):
            return self._set_row(view.flow, view.frame[at]).adjust_cell_length(width, text)
        if at == 1 and not view.frame:
            gutter = self.brush.gutter
            said = fit(self._why_blank(document), width - gutter - 1)
            return pad([(" " * gutter + said, self.brush.style("dim"))], width, text)
        return Strip([Segment(" " * width, text)], width)

    def _why_blank(self, document: Document | None) -> str:
        if document is None:
            return self.said or "reading …"
        return "nothing on it here · f shows all" if document.passages else "there is no text in it"

    def _set_row(self, flow: Flow, place: Place) -> Strip:
        item = flow.items[place.item]
        current = item.first == self.cursor and not item.count
        key = (item.first if not item.count else -1 - item.first, place.row, current)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            look = Look(current, self.active, item.first == self.flash)
            paint = NOTHING if item.count else self.painter(flow.document.passages[item.first])
            strip = self._strips[key] = draw_row(flow, place, paint, look, self.brush)
        return strip

    def _map_cell(self, at: int, view: View, document: Document | None) -> Segment:
        glyphs, style_of = self.brush.glyphs, self.brush.style
        if document is None or view.flow is None:
            return Segment(glyphs.track, style_of("faint"))
        symbol, name, colour = self._minimap.cell(
            document, self.painter, self.marked, glyphs, at=at, height=view.height, view=view.span()
        )
        style = style_of(name) + style_of("#" + colour) if colour else style_of(name)
        return Segment(symbol, style + Style(reverse=True) if at == self.map_cursor else style)
