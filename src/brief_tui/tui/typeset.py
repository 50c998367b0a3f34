"""Passages set into rows of a given width: what a column draws, and the way back to the text.

A `Setting` knows for every cell which code point of the document stands there, so that marks, the mouse and
selections speak in spans of the text. Widths are terminal cells as Rich counts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import split_graphemes

from brief_tui.corpus.model import HEADINGS, Kind, Passage
from brief_tui.corpus.visible import visible

_NARROW = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_WIDE_STEP = 2
_JUSTIFIED = frozenset({Kind.BODY, Kind.BULLET, Kind.PULLQUOTE})


class Row(Struct, frozen=True):
    """One line of a set passage.

    Attributes:
        start: first code point of the display text on this row.
        end: code point after the last.
        indent: blank cells before it.
        gaps: where the row is justified, blanks that are wider than a cell: (index of the display text,
            cells more), ascending.
    """

    start: int
    end: int
    indent: int
    gaps: tuple[tuple[int, int], ...] = ()


class Setting(Struct, frozen=True):
    """A passage set at one width.

    Attributes:
        passage: what was set.
        display: its text as drawn: line breaks folded, controls shown as marks.
        rows: its lines, at least one.
        narrow: whether every code point of `display` is one cell wide.
        folds: where `display` left out code points: (index in display, offset in the document's text),
            ascending; between two folds they run in step.
    """

    passage: Passage
    display: str
    rows: tuple[Row, ...]
    narrow: bool
    folds: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """The document's code point that stands at an index of the display text."""
        at = bisect_right(self.folds, (index, 1 << 62)) - 1
        shown, offset = self.folds[at]
        return min(offset + index - shown, self.passage.end)

    def index(self, offset: int) -> int:
        """The index in the display text of a document's code point, clamped to the passage."""
        offset = max(self.passage.start, min(offset, self.passage.end))
        at = bisect_right(self.folds, offset, key=lambda fold: fold[1]) - 1
        shown, start = self.folds[at]
        index = shown + offset - start
        limit = self.folds[at + 1][0] if at + 1 < len(self.folds) else len(self.display)
        return min(index, limit)

    def row_of(self, offset: int) -> int:
        """The row that shows a document's code point."""
        index = self.index(offset)
        return max(0, bisect_right(self.rows, index, key=lambda row: row.start) - 1)

    def offset_at(self, row: int, cell: int) -> int:
        """The document's code point drawn at a cell of a row; past the row's end, the end of the row."""
        line = self.rows[max(0, min(row, len(self.rows) - 1))]
        cell -= line.indent
        if cell <= 0:
            return self.offset(line.start)
        if self.narrow:
            for index, more in line.gaps:
                if index >= line.start + cell:
                    break
                cell -= min(more, line.start + cell - index)
            return self.offset(min(line.start + cell, line.end))
        at = 0
        for start, _end, width in _graphemes(self.display[line.start : line.end]):
            if at + width > cell:
                return self.offset(line.start + start)
            at += width
        return self.offset(line.end)


def typeset(passage: Passage, width: int, *, justify: bool = False) -> Setting:
    """Set a passage into rows.

    Args:
        passage: what to set.
        width: cells of a row, at least 1.
        justify: whether prose ends at the right edge, but for its last row.

    Returns:
        Its setting; no row is wider than `width`, but for one grapheme that is wider by itself.
    """
    display, folds = _display(passage)
    narrow = _NARROW.fullmatch(display) is not None
    first, rest = _indents(passage, width)
    if narrow:
        rows = _wrap_narrow(display, width, first, rest)
        if justify and passage.kind in _JUSTIFIED:
            rows = [*(_justified(display, row, width) for row in rows[:-1]), rows[-1]]
    else:
        rows = _wrap_graphemes(display, width, first, rest)
    return Setting(passage, display, tuple(rows), narrow, folds)


def space_before(passage: Passage, previous: Passage | None) -> int:
    """Blank rows above a passage: none inside a list or between a heading and its text."""
    if previous is None or previous.line_end == passage.line:
        return 0
    if passage.kind is Kind.BULLET and previous.kind in {Kind.BULLET, Kind.HEADING}:
        return 0
    if passage.kind is Kind.BULLET and passage.lead_in == previous.number:
        return 0
    if previous.kind is Kind.HEADING and passage.kind not in HEADINGS:
        return 0 if passage.kind is not Kind.CAPTION else 1
    if passage.kind is previous.kind and passage.kind in {Kind.BOILERPLATE, Kind.TABLE, Kind.CAPTION}:
        return 0
    return 1


def _display(passage: Passage) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = passage.text
    if "\n" not in text:
        return visible(text), ((0, passage.start),)
    parts: list[str] = []
    folds = [(0, passage.start)]
    at = shown = 0
    for found in _BREAK.finditer(text):
        piece = text[at : found.start()]
        parts += (piece, " ")
        shown += len(piece) + 1
        at = found.end()
        folds.append((shown, passage.start + at))
    parts.append(text[at:])
    return visible("".join(parts)), tuple(folds)


def _indents(passage: Passage, width: int) -> tuple[int, int]:
    """Cells before the first and the later rows: a list item's text hangs behind its marker."""
    if passage.kind is not Kind.BULLET:
        return 0, 0
    nest = min(2 * passage.level, width // 4)
    return nest, nest + min(passage.marker, width // 4)


def _wrap_narrow(text: str, width: int, first: int, rest: int) -> list[Row]:
    rows: list[Row] = []
    start, indent, length = 0, first, len(text)
    while True:
        room = max(1, width - indent)
        if length - start <= room:
            rows.append(Row(start, length, indent))
            return rows
        cut = text.rfind(" ", start, start + room + 1)
        dash = max(text.rfind("—", start, start + room), text.rfind("-", start, start + room)) + 1
        if cut <= start and dash <= start:
            end = after = start + room
        elif dash > cut:
            end = after = dash
        else:
            end, after = cut, cut
            while after < length and text[after] == " ":
                after += 1
        rows.append(Row(start, end, indent))
        if after >= length:
            return rows
        start, indent = after, rest


def _justified(text: str, row: Row, width: int) -> Row:
    """A row whose blanks fill it; one with too few words to do so well is left as it is."""
    blanks = [at for at in range(row.start + 1, row.end) if text[at] == " "]
    missing = width - row.indent - (row.end - row.start)
    if missing <= 0 or missing > 2 * len(blanks):
        return row
    each, more = divmod(missing, len(blanks))
    # Wider blanks are spread evenly, so that no river runs down one side.
    widened = {len(blanks) * at // more for at in range(more)} if more else set()
    gaps = tuple((blank, each + (at in widened)) for at, blank in enumerate(blanks) if each or at in widened)
    return replace(row, gaps=gaps)


def _graphemes(text: str) -> Sequence[tuple[int, int, int]]:
    """What is read as one character each: (start, end, cells). Rich takes the two halves of a flag apart."""
    found = split_graphemes(text)[0]
    if not _FLAG.search(text):
        return found
    joined: list[tuple[int, int, int]] = []
    half = False  # whether the last one is the first half of a flag
    for begin, end, cells in found:
        if half and _FLAG.match(text, begin):
            joined[-1] = (joined[-1][0], end, joined[-1][2] + cells)
            half = False
        else:
            joined.append((begin, end, cells))
            half = _FLAG.match(text, begin) is not None
    return joined


def _wrap_graphemes(text: str, width: int, first: int, rest: int) -> list[Row]:
    """The same by grapheme and cell width; ideographs may break anywhere."""
    rows: list[Row] = []
    start, indent = 0, first
    used = 0  # cells since `start`
    cut = after = -1  # the last place where the row may end, and where the next begins
    cut_used = 0  # cells up to `after`
    for begin, end, cells in _graphemes(text):
        blank = text[begin:end] == " "
        # Twice where the later rows hang further in: what an earlier cut left over may be too long for them.
        while used + cells > max(1, width - indent) and used and not blank:
            if cut > start:
                rows.append(Row(start, cut, indent))
                start, used = after, used - cut_used
            else:
                rows.append(Row(start, begin, indent))
                start, used = begin, 0
            indent, cut = rest, -1
        used += cells
        if blank:
            cut = begin if after != begin or cut < 0 else cut
            after, cut_used = end, used
        elif cells == _WIDE_STEP or text[begin:end] in "-—–":
            cut, after, cut_used = end, end, used
    rows.append(Row(start, len(text), indent))
    return rows
