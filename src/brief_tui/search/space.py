"""Passages as vectors: what each is about, and how like a query each of them is.

A vector holds a passage's terms, weighted by how rare they are, with those of its headings and of its
list's lead-in at half weight; names that have aliases count for almost nothing, since on one subject all
passages share them. Beside the terms stand its topics, and where the `semantic` extra is there, its word
vector. A query is widened by the passages nearest to it (Rocchio's feedback), which is what finds the same
idea in other words.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from brief_tui.corpus.model import HEADINGS, PROSE, Document, Passage, PassageKey, Span
from brief_tui.search import sparse
from brief_tui.search.sparse import Inverted, Vocabulary
from brief_tui.search.terms import NAME, PAIR, Terms
from brief_tui.search.vectors import Vectors

Vector = dict[str, float]

Meaning = Callable[[Sequence[str]], Vectors | None]
"""Gives the word vectors of some texts, or None where there are none to be had."""

CONTEXT = 0.5
"""What a word or topic of a heading or lead-in counts beside one of the passage."""
TOPICS = 0.3
"""What topics count beside terms."""
MEANING = 0.3
"""What word vectors count beside terms."""
NAMES = 0.1
"""What a name that has aliases counts beside another word."""
NEAREST = 10
"""How many of the nearest passages widen a query."""
WIDENING = 0.5
"""What they count together beside the query."""
LONGEST = 160
"""Terms of a widened query that are looked up: the heaviest."""

_TOPIC = "\0"


@dataclass(frozen=True, slots=True)
class Shared:
    """What two passages have in common, most telling first: ids of topics, and terms that are no names."""

    topics: tuple[str, ...]
    terms: tuple[str, ...]


class Space:
    """The prose and headings of a brief as vectors.

    Attributes:
        passages: those that have a vector, in reading order.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        topics: Mapping[PassageKey, Mapping[str, int]],
        aliases: Mapping[str, Collection[str]],
        *,
        meaning: Meaning | None,
    ) -> None:
        self._documents = {document.id: document for document in documents}
        languages = {document.language for document in documents}
        self._terms = {language: Terms(language, aliases) for language in languages}
        self._topics = topics
        self.passages = tuple(p for d in documents for p in d.passages if p.kind in PROSE | HEADINGS)
        prose = [p.kind in PROSE for p in self.passages]
        self._vocabulary = Vocabulary()
        counts = sparse.Vectors(self._vocabulary, map(self._counts, self.passages))
        told = [self._told(p) for p in self.passages]
        total = sum(prose)
        self._rarities = array("d", (_idf(n, total) if n else 0.0 for n in counts.holders(prose)))
        self._topic_rarity = _rarity(
            [topics for topics, is_prose in zip(told, prose, strict=True) if is_prose]
        )
        self._vectors = sparse.Vectors(self._vocabulary, map(self._vector, counts, told))
        self._lists = Inverted(self._vocabulary, self._vectors)
        self._meaning = meaning([self._in_context(p) for p in self.passages]) if meaning else None

    def terms_of(self, passage: Passage) -> Terms:
        """What cuts a passage's text into terms."""
        return self._terms[self._documents[passage.doc].language]

    def context(self, passage: Passage) -> Iterator[Passage]:
        """The headings and the lead-in that say what a passage is about."""
        document = self._documents[passage.doc]
        yield from document.section(passage)[-2:]
        if passage.lead_in is not None:
            yield document.passages[passage.lead_in]

    def nearest(self, at: int, helpers: Sequence[bool]) -> tuple[Vector, list[float]]:
        """How like a passage all others are.

        Args:
            at: its place.
            helpers: whether the passage at each place may widen the query.

        Returns:
            The widened query, and for each place a score from 0 to 1.
        """
        query = self._vectors[at]
        scores = self._likeness(query, {at: 1.0})
        near = [other for other in _largest(scores, NEAREST + 1) if other != at and helpers[other]]
        total = sum(scores[other] for other in near[:NEAREST] if scores[other] > 0)
        if total:
            shares = {o: WIDENING * scores[o] / total for o in near[:NEAREST] if scores[o] > 0}
            query = self._widened(query, shares)
            scores = self._likeness(query, {at: 1.0, **shares})
        whole = (1 + WIDENING) * (1 + (TOPICS if self._topics else 0) + (MEANING if self._meaning else 0))
        return query, [min(1.0, max(0.0, score / whole)) for score in scores]

    def shared(self, one: int, other: int) -> Shared:
        """What the passages at two places have in common."""
        a, b = self._vectors[one], self._vectors[other]
        both = sorted((t for t in a if t in b), key=lambda t: (-a[t] * b[t], t))
        return Shared(
            tuple(t.removeprefix(_TOPIC) for t in both if t.startswith(_TOPIC)),
            tuple(t for t in both if not t.startswith((_TOPIC, NAME)) and PAIR not in t),
        )

    def closeness(self, passage: Passage, span: Span, query: Mapping[str, float]) -> float:
        """How much of a query a stretch of a passage says, for its length."""
        vector = self._weighted(self.terms_of(passage).count(passage.source, span.start, span.end))
        return sum(weight * query.get(term, 0.0) for term, weight in vector.items())

    def _counts(self, passage: Passage) -> Counter[str]:
        terms = self.terms_of(passage)
        counts = terms.count(passage.source, passage.start + passage.marker, passage.end)
        for above in self.context(passage):
            counts.update(terms.count(above.source, above.start + above.marker, above.end, weight=CONTEXT))
        return counts

    def _told(self, passage: Passage) -> dict[str, float]:
        """A passage's topics and how much it speaks of each."""
        told = {t: 1 + math.log(n) for t, n in self._topics.get(passage.key, {}).items() if n > 0}
        for topic in {t for above in self.context(passage) for t in self._topics.get(above.key, ())}:
            told[topic] = told.get(topic, 0.0) + CONTEXT
        return told

    def _vector(self, counts: Mapping[str, float], told: Mapping[str, float]) -> Vector:
        vector = self._weighted(counts)
        topics = _unit({topic: much * self._topic_rarity.get(topic, 0.0) for topic, much in told.items()})
        vector.update((_TOPIC + topic, math.sqrt(TOPICS) * weight) for topic, weight in topics.items())
        return vector

    def _weighted(self, counts: Mapping[str, float]) -> Vector:
        return _unit({term: self._weight(term, count) for term, count in counts.items()})

    def _weight(self, term: str, count: float) -> float:
        often = 1 + math.log(count) if count >= 1 else count
        name = term.startswith(NAME) and PAIR not in term
        return often * self._rarity(term) * (NAMES if name else 1.0)

    def _rarity(self, term: str) -> float:
        number = self._vocabulary.number(term)
        return self._rarities[number] if number is not None and number < len(self._rarities) else 0.0

    def _in_context(self, passage: Passage) -> str:
        return ". ".join(" ".join(p.text.split()) for p in (*self.context(passage), passage))

    def _widened(self, query: Vector, shares: Mapping[int, float]) -> Vector:
        widened = defaultdict(float, query)
        for other, share in shares.items():
            for term, weight in self._vectors[other].items():
                widened[term] += share * weight
        return dict(sorted(widened.items(), key=lambda item: -item[1])[:LONGEST])

    def _likeness(self, query: Vector, mixture: Mapping[int, float]) -> list[float]:
        scores = [0.0] * len(self.passages)
        if self._meaning is not None:
            scores = [MEANING * value for value in self._meaning.likeness(mixture)]
        for term, weight in query.items():
            for place, other in self._lists.of(term):
                scores[place] += weight * other
        return scores


def _rarity(counts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """How rare each topic is among passages: BM25's inverse document frequency."""
    found = Counter(term for count in counts for term in count)
    return {term: _idf(n, len(counts)) for term, n in found.items()}


def _idf(holders: int, total: int) -> float:
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items() if weight} if length else {}


def _largest(scores: Sequence[float], count: int) -> list[int]:
    return sorted(range(len(scores)), key=lambda at: -scores[at])[:count]
