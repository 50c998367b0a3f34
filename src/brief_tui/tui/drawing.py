"""How one row of a column looks: gutter, text, and the marks laid over it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.style import Style
from textual.strip import Strip

from brief_tui.corpus.model import Kind, Passage
from brief_tui.tui.flow import Flow, Place
from brief_tui.tui.paint import Mark, Paint
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, fit, pad, painted
from brief_tui.tui.styling import Styler
from brief_tui.tui.typeset import Setting

GUTTER = 4
"""Cells left of the text: two theme digits, the cursor's bar, the bar of a highlight; line numbers apart."""


OVERLAYS = frozenset({"highlight", "hit", "selection", "flash", "faint-text"})
"""Components that are laid over others: only what they set counts."""

COMPONENTS = OVERLAYS | {
    "text", "title", "heading", "dim", "faint", "bar", "bar-quiet", "kept", "map-view", "section",
    "header", "header-focus",
}  # fmt: skip
"""Everything that has a style of its own: `column--…` in the style sheet."""

_NAMES = {Mark.HIGHLIGHT: "highlight", Mark.HIT: "hit", Mark.SELECTION: "selection"}
_QUIET = frozenset({Kind.BOILERPLATE, Kind.CAPTION, Kind.COMMENT})


class Look(Struct, frozen=True):
    """What a row's looks depend on beside its text.

    Attributes:
        current: whether the cursor is on its passage.
        active: whether its column is the one that the keys act on.
        flash: whether its passage lights up.
    """

    current: bool = False
    active: bool = False
    flash: bool = False


class Brush(Struct, frozen=True):
    """With what a column draws: its symbols, its styles, and the cells of its line numbers (0: none)."""

    glyphs: Glyphs
    style: Styler
    numbers: int = 0

    @property
    def gutter(self) -> int:
        """Cells left of the text."""
        return GUTTER + self.numbers


def draw_row(flow: Flow, place: Place, paint: Paint, look: Look, brush: Brush) -> Strip:
    """One row of a column; a strip of the gutter and the flow's width."""
    glyphs, style, width = brush.glyphs, brush.style, brush.gutter + flow.width
    item = flow.items[place.item]
    row = place.row - flow.lead(place.item)
    text = style("text")
    if row < 0:
        labels = item.labels or ()
        label = labels[row] if -row <= len(labels) else ""
        return pad(
            [(" " * brush.gutter + fit(label, flow.width, glyphs.ellipsis), style("section"))], width, text
        )
    if item.count:
        words = f"{glyphs.folded} {item.count} {'line' if item.count == 1 else 'lines'} folded"
        return pad([(" " * brush.gutter + words, style("dim"))], width, text)
    setting = flow.setting(item.first)
    base = _base(setting.passage, style)
    if look.flash:
        base += style("flash")
    line = setting.rows[row]
    pieces = _gutter(setting, row, paint, look, brush)
    pieces.append((" " * line.indent, base))
    spans = _spans(setting, paint, style)
    start = line.start
    for blank, more in line.gaps:
        pieces += painted(setting.display, start, blank + 1, base, spans)
        pieces.append((" " * more, pieces[-1][1]))
        start = blank + 1
    pieces += painted(setting.display, start, line.end, base, spans)
    return pad(pieces, width, text)


def theme_at(flow: Flow, place: Place, paint: Paint, cell: int) -> int | None:
    """The digit of the theme whose mark stands in a cell of a row's gutter; None for none.

    Args:
        flow: the text.
        place: the row.
        paint: what is painted over its passage.
        cell: cells from the gutter's left edge.
    """
    item = flow.items[place.item]
    row = place.row - flow.lead(place.item)
    if row < 0 or item.count:
        return None
    marks = _digits(paint, row, len(flow.setting(item.first).rows))
    return marks[cell][0] if 0 <= cell < len(marks) else None


def _digits(paint: Paint, row: int, rows: int) -> Sequence[tuple[int, str]]:
    """The themes beside a row: one, since many fonts draw digits wider than a cell; two if rows are few."""
    return paint.gutter[row : row + 1] if len(paint.gutter) <= rows else paint.gutter[row * 2 : row * 2 + 2]


def _base(passage: Passage, style: Styler) -> Style:
    if passage.kind is Kind.TITLE:
        return style("title")
    if passage.kind is Kind.HEADING:
        return style("heading")
    if passage.kind is Kind.PULLQUOTE:
        return style("text") + Style(italic=True)
    return style("dim" if passage.kind in _QUIET else "text")


def _gutter(setting: Setting, row: int, paint: Paint, look: Look, brush: Brush) -> list[Piece]:
    glyphs, style = brush.glyphs, brush.style
    line = setting.rows[row]
    first, last = setting.offset(line.start), setting.offset(line.end)
    cells: list[Piece] = []
    if brush.numbers:
        number = f"{setting.passage.line:>{brush.numbers - 1}} " if row == 0 else " " * brush.numbers
        cells.append((number, style("faint")))
    marks = _digits(paint, row, len(setting.rows))
    for digit, colour in marks:
        symbol = glyphs.digits[digit - 1] if digit else glyphs.separator
        by_hand = Style(underline=True) if digit in paint.manual else Style()
        cells.append((symbol, style("text") + style("#" + colour) + by_hand))
    cells.append((" " * (GUTTER - 2 - len(marks)), style("text")))
    bar = style("bar" if look.active else "bar-quiet")
    cells.append((glyphs.bar, bar) if look.current else (" ", style("text")))
    noted = any(mark is Mark.HIGHLIGHT and s.start < last and s.end > first for s, mark, _ in paint.marks)
    cells.append((glyphs.note, style("kept")) if noted else (" ", style("text")))
    return cells


def _spans(setting: Setting, paint: Paint, style: Styler) -> list[tuple[int, int, Style]]:
    """What lies over the text, the lowest first."""
    passage = setting.passage
    spans: list[tuple[int, int, Style]] = []
    if passage.kind is Kind.BULLET and passage.marker:
        spans.append((0, passage.marker, style("dim")))
    if passage.inline_heading:
        spans.append((0, setting.index(passage.start + passage.inline_heading), style("heading")))
    for span, mark, colour in sorted(paint.marks, key=lambda each: each[1]):
        over = Style(underline=True) + style("#" + colour) if mark is Mark.EVIDENCE else style(_NAMES[mark])
        spans.append((setting.index(span.start), setting.index(span.end), over))
    return spans
