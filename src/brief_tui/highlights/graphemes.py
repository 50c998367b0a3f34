"""Spans that never cut a character as the reader sees it (an extended grapheme cluster, UAX #29)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from brief_tui.corpus.model import Span

if TYPE_CHECKING:
    from regex import Pattern

REACH = 512
"""How far a cluster is followed, in code points: hostile text has clusters of any length."""


def snap(text: str, span: Span) -> Span:
    """The smallest span of whole grapheme clusters that holds a span, cut to the text.

    Args:
        text: the text that the span counts.
        span: any two numbers; they need not lie in the text, nor in order.
    """
    start, end = sorted((max(0, min(span.start, len(text))), max(0, min(span.end, len(text)))))
    if start == end:
        return Span(start, end)
    return Span(_boundary(text, start, before=True), _boundary(text, end, before=False))


def _boundary(text: str, at: int, *, before: bool) -> int:
    """The cluster boundary at a place, or the nearest one before or after it."""
    if at in (0, len(text)) or _plain(text[at - 1 : at + 1]):
        return at
    # A line feed always ends a cluster, so counting may begin after one.
    begin = max(text.rfind("\n", 0, at) + 1, at - REACH)
    for cluster in _clusters().finditer(text, begin, min(len(text), at + REACH)):
        if cluster.start() <= at < cluster.end():
            return at if cluster.start() == at else (cluster.start() if before else cluster.end())
    return at


def _plain(pair: str) -> bool:
    """Whether a boundary between two characters is certain without a look around: the common case."""
    return pair.isascii() and pair != "\r\n"


@cache
def _clusters() -> Pattern[str]:
    import regex

    return regex.compile(r"\X")
