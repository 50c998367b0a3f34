"""What stands in a cell of the overview's table: a count with its bar, and the strip below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

from brief_tui.tui.drawing import Brush
from brief_tui.tui.strips import Piece, fit

_COUNT = 4
_SHARE = 5


@dataclass(frozen=True, slots=True)
class Head:
    """A theme as the table's header shows it.

    Attributes:
        theme: its id.
        name: its name, harmless for the terminal.
        mark: the symbol of its key; empty without one.
        colour: its colour's name.
    """

    theme: str
    name: str
    mark: str
    colour: str


def amount(count: int, share: float, part: float, head: Head, brush: Brush, *, width: int) -> list[Piece]:
    """Count, bar and share; nothing is said quietly.

    Args:
        count: passages.
        share: their part of the prose, 0 to 1.
        part: how much of the bar that is, 0 to 1: the longest bar is full.
        head: of the theme.
        brush: with what it is drawn.
        width: cells.
    """
    glyphs, style = brush.glyphs, brush.style
    if not count:
        return [(glyphs.none.rjust(_COUNT - 1).ljust(width), style("dim"))]
    room = max(0, width - _COUNT - _SHARE)
    half = round(2 * room * part)
    bar = glyphs.line * (half // 2) + (glyphs.half_line if half % 2 else "")
    return [
        (f"{count:>{_COUNT - 1}} ", style("bright")),
        (bar, style("#" + head.colour)),
        (glyphs.rule * (room - len(bar)), style("faint")),
        (f"{share:>{_SHARE}.0%}", style("dim")),
    ]


def strip(values: Iterable[float], head: Head, brush: Brush) -> list[Piece]:
    """Where along a document a theme runs: a cell for each value, 0 to 1."""
    glyphs, colour, faint = brush.glyphs, brush.style("#" + head.colour), brush.style("faint")
    pieces: list[Piece] = []
    for value in values:
        # Two steps at least: what is there must not look like the ground, in whatever colours.
        level = max(2, round(value * len(glyphs.blocks)))
        pieces.append((glyphs.blocks[level - 1], colour) if value else (glyphs.ground, faint))
    return pieces


def framed(pieces: list[Piece], brush: Brush, *, current: bool) -> list[Piece]:
    """A cell with the gap after it; under the cursor on the cursor's ground."""
    if current:
        over = brush.style("cursor")
        pieces = [(text, style + over) for text, style in pieces]
    return [*pieces, ("  ", brush.style("text"))]


def filled(text: str, width: int) -> str:
    """A text of exactly so many cells."""
    text = fit(text, width)
    return text + " " * (width - cell_len(text))
