"""The minimap: where the trail, the hits and the highlights lie along a whole document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from brief_tui.corpus.model import Document, Passage
from brief_tui.tui.paint import Painter
from brief_tui.tui.palette import Glyphs

Marked = Callable[[Document], Iterable[Passage]]
"""The passages of a document of which something may be painted, what matters most first: a cell shows one."""


def all_passages(document: Document) -> Iterable[Passage]:
    """Every passage: for documents that are known to be small."""
    return document.passages


def cell_of(document: Document, offset: int, height: int) -> int:
    """The cell that stands for a code point in a minimap of some cells."""
    return offset * height // max(1, len(document.text))


def offset_of(document: Document, cell: int, height: int) -> int:
    """The first code point that a cell stands for."""
    return max(0, cell) * len(document.text) // max(1, height)


class Minimap:
    """One column of cells for a document; each cell stands for an equal share of its code points."""

    def __init__(self) -> None:
        self._height = 0
        self._cells: dict[int, tuple[str, str]] = {}

    def forget(self) -> None:
        """What is painted changed: work it out again when it is next drawn."""
        self._height = 0

    def cell(
        self,
        document: Document,
        painter: Painter,
        marked: Marked,
        glyphs: Glyphs,
        *,
        at: int,
        height: int,
        view: tuple[int, int],
    ) -> tuple[str, str, str]:
        """What stands in one cell.

        Args:
            document: the text.
            painter: what is painted over its passages.
            marked: of which passages that may be something.
            glyphs: the symbols.
            at: the cell, from 0.
            height: how many cells there are.
            view: the span of the document that is on the screen.

        Returns:
            The symbol, the name of its component style, and the name of a code's colour or "".
        """
        if height != self._height:
            self._cells = _marks(document, painter, marked, height)
            self._height = height
        length = max(1, len(document.text))
        seen = at * length < view[1] * height and (at + 1) * length > view[0] * height
        if at in self._cells:
            kind, colour = self._cells[at]
            symbol = {"stop": glyphs.stop, "hit": glyphs.hit, "kept": glyphs.kept}[kind]
            return symbol, "kept" if kind == "kept" else "map-view", colour
        return (glyphs.view, "map-view", "") if seen else (glyphs.track, "faint", "")


def _marks(document: Document, painter: Painter, marked: Marked, height: int) -> dict[int, tuple[str, str]]:
    cells: dict[int, tuple[str, str]] = {}
    length = max(1, len(document.text))
    for passage in marked(document):
        at = min(height - 1, passage.start * height // length)
        if at in cells:
            continue
        paint = painter(passage)
        if paint.stop is not None:
            cells[at] = ("stop", paint.stop)
        elif paint.hit or paint.kept:
            cells[at] = ("hit" if paint.hit else "kept", "")
    return cells
