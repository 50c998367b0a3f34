"""Where a cue matches in a passage, as spans that can be underlined and quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brief_tui.corpus.model import Passage, Span
from brief_tui.corpus.sentences import sentences

SHORTEST = 3
"""Code points of evidence that say something: what is shorter is shown with its sentence."""

LONGEST = 600
"""Code points that can still be read as one piece of evidence."""


def left(matches: Iterable[Span], cancelling: Sequence[Span], text: str) -> list[Span]:
    """The matches of a sentence that none of the cancelling spans overlaps or touches."""
    return [match for match in matches if not any(_touch(match, other, text) for other in cancelling)]


def _touch(a: Span, b: Span, text: str) -> bool:
    """Whether two spans overlap or no word stands between them."""
    if a.overlaps(b):
        return True
    between = text[a.end : b.start] if a.end <= b.start else text[b.end : a.start]
    return len(between) < 8 and not any(c.isalnum() for c in between)


def shortest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order without those that hold another: the tightest pair of words shows a match best."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.end, -s.start)):
        if not kept or span.start > kept[-1].start:
            kept.append(span)
    return tuple(kept)


def outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order without those that lie within another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)


def legible(spans: tuple[Span, ...], passage: Passage, language: str) -> tuple[Span, ...]:
    """The spans with those that are too short grown to their sentence, and none longer than can be read."""
    if all(SHORTEST <= span.end - span.start <= LONGEST for span in spans):
        return spans
    found = sentences(passage, language)
    grown = []
    for span in spans:
        start, end = span
        if end - start < SHORTEST:
            start, end = next((s for s in found if s.start <= span.start and span.end <= s.end), span)
        first = start if end - start <= LONGEST else max(start, min(span.start, end - LONGEST))
        grown.append(Span(first, min(end, first + LONGEST)))
    return outermost(grown)
