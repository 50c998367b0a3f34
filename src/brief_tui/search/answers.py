"""Related passages on demand: the last answers from the cache, any other by comparing all passages.

What is on the screen when a brief is opened again was asked before. Its answer is ready at once, and what it
takes to compare passages (their terms, their word vectors) is not even loaded until the reader moves on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from brief_tui.children import Cancelled
from brief_tui.corpus.model import PassageKey, Span
from brief_tui.corpus.sealed import keep, recall
from brief_tui.search.basis import Basis

if TYPE_CHECKING:
    from brief_tui.search.related import Related

KEPT = 8
"""Answers that are kept, the last ones."""


@dataclass(frozen=True, slots=True)
class Why:
    """What two passages share.

    Attributes:
        topics: ids of topics, most telling first.
        words: words as the other passage writes them, most telling first.
        section: the other passage's heading, where it names the same idea; else empty.
    """

    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class RelatedHit:
    """A passage of another document on the same matter.

    Attributes:
        doc: id of its document.
        number: its number there.
        score: 0 to 1; only scores for one passage compare.
        why: what it shares with that passage.
        sentence: its best sentence, in its document's text.
    """

    doc: str
    number: int
    score: float
    why: Why
    sentence: Span

    @property
    def key(self) -> PassageKey:
        """What names the passage."""
        return (self.doc, self.number)


Hits = tuple[RelatedHit, ...]
_Asked = tuple[str, int, int]
_Answer = tuple[str, int, int, Hits]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    made_of: bytes
    answers: tuple[_Answer, ...]


class Answers:
    """The related passages of a brief. May be asked from several threads."""

    def __init__(self, basis: Basis) -> None:
        """Compare nothing yet."""
        self._basis = basis
        self._making, self._lock = Lock(), Lock()
        self._related: Related | None = None
        self._made_of = b""
        self._answers: dict[_Asked, Hits] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the passages were compared, so that any answer takes no time."""
        return self._related is not None and self._related.is_complete

    def related(
        self,
        doc: str,
        number: int,
        limit: int = 5,
        *,
        so_far: Callable[[Hits], object] | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Hits:
        """The passages of other documents on the same matter as one, best first: see `Related.related`.

        Args:
            doc: id of the passage's document.
            number: the passage's number there.
            limit: how many at most.
            so_far: told what is known without word vectors, where these are still to be made.
            wanted: asked before each step; false ends it there. What was begun for all passages is done all
                the same, since the next question needs it.

        Raises:
            children.Cancelled: the answer is no longer wanted, or the work was ended.
        """
        asked = (doc, number, limit)
        known = self._known().get(asked)
        if known is not None:
            return known
        with self._making:
            related = self._ready()
        if not related.is_complete:
            if so_far is not None and wanted():
                so_far(related.related(*asked))
            related.complete()
        if not wanted():
            raise Cancelled
        found = related.related(*asked)
        self._remember(asked, found)
        return found

    def _ready(self) -> Related:
        if self._related is None:
            from brief_tui.search.related import Related

            self._related = Related(self._basis)
        return self._related

    def _known(self) -> Mapping[_Asked, Hits]:
        """The last answers, from the cache at first, where they are of these passages."""
        with self._lock:
            if self._answers is None:
                self._answers = self._recalled()
            return self._answers

    def _recalled(self) -> dict[_Asked, Hits]:
        """The answers in the cache; what is no answer is not believed."""
        file = self._basis.file("answers")
        if file is None:
            return {}
        self._made_of = self._basis.of_answers()
        content = recall(file)
        try:
            kept = msgspec.json.decode(content, type=_Kept) if content else None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            kept = None
        if kept is None or kept.made_of != self._made_of:
            return {}
        return {(doc, number, limit): found for doc, number, limit, found in kept.answers}

    def _remember(self, asked: _Asked, found: Hits) -> None:
        with self._lock:
            answers = {**(self._answers or {}), asked: found}
            self._answers = {each: answers[each] for each in [*answers][-KEPT:]}
            file = self._basis.file("answers")
            if file is not None:
                rows = tuple((*each, hits) for each, hits in self._answers.items())
                keep(file, msgspec.json.encode(_Kept(self._made_of, rows)))
