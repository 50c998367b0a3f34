"""Passages of other documents on the same matter, and why; docs/related.md lists what was tried."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from brief_tui.corpus.model import PROSE, Document, Passage, PassageKey, Span
from brief_tui.corpus.sentences import sentences
from brief_tui.search.answers import RelatedHit, Why
from brief_tui.search.space import Meaning, Space
from brief_tui.search.terms import NAME
from brief_tui.search.vectors import Vectors

__all__ = ["Related", "RelatedHit", "Why"]

NEW_SOURCE = 0.3
"""What a source not yet shown is preferred by, in standard deviations of the scores in question."""


class Related:
    """The passages of a brief, ready to be compared. Built once; may be asked from several threads."""

    def __init__(
        self,
        documents: Sequence[Document],
        *,
        topics: Mapping[PassageKey, Mapping[str, int]] | None = None,
        aliases: Mapping[str, Collection[str]] | None = None,
        semantic: bool = True,
        meaning: Meaning = Vectors.of,
    ) -> None:
        """Read the passages.

        Args:
            documents: of the brief, in reading order.
            topics: of each passage, with the number of places that speak of them; headings included.
            aliases: names of one thing.
            semantic: whether word vectors are used where the extra is installed.
            meaning: gives them.
        """
        self._documents = {document.id: document for document in documents}
        self._space = Space(documents, topics or {}, aliases or {}, meaning=meaning if semantic else None)
        self._at = {p.key: at for at, p in enumerate(self._space.passages)}
        self._offered = [self._is_offered(p) for p in self._space.passages]

    def related(self, doc: str, number: int, limit: int = 5) -> tuple[RelatedHit, ...]:
        """The passages of other documents on the same matter as one, best first.

        A source that was not shown yet is mildly preferred, so scores need not fall from one to the next.

        Args:
            doc: id of the passage's document.
            number: the passage's number there.
            limit: how many at most.
        """
        at = self._at.get((doc, number))
        if at is None or limit < 1:
            return ()
        query, scores = self._space.nearest(at, self._offered)
        passages = self._space.passages
        others = [
            other
            for other, score in enumerate(scores)
            if score > 0 and self._offered[other] and passages[other].doc != doc
        ]
        others.sort(key=lambda other: -scores[other])
        return tuple(
            RelatedHit(
                *passages[other].key,
                score=scores[other],
                why=self._why(at, other),
                sentence=self._sentence(passages[other], query),
            )
            for other in self._by_source(others[: max(50, 3 * limit)], scores, limit)
        )

    def _is_offered(self, passage: Passage) -> bool:
        """Whether a passage can be an answer: prose, and a pull quote only where its twin is not prose."""
        if passage.kind not in PROSE:
            return False
        return passage.twin is None or self._documents[passage.doc].passages[passage.twin].kind not in PROSE

    def _by_source(self, others: list[int], scores: Sequence[float], limit: int) -> list[int]:
        """The best, each source after its first passage held back a little."""
        if not others:
            return []
        mean = sum(scores[o] for o in others) / len(others)
        bonus = NEW_SOURCE * math.sqrt(sum((scores[o] - mean) ** 2 for o in others) / len(others))
        docs = [passage.doc for passage in self._space.passages]
        shown: set[str] = set()
        best: list[int] = []
        left = list(others)
        while left and len(best) < limit:
            chosen = max(left, key=lambda o: scores[o] + (0 if docs[o] in shown else bonus))
            left.remove(chosen)
            best.append(chosen)
            shown.add(docs[chosen])
        return best

    def _why(self, at: int, other: int) -> Why:
        shared = self._space.shared(at, other)
        one, answer = self._space.passages[at], self._space.passages[other]
        return Why(shared.topics[:4], self._words(answer, shared.terms[:6]), self._same_section(one, answer))

    def _words(self, passage: Passage, terms: Sequence[str]) -> tuple[str, ...]:
        """Terms as a passage or its context writes them."""
        cut = self._space.terms_of(passage)
        written: dict[str, str] = {}
        for part in (passage, *self._space.context(passage)):
            for term, start, end in cut.places(part.source, part.start, part.end):
                if term in terms:
                    written.setdefault(term, part.source[start:end])
        return tuple(written[term] for term in terms if term in written)

    def _same_section(self, one: Passage, other: Passage) -> str:
        """The other passage's heading, where half of its words are among those of the first one's context."""
        mine = {term for above in self._space.context(one) for term in self._plain(above)}
        for heading in self._documents[other.doc].section(other)[-1:]:
            theirs = set(self._plain(heading))
            if theirs and len(mine & theirs) * 2 >= len(theirs):
                return " ".join(heading.text.split())
        return ""

    def _plain(self, passage: Passage) -> list[str]:
        found = self._space.terms_of(passage).places(passage.source, passage.start, passage.end)
        return [term for term, *_ in found if term and not term.startswith(NAME)]

    def _sentence(self, passage: Passage, query: Mapping[str, float]) -> Span:
        """The sentence of a passage that says most of a query, for its length."""
        language = self._documents[passage.doc].language
        spans = sentences(passage, language) or (passage.span,)
        return max(spans, key=lambda span: self._space.closeness(passage, span, query))
