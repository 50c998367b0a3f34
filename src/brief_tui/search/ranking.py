"""The order of what was found: BM25F over a passage's text, the headings above it and its document's title.

Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009). Frequencies of the
three fields, each normalised by its own length, are added with weights before they saturate once. What
ranks are the positive words and phrases of the query; a group of OR counts as the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from brief_tui.search import query as q
from brief_tui.search.matching import Context, Matcher, compile_query
from brief_tui.search.postings import SIZE


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of BM25F: saturation, and for each field its weight and how much length counts (0 to 1).

    A title weighs so much in a document of one passage; the more passages share it, the less it says of each:
    among n of them it weighs 1/√n of that.
    """

    k1: float = 1.2
    text_b: float = 0.75
    section: float = 0.3
    section_b: float = 0.4
    title: float = 1.0
    title_b: float = 0.75


DEFAULT = Weights()

_Part = tuple[Mapping[int, float], float, float, list[int], float]
"""Frequencies of a word in a field, the field's weight and b, its length in each passage and on average."""

_FLOOR = 0.1


def leaves(tree: q.Query, boost: float = 1.0) -> Iterator[tuple[q.Query, float]]:
    """The parts of a query that are ranked, each with its weight."""
    match tree:
        case q.Word(boost=own) | q.Phrase(boost=own) | q.Near(boost=own):
            yield tree, boost * own
        case q.Or(same=True, boost=own):
            yield tree, boost * own
        case q.And(parts=parts, boost=own) | q.Or(parts=parts, boost=own):
            for part in parts:
                yield from leaves(part, boost * own)
        case _:
            return


def scores(
    tree: q.Query, passages: Collection[int], context: Context, weights: Weights = DEFAULT
) -> dict[int, float]:
    """How well each passage answers a query; above 0 for all that hold a word of it.

    Args:
        tree: the query.
        passages: those that match.
        context: what they were matched with.
        weights: parameters of the ranking.
    """
    total = dict.fromkeys(passages, 0.0)
    reader = context.reader
    merged: dict[q.Query, float] = {}
    for leaf, boost in leaves(tree):
        merged[leaf] = merged.get(leaf, 0.0) + boost
    for leaf, boost in merged.items():
        found = _frequencies(leaf, "text", context, passages)
        rarity = _idf(len(found), len(reader.live))
        if not rarity:
            continue
        parts: list[_Part] = [(found, 1.0, weights.text_b, *reader.lengths("text"))]
        if weights.section and (above := _frequencies(leaf, "section", context, passages)):
            parts.append((above, weights.section, weights.section_b, *reader.lengths("section")))
        if weights.title and (titled := _frequencies(leaf, "title", context, passages)):
            shares = reader.shares
            shared = {at: titled[at] * shares[at] for at in titled.keys() & total.keys()}
            parts.append((shared, weights.title, weights.title_b, *reader.lengths("title")))
        _add(total, parts, boost * rarity, weights.k1)
    return total


def in_order(
    ranked: Mapping[int, float], place: Callable[[int], tuple[int, int]], limit: int | None
) -> list[int]:
    """The passages best first, equal ones by their place; all of them if `limit` is None."""

    def key(at: int) -> tuple[float, tuple[int, int]]:
        return -round(ranked[at], 9), place(at)

    return sorted(ranked, key=key) if limit is None else nsmallest(limit, ranked, key=key)


def _add(
    total: dict[int, float],
    parts: list[_Part],
    weight: float,
    k1: float,
) -> None:
    """Add one word's share to the passages that hold it."""
    tf: dict[int, float] = {}
    for frequencies, field_weight, b, lengths, average in parts:
        base, slope = 1.0 - b, b / average
        for passage in frequencies.keys() & total.keys():
            share = field_weight * frequencies[passage] / (base + slope * lengths[passage])
            tf[passage] = tf.get(passage, 0.0) + share
    high = weight * (k1 + 1.0)
    for passage, frequency in tf.items():
        total[passage] += high * frequency / (frequency + k1)


def _idf(found: int, all_: int) -> float:
    """How rare a word is, as Robertson and Spärck Jones weigh it: words of grammar count next to nothing.

    Theirs is 0 and less for what stands in half of the passages; there a tenth of the form that is always
    above 0 takes over, which keeps common words of a small brief in their order.
    """
    if not found:
        return 0.0
    odds = (all_ - found + 0.5) / (found + 0.5)
    return max(log(odds), _FLOOR * log(1.0 + odds))


def _frequencies(leaf: q.Query, field: str, context: Context, passages: Collection[int]) -> dict[int, int]:
    """How often a leaf stands in the passages that hold it; exact for words, counted for the others."""
    inside = Context(context.reader, False, context.where, context.text, field=field, cut=[])
    if isinstance(leaf, q.Word) and (not leaf.cased or field != "text"):
        return {at: len(value) // SIZE for at, value in context.reader.word(leaf, field)[0].items()}
    matcher: Matcher = compile_query(leaf, inside)
    counted = {}
    for passage in matcher.passages:
        if passage in passages:
            units = matcher.at(passage).units
            if units:
                counted[passage] = sum(len(matches) for matches in units.values())
    return counted
