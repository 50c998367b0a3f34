"""How the overview's table is laid out on a screen of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from brief_tui.tui.strips import fit

_NAME = (22, 40)
_THEME = (16, 46)
_WORDS = 10
_NARROW = 50
NO_BREAK = "\xa0"


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells and rows of the table.

    Attributes:
        name: cells of the documents' names.
        theme: cells of a theme's column, its gap of two included.
        words: cells of the column of words; 0 where there is no room for it.
        themes: which themes have a column.
        count: how many themes there are.
        head: rows of the header.
        block: rows of a document: its counts, its strips and, where there is room, a blank.
        rows: documents that fit.
        total: the row that counts all documents.
    """

    name: int
    theme: int
    words: int
    themes: range
    count: int
    head: int
    block: int
    rows: int
    total: int

    def column_at(self, x: int) -> int | None:
        """The theme whose column holds a cell, `count` for the words, None for the names."""
        if x < self.name:
            return None
        at = (x - self.name) // self.theme
        if at < len(self.themes):
            return self.themes[at]
        return self.count if self.words else None


def lay_out(width: int, height: int, names: Sequence[str], documents: int, first: int) -> Layout:
    """Lay the table out.

    Args:
        width: cells of the screen.
        height: rows of the table.
        names: of the themes.
        documents: how many rows there are.
        first: the theme that the leftmost column shows if not all fit.
    """
    words = _WORDS if width >= _NARROW else 0
    name = max(_NAME[0], min(_NAME[1], width // 4))
    room = max(_THEME[0], width - name - words)
    count = max(1, min(len(names), room // _THEME[0]))
    theme = max(_THEME[0], min(_THEME[1], room // count))
    name = min(_NAME[1], max(12, width - words - count * theme))
    start = max(0, min(first, len(names) - count))
    head = max((len(wrapped(each, theme - 3, 2)) for each in names), default=1)
    body = max(1, height - head - 3)
    block = 3 if documents * 3 - 1 <= body else 2
    rows = max(1, (body + block - 2) // block)
    used = min(body, documents * block - (block - 2))
    total = head + 1 + used + 1
    return Layout(
        name=name,
        theme=theme,
        words=words,
        themes=range(start, start + min(count, len(names))),
        count=len(names),
        head=head,
        block=block,
        rows=rows,
        total=total,
    )


def height_of(width: int, names: Sequence[str], documents: int) -> int:
    """Rows that the whole table takes with air between the documents."""
    return lay_out(width, 1_000_000, names, documents, 0).total + 1


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """A text broken between words into lines of a width in cells; the last is cut where it does not fit.

    A `NO_BREAK` in it becomes a blank at which no line ends.
    """
    found: list[str] = []
    rest = [word for word in text.split(" ") if word]
    while rest and len(found) < lines - 1 and cell_len(" ".join(rest)) > width:
        count = len(rest)
        while count > 1 and cell_len(" ".join(rest[:count])) > width:
            count -= 1
        found.append(fit(" ".join(rest[:count]), width))
        rest = rest[count:]
    broken = [*found, fit(" ".join(rest), width)] if rest or not found else found
    return [line.replace(NO_BREAK, " ") for line in broken]
