"""The index of a brief: opened from the cache, built apart where the brief is large, asked while it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from brief_tui.children import Cancelled
from brief_tui.corpus.library import Library
from brief_tui.corpus.model import Document, Entry, PassageKey

if TYPE_CHECKING:
    from brief_tui.search.index import Index
    from brief_tui.search.source import Source
    from brief_tui.search.store import DocumentState

LARGE = 1_000_000
"""Code points from which an index is built in a process of its own: that takes half a second more."""

MANY = 8
"""Documents from which that process begins while they are still being read here: it cuts them too."""

FIRST = (8, 30, 100)
"""Documents that it indexes before it reads more, so that they can be asked for."""

Progress = Callable[[int, int], None]
"""Told how many documents of how many are done."""

Build = Callable[[Progress | None, Callable[[], bool]], None]
"""Brings the index in the cache up to date in a process of its own; `children.Cancelled` if told to stop."""


class Indexing:
    """How a brief comes to its index."""

    def __init__(self, library: Library, folder: Path, build: Build) -> None:
        """Do nothing yet.

        Args:
            library: the documents.
            folder: where the index lies in the cache.
            build: see `Build`.
        """
        self._library = library
        self._folder = folder
        self._build = build
        self._ahead: Thread | None = None
        self._is_cancelled = False
        self._lock = Lock()
        self._growing = False
        self._had = False
        self._stamp: tuple[int, int] | None = None
        self._so_far: Index | None = None
        self._glimpsed: tuple[object, Index] | None = None

    def build_ahead(self, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
        """Begin to build a large brief's index where the cache has none, and read the documents meanwhile.

        The other process begins with the first document, this one with the last: what one has cut the
        other takes from the cache.
        """
        entries = self._library.brief.entries
        if not self._library.apart or sum(map(_size, entries)) < LARGE:
            return
        from brief_tui.search.cache import holds_all_of

        self._begin()
        if len(entries) < MANY or holds_all_of(self._folder, self._known):
            return

        def build() -> None:
            try:
                self._build(progress, cancelled)
            except Cancelled:
                self._is_cancelled = True

        self._ahead = Thread(target=build, daemon=True)
        self._ahead.start()
        for entry in reversed(entries):
            self._library.try_document(entry.id)

    def open(
        self, library: Library, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> Index:
        """The index of all documents, built or updated if need be.

        Args:
            library: the documents as they are now.
            progress: told what is done.
            cancelled: asked now and then; true stops the work.

        Raises:
            children.Cancelled: it was stopped.
        """
        from brief_tui.search.cache import is_current
        from brief_tui.search.index import Index

        if self._ahead is not None:
            self._ahead.join()
            self._ahead = None
            if self._is_cancelled:
                raise Cancelled
        if not library.apart and len(library.brief.entries) >= MANY:
            self._open_with_first(library, progress, cancelled)
        sources = _sources(library.documents(), library)
        if library.apart and not is_current(self._folder, sources):
            size = sum(len(document.text) for document in library.documents())
            if size >= LARGE:
                self._begin()
                self._build(progress, cancelled or (lambda: False))
        told = _counting(progress, len(sources), len(sources))
        index = Index.open(self._folder, sources, progress=told, cancelled=cancelled)
        self._growing = False
        with self._lock:
            self._so_far = self._stamp = self._glimpsed = None
        return index

    def _open_with_first(
        self, library: Library, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        """Where there is no index yet, make one of the first documents before the others are read."""
        from brief_tui.search.cache import manifest_of
        from brief_tui.search.index import Index

        if manifest_of(self._folder) is not None:
            return
        for first in FIRST:
            if first < len(library.brief.entries) and not (cancelled and cancelled()):
                some = islice(library.documents(), first)
                told = _counting(progress, first, len(library.brief.entries))
                Index.open(self._folder, _sources(some, library), progress=told, cancelled=cancelled)

    @property
    def growth(self) -> tuple[int, int] | None:
        """Something else each time that more can be asked of an index that grows; None where none does."""
        from brief_tui.search.cache import manifest_of

        return manifest_of(self._folder) or (0, 0) if self._growing else None

    def so_far(self) -> Index | None:
        """What can be asked of a large brief's index until `open` has it; None where that is no long wait."""
        if not self._growing:
            return None
        from brief_tui.search.cache import manifest_of, peek
        from brief_tui.search.index import Index

        with self._lock:
            stamp = manifest_of(self._folder)
            if self._so_far is None or stamp != self._stamp:
                built = peek(self._folder, self._is_current)
                held = {state.doc: state for state in built.documents}
                sources = [
                    _source_so_far(self._library, entry, held[entry.id])
                    for entry in self._library.brief.entries
                    if entry.id in held
                ]
                complete = len(sources) == len(self._known)
                self._so_far, self._stamp = Index(built, sources, complete=complete), stamp
            return self._so_far

    def glimpse(self, documents: Mapping[str, Document], keys: Sequence[PassageKey]) -> Index:
        """An index of a few passages alone, there at once whatever else is indexed; the last one is kept.

        Args:
            documents: those that the passages stand in, by id; of one that is being read its beginning.
            keys: the passages.
        """
        from brief_tui.search.index import Index
        from brief_tui.search.source import Source

        with self._lock:
            if self._glimpsed is None or self._glimpsed[0] != (documents, keys):
                numbers: dict[str, list[int]] = {}
                for doc, number in keys:
                    numbers.setdefault(doc, []).append(number)
                sources = [replace(Source.of(documents[doc]), only=some) for doc, some in numbers.items()]
                self._glimpsed = (documents, keys), Index.open(None, sources)
            return self._glimpsed[1]

    def _begin(self) -> None:
        from brief_tui.search.cache import manifest_of

        self._growing, self._had = True, manifest_of(self._folder) is not None

    def _is_current(self, held: DocumentState) -> bool:
        """Whether the index holds a document as it is now: always where all of it is being made."""
        if held.doc not in self._known:
            return False
        if not self._had:
            return True
        document = self._library.try_document(held.doc)
        return document is not None and document.digest == held.digest

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self._library.brief.entries)


def _size(entry: Entry) -> int:
    try:
        return entry.path.stat().st_size
    except OSError:
        return 0


def _counting(progress: Progress | None, wanted: int, total: int) -> Progress | None:
    """What tells of all documents where the index tells of those that it lacks of the wanted ones."""
    return (lambda done, lacked: progress(wanted - lacked + done, total)) if progress else None


def _sources(documents: Iterable[Document], library: Library) -> list[Source]:
    """Documents as the index needs them; it asks the library for their texts, and holds none itself."""
    from brief_tui.search.source import Source

    return [
        replace(Source.of(document), load=partial(library.document, document.id)) for document in documents
    ]


def _source_so_far(library: Library, entry: Entry, held: DocumentState) -> Source:
    """A document as the index holds it, whether it was read here or not."""
    from brief_tui.search.source import Source

    load = partial(library.document, entry.id)
    known = entry.metadata
    return Source(entry.id, held.digest, known.title, held.language, load, entry.name, known.source)
