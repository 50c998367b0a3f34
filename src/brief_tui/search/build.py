"""Writing the index with Whoosh: in memory, in batches, only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from brief_tui import __version__
from brief_tui.corpus.model import Document, Passage
from brief_tui.corpus.sentences import sentences
from brief_tui.errors import BriefError
from brief_tui.search import analysis, postings
from brief_tui.search.codec import ArrayCodec
from brief_tui.search.reader import Reader, segments_of
from brief_tui.search.source import Source
from brief_tui.search.store import Content, DocumentState

FIRST_BATCH = 200_000
"""Code points after which the first documents can be searched; each batch is twice the one before …"""

LARGEST_BATCH = 1_500_000
"""… up to this, which bounds the memory of a writer."""

MANY_SEGMENTS = 10
"""Segments from which small ones are merged: each costs a look-up for every word of a query."""

SMALL_SEGMENT = 2_000
"""Passages of a segment that is merged."""


@dataclass(frozen=True, slots=True)
class Built:
    """An index in memory.

    Attributes:
        files: every file of the Whoosh index.
        documents: what it holds.
        reader: open on it.
        notices: documents that could not be read.
    """

    files: Mapping[str, Content]
    documents: tuple[DocumentState, ...]
    reader: Reader
    notices: tuple[str, ...] = ()


def stamp() -> str:
    """What an index on disk must have been made by to be read."""
    import whoosh

    return f"{__version__}/{analysis.VERSION}/{postings.FINGERPRINT}/{'.'.join(map(str, whoosh.__version__))}"


def which_whoosh() -> str:
    """A sentence if the folder `whoosh` is not the package that is tested with, else nothing.

    Three packages install that folder, and the last one installed wins.
    """
    import whoosh

    if whoosh.__version__[0] >= 3:
        return ""
    found = ".".join(map(str, whoosh.__version__))
    return f"Whoosh {found} is installed in place of whoosh3: pip install --force-reinstall whoosh3 mends it."


def fingerprint(source: Source) -> str:
    """What the index takes from a document beside its text."""
    return blake2b(f"{source.title}\0{source.language}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def empty() -> Built:
    """An index of nothing."""
    storage = _storage({})
    storage.create_index(postings.schema())
    return _opened(storage, ())


def open_files(files: Mapping[str, Content], documents: Sequence[DocumentState]) -> Built:
    """An index from its files, which must have been verified.

    Raises:
        Exception: whatever Whoosh makes of files that it did not write.
    """
    built = _opened(_storage(files), documents)
    found = sum(key is not None for key in built.reader.keys)
    if found != sum(document.count for document in documents):
        raise ValueError("the index does not hold what its manifest says")
    return built


def outdated(
    documents: Sequence[DocumentState], sources: Sequence[Source]
) -> tuple[list[Source], list[DocumentState]]:
    """The documents to index, and those to take out of an index that holds some."""
    held = {document.doc: document for document in documents}
    wanted = {source.doc: source for source in sources}
    fresh = [s for s in sources if not _same(s, held.get(s.doc))]
    gone = [d for d in documents if not (s := wanted.get(d.doc)) or not _same(s, d)]
    return fresh, gone


def update(
    built: Built,
    sources: Sequence[Source],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Built]:
    """Bring an index up to date with its documents.

    Args:
        built: the index; it stays as it is.
        sources: the documents that it is to hold.
        progress: told how many documents of how many are done.
        cancelled: asked between documents; what is done by then is kept.

    Yields:
        The index after each batch; the last one holds all, unless it was cancelled.
    """
    fresh, gone = outdated(built.documents, sources)
    kept = {d.doc: d for d in built.documents if d not in gone}
    # Of a document that is fresh, passages may be there: from a build that was ended in the middle of it.
    replaced = {d.doc for d in gone} | {s.doc for s in fresh}
    writing = _Writing(built, sorted(at for doc in replaced for at in built.reader.postings("doc", doc)))
    notices: list[str] = []
    for done, source in enumerate(fresh, 1):
        try:
            document = source.load()
        except BriefError as error:
            notices.append(str(error))
            continue
        numbers = range(len(document.passages)) if source.only is None else source.only
        for passage in (document.passages[number] for number in numbers):
            if writing.add(document, passage, source.language):
                writing.commit()
                if cancelled and cancelled():
                    return
                yield writing.built(sources, kept, notices)
        kept[source.doc] = DocumentState(
            source.doc, document.digest, fingerprint(source), source.language, len(numbers)
        )
        if progress:
            progress(done, len(fresh))
        if cancelled and cancelled():
            break
    writing.commit()
    yield writing.built(sources, kept, notices)


class _Writing:
    """A Whoosh writer that is committed in batches, each twice as large as the one before."""

    def __init__(self, built: Built, removed: Sequence[int]) -> None:
        self._storage = _storage(built.files)
        self._writer: Any = self._begin()
        for number in removed:
            self._writer.delete_document(number)
        self._budget = FIRST_BATCH
        self._size = 0

    def add(self, document: Document, passage: Passage, language: str) -> bool:
        """Add a passage; whether it is time to commit."""
        if self._writer is None:
            self._writer = self._begin()
        row = postings.passage_fields(document, passage, sentences(passage, language))
        self._writer.add_document(**row)
        self._size += passage.end - passage.start
        return self._size >= self._budget

    def commit(self) -> None:
        """Write what was added."""
        if self._writer is not None:
            self._writer.commit(mergetype=_merge_small)
        self._writer = None
        self._size = 0
        self._budget = min(self._budget * 2, LARGEST_BATCH)

    def built(
        self, sources: Sequence[Source], kept: Mapping[str, DocumentState], notices: Sequence[str]
    ) -> Built:
        """The index as it was last committed, with the documents that are wholly in it."""
        order = tuple(kept[s.doc] for s in sources if s.doc in kept)
        return _opened(_storage(self._storage.files), order, tuple(notices))

    def _begin(self) -> Any:
        codec = ArrayCodec()  # type: ignore[no-untyped-call]
        writer: Any = SegmentWriter(self._storage.open_index(), codec=codec, compound=False)  # type: ignore[no-untyped-call]
        writer.pool = _ByWord()
        return writer


class _ByWord:
    """Where a writer gathers postings. Whoosh's pool sorts each of them; this one only the words.

    Passages come in ascending order, so those of a word are in order already. After all fields comes the
    one that lists their words, which no other field's name may follow.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, list[tuple[int, bytes]]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, passage, _, value = item
        if field == postings.LEXICONS:
            return  # of a segment that is merged: made anew below
        words = self._fields.setdefault(field, {})
        found = words.get(word)
        if found is None:
            words[word] = [(passage, value)]
        else:
            found.append((passage, value))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for field, words in sorted(self._fields.items()):
            for word in sorted(words):
                for passage, value in words[word]:
                    yield field, word, passage, 1.0, value
        for field, words in sorted(self._fields.items()):
            yield postings.LEXICONS, field.encode(), 0, 1.0, postings.BETWEEN.join(sorted(words))

    def cleanup(self) -> None:
        self._fields.clear()


def _same(source: Source, state: DocumentState | None) -> bool:
    return state is not None and (source.digest, fingerprint(source)) == (state.digest, state.fingerprint)


class _File(BufferFile):
    """A file that lies in memory, or a posting list's that is mapped: those are read by place alone."""

    def __init__(self, content: Content, name: str) -> None:
        super().__init__(content if isinstance(content, bytes) else b"", name=name)  # type: ignore[no-untyped-call, unused-ignore]
        self._buf: Any = content


class _Memory(RamStorage):
    """Whoosh's storage in memory, temporary files too: Whoosh 2 shares one folder of /tmp among all."""

    def open_file(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002
        """A file to read; Whoosh's own way would copy all of it."""
        return _File(self.files[name], name=name)

    def temp_storage(self, name: str | None = None) -> _Memory:  # noqa: ARG002
        """Where a writer puts what it deletes again."""
        return _Memory()  # type: ignore[no-untyped-call]


def _storage(files: Mapping[str, Content]) -> Any:
    storage: Any = _Memory()  # type: ignore[no-untyped-call]
    storage.files.update(files)
    return storage


def _opened(storage: Any, documents: Sequence[DocumentState], notices: tuple[str, ...] = ()) -> Built:
    reader = Reader(segments_of(storage.open_index().reader()), documents)
    return Built(dict(storage.files), tuple(documents), reader, notices)


def _merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: the segments to keep; small ones go into the one being written."""
    if len(segments) < MANY_SEGMENTS:
        return segments
    kept = []
    for segment in segments:
        if segment.doc_count_all() - segment.deleted_count() >= SMALL_SEGMENT:
            kept.append(segment)
        else:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept
