"""How much each term of a brief tells, and which passages hold it: worked out once, and kept.

It takes long where there are many passages. So for a large brief it is done in a process of its own, by
`python -m brief_tui.search.weighing FILE`, and the outcome lies in the private cache.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

import msgspec

from brief_tui.corpus.sealed import keep, recall
from brief_tui.search import aside
from brief_tui.search.sparse import Inverted, Vocabulary
from brief_tui.search.terms import NAME, Terms

CONTEXT = 0.5
"""What a word or topic of a heading or lead-in counts beside one of the passage."""
NAMES = 0.1
"""What a name that has aliases counts beside another word."""

LARGE = 500_000
"""Code points from which another process does it: that takes a fifth of a second more."""


class Parts(msgspec.Struct, frozen=True, array_like=True):
    """The texts of a brief's passages.

    Attributes:
        texts: of the passages, then of what else stands above some of them.
        languages: the language of each text.
        above: for each passage which texts are its headings and its lead-in.
        prose: for each passage whether it is prose, among which rarity is counted.
        aliases: names of one thing.
    """

    texts: list[str]
    languages: list[str]
    above: list[list[int]]
    prose: list[bool]
    aliases: dict[str, list[str]]


class _Row(NamedTuple):
    """The words of one passage, and how much each is said there."""

    words: array[int]
    said: array[float]


def weighed(parts: Parts) -> Inverted:
    """The words of all passages with their weights; each passage's vector has length 1."""
    vocabulary = Vocabulary()
    rows = _rows(parts, vocabulary)
    prose: Counter[int] = Counter()
    bare: Counter[int] = Counter()
    for row, is_prose in zip(rows, parts.prose, strict=True):
        (prose if is_prose else bare).update(row.words)
    numbers = range(1, len(vocabulary.words) + 1)
    holders = [prose[number] for number in numbers]
    held = [prose[number] + bare[number] for number in numbers]
    made = Inverted(vocabulary.words, sum(parts.prose), holders, held)
    made.fill(_weights(rows, made))
    return made


def _rows(parts: Parts, vocabulary: Vocabulary) -> list[_Row]:
    """What stands in each passage and above it."""
    terms = {one: Terms(one, parts.aliases, vocabulary) for one in dict.fromkeys(parts.languages)}

    @cache
    def heading(at: int) -> Mapping[int, float]:
        return terms[parts.languages[at]].count(parts.texts[at])

    rows = []
    for at, above in enumerate(parts.above):
        counts = in_context(terms[parts.languages[at]].count(parts.texts[at]), map(heading, above))
        rows.append(_Row(array("I", counts), array("f", map(said, counts.values()))))
    return rows


def _weights(rows: Iterable[_Row], made: Inverted) -> Iterator[tuple[array[int], list[float]]]:
    telling = [0.0, *(rarity(made, number) for number in range(1, len(made.words) + 1))]
    for row in rows:
        weights = list(map(mul, row.said, map(telling.__getitem__, row.words)))
        length = math.sqrt(sum(map(mul, weights, weights))) or 1.0
        yield row.words, [weight / length for weight in weights]


def in_context(counts: Mapping[int, int], above: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    """How often words occur in a passage, with those of its headings and its lead-in."""
    found: dict[int, float] = {**counts}
    for each in above:
        for term, times in each.items():
            found[term] = found.get(term, 0.0) + CONTEXT * times
    return found


@cache
def said(times: float) -> float:
    """How much a word is said that occurs so often."""
    return 1 + math.log(times) if times >= 1 else times


def rarity(made: Inverted, number: int) -> float:
    """How much a word tells by how rare it is: next to nothing for a name that has aliases."""
    found = idf(made.holders(number), made.total)
    return found * NAMES if made.word(number).startswith(NAME) else found


def idf(holders: int, total: int) -> float:
    """BM25's inverse document frequency; 0 for what none holds."""
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5)) if holders else 0.0


def weighed_or_kept(
    parts: Callable[[], Parts],
    *,
    key: bytes = b"",
    kept: Path | None = None,
    apart: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Inverted:
    """`weighed`, from the cache where it has it.

    Args:
        parts: gives the texts, where they are needed.
        key: what names them: other texts or aliases, another key.
        kept: the private file; None keeps nothing.
        apart: whether a process of its own does it for a large brief.
        cancelled: asked now and then while that runs; true ends it.

    Raises:
        children.Cancelled: it was ended.
    """
    content = recall(kept) if kept is not None else None
    if content is not None and content.startswith(key):
        try:
            return Inverted.unpacked(memoryview(content)[len(key) :])
        except (msgspec.MsgspecError, ValueError):
            pass  # it is made again
    read = parts()
    packed = None
    if apart and sum(map(len, read.texts)) >= LARGE:
        packed = aside.made(__name__, msgspec.msgpack.encode(read), cancelled=cancelled)
    made = weighed(read) if packed is None else Inverted.unpacked(packed)
    if kept is not None:
        keep(kept, key + (packed or made.packed()))
    return made


if __name__ == "__main__":
    aside.make(lambda content: weighed(msgspec.msgpack.decode(content, type=Parts)).packed())
