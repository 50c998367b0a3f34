"""Passages as vectors: what each is about, and how like a query each of them is.

A vector holds a passage's terms, weighted by how rare they are, with those of its headings and of its
list's lead-in at half weight; names that have aliases count for almost nothing, since on one subject all
passages share them. Beside the terms stand its topics, and where the `semantic` extra is there, its word
vector. A query is widened by the passages nearest to it (Rocchio's feedback), which is what finds the same
idea in other words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import TypeVar

from msgspec import Struct

from brief_tui.corpus.model import HEADINGS, PROSE, Passage, Span
from brief_tui.search.basis import Basis
from brief_tui.search.languages import language_of
from brief_tui.search.sparse import Vocabulary
from brief_tui.search.terms import NAME, Terms
from brief_tui.search.vectors import Vectors
from brief_tui.search.weighing import CONTEXT, Parts, idf, in_context, rarity, said, weighed_or_kept

_Term = TypeVar("_Term")

Vector = dict[int | str, float]
"""What a passage is about: the weight of each term by its number, and of each topic by its id."""

TOPICS = 0.3
"""What topics count beside terms."""
MEANING = 0.3
"""What word vectors count beside terms."""
NEAREST = 10
"""How many of the nearest passages widen a query."""
WIDENING = 0.7
"""What they count together beside the query."""
ENOUGH = 1.0
"""Likeness of these together from which they count so much: a single distant one says little of a query."""
LONGEST = 160
"""Terms of a widened query that are looked up: the heaviest."""


class Shared(Struct, frozen=True):
    """What two passages have in common, most telling first: ids of topics, and words that are no names."""

    topics: tuple[str, ...]
    words: tuple[int, ...]


class Space:
    """The prose and headings of a brief as vectors. One thread at a time may ask.

    Attributes:
        passages: those that have a vector, in reading order.
        meaning: their word vectors, where there are any and as soon as they were made.
    """

    def __init__(self, basis: Basis) -> None:
        """Weigh the terms of all passages, or take them from the cache.

        Raises:
            children.Cancelled: the work was ended.
        """
        self._documents = {document.id: document for document in basis.documents}
        self._languages = {document.id: language_of(document) for document in basis.documents}
        self._topics = basis.topics
        self.passages = tuple(p for d in basis.documents for p in d.passages if p.kind in PROSE | HEADINGS)
        self.meaning: Vectors | None = None
        self._inverted = weighed_or_kept(
            lambda: self._parts(basis.aliases),
            key=basis.of_texts(),
            kept=basis.file("terms"),
            apart=basis.apart,
            cancelled=basis.cancelled,
        )
        vocabulary = Vocabulary(self._inverted.words)
        languages = {*self._languages.values()}
        self._terms = {language: Terms(language, basis.aliases, vocabulary) for language in languages}
        self._topic_rarity: dict[str, float] = {}
        self._on_topic: dict[str, list[tuple[int, float]]] = defaultdict(list)
        if self._topics:
            self._weigh_topics()

    def texts(self) -> list[str]:
        """Each passage after its headings and its lead-in, for its word vector."""
        return [
            ". ".join(" ".join(p.text.split()) for p in (*self.context(one), one)) for one in self.passages
        ]

    def terms_of(self, passage: Passage) -> Terms:
        """What cuts a passage's text into terms."""
        return self._terms[self._languages[passage.doc]]

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
            The widened query, and for each place a score from 0 to 1: 0 for what is like the nearest alone.
        """
        query = self._vector(at)
        alike = scores = self._likeness(query, {at: 1.0})
        others = (other for other, helps in enumerate(helpers) if helps and other != at and alike[other] > 0)
        near = nlargest(NEAREST, others, key=alike.__getitem__)
        shares: dict[int, float] = {}
        if near:
            total = max(ENOUGH, sum(alike[other] for other in near))
            shares = {other: WIDENING * alike[other] / total for other in near}
            query = self._widened(query, shares)
            scores = self._likeness(query, {at: 1.0, **shares})
        whole = 1 + (TOPICS if self._topics else 0) + (MEANING if self.meaning else 0)
        whole *= 1 + sum(shares.values())
        return query, [
            min(1.0, max(0.0, score / whole)) if like > 0 else 0.0
            for score, like in zip(scores, alike, strict=True)
        ]

    def shared(self, one: int, other: int) -> Shared:
        """What the passages at two places have in common."""
        a, b = self._vector(one), self._vector(other)
        both = sorted((t for t in a if t in b), key=lambda t: -a[t] * b[t])
        return Shared(
            tuple(t for t in both if isinstance(t, str)),
            tuple(t for t in both if not isinstance(t, str) and not self.is_name(t)),
        )

    def is_name(self, word: int) -> bool:
        """Whether a word stands for a name that has aliases."""
        return self._inverted.word(word).startswith(NAME)

    def closeness(self, passage: Passage, span: Span, query: Mapping[int | str, float]) -> float:
        """How much of a query a stretch of a passage says, for its length."""
        counts = self.terms_of(passage).count(passage.source[span.start : span.end])
        vector = self._weighed(counts)
        return sum(weight * query.get(term, 0.0) for term, weight in vector.items())

    def _parts(self, aliases: Mapping[str, Collection[str]]) -> Parts:
        places = {p.key: at for at, p in enumerate(self.passages)}
        texts = [_words_of(p) for p in self.passages]
        docs = [p.doc for p in self.passages]
        above = []
        for passage in self.passages:
            row = []
            for each in self.context(passage):
                if each.key not in places:
                    places[each.key] = len(texts)
                    texts.append(_words_of(each))
                    docs.append(each.doc)
                row.append(places[each.key])
            above.append(row)
        return Parts(
            texts,
            [self._languages[doc] for doc in docs],
            above,
            [p.kind in PROSE for p in self.passages],
            {name: [*others] for name, others in aliases.items()},
        )

    def _weighed(self, counts: Mapping[int, float]) -> Vector:
        """The vector of words alone, as it was weighed among all."""
        return _unit({word: said(times) * rarity(self._inverted, word) for word, times in counts.items()})

    def _vector(self, at: int) -> Vector:
        passage = self.passages[at]
        terms = self.terms_of(passage)
        above = (terms.count(_words_of(each)) for each in self.context(passage))
        vector = self._weighed(in_context(terms.count(_words_of(passage)), above))
        vector.update(self._topic_vector(self._told(passage)))
        return vector

    def _weigh_topics(self) -> None:
        told = [self._told(passage) for passage in self.passages]
        prose = [topics for topics, p in zip(told, self.passages, strict=True) if p.kind in PROSE]
        held = Counter(topic for topics in prose for topic in topics)
        self._topic_rarity = {topic: idf(count, len(prose)) for topic, count in held.items()}
        for at, topics in enumerate(told):
            for topic, weight in self._topic_vector(topics).items():
                self._on_topic[topic].append((at, weight))

    def _topic_vector(self, told: Mapping[str, float]) -> dict[str, float]:
        topics = _unit({topic: much * self._topic_rarity.get(topic, 0.0) for topic, much in told.items()})
        return {topic: math.sqrt(TOPICS) * weight for topic, weight in topics.items()}

    def _told(self, passage: Passage) -> dict[str, float]:
        """A passage's topics and how much it speaks of each."""
        told = {t: 1 + math.log(n) for t, n in self._topics.get(passage.key, {}).items() if n > 0}
        for topic in {t for above in self.context(passage) for t in self._topics.get(above.key, ())}:
            told[topic] = told.get(topic, 0.0) + CONTEXT
        return told

    def _widened(self, query: Vector, shares: Mapping[int, float]) -> Vector:
        widened: defaultdict[int | str, float] = defaultdict(float, query)
        for other, share in shares.items():
            for term, weight in self._vector(other).items():
                widened[term] += share * weight
        return dict(sorted(widened.items(), key=lambda item: -item[1])[:LONGEST])

    def _likeness(self, query: Vector, mixture: Mapping[int, float]) -> list[float]:
        scores = [0.0] * len(self.passages)
        if self.meaning is not None:
            scores = [MEANING * value for value in self.meaning.likeness(mixture)]
        for term, weight in query.items():
            known = self._on_topic[term] if isinstance(term, str) else self._inverted.of(term)
            for place, other in known:
                scores[place] += weight * other
        return scores


def _words_of(passage: Passage) -> str:
    return passage.source[passage.start + passage.marker : passage.end]


def _unit(vector: dict[_Term, float]) -> dict[_Term, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items() if weight} if length else {}
