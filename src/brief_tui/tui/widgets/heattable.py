"""The overview's table: documents and themes; in each cell how much, and where along the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.corpus.visible import visible
from brief_tui.overview import Cell, Overview, Row, along
from brief_tui.tui.drawing import Brush
from brief_tui.tui.heatcells import Head, amount, filled, framed, strip
from brief_tui.tui.heatlayout import NO_BREAK, Layout, height_of, lay_out, wrapped
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, pad
from brief_tui.tui.styling import Styles


class HeatTable(Widget):
    """Draws the counts and keeps the cursor; the last column counts words, the last row all documents."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat--text",
        "heat--bright",
        "heat--dim",
        "heat--faint",
        "heat--accent",
        "heat--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor is on another cell, or the order is another."""

        table: HeatTable

    @dataclass
    class Chosen(Message):
        """The cell under the cursor was clicked on again."""

        table: HeatTable

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self.glyphs = glyphs
        self.heads: Sequence[Head] = ()
        self.row = 0
        self.column = 0
        self.sorted: tuple[int, bool] | None = None
        self._overview = Overview((), ())
        self._rows: list[Row] = []
        self.style_of = Styles(self, "heat", overlays={"cursor"}, base="text")
        self._brush = Brush(glyphs, self.style_of)
        self._highest = 1.0
        self._top = 0
        self._first = 0
        self._along: dict[tuple[int, str, int], tuple[float, ...]] = {}

    # What the screen says to the table

    def show(self, overview: Overview, heads: Sequence[Head]) -> None:
        """Show what was counted, in reading order."""
        self._overview, self.heads, self._rows = overview, heads, list(overview.rows)
        self._highest = overview.highest or 1.0
        self._along.clear()
        self._follow()

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor, to the edge at most."""
        self.point(self.row + rows, self.column + columns)

    def point(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest to one that is not there."""
        self.row = max(0, min(row, len(self._rows)))
        self.column = max(0, min(column, len(self.heads)))
        self._follow()
        self.post_message(self.Moved(self))

    def sort(self) -> None:
        """By the column under the cursor: most first, then least first, then reading order again."""
        now = self.sorted
        self.sorted = (
            None if now == (self.column, False) else (self.column, now is None or now[0] != self.column)
        )
        here = self.document_row
        if self.sorted is None:
            self._rows = list(self._overview.rows)
        else:
            self._rows = sorted(self._overview.rows, key=self._value, reverse=self.sorted[1])
        if here is not None:
            self.row = self._rows.index(here)
        self._follow()
        self.post_message(self.Moved(self))

    # What the screen asks the table

    @property
    def document_row(self) -> Row | None:
        """The document under the cursor; None for the row of all."""
        return self._rows[self.row] if self.row < len(self._rows) else None

    @property
    def theme(self) -> str | None:
        """The theme under the cursor; None for the column of words."""
        return self.heads[self.column].theme if self.column < len(self.heads) else None

    @property
    def shown_themes(self) -> range:
        """Which themes have a column on the screen."""
        return self._layout.themes

    @property
    def whole_height(self) -> int:
        """Rows that the whole table would take."""
        return height_of(self.size.width, self._names[:-1], len(self._rows))

    # Drawing

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self.style_of.forget()

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self._follow()

    def render_line(self, y: int) -> Strip:
        """One row of the widget: header, documents, and at the bottom all together."""
        layout, width = self._layout, self.size.width
        if not self.heads:
            return Strip.blank(width, self.style_of("text"))
        rule = [(self.glyphs.rule * width, self.style_of("faint"))]
        if y < layout.head:
            return pad(self._head(layout, y), width, self.style_of("text"))
        if y in {layout.head, layout.total - 1}:
            return pad(rule, width, self.style_of("text"))
        if y == layout.total:
            return pad(self._total(layout), width, self.style_of("text"))
        at, line = divmod(y - layout.head - 1, layout.block)
        at += self._top
        if y > layout.total or at >= len(self._rows) or line > 1:
            return Strip.blank(width, self.style_of("text"))
        return pad(self._document(layout, at, line), width, self.style_of("text"))

    def _head(self, layout: Layout, line: int) -> list[Piece]:
        pieces: list[Piece] = [(" " * layout.name, self.style_of("text"))]
        for at in layout.themes:
            head = self.heads[at]
            style = self.style_of("#" + head.colour)
            if at == self.column:
                style += Style(bold=True)
            lines = wrapped(self._names[at], layout.theme - 3, layout.head)
            own = line - (layout.head - len(lines))  # names stand on the rule, whatever their height
            lead = f"{head.mark or ' '} " if own == 0 else "  "
            pieces.append((filled(lead + lines[own] if own >= 0 else "", layout.theme), style))
        style = self.style_of("bright" if self.column == len(self.heads) else "dim")
        last = self._names[-1].replace(NO_BREAK, " ") if line == layout.head - 1 else ""
        return [*pieces, (last.rjust(layout.words - 2), style)] if layout.words else pieces

    @property
    def _names(self) -> list[str]:
        """Of the columns, with a mark beside the one that is sorted."""
        names = [*(head.name for head in self.heads), "words"]
        if self.sorted is not None:
            column, most = self.sorted
            names[column] += f"{NO_BREAK}{self.glyphs.falling if most else self.glyphs.rising}"
        return names

    def _document(self, layout: Layout, at: int, line: int) -> list[Piece]:
        row = self._rows[at]
        name = wrapped(visible(row.document.short), layout.name - 5, 2)
        number = f"{row.place + 1:>2} " if line == 0 else "   "
        style = self.style_of("bright" if at == self.row else "text")
        text = name[line] if line < len(name) else ""
        pieces = [(number, self.style_of("accent")), (filled(text, layout.name - 3), style)]
        for column in layout.themes:
            head = self.heads[column]
            cell = row.cells[head.theme]
            if line == 0:
                inside = self._amount(cell.count, cell.share, head, layout)
            else:
                inside = self._where(row, cell, head, layout)
            pieces += framed(inside, self._brush, current=at == self.row and column == self.column)
        words = f"{row.words:,}" if line == 0 else ""
        return pieces + self._words(words, layout, at == self.row)

    def _total(self, layout: Layout) -> list[Piece]:
        here = self.row == len(self._rows)
        name = filled("   All sources", layout.name)
        pieces: list[Piece] = [(name, self.style_of("bright" if here else "dim"))]
        for column in layout.themes:
            head = self.heads[column]
            count, share = self._overview.count(head.theme), self._overview.share(head.theme)
            inside = self._amount(count, share, head, layout)
            pieces += framed(inside, self._brush, current=here and column == self.column)
        return pieces + self._words(f"{self._overview.words:,}", layout, here)

    def _amount(self, count: int, share: float, head: Head, layout: Layout) -> list[Piece]:
        return amount(count, share, share / self._highest, head, self._brush, width=layout.theme - 2)

    def _where(self, row: Row, cell: Cell, head: Head, layout: Layout) -> list[Piece]:
        width = layout.theme - 2
        key = (row.place, head.theme, width)
        found = self._along.get(key)
        if found is None:
            found = self._along[key] = along(row.document, cell.numbers, width)
        return strip(found, head, self._brush)

    def _words(self, text: str, layout: Layout, current: bool) -> list[Piece]:
        if not layout.words:
            return []
        piece = (text.rjust(layout.words - 2) + " ", self.style_of("dim"))
        return framed([piece], self._brush, current=current and self.column == len(self.heads))[:-1]

    # Where things are

    @property
    def _layout(self) -> Layout:
        return lay_out(self.size.width, self.size.height, self._names[:-1], len(self._rows), self._first)

    def _value(self, row: Row) -> tuple[float, int]:
        theme = self.theme
        return (row.cells[theme].share, row.cells[theme].count) if theme else (row.words, 0)

    def _follow(self) -> None:
        layout = self._layout
        if self.column < len(self.heads):
            self._first = max(self.column - len(layout.themes) + 1, min(self._first, self.column))
        if self.row < len(self._rows):
            self._top = max(self.row - layout.rows + 1, min(self._top, self.row))
        self._top = max(0, min(self._top, len(self._rows) - layout.rows))
        self.refresh()

    # The mouse

    def _cell_under(self, x: int, y: int) -> tuple[int, int] | None:
        """(row, column) at a place of the widget; row -1 for the header."""
        layout = self._layout
        column = layout.column_at(x)
        if column is None:
            return None
        if y < layout.head:
            return -1, column
        if y == layout.total:
            return len(self._rows), column
        row = self._top + (y - layout.head - 1) // layout.block
        return (row, column) if layout.head < y < layout.total - 1 and row < len(self._rows) else None

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a cell; choose it when it is there already; sort by a header."""
        under = self._cell_under(event.x, event.y)
        if under is None:
            return
        row, column = under
        if row < 0:
            self.column = column
            self.sort()
        elif (row, column) == (self.row, self.column):
            self.post_message(self.Chosen(self))
        else:
            self.point(row, column)

    def on_mouse_scroll_down(self) -> None:
        """Wheel down."""
        self._scroll(1)

    def on_mouse_scroll_up(self) -> None:
        """Wheel up."""
        self._scroll(-1)

    def _scroll(self, rows: int) -> None:
        self._top = max(0, min(self._top + rows, len(self._rows) - self._layout.rows))
        self.refresh()
