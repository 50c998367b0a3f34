"""Related passages on demand: the last answers from the cache, any other by comparing all passages.

What is on the screen when a brief is opened again was asked before. Its answer is ready at once, and what it
takes to compare passages (their terms, their word vectors) is not even loaded until the reader moves on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

import msgspec

from brief_tui import __version__
from brief_tui.corpus import packed
from brief_tui.corpus.model import Document, Span
from brief_tui.corpus.sealed import keep, recall

if TYPE_CHECKING:
    from collections.abc import Callable

    from brief_tui.search.related import Related

VERSION = 1
"""Raise it when the same passages give other answers."""

KEPT = 8
"""Answers that are kept, the last ones."""

Key = tuple[str, int]


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
    def key(self) -> Key:
        """What names the passage."""
        return (self.doc, self.number)


_Answer = tuple[str, int, int, tuple[RelatedHit, ...]]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    made_of: str
    answers: tuple[_Answer, ...]


class Answers:
    """The related passages of a brief. May be asked from several threads."""

    def __init__(
        self,
        documents: Sequence[Document],
        *,
        topics: Mapping[Key, Mapping[str, int]],
        aliases: Mapping[str, Collection[str]],
        semantic: bool,
        cache: Path | None = None,
        apart: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Compare nothing yet.

        Args:
            documents: of the brief, in reading order.
            topics: of each passage, with the number of places that speak of them; headings included.
            aliases: names of one thing.
            semantic: whether word vectors are used where the extra is installed.
            cache: the brief's private folder for answers and word vectors; None keeps nothing.
            apart: whether word vectors are made in a process of its own.
            cancelled: asked now and then while that runs; true ends it.
        """
        self._documents = documents
        self._topics = topics
        self._aliases = aliases
        self._semantic = semantic
        self._cache = cache
        self._apart = apart
        self._cancelled = cancelled
        self._lock = RLock()
        self._related: Related | None = None
        self._made_of = ""
        self._answers: dict[tuple[str, int, int], tuple[RelatedHit, ...]] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the passages were compared, so that any answer takes no time."""
        return self._related is not None

    def related(self, doc: str, number: int, limit: int = 5) -> tuple[RelatedHit, ...]:
        """The passages of other documents on the same matter as one, best first: see `Related.related`.

        Raises:
            children.Cancelled: `cancelled` said so.
        """
        asked = (doc, number, limit)
        with self._lock:
            if self._answers is None:
                self._answers = self._recalled()
            if asked in self._answers:
                return self._answers[asked]
            found = self._ready().related(*asked)
            self._answers[asked] = found
            while len(self._answers) > KEPT:
                del self._answers[next(iter(self._answers))]
            self._keep(self._answers)
            return found

    def _ready(self) -> Related:
        if self._related is None:
            from functools import partial

            from brief_tui.search.related import Related
            from brief_tui.search.vectors import Vectors

            vectors = self._cache / "vectors" if self._cache is not None else None
            self._related = Related(
                self._documents,
                topics=self._topics,
                aliases=self._aliases,
                semantic=self._semantic,
                meaning=partial(Vectors.of, cache=vectors, apart=self._apart, cancelled=self._cancelled),
            )
        return self._related

    def _recalled(self) -> dict[tuple[str, int, int], tuple[RelatedHit, ...]]:
        """The answers in the cache, where they are of these passages; what is no answer is not believed."""
        if self._cache is None:
            return {}
        self._made_of = self._fingerprint()
        content = recall(self._cache / "answers")
        try:
            kept = msgspec.json.decode(content, type=_Kept) if content else None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            kept = None
        if kept is None or kept.made_of != self._made_of:
            return {}
        return {(doc, number, limit): found for doc, number, limit, found in kept.answers}

    def _keep(self, answers: Mapping[tuple[str, int, int], tuple[RelatedHit, ...]]) -> None:
        if self._cache is not None:
            rows = tuple((*asked, found) for asked, found in answers.items())
            keep(self._cache / "answers", msgspec.json.encode(_Kept(self._made_of, rows)))

    def _fingerprint(self) -> str:
        """All that answers depend on."""
        model = ""
        if self._semantic:
            from brief_tui.search import embedding

            folder = embedding.model()
            model = embedding.stamp(folder) if folder is not None else ""
        texts = [(d.id, d.digest, d.language, len(d.passages)) for d in self._documents]
        version = (__version__, VERSION, packed.VERSION, model)
        told = [version, texts, sorted(self._aliases.items()), sorted(self._topics.items())]
        return blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
