"""The library: a brief's documents, each read when it is first needed and kept; any thread may ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import RLock

from brief_tui.children import Cancelled
from brief_tui.corpus.loader import load, load_beginning
from brief_tui.corpus.model import Brief, Document, Entry, Passage, Span
from brief_tui.corpus.watching import Stamp, stamp
from brief_tui.errors import BriefError, SourceError

_NUMBER = re.compile(r"\d{1,15}")
"""A line or a code point; Python refuses to make a number of thousands of digits."""


class Library:
    """The documents of a brief.

    Attributes:
        brief: which they are.
        apart: whether large texts are cut in a process of their own: slower, but keys stay quick meanwhile.
    """

    def __init__(self, brief: Brief, cache: Path | None = None) -> None:
        """Read nothing yet; `cache` is the private folder where passages are kept."""
        self.brief = brief
        self._cache = cache
        self.apart = False
        self._stopped = False
        self._locks = {entry.id: RLock() for entry in brief.entries}
        self._documents: dict[str, Document | SourceError] = {}
        self._beginnings: dict[str, Document | None] = {}
        self._stamps: dict[str, Stamp | None] = {}

    def document(self, doc: str) -> Document:
        """A document by its id, read once.

        Raises:
            SourceError: it cannot be read.
            children.Cancelled: the library was stopped.
        """
        found = self._documents.get(doc)
        if found is None:
            entry = self.brief.entries[self.place_of(doc)]
            with self._locks[doc]:  # one each, so that a small document never waits for a large one
                found = self._documents.get(doc)
                if found is None:
                    found = self._documents[doc] = self._load(entry)
                    self._beginnings.pop(doc, None)
        if isinstance(found, SourceError):
            raise found
        return found

    def _load(self, entry: Entry) -> Document | SourceError:
        if self._stopped:
            raise Cancelled
        self._stamps[entry.id] = stamp(entry.path)  # first: what changes while it is read is noticed
        try:
            return load(
                entry,
                default_language=self.brief.language,
                apart=self.apart,
                cancelled=lambda: self._stopped,
                cache=self._cache,
            )
        except SourceError as error:
            return error

    def beginning(self, doc: str) -> Document | None:
        """The beginning of a document that is still to be read, where it can be told; quick at any size."""
        if doc not in self._beginnings:
            entry = self.brief.entries[self.place_of(doc)]
            self._beginnings[doc] = load_beginning(entry, default_language=self.brief.language)
        return self._beginnings[doc]

    def stop(self) -> None:
        """Read nothing more: what is being read elsewhere ends with `children.Cancelled`."""
        self._stopped = True

    def changed(self) -> tuple[str, ...]:
        """Ids of the documents whose text is another on disk than was read; those that are gone are left out.

        A file that was only touched is read once more, and then taken as it is.
        """
        found = []
        for entry in self.brief.entries:
            had, now = self._documents.get(entry.id), stamp(entry.path)
            if had is None or now is None or now == self._stamps.get(entry.id):
                continue
            if isinstance(had, Document) and self._is_still(had, entry):
                self._stamps[entry.id] = now
            else:
                found.append(entry.id)
        return tuple(found)

    def _is_still(self, had: Document, entry: Entry) -> bool:
        from brief_tui.corpus.formats import read_text

        try:
            return read_text(entry.path).text == had.text
        except SourceError:
            return False

    def renewed(self, brief: Brief) -> Library:
        """A library of the brief as it is now; documents that did not change are not read again."""
        library = Library(brief, self._cache)
        library.apart = self.apart
        for entry in brief.entries:
            had = self._documents.get(entry.id)
            known = self._stamps.get(entry.id)
            if (
                isinstance(had, Document)
                and had.entry == entry
                and brief.language == self.brief.language
                and known == stamp(entry.path)
            ):
                library._documents[entry.id], library._stamps[entry.id] = had, known
        return library

    def become(self, other: Library) -> None:
        """Hold what another library holds; takes no time."""
        self._documents, self._stamps = other._documents, other._stamps
        self._locks, self._beginnings = other._locks, other._beginnings
        self.brief = other.brief
        self.__dict__.pop("_order", None)

    def try_document(self, doc: str) -> Document | None:
        """A document by its id, or None where it cannot be read (`trouble` says why) or there is none."""
        try:
            return self.document(doc)
        except (SourceError, KeyError):
            return None

    def is_read(self, doc: str) -> bool:
        """Whether reading a document would take no time."""
        return doc in self._documents

    def if_read(self, doc: str) -> Document | None:
        """A document that was read already; None for one that was not, or cannot be."""
        found = self._documents.get(doc)
        return found if isinstance(found, Document) else None

    def short_of(self, doc: str) -> str:
        """How a document is called where there is little room; no reading is needed. Another id as it is."""
        document, at = self.if_read(doc), self._order.get(doc)
        if document is not None or at is None:
            return doc if document is None else document.short
        entry = self.brief.entries[at]
        return entry.metadata.short or entry.metadata.title or entry.name

    def trouble(self, doc: str) -> str:
        """Why a document could not be read, one sentence; empty where it could, or was not tried."""
        found = self._documents.get(doc)
        return str(found) if isinstance(found, SourceError) else ""

    def documents(self) -> Iterator[Document]:
        """Every document that can be read, in order."""
        for entry in self.brief.entries:
            document = self.try_document(entry.id)
            if document is not None:
                yield document

    def place_of(self, doc: str) -> int:
        """A document's place in the brief, from 0.

        Raises:
            KeyError: it is not in the brief.
        """
        return self._order[doc]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {entry.id: at for at, entry in enumerate(self.brief.entries)}

    def passage(self, place: str) -> Passage:
        """The passage at "DOC:LINE".

        Raises:
            BriefError: there is no such document or line.
        """
        name, colon, line = place.rpartition(":")
        if not colon or not _NUMBER.fullmatch(line):
            raise BriefError(f"{place!r} is no place; write a document and a line, such as 003:44.")
        return self.document(self.brief.entry(name).id).passage_on(int(line))

    def span_of(self, place: str) -> tuple[str, Span]:
        """The document and span at "DOC:START-END", in code points.

        Raises:
            BriefError: it is no such place.
        """
        name, colon, numbers = place.rpartition(":")
        start, dash, end = numbers.partition("-")
        if not (colon and dash and _NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
            raise BriefError(f"{place!r} is no range; write a document and code points, such as 003:120-245.")
        document = self.document(self.brief.entry(name).id)
        span = Span(int(start), int(end))
        if (
            not span.start < span.end <= len(document.text)
            or not document.text[span.start : span.end].strip()
        ):
            raise BriefError(f"{place} holds no text; {document.name} has {len(document.text)} code points.")
        return document.id, span

    def span_of_quote(self, name: str, quote: str) -> tuple[str, Span]:
        """The document and span of a quotation; line breaks and runs of blanks in it match any blanks.

        Raises:
            BriefError: the document does not hold it, or holds it more than once.
        """
        document = self.document(self.brief.entry(name).id)
        words = quote.split()
        if not words:
            raise BriefError("The quotation is empty; give the words to mark.")
        found = list(re.finditer(r"\s+".join(map(re.escape, words)), document.text))
        if len(found) != 1:
            how = "does not hold" if not found else f"holds {len(found)} times"
            raise BriefError(f"{document.name} {how} these words; quote a passage that stands there once.")
        return document.id, Span(*found[0].span())

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        """A passage's sentences, as spans of its document's text."""
        from brief_tui.corpus.sentences import sentences

        return sentences(passage, self.document(passage.doc).language)

    def sentence_of(self, passage: Passage, offset: int) -> Span:
        """The sentence of a passage that holds a code point, else its first."""
        found = self.sentences(passage) or (passage.span,)
        return next((span for span in found if span.start <= offset < span.end), found[0])

    def words_of(self, passage: Passage) -> Span:
        """A passage without its bullet's marker: what is quoted of it."""
        return Span(passage.start + passage.marker, passage.end)

    def holds(self, doc: str, digest: str) -> bool:
        """Whether a document is in the brief with the text of a digest, as far as it was read."""
        found = self._documents.get(doc)
        return doc in self._order and (not isinstance(found, Document) or found.digest == digest)
