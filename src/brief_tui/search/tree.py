"""What a query means, as a tree of frozen dataclasses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

How = Literal["stem", "exact", "wild", "fuzzy", "character"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        text: the word in the form that the index keeps; for `wild` a pattern with * and ?.
        how: what a text's word must share with it: its stem, all letters, the pattern, all but `edits`
            letters, or its first character (a single Chinese, Japanese or Korean character).
        edits: letters that may differ (fuzzy); 0 leaves it to the word's length.
        cased: the word as it was typed where its case must be matched too, else empty.
        step: in a phrase, how many words after the one before it.
        boost: its weight in ranking.
    """

    text: str
    how: How = "stem"
    edits: int = 0
    cased: str = ""
    step: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order in one sentence, each at most `within` words after the one before it."""

    words: tuple[Word, ...]
    within: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Two things in one sentence in any order, at most `distance` words apart."""

    left: Query
    right: Query
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; a part that is `Not` must be missing.

    `written` where an AND was typed: then all are wanted even if no passage has them.
    """

    parts: tuple[Query, ...]
    boost: float = 1.0
    written: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts; `same` where they are names of one thing, which rank as one word."""

    parts: tuple[Query, ...]
    boost: float = 1.0
    same: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever does not hold the part."""

    part: Query


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under (or that are) a heading which holds the part."""

    part: Query


@dataclass(frozen=True, slots=True)
class Where:
    """Passages by what is known of them: doc, source, kind, or the sets theme, topic, tag and note."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A query without a word; it finds nothing."""


Query = Word | Phrase | Near | And | Or | Not | Section | Where | Nothing

FIELDS = ("doc", "source", "section", "kind", "theme", "topic", "tag", "note")
SETS = frozenset({"theme", "topic", "tag", "note"})
"""Fields whose passages are given at query time."""


def references(query: Query) -> frozenset[tuple[str, str]]:
    """The (field, value) pairs of theme:, topic:, tag: and note: in a query, as they were typed."""
    return frozenset((n.field, n.value) for n in walk(query) if isinstance(n, Where) and n.field in SETS)


def walk(query: Query) -> Iterator[Query]:
    """A query and all that is inside it."""
    yield query
    match query:
        case Phrase(words=parts) | And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from walk(part)
        case Not(part=part) | Section(part=part):
            yield from walk(part)
        case Near(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
