"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.search.query import Nothing, Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        doc: id of its document.
        number: its number there.
        score: 0 or more; higher is better; only scores of one search compare.
        spans: what matched, in the document's text; empty if they were not asked for.
    """

    doc: str
    number: int
    score: float
    spans: tuple[Span, ...] = ()

    @property
    def key(self) -> PassageKey:
        """What names the passage."""
        return (self.doc, self.number)


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        hits: the best passages, best first; equal ones in the order of documents.
        total: how many passages matched.
        counts: how many of them in each document that has any.
        keys: all of them.
        notices: what the reader should know, one sentence each.
        suggestion: another query that finds something, where this one did not find all of its words together.
        query: what was searched in the end; marks of it are `Index.spans(results.query, …)`.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    keys: frozenset[PassageKey] = frozenset()
    notices: tuple[str, ...] = ()
    suggestion: str = ""
    query: Query = field(default_factory=Nothing)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence in which a cue matches.

    Attributes:
        sentence: its number in the passage, from 0.
        spans: what matched there, in the document's text.
        matches: each match there from its first word to its last, in order; the parts of an AND are
            matches of their own.
    """

    sentence: int
    spans: tuple[Span, ...]
    matches: tuple[Span, ...] = ()
