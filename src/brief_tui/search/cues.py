"""What a cue matches: its sentences in each passage, boilerplate left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.search.found import Match, Matcher
from brief_tui.search.matching import spans_of
from brief_tui.search.postings import STRIDE
from brief_tui.search.reader import Reader
from brief_tui.search.results import Occurrence


def occurrences(
    matcher: Matcher, reader: Reader, docs: Collection[str] | None
) -> dict[PassageKey, tuple[Occurrence, ...]]:
    """Each passage that matches, with its sentences in order.

    Args:
        matcher: of the cue.
        reader: the index.
        docs: ids of the documents to look in; all if None.
    """
    found = {}
    for passage, key in _candidates(matcher, reader, docs):
        where = matcher.at(passage)
        if any(where.units.values()):
            found[key] = _sentences(where.units, reader.cuts.get(passage, ()))
    return found


def reaches(
    matcher: Matcher, reader: Reader, docs: Collection[str] | None
) -> dict[PassageKey, list[tuple[int, int, int]]]:
    """Each passage that matches, with number of sentence, start and end of each match, in any order.

    Args:
        matcher: of the cue, made for sentences.
        reader: the index.
        docs: ids of the documents to look in; all if None.
    """
    cuts = reader.cuts
    found = {}
    for passage, key in _candidates(matcher, reader, docs):
        reaches = matcher.reaches(passage)
        if not reaches:
            continue
        if passage in cuts:
            long = cuts[passage]
            blocks = [(first // STRIDE, start, end) for first, _, start, end in reaches]
            found[key] = [(block - bisect_right(long, block), start, end) for block, start, end in blocks]
        else:
            found[key] = [(first // STRIDE, start, end) for first, _, start, end in reaches]
    return found


def _candidates(
    matcher: Matcher, reader: Reader, docs: Collection[str] | None
) -> Iterator[tuple[int, PassageKey]]:
    keys = reader.keys
    for passage in sorted(matcher.passages - reader.boilerplate):
        key = keys[passage]
        if key is not None and (docs is None or key[0] in docs):
            yield passage, key


def _sentences(units: Mapping[int, list[Match]], cuts: Sequence[int]) -> tuple[Occurrence, ...]:
    grouped: dict[int, list[Match]] = defaultdict(list)
    for matches in units.values():
        for match in matches:
            block = match.first // STRIDE
            grouped[block - bisect_right(cuts, block)].append(match)
    return tuple(
        Occurrence(sentence, tuple(Span(*span) for span in spans_of(matches)), _whole(matches))
        for sentence, matches in sorted(grouped.items())
    )


def _whole(matches: Iterable[Match]) -> tuple[Span, ...]:
    """Each match from its first word to its last, in order."""
    reaches = {Span(min(s for s, _ in m.spans), max(e for _, e in m.spans)) for m in matches if m.spans}
    return tuple(sorted(reaches))
