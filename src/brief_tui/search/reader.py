"""The index as a whole: its segments, its passages by number, and the postings of a word in all of them."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from brief_tui.corpus.model import PassageKey
from brief_tui.search.lexicon import Lexicon, words_of
from brief_tui.search.postings import Segment, numbers
from brief_tui.search.query import Word
from brief_tui.search.store import DocumentState

LENGTHS = ("text", "section", "title")

_CACHED = 400_000  # postings that are kept decoded: some 50 MB


def add(merged: dict[int, bytes], found: Mapping[int, bytes]) -> None:
    """Put the occurrences of one more word to those of others; most passages hold one of them."""
    both = {at: merged[at] + found[at] for at in merged.keys() & found.keys()}
    merged.update(found)
    merged.update(both)


class Reader:
    """What matching and ranking ask of an open index. Passages are counted through all segments.

    Attributes:
        keys: key of each passage; None for one that was deleted.
        live: the numbers of all passages that were not.
        language: language of each passage.
    """

    def __init__(self, segments: Sequence[Segment], documents: Sequence[DocumentState]) -> None:
        self.segments = tuple(segments)
        self.languages = tuple(dict.fromkeys(document.language for document in documents))
        self._cache: OrderedDict[tuple[str, str], dict[int, bytes]] = OrderedDict()
        self._cached = 0
        self._lock = threading.Lock()
        self._lexicons: dict[str, Lexicon] = {}
        self._averages: dict[str, float] = {}
        self.keys: list[PassageKey | None] = [None] * sum(segment.size for segment in segments)
        self._lengths = {field: [0] * len(self.keys) for field in LENGTHS}
        self.language: list[str] = [""] * len(self.keys)
        self._number(documents)
        self.live = frozenset(at for at, key in enumerate(self.keys) if key is not None)

    def _number(self, documents: Sequence[DocumentState]) -> None:
        """Fill in what the index keeps of each passage of the documents."""
        known = {document.doc: document for document in documents}
        text, section, title = (self._lengths[field] for field in LENGTHS)
        offset = 0
        for segment in self.segments:
            for name in segment.lexicon("doc"):
                if name in known:
                    language = known[name].language
                    for at, value in segment.postings("doc", name):
                        number, *lengths = numbers(value)
                        self.keys[offset + at] = (name, number)
                        text[offset + at], section[offset + at], title[offset + at] = lengths
                        self.language[offset + at] = language
            offset += segment.size

    def only(self, documents: Sequence[DocumentState]) -> Reader:
        """The same index, as if it held only some of its documents."""
        return Reader(self.segments, documents)

    @cached_property
    def shares(self) -> list[float]:
        """How much a document's title says of each passage: 1/√n where n passages share it."""
        passages = Counter(key[0] for key in self.keys if key is not None)
        return [passages[key[0]] ** -0.5 if key is not None else 0.0 for key in self.keys]

    @cached_property
    def boilerplate(self) -> frozenset[int]:
        """Passages that are found only when asked for."""
        return frozenset(self.ids("kind", "boilerplate"))

    @cached_property
    def cuts(self) -> dict[int, tuple[int, ...]]:
        """Of passages with very long sentences: blocks of positions that go on with the one before."""
        return {at: numbers(value) for at, value in self.postings("cuts", "cuts").items()}

    def ids(self, field: str, word: str) -> list[int]:
        """Passages with a word, in order."""
        found, offset = [], 0
        for segment in self.segments:
            found += [offset + at for at in segment.ids(field, word)]
            offset += segment.size
        return found

    def lexicon(self, field: str) -> Lexicon:
        """The words of a field; made at the first need."""
        if field not in self._lexicons:
            words = (word for segment in self.segments for word in segment.lexicon(field))
            self._lexicons[field] = Lexicon(words, self.languages)
        return self._lexicons[field]

    def postings(self, field: str, word: str) -> dict[int, bytes]:
        """Passages with a word, and its occurrences in each; not to be changed."""
        name = (field, word)
        with self._lock:
            if name in self._cache:
                self._cache.move_to_end(name)
                return self._cache[name]
        found: dict[int, bytes] = {}
        offset = 0
        for segment in self.segments:
            kept = segment.postings(field, word)
            found.update(((offset + at, value) for at, value in kept) if offset else kept)
            offset += segment.size
        with self._lock:
            if name not in self._cache:
                self._cache[name] = found
                self._cached += len(found)
            while self._cached > _CACHED and len(self._cache) > 1:
                self._cached -= len(self._cache.popitem(last=False)[1])
        return found

    def word(self, word: Word, field: str) -> tuple[dict[int, bytes], bool]:
        """Passages that hold a query's word, by any of the index's words that it stands for.

        Returns:
            The occurrences by passage; and whether the word stands for more words than are looked up.
        """
        by_language, cut = words_of(word, self.lexicon(field))
        if len(by_language) > 1:
            same = set.intersection(*(set(words) for words in by_language.values()))
            groups: list[tuple[str | None, tuple[str, ...]]] = [(None, tuple(same))]
            groups += [
                (language, tuple(w for w in ws if w not in same)) for language, ws in by_language.items()
            ]
        else:
            groups = [(None, words) for words in by_language.values()]
        lists = [(language, self.postings(field, w)) for language, words in groups for w in words]
        if len(lists) == 1 and lists[0][0] is None:
            return lists[0][1], cut
        merged: dict[int, bytes] = {}
        for language, found in lists:
            spoken = self.language
            add(
                merged,
                found if language is None else {a: v for a, v in found.items() if spoken[a] == language},
            )
        return merged, cut

    def lengths(self, field: str) -> tuple[list[int], float]:
        """Words of a field in each passage, and their average over the passages that have any."""
        words = self._lengths[field]
        if field not in self._averages:
            some = [words[at] for at in self.live if words[at]]
            self._averages[field] = sum(some) / len(some) if some else 1.0
        return words, self._averages[field]


def segments_of(whoosh_reader: Any) -> list[Segment]:
    """The segments of an open Whoosh reader, in order."""
    return [Segment(leaf) for leaf, _ in whoosh_reader.leaf_readers()]
