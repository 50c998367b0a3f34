"""Searching: queries asked of a brief's index, with what only the brief knows: themes, tags, aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from brief_tui.coding import Coding
from brief_tui.corpus.library import Library
from brief_tui.corpus.model import Document, PassageKey, Span
from brief_tui.errors import BriefError
from brief_tui.indexing import Indexing
from brief_tui.marks import Marks

if TYPE_CHECKING:
    from brief_tui.search.facets import Facets
    from brief_tui.search.index import Index, Results
    from brief_tui.search.question import Question


class Searching:
    """Full-text search in one brief."""

    def __init__(
        self,
        library: Library,
        coding: Coding,
        marks: Marks,
        indexing: Indexing,
        *,
        opened: Callable[[], Index | None],
        index: Callable[[], Index],
    ) -> None:
        """Bring together what a query may speak of; nothing is opened yet.

        Args:
            library: the documents.
            coding: themes, topics and aliases.
            marks: the reader's tags and notes.
            indexing: the index as far as it is built.
            opened: the whole index, where it is open; else None.
            index: opens it, and waits for it.
        """
        self._library = library
        self._coding = coding
        self._marks = marks
        self._indexing = indexing
        self._opened = opened
        self._index = index

    def results(
        self,
        query: str,
        *,
        limit: int | None = 20,
        aliases: bool = False,
        any_word: bool = False,
    ) -> Results:
        """Passages that match a query, best first.

        Args:
            query: in the query language.
            limit: hits at most; None for all.
            aliases: whether names of one thing count as one word.
            any_word: take the query for a text without operators, any of whose words will do.

        Raises:
            QueryError: it does not parse.
        """
        if any_word:
            from brief_tui.search.query import any_word as any_of

            known = self._aliases if aliases else {}
            return self._index().search(any_of(query), limit=limit, aliases=known)
        return self.question(query, aliases=aliases).results(limit)

    def question(
        self,
        query: str,
        *,
        lenient: bool = False,
        aliases: bool = False,
        facets: Facets | None = None,
        so_far: bool = False,
    ) -> Question:
        """A query to ask in steps: marks of some passages first, results later. As `results`.

        Args:
            query: in the query language.
            lenient: take a query that does not parse (half typed) for its words, and a last word of which
                only longer ones are found for these.
            aliases: whether names of one thing count as one word.
            facets: what it is narrowed to.
            so_far: ask an index that is still being built for what it has; else wait for it. Themes, topics
                and tags are waited for in either case.

        Raises:
            QueryError: it does not parse.
        """
        from brief_tui.search.facets import Facets
        from brief_tui.search.query import parse, references
        from brief_tui.search.question import Question, narrowed
        from brief_tui.search.unfinished import ends_in_word

        tree, facets = parse(query, lenient=lenient), facets or Facets()
        known = self._aliases if aliases else {}
        sets = self._sets() if references(narrowed(tree, facets)) else {}
        index = self._opened() or (self._indexing.so_far() if so_far and not sets else None) or self._index()
        if lenient and ends_in_word(query):
            tree = index.completed(tree, aliases=known)
        return Question(index, narrowed(tree, facets), sets, known)

    def taken(self, query: str, facets: Facets, *, aliases: bool = False) -> str:
        """The text of a query that finds what is shown while it is typed, wherever it is asked again.

        Args:
            query: as it was typed.
            facets: what it is narrowed to.
            aliases: whether names of one thing count as one word.

        Raises:
            QueryError: it does not parse.
        """
        from brief_tui.search.query import parse
        from brief_tui.search.render import render

        tree = parse(query)
        shown = self.question(query, lenient=True, aliases=aliases, facets=facets, so_far=True).tree
        return query.strip() if shown == tree else render(shown)

    def glimpse(
        self,
        query: str,
        documents: Mapping[str, Document],
        keys: Sequence[PassageKey],
        *,
        aliases: bool = False,
    ) -> Mapping[PassageKey, tuple[Span, ...]]:
        """What a query marks in a few passages, whatever is indexed; themes, topics and tags do not count.

        Args:
            query: in the query language; one that does not parse is taken for its words.
            documents: those that the passages stand in, by id.
            keys: the passages.
            aliases: whether names of one thing count as one word.
        """
        from brief_tui.search.query import parse

        known = self._aliases if aliases else {}
        return self._indexing.glimpse(documents, keys).spans(parse(query, lenient=True), keys, aliases=known)

    @property
    def _aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Names of one thing, as brief.toml was last read."""
        return self._coding.codebook.aliases

    def remember(self, query: str) -> None:
        """Put a query first in the history; a store that refuses is no reason to stop searching."""
        with suppress(BriefError):
            self._marks.store.reading.add_search(query)

    def _sets(self) -> dict[tuple[str, str], set[PassageKey]]:
        """What `theme:`, `topic:`, `tag:` and `note:` (by its words) stand for."""
        codebook = self._coding.codebook
        found: dict[tuple[str, str], set[PassageKey]] = defaultdict(set)
        found |= {("theme", code.id): set() for code in codebook.themes}
        found |= {("topic", code.id): set() for code in codebook.topics}
        for field, tags in (("theme", self._coding.tags()), ("topic", self._coding.tagging().topics)):
            for tag in tags:
                found[field, tag.theme].add(tag.key)
        for highlight in self._marks.placed_highlights():
            document = self._library.try_document(highlight.doc)
            keys = {p.key for p in document.passages_in(highlight.span)} if document else set()
            for name in highlight.tags:
                found["tag", name] |= keys
            for word in re.findall(r"\w+", highlight.note):
                found["note", word] |= keys
        return found
