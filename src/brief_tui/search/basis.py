"""What related passages are worked out from: given once, to all that have a part in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from brief_tui import __version__
from brief_tui.corpus import packed
from brief_tui.corpus.model import Document, PassageKey

VERSION = 2
"""Raise it when the same passages give other answers."""

KEY = 16
"""Bytes of a key."""


class Basis(Struct, frozen=True):
    """What related passages are worked out from.

    Attributes:
        documents: of the brief, in reading order.
        topics: of each passage, with the number of places that speak of them; headings included.
        aliases: names of one thing.
        semantic: whether word vectors are used where the extra is installed.
        cache: the brief's private folder for what takes long; None keeps nothing.
        apart: whether what takes long is done in a process of its own.
        cancelled: asked now and then while that runs; true ends it.
    """

    documents: Sequence[Document]
    topics: Mapping[PassageKey, Mapping[str, int]] = {}
    aliases: Mapping[str, Collection[str]] = {}
    semantic: bool = True
    cache: Path | None = None
    apart: bool = False
    cancelled: Callable[[], bool] = lambda: False

    def file(self, name: str) -> Path | None:
        """A file in the cache; None where nothing is kept."""
        return self.cache / name if self.cache is not None else None

    def of_texts(self) -> bytes:
        """A key of what passages' terms depend on: their texts, and names of one thing."""
        texts = [(d.id, d.digest, d.language, len(d.passages)) for d in self.documents]
        aliases = sorted((name, [*others]) for name, others in self.aliases.items())
        return _key((__version__, VERSION, packed.VERSION, texts, aliases))

    def of_answers(self) -> bytes:
        """A key of all that answers depend on."""
        model = ""
        if self.semantic:
            from brief_tui.search import embedding

            folder = embedding.model()
            model = embedding.stamp(folder) if folder is not None else ""
        return _key(
            (self.of_texts(), model, sorted((key, sorted(of.items())) for key, of in self.topics.items()))
        )


def _key(told: object) -> bytes:
    return blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=KEY).digest()
