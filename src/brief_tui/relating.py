"""Relating: what the other documents of a brief say on the matter of a passage, and why that is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from brief_tui.coding import Coding
from brief_tui.corpus.library import Library
from brief_tui.corpus.model import Passage

if TYPE_CHECKING:
    from brief_tui.search.answers import Answers, RelatedHit


class Relating:
    """Related passages of one brief.

    Attributes:
        semantic: whether word vectors help to find them where their extra is installed.
    """

    def __init__(
        self, library: Library, coding: Coding, *, cache: Path, cancelled: Callable[[], bool]
    ) -> None:
        """Compare nothing yet.

        Args:
            library: the documents.
            coding: topics and aliases.
            cache: the brief's private folder for answers and word vectors.
            cancelled: asked now and then; true ends the work.
        """
        self.semantic = True
        self._library = library
        self._coding = coding
        self._cache = cache
        self._cancelled = cancelled
        self._lock = Lock()  # what is made once and may take long
        self._answers: Answers | None = None
        self._made_of: tuple[object, ...] = ()

    def related(
        self,
        passage: Passage,
        *,
        limit: int = 5,
        so_far: Callable[[tuple[RelatedHit, ...]], object] | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> tuple[RelatedHit, ...]:
        """Passages of other documents on the same matter, best first.

        Args:
            passage: the one that is asked about.
            limit: how many at most.
            so_far: told what is known without word vectors, where these are still to be made.
            wanted: asked before each step; false ends it there.

        Raises:
            children.Cancelled: the answer is no longer wanted, or the work was ended.
        """
        if len(self._library.brief.entries) < 2:
            return ()
        answers = self._compared()
        return answers.related(passage.doc, passage.number, limit=limit, so_far=so_far, wanted=wanted)

    @property
    def is_ready(self) -> bool:
        """Whether passages were compared, so that asking for related ones takes no time."""
        return self._answers is not None and self._answers.is_ready

    def _compared(self) -> Answers:
        """The answers about the brief as it is now; made anew once texts, topics or aliases are others."""
        tagging = self._coding.tagging()
        with self._lock:
            documents, aliases = tuple(self._library.documents()), self._coding.codebook.aliases
            made_of = (documents, tagging.topics, aliases)
            if self._answers is None or self._made_of != made_of:
                from brief_tui.search.answers import Answers
                from brief_tui.search.basis import Basis

                basis = Basis(
                    documents,
                    topics=tagging.topic_counts(),
                    aliases=aliases,
                    semantic=self.semantic,
                    cache=self._cache,
                    apart=self._library.apart,
                    cancelled=self._cancelled,
                )
                self._answers = Answers(basis)
                self._made_of = made_of
            return self._answers

    def why(self, hit: RelatedHit) -> str:
        """What a related passage shares with the one that was asked about, in words."""
        codes = self._coding.codebook.codes
        parts = ["topic: " + codes[topic].name for topic in hit.why.topics[:2] if topic in codes]
        if hit.why.words:
            parts.append("shared: " + ", ".join(hit.why.words))
        if hit.why.section:
            parts.append("under: " + hit.why.section)
        return " · ".join(parts)
