"""The passages of doc:, source:, kind: and of the sets theme:, topic:, tag: and note:."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from fnmatch import translate

from brief_tui.corpus.model import PassageKey
from brief_tui.search import query as q
from brief_tui.search.analysis import fold
from brief_tui.search.reader import Reader
from brief_tui.search.source import Source

Sets = Mapping[tuple[str, str], Collection[PassageKey]]
"""The passages that a field and value stand for: {("theme", "asymmetry"): {("a.txt", 3), …}}."""


def passages_where(
    asked: q.Where,
    reader: Reader,
    sources: Iterable[Source],
    numbers: Mapping[PassageKey, int],
    sets: Sets,
) -> Set[int]:
    """The passages that a filter lets through.

    Args:
        asked: the filter. doc: takes the beginning of an id or name; source: any part of an author's or
            publisher's name; of a set its name, or where none is so a beginning of it. Names and doc: may
            have * in them. Case, diacritics and underscores do not count.
        reader: the index.
        sources: the documents.
        numbers: each passage's number in the reader.
        sets: passages by field and value.
    """
    value = fold(asked.value)
    if asked.field == "kind":
        return frozenset(reader.ids("kind", value))
    if asked.field == "doc":
        names = _pattern(value + ("" if "*" in value else "*"))
        docs = [s.doc for s in sources if names(fold(s.doc)) or names(fold(s.name))]
        return _of_documents(docs, reader)
    if asked.field == "source":
        part = value.strip("*")
        return _of_documents([s.doc for s in sources if part and part in fold(s.publisher)], reader)
    named = [(_spaced(of), keys) for (field, of), keys in sets.items() if field == asked.field]
    for wanted in (_pattern(_spaced(value)), _pattern(_spaced(value) + "*")):
        if found := [keys for name, keys in named if wanted(name)]:
            return frozenset(numbers[key] for keys in found for key in keys if key in numbers)
    return frozenset()


def _spaced(name: str) -> str:
    return fold(name).replace("_", " ")


def _of_documents(docs: Iterable[str], reader: Reader) -> Set[int]:
    return frozenset(at for doc in docs for at in reader.postings("doc", doc))


def _pattern(text: str) -> Callable[[str], object]:
    escaped = text.replace("[", "[[]").replace("?", "[?]")
    return re.compile(translate(escaped)).match
