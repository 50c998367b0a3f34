"""What the index keeps in Whoosh, and how it is read back.

Three fields of words (`text`, `section`, `title`) keep each word's surface form with, for every
occurrence, its position and the span of its characters as three 32-bit numbers. A sentence begins at the next
multiple of 1,000 positions, so that nothing that is matched by position crosses sentences. The others name
a passage's document and kind.
"""

from __future__ import annotations

import struct
import sys
import threading
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from whoosh import fields, formats
from whoosh.reading import TermNotFound

from brief_tui.corpus.model import HEADINGS, Document, Passage, Span
from brief_tui.search.analysis import scan
from brief_tui.search.codec import ArrayMatcher

VERSION = 4
"""Raise it when the schema or the encoding of postings changes."""

STRIDE = 1000
"""Positions from the beginning of one sentence to that of the next."""

LEXICONS = "words"
"""Field that keeps the words of the others in one posting each: Whoosh's own list is slow to read."""

BETWEEN = b"\0"
"""What parts the words of that list: no word holds it, nor a file's name, which may hold a line break."""

SIZE = 12
"""Bytes of one occurrence."""

Entry = tuple[bytes, int, float, bytes]

_three = struct.Struct("=III")
occurrences = _three.iter_unpack
"""Bytes of a posting -> (position, start, end) of each occurrence."""


class Spans(formats.Format):
    """Whoosh's name for how a posting's bytes are read: positions and characters."""

    posting_size = -1

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Iterator[Entry]:  # noqa: ARG002
        """The entries themselves: words are cut by `entries`, not by a Whoosh analyzer."""
        return iter(value)

    def supports(self, name: str) -> bool:
        """Whether a posting can be read as `name`."""
        return name in {"frequency", "positions", "characters"}

    def decode_frequency(self, value: bytes) -> int:
        """How often the word occurs."""
        return len(value) // SIZE

    def decode_positions(self, value: bytes) -> list[int]:
        """Its positions."""
        return [at for at, _, _ in occurrences(value)]

    def decode_characters(self, value: bytes) -> list[tuple[int, int, int]]:
        """Its positions with their spans."""
        return [(at, start, end) for at, start, end in occurrences(value)]


class Words(fields.FieldType):
    """A field whose values are lists of `Entry`."""

    def __init__(self) -> None:
        self.format = Spans()
        self.analyzer = None
        self.scorable = False  # `doc` keeps the lengths exactly
        self.stored = False
        self.indexed = True
        self.unique = False
        self.vector = None
        self.column_type = None

    def index(self, value: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """The entries as they are."""
        return value


def schema() -> Any:
    """The fields of a passage."""
    return fields.Schema(
        text=Words(),
        section=Words(),
        title=Words(),
        cuts=Words(),
        doc=Words(),
        kind=fields.ID(),
        words=Words(),
    )


def numbers(value: bytes) -> tuple[int, ...]:
    """What `doc` (a passage's number, its words, those above it and in the title) and `cuts` keep."""
    return tuple(memoryview(value).cast("I"))


def numbered(word: str, *kept: int) -> list[Entry]:
    """The entry of a field that keeps numbers."""
    return [(word.encode("utf-8", "surrogatepass"), 1, 1.0, array("I", kept).tobytes())]


class Made(NamedTuple):
    """The words of a text as the index keeps them.

    Attributes:
        entries: one a word.
        words: how many the text has.
        cuts: those blocks of 1,000 positions that go on with the sentence before (sentences of 999 words
            and more).
    """

    entries: list[Entry]
    words: int
    cuts: tuple[int, ...]


def entries(text: str, sentences: Sequence[Span]) -> Made:
    """The words of some sentences as the index keeps them.

    Args:
        text: what the spans count.
        sentences: spans of the sentences, in order.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    cuts: list[int] = []
    one, some = _three.pack, _packed
    block = -1
    for start, end in sentences:
        block += 1
        at = block * STRIDE - 1
        last = at + STRIDE - 1
        for surface, first, after, step in scan(text, start, end):
            at += step
            if at > last:
                block += 1
                cuts.append(block)
                at = block * STRIDE
                last = at + STRIDE - 2
            found[surface] += (at, first, after)
    made = [
        (word.encode("utf-8", "surrogatepass"), 1, 1.0, one(*where) if len(where) == 3 else some(where))
        for word, where in found.items()
    ]
    return Made(made, sum(map(len, found.values())) // 3, tuple(cuts))


def passage_fields(document: Document, passage: Passage, sentences: Sequence[Span]) -> dict[str, Any]:
    """What `add_document` gets for one passage."""
    text = entries(document.text, sentences or (passage.span,))
    above = [document.text[p.start : p.end] for p in document.section(passage)]
    if passage.kind in HEADINGS:
        above.append(passage.text)
    section = _joined(tuple(above))
    title = _joined((document.title,))
    row: dict[str, Any] = {
        "doc": numbered(document.id, passage.number, text.words, section.words, title.words),
        "kind": str(passage.kind),
        "text": text.entries,
        "section": section.entries,
        "title": title.entries,
    }
    if text.cuts:
        row["cuts"] = numbered("cuts", *text.cuts)
    return {name: value for name, value in row.items() if value}


def _packed(where: list[int]) -> bytes:
    return array("I", where).tobytes()


@lru_cache(maxsize=64)
def _joined(lines: tuple[str, ...]) -> Made:
    """Several lines as the sentences of one text."""
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return entries(text, spans)


class Segment:
    """One segment of the Whoosh index: read behind a lock, since its files have one position each."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._lexicons: dict[str, tuple[str, ...]] = {}
        self.size: int = reader.doc_count_all()

    def lexicon(self, field: str) -> tuple[str, ...]:
        """All words of a field, in order."""
        if field not in self._lexicons:
            listed = self.postings(LEXICONS, field)
            with self._lock:
                if listed:
                    words = listed[0][1].split(BETWEEN)
                elif field in self._reader.indexed_field_names():
                    words = self._reader.lexicon(field)  # the list went with the first passage
                else:
                    words = []
                self._lexicons[field] = tuple(bytes(w).decode("utf-8", "surrogatepass") for w in words)
        return self._lexicons[field]

    def postings(self, field: str, word: str) -> list[tuple[int, bytes]]:
        """Passages of the segment with a word: their numbers in it, and the bytes of their occurrences."""
        with self._lock:
            try:
                matcher = self._reader.postings(field, word.encode("utf-8", "surrogatepass"))
            except TermNotFound:
                return []
            if isinstance(matcher, ArrayMatcher):
                return matcher.pairs
            found = []  # passages were deleted: Whoosh filters them
            id_, value, next_ = matcher.id, matcher.value, matcher.next
            while matcher.is_active():
                found.append((id_(), value()))
                next_()
            return found

    def ids(self, field: str, word: str) -> list[int]:
        """Passages of the segment with a word."""
        with self._lock:
            try:
                return list(self._reader.postings(field, word.encode("utf-8", "surrogatepass")).all_ids())
            except TermNotFound:
                return []


FINGERPRINT = f"{VERSION}-{sys.byteorder}"
