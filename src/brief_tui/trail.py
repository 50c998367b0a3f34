"""The trail: the ordered passages that `n` and `N` walk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from brief_tui.corpus.model import PROSE, Document, Kind, PassageKey

Place = tuple[int, int]
"""A passage in reading order: the document's place in the brief, the passage's number in it."""


class Trail(Struct, frozen=True):
    """What `n` and `N` walk.

    Attributes:
        kind: what it follows.
        id: the theme's id or the query; empty for all themes and for the highlights.
        label: how the trail bar names it.
        stops: its passages in reading order, each once.
    """

    kind: Literal["theme", "themes", "search", "highlights"]
    id: str
    label: str
    stops: tuple[Place, ...]

    def position(self, place: Place) -> int:
        """How many stops lie at or before a place: the 3 of "3/26"."""
        return bisect_right(self.stops, place)

    def count_in(self, document: int) -> int:
        """How many stops lie in a document, by its place in the brief."""
        return bisect_left(self.stops, (document + 1, 0)) - bisect_left(self.stops, (document, 0))

    def step(self, place: Place, direction: Literal[1, -1]) -> tuple[Place, bool] | None:
        """The next or previous stop from a place, and whether the walk wrapped around; None without stops."""
        if not self.stops:
            return None
        if direction > 0:
            at = bisect_right(self.stops, place)
            return self.stops[at % len(self.stops)], at == len(self.stops)
        at = bisect_left(self.stops, place) - 1
        return self.stops[at], at < 0


def stops(
    documents: Mapping[str, tuple[int, Document]], keys: Iterable[PassageKey], *, all_kinds: bool = False
) -> tuple[Place, ...]:
    """The stops that a set of passages makes: prose in reading order, a pull quote with its twin once.

    Args:
        documents: a document's id to its place in the brief and itself.
        keys: passages by document id and number; those of other documents are left out.
        all_kinds: whether headings, captions and boilerplate are stops too (a search that asked for them).
    """
    places: set[Place] = set()
    for doc, number in keys:
        if doc not in documents:
            continue
        at, document = documents[doc]
        passage = document.passages[number]
        if all_kinds or passage.kind in PROSE:
            twin = passage.twin if passage.kind is Kind.PULLQUOTE else None
            places.add((at, number if twin is None else twin))
    return tuple(sorted(places))
