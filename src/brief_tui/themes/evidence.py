"""Where a cue matches in a passage, as spans that can be underlined and quoted."""

from __future__ import annotations

from collections.abc import Iterable

from brief_tui.corpus.model import Passage, Span
from brief_tui.corpus.sentences import sentences

SHORTEST = 3
"""Code points of evidence that say something: what is shorter is shown with its sentence."""

LONGEST = 600
"""Code points that can still be read as one piece of evidence."""


Place = tuple[int, int, int]
"""A match: the number of its sentence in the passage, and its span."""


def left(places: Iterable[Place], cancelling: Iterable[Place], text: str) -> list[Place]:
    """The matches that none of the cancelling ones overlaps or touches in the same sentence."""
    against: dict[int, list[Span]] = {}
    for sentence, start, end in cancelling:
        against.setdefault(sentence, []).append(Span(start, end))
    return [
        place
        for place in places
        if not any(_touch(Span(place[1], place[2]), other, text) for other in against.get(place[0], ()))
    ]


def _touch(a: Span, b: Span, text: str) -> bool:
    """Whether two spans overlap or no word stands between them."""
    if a.overlaps(b):
        return True
    between = text[a.end : b.start] if a.end <= b.start else text[b.end : a.start]
    return len(between) < 8 and not any(c.isalnum() for c in between)


def shortest(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans in order without those that hold another: the tightest pair of words shows a match best."""
    found = set(spans)
    if len(found) == 1:  # of most cues in most passages
        return (Span(*found.pop()),)
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda s: (s[1], -s[0])):
        if not kept or start > kept[-1].start:
            kept.append(Span(start, end))
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
