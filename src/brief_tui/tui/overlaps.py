"""Spans of a document, asked again and again which of them share some of a passage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter

from brief_tui.corpus.model import Span


class Overlaps:
    """Spans in the order of their starts; they may overlap each other.

    Attributes:
        spans: all of them.
    """

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self.spans = spans
        self._reach = list(accumulate((span.end for span in spans), max))

    def of(self, wanted: Span) -> list[Span]:
        """Those that share some of a span: without a look at what ends before it or begins after it."""
        first = bisect_right(self._reach, wanted.start)
        last = bisect_left(self.spans, wanted.end, lo=first, key=attrgetter("start"))
        return [span for span in self.spans[first:last] if span.overlaps(wanted)]
