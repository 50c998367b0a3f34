"""Finds a quotation again after its document changed: at its place, elsewhere, nearly, or not at all.

The order of attempts follows the W3C Web Annotation model's selectors (position, then quotation with
context) and, for the approximate match, the idea of fuzzy anchoring in Hypothesis' client. Every attempt
but the first must be borne out by the context: a mark is rather lost than put on other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from brief_tui.corpus.model import Span
from brief_tui.highlights.graphemes import snap
from brief_tui.highlights.model import CONTEXT, Selector

TELLING = 64
"""From this many code points on, a quotation identifies itself, whatever stands around it."""

CONTEXT_FLOOR = 0.6
"""Similarity (0 to 1) that the surroundings need where the quotation alone does not identify itself."""

SIDE = 0.95
"""Similarity (0 to 1) of surroundings of which one side is the same; most that unequal ones reach."""

QUOTE_FLOOR = 0.72
"""Similarity (0 to 1) that changed text needs to be the same quotation still."""

ALONE_FLOOR = 0.9
"""Similarity (0 to 1) from which a telling quotation needs no surroundings."""

NEAR = 2_000
"""How far from its old place a changed quotation is looked for first, in code points."""

CANDIDATES = 400
"""Occurrences of a quotation that are compared, the nearest ones; more say nothing."""


def selector(text: str, span: Span) -> Selector:
    """The quotation of a span with its context.

    Args:
        text: the document's text.
        span: a span of it.
    """
    start, end = span
    return Selector(
        start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )


def anchor(text: str, wanted: Selector) -> Span | None:
    """Where a quotation stands in a text.

    Args:
        text: the document's text as it is now.
        wanted: the quotation, and where it stood in the text as it was.

    Returns:
        Its span: of exactly the quotation, or of text like it (see the floors above) on whole grapheme
        clusters; None where neither is there.
    """
    if not wanted.exact:
        return None
    return _exactly(text, wanted) or _nearly(text, wanted)


def _exactly(text: str, wanted: Selector) -> Span | None:
    """Where the very words stand: with all their surroundings, else with those most alike."""
    length = len(wanted.exact)
    whole = wanted.prefix + wanted.exact + wanted.suffix
    opening = next(_occurrences(text, whole, wanted.start - len(wanted.prefix)), None)
    if opening is not None:
        start = opening + len(wanted.prefix)
        return Span(start, start + length)
    alike: dict[Span, float] = {}
    for start in islice(_occurrences(text, wanted.exact, wanted.start), CANDIDATES):
        there = Span(start, start + length)
        context = _context(text, there, wanted)
        if start == wanted.start or length >= TELLING or context >= CONTEXT_FLOOR:
            alike[there] = context
    return max(alike, key=alike.__getitem__, default=None)


def _nearly(text: str, wanted: Selector) -> Span | None:
    """Where words like the quotation stand: near its old place, else anywhere."""
    for area in (Span(max(0, wanted.start - NEAR), wanted.end + NEAR), Span(0, len(text))):
        best = _best(text, (*_between(text, area, wanted), *_like(text, area, wanted)), wanted)
        if best is not None:
            return best
    return None


def _best(text: str, places: Iterable[Span], wanted: Selector) -> Span | None:
    """The best of the likely places of a changed quotation that clears the floors."""
    best, best_score = None, 0.0
    for rough in places:
        there = snap(text, rough)
        quote, context = _ratio(wanted.exact, text[there.start : there.end]), _context(text, there, wanted)
        telling = quote >= ALONE_FLOOR and len(wanted.exact) >= TELLING
        if (telling or (quote >= QUOTE_FLOOR and context >= CONTEXT_FLOOR)) and quote + context > best_score:
            best, best_score = there, quote + context
    return best


def _between(text: str, area: Span, wanted: Selector) -> Iterator[Span]:
    """What stands between the old surroundings, where these are not too far apart."""
    opening = text.find(wanted.prefix, area.start, area.end)
    if opening >= 0:
        start = opening + len(wanted.prefix)
        closing = text.find(wanted.suffix, start, start + 2 * len(wanted.exact) + CONTEXT)
        if closing >= 0:
            yield Span(start, closing)


def _like(text: str, area: Span, wanted: Selector) -> Iterator[Span]:
    """The stretch of an area that is most like the quotation."""
    from rapidfuzz import fuzz

    stretch = text[area.start : area.end]
    found = fuzz.partial_ratio_alignment(wanted.exact, stretch, score_cutoff=100 * (QUOTE_FLOOR - 0.2))
    if found is not None:
        yield _fit(text, Span(area.start + found.dest_start, area.start + found.dest_end), wanted.exact)


def _fit(text: str, rough: Span, exact: str) -> Span:
    """Move the edges of a rough match to the nearby word edges where it is most like the quotation.

    It neither begins nor ends with a blank, unless the rough match does.

    The rough match is as long as the quotation; what was added to or taken from the text makes the true one
    longer or shorter.
    """
    reach = min(len(exact) // 3 + 8, 400)
    start, end = rough
    for _ in range(2):
        ends = [e for e in _edges(text, end - reach, end + reach) if e > start and not text[e - 1].isspace()]
        end = max((end, *ends), key=lambda e: _ratio(exact, text[start:e]))
        starts = [s for s in _edges(text, start - reach, start + reach) if s < end and not text[s].isspace()]
        start = max((start, *starts), key=lambda s: _ratio(exact, text[s:end]))
    return Span(start, end)


def _edges(text: str, low: int, high: int) -> Iterator[int]:
    """Places from low to high where a word or a blank begins or ends."""
    for at in range(max(0, low), min(len(text), high) + 1):
        if at in (0, len(text)):
            yield at
            continue
        before, after = text[at - 1], text[at]
        if before.isalnum() != after.isalnum() or before.isspace() != after.isspace():
            yield at


def _context(text: str, span: Span, wanted: Selector) -> float:
    """How alike a span's surroundings and the old ones are, 0 to 1; 1 where they are the same.

    One side that is the same is enough: the other may have been rewritten, or the text may begin there now.
    """
    before = text[max(0, span.start - len(wanted.prefix)) : span.start]
    after = text[span.end : span.end + len(wanted.suffix)]
    sides = ((wanted.prefix, before), (wanted.suffix, after))
    if all(old == new for old, new in sides):
        return 1.0
    if any(old == new and len(old) >= CONTEXT // 2 for old, new in sides):
        return SIDE
    both = sum(len(old) for old, _ in sides)
    return min(sum(len(old) * _ratio(old, new) for old, new in sides) / both, SIDE)


def _ratio(one: str, other: str) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other)


def _occurrences(text: str, wanted: str, near: int) -> Iterator[int]:
    """Where a string occurs, nearest to a place first; of two as near the later one."""
    near = max(0, near)
    after = text.find(wanted, near)
    if after == near:  # where most still stand: the first is found without a look at all that is before
        yield after
        after = text.find(wanted, after + 1)
    before = text.rfind(wanted, 0, near + len(wanted) - 1)
    while after >= 0 or before >= 0:
        if before < 0 or 0 <= after - near <= near - before:
            yield after
            after = text.find(wanted, after + 1)
        else:
            yield before
            before = text.rfind(wanted, 0, before + len(wanted) - 1)
