"""What is painted over a passage: the marks inside its text and the digits in its gutter."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from msgspec import Struct

from brief_tui.corpus.model import Passage, Span


class Mark(IntEnum):
    """A way to paint a span; where two meet, the greater lies on top."""

    EVIDENCE = 1
    HIGHLIGHT = 2
    HIT = 3
    SELECTION = 4


class Paint(Struct, frozen=True):
    """What is painted over one passage.

    Attributes:
        gutter: (digit of the theme's key from 1, colour name) in key order; digit 0 for a code without a key.
        manual: digits that the reader put there; they are underlined.
        marks: (span of the document's text, way to paint, colour name or empty).
        stop: colour name of the trail where the passage is a stop, else None.
        hit: whether the search found it.
        kept: whether it holds a highlight.
        read: whether it was read.
    """

    gutter: tuple[tuple[int, str], ...] = ()
    manual: frozenset[int] = frozenset()
    marks: tuple[tuple[Span, Mark, str], ...] = ()
    stop: str | None = None
    hit: bool = False
    kept: bool = False
    read: bool = False


NOTHING = Paint()

Painter = Callable[[Passage], Paint]
"""Says what is painted over a passage; must be quick, it is asked for every passage on the screen."""
