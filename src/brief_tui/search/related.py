"""Passages of other documents on the same matter, and why; docs/related.md lists what was tried."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from threading import Lock

from brief_tui.corpus.model import PROSE, Passage, Span
from brief_tui.corpus.sentences import sentences
from brief_tui.search.answers import RelatedHit, Why
from brief_tui.search.basis import Basis
from brief_tui.search.space import Space
from brief_tui.search.vectors import Vectors

__all__ = ["Related", "RelatedHit", "Why"]

FLOOR = 0.05
"""The score of an answer, at least: what is below shares a neighbour with the query, but no matter."""
AGAIN = 0.3
"""What a source is held back by each time that it was shown, in standard deviations of the best scores."""
MOST = 3
"""Times that count, so that much on the matter in one source stays before what is hardly on it in others."""


class Related:
    """The passages of a brief, ready to be compared. Built once; may be asked from several threads."""

    def __init__(self, basis: Basis) -> None:
        """Weigh the terms of all passages; word vectors are left to `complete`.

        Raises:
            children.Cancelled: the work was ended.
        """
        self._basis = basis
        self._documents = {document.id: document for document in basis.documents}
        self._space = Space(basis)
        self._at = {p.key: at for at, p in enumerate(self._space.passages)}
        self._offered = [self._is_offered(p) for p in self._space.passages]
        self._asking, self._completing = Lock(), Lock()
        self._is_complete = not basis.semantic

    @property
    def is_complete(self) -> bool:
        """Whether answers count all that there is: without word vectors they are only nearly as good."""
        return self._is_complete

    def complete(self) -> None:
        """Have the word vectors too, where their extra is installed; they take longer than all else.

        Raises:
            children.Cancelled: the work was ended.
        """
        with self._completing:
            if not self._is_complete:
                basis = self._basis
                made = Vectors.of(
                    self._space.texts,
                    key=basis.of_texts(),
                    cache=basis.file("vectors"),
                    apart=basis.apart,
                    cancelled=basis.cancelled,
                )
                with self._asking:
                    self._space.meaning = made
                self._is_complete = True

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
        with self._asking:
            return self._nearest(at, limit)

    def _nearest(self, at: int, limit: int) -> tuple[RelatedHit, ...]:
        query, scores = self._space.nearest(at, self._offered)
        passages = self._space.passages
        others = [
            other
            for other, score in enumerate(scores)
            if score >= FLOOR and self._offered[other] and passages[other].doc != passages[at].doc
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
        """The best, a source held back a little each time that it was shown."""
        if not others:
            return []
        mean = sum(scores[o] for o in others) / len(others)
        cost = AGAIN * math.sqrt(sum((scores[o] - mean) ** 2 for o in others) / len(others))
        docs = [passage.doc for passage in self._space.passages]
        shown: Counter[str] = Counter()
        best: list[int] = []
        left = list(others)
        while left and len(best) < limit:
            chosen = max(left, key=lambda o: (scores[o] - cost * min(MOST, shown[docs[o]]), -shown[docs[o]]))
            left.remove(chosen)
            best.append(chosen)
            shown[docs[chosen]] += 1
        return best

    def _why(self, at: int, other: int) -> Why:
        shared = self._space.shared(at, other)
        one, answer = self._space.passages[at], self._space.passages[other]
        return Why(shared.topics[:4], self._words(answer, shared.words[:6]), self._same_section(one, answer))

    def _words(self, passage: Passage, words: Sequence[int]) -> tuple[str, ...]:
        """Words as a passage or its context writes them."""
        cut = self._space.terms_of(passage)
        written: dict[int, str] = {}
        for part in (passage, *self._space.context(passage)):
            for word, start, end in cut.places(part.source, part.start, part.end):
                if word in words:
                    written.setdefault(word, part.source[start:end])
        return tuple(written[word] for word in words if word in written)

    def _same_section(self, one: Passage, other: Passage) -> str:
        """The other passage's heading, where half of its words are among those of the first one's context."""
        mine = {term for above in self._space.context(one) for term in self._plain(above)}
        for heading in self._documents[other.doc].section(other)[-1:]:
            theirs = set(self._plain(heading))
            if theirs and len(mine & theirs) * 2 >= len(theirs):
                return " ".join(heading.text.split())
        return ""

    def _plain(self, passage: Passage) -> list[int]:
        found = self._space.terms_of(passage).places(passage.source, passage.start, passage.end)
        return [word for word, *_ in found if word > 0 and not self._space.is_name(word)]

    def _sentence(self, passage: Passage, query: Mapping[int | str, float]) -> Span:
        """The sentence of a passage that says most of a query, for its length."""
        language = self._documents[passage.doc].language
        spans = sentences(passage, language) or (passage.span,)
        return max(spans, key=lambda span: self._space.closeness(passage, span, query))
