"""Where a query holds in a passage: the words that its evaluation is put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from dataclasses import field as of_each
from typing import NamedTuple, Protocol

from brief_tui.search import query as q
from brief_tui.search.reader import Reader


class Match(NamedTuple):
    """One place where a query or a part of it stands: positions of its first and last word, and its spans."""

    first: int
    last: int
    spans: tuple[tuple[int, int], ...]


Reach = tuple[int, int, int, int]
"""A match without its marks: positions of its first and last word, start of the first, end of the last."""


class Found(NamedTuple):
    """Where a part of a query holds in a passage.

    Attributes:
        everywhere: whether it holds in every unit but those of `without`, else in those of `units` only.
        units: what matched in a unit; a NOT that holds has nothing to show.
        without: units where it does not hold, if it holds everywhere else.
    """

    everywhere: bool
    units: Mapping[int, list[Match]]
    without: Set[int] = frozenset()


NOWHERE = Found(False, {})
EVERYWHERE = Found(True, {})


class Matcher(Protocol):
    """A part of a query over one index.

    Attributes:
        passages: those that can match; no others do.
        exact: whether all of `passages` match, with the whole passage as the unit.
    """

    @property
    def passages(self) -> Set[int]:
        """See above."""

    @property
    def exact(self) -> bool:
        """See above."""

    def at(self, passage: int) -> Found:
        """Where it holds in one of `passages`."""

    def reaches(self, passage: int) -> list[Reach]:
        """Its matches in one of `passages`, in any order; a part that denies something has none."""


@dataclass(slots=True)
class Context:
    """What matching needs beside the tree.

    Attributes:
        reader: the index.
        by_sentence: whether the unit is the sentence.
        where: passages of a `Where`.
        text: text that a passage's spans count.
        field: where words are looked up.
        cut: words of the query that stand for more words than were looked up.
    """

    reader: Reader
    by_sentence: bool
    where: Callable[[q.Where], Set[int]]
    text: Callable[[int], str]
    field: str = "text"
    cut: list[q.Word] = of_each(default_factory=list)


def holds(found: Found) -> bool:
    """Whether a passage as a whole matches."""
    return 0 not in found.without if found.everywhere else 0 in found.units


def spans_of(matches: Iterable[Match]) -> tuple[tuple[int, int], ...]:
    """What to mark for some matches, in order: each span once, none inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted({s for m in matches for s in m.spans}, key=lambda s: (s[0], -s[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def reaches_of(found: Found) -> list[Reach]:
    """The matches of a part, each from its first word to its last."""
    return [
        (m.first, m.last, min(s for s, _ in m.spans), max(e for _, e in m.spans))
        for matches in found.units.values()
        for m in matches
        if m.spans
    ]


def by_unit(matches: Iterable[Match], unit: int) -> Found:
    """Matches by the unit they stand in: that many positions, or the whole passage if 0."""
    units: dict[int, list[Match]] = {}
    for match in matches:
        units.setdefault(match.first // unit if unit else 0, []).append(match)
    return Found(False, units)
