"""Strips from styled pieces of text: cut, padded and painted by cells, never by `len()`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Piece = tuple[str, Style]
"""A text and how it is drawn; the text is already harmless for the terminal."""


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """The text cut to a width in cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ellipsis


def in_view(text: str, first: int, room: int, ellipsis: str) -> tuple[int, int, str, str]:
    """The stretch of a text that fits, with one place of it in view.

    Args:
        text: one line.
        first: index of what must be in view.
        room: cells.
        ellipsis: what stands where something is left out.

    Returns:
        Where the stretch begins and ends, and what stands before and behind it.
    """
    if cell_len(text) <= room:
        return 0, len(text), "", ""
    start, lead = 0, ""
    if cell_len(text[:first]) > room // 2:
        start = text.find(" ", _before(text, first, room // 2), first) + 1 or _before(text, first, room // 4)
        lead = ellipsis + " "
        room -= cell_len(lead)
    if cell_len(text[start:]) <= room:
        return start, len(text), lead, ""
    kept = set_cell_size(text[start:], max(0, room - cell_len(ellipsis)))
    end = start + len(kept)
    if text[start:end] != kept:
        end -= 1  # a blank stands for half of a wide character
    return start, end, lead, ellipsis


def _before(text: str, index: int, cells: int) -> int:
    """The index from which a text takes at most some cells up to another index."""
    start = index
    while start > 0 and (cells := cells - cell_len(text[start - 1])) >= 0:
        start -= 1
    return start


def pad(pieces: Sequence[Piece], width: int, style: Style, *, right: Sequence[Piece] = ()) -> Strip:
    """Pieces as a strip of exactly a width.

    Args:
        pieces: from the left; what does not fit is cut.
        width: cells.
        style: of the blank between.
        right: pieces that stand at the right edge.
    """
    room = max(0, width - sum(cell_len(text) for text, _ in right))
    segments: list[Segment] = []
    used = 0
    for text, piece_style in pieces:
        cells = cell_len(text)
        if used + cells > room:
            text, cells = set_cell_size(text, room - used), room - used  # noqa: PLW2901 - what of it fits
        if cells:
            segments.append(Segment(text, piece_style))
            used += cells
    if used < room:
        segments.append(Segment(" " * (room - used), style))
    segments += [Segment(text, piece_style) for text, piece_style in right if text]
    strip = Strip(segments)
    return strip if strip.cell_length == width else strip.adjust_cell_length(width, style)


def painted(
    text: str, start: int, end: int, base: Style, spans: Iterable[tuple[int, int, Style]]
) -> list[Piece]:
    """A stretch of a text with styles laid over spans of it.

    Args:
        text: the whole text.
        start: where the stretch begins, an index of the text.
        end: where it ends.
        base: the style below.
        spans: (start, end, style) in indexes of the text; later ones lie on top.
    """
    inside = [(max(start, a), min(end, b), style) for a, b, style in spans if a < end and b > start]
    if not inside:
        return [(text[start:end], base)]
    cuts = sorted({start, end, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    pieces: list[Piece] = []
    for low, high in pairwise(cuts):
        style = base
        for a, b, over in inside:
            if a <= low and high <= b:
                style += over
        pieces.append((text[low:high], style))
    return pieces
