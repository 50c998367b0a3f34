"""The full-text index of a brief: opened, built, updated, recovered, searched.

An `Index` is a snapshot: it never changes, lives in memory and may be searched by several threads at once.
What lies in the cache folder is a copy of it, to open faster the next time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import cached_property, partial
from pathlib import Path

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.corpus.schema import Scope
from brief_tui.search import cues
from brief_tui.search import query as q
from brief_tui.search.aliases import Aliases, widen
from brief_tui.search.build import Built
from brief_tui.search.cache import grow
from brief_tui.search.fallback import any_of, asks_for_boilerplate, suggestions
from brief_tui.search.filters import Sets, passages_where
from brief_tui.search.matching import Context, Matcher, compile_query, holds, passages_of, spans_of
from brief_tui.search.notices import left_out, unstemmed
from brief_tui.search.ranking import DEFAULT, Weights, in_order, scores
from brief_tui.search.render import render
from brief_tui.search.results import Hit, Occurrence, Results
from brief_tui.search.source import Source
from brief_tui.search.unfinished import completed

__all__ = ["Aliases", "Hit", "Index", "Occurrence", "Results", "Sets", "Source"]


class Index:
    """The passages of a brief, ready to be searched.

    Attributes:
        notices: what happened when it was opened that the reader should know, one sentence each.
        sources: the documents by id, in reading order.
        complete: whether it holds all documents; false while it grows and after it was cancelled.
    """

    def __init__(
        self, built: Built, sources: Sequence[Source], notices: Iterable[str] = (), *, complete: bool = True
    ) -> None:
        self._built = built
        self._reader = built.reader
        self.sources = {source.doc: source for source in sources}
        self._order = {source.doc: at for at, source in enumerate(sources)}
        self._texts: dict[str, str] = {}
        self.notices = tuple(dict.fromkeys(notices))
        self.complete = complete

    @classmethod
    def open(
        cls,
        folder: Path | None,
        sources: Sequence[Source],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Index:
        """The index of a brief: read from the cache, updated or built, as needed.

        Args:
            folder: the brief's folder in the cache; None keeps the index in memory only.
            sources: the documents, in reading order.
            progress: told how many documents of how many were indexed.
            cancelled: asked between documents whether to stop.

        Returns:
            The index; `notices` says what was wrong with the cache. It never fails because of the cache.
        """
        grown = cls.grow(folder, sources, progress=progress, cancelled=cancelled)
        return deque(grown, maxlen=1).pop()  # it yields at least once

    @classmethod
    def grow(
        cls,
        folder: Path | None,
        sources: Sequence[Source],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[Index]:
        """As `open`, yielding an index each time that more documents can be searched."""
        for built, notices, complete in grow(folder, sources, progress=progress, cancelled=cancelled):
            yield cls(built, sources, notices, complete=complete)

    @property
    def size(self) -> int:
        """How many passages it holds."""
        return len(self._reader.live)

    def search(
        self,
        query: q.Query | str,
        *,
        limit: int | None = 20,
        sets: Sets | None = None,
        aliases: Aliases | None = None,
        spans: bool = True,
        weights: Weights = DEFAULT,
    ) -> Results:
        """The passages that match a query, best first.

        Several words that no passage holds together are searched for any of them, with a notice.

        Args:
            query: a query, or its text.
            limit: how many hits; all of them if None.
            sets: the passages that theme:, topic:, tag: and note: stand for, by field and value.
            aliases: names of one thing; none are used if None.
            spans: whether hits carry what matched.
            weights: parameters of the ranking.

        Raises:
            QueryError: `query` is text that does not parse.
        """
        tree = asked = q.parse(query) if isinstance(query, str) else query
        find = partial(self._find, sets=sets, aliases=aliases)
        searched, found, context = find(tree)
        notices = list(unstemmed(tree, self._languages))
        meant = ""
        if not found:
            if (wider := any_of(tree)) is not None:
                tree = wider
                searched, found, context = find(tree)
            some = bool(found)
            if some:
                notices.append("No passage holds all of these words; these hold some of them.")
            tried = suggestions(asked, self._reader) if self.complete else ()
            better = (other for other in tried if find(other if some else any_of(other) or other)[1])
            meant = next(map(render, better), "")
        if not found:
            return Results(notices=(*notices, *left_out(context.cut)), suggestion=meant, query=tree)
        ranked = scores(searched, found, context, weights)
        best = in_order(ranked, self._place, limit)
        marks = self._marks(searched, best, context) if spans else {}
        keys = [key for at in found if (key := self._reader.keys[at]) is not None]
        counts = Counter(doc for doc, _ in keys)
        return Results(
            hits=tuple(
                Hit(*key, ranked[at], marks.get(at, ())) for at in best if (key := self._reader.keys[at])
            ),
            total=len(keys),
            counts={doc: counts[doc] for doc in self._order if doc in counts},
            keys=frozenset(keys),
            notices=(*notices, *left_out(context.cut)),
            suggestion=meant,
            query=tree,
        )

    def occurrences(
        self,
        query: q.Query,
        *,
        scope: Scope = "sentence",
        aliases: Aliases | None = None,
        docs: Collection[str] | None = None,
    ) -> dict[PassageKey, tuple[Occurrence, ...]]:
        """Where a cue matches, one occurrence a sentence; boilerplate is left out.

        Args:
            query: the cue. A lone NOT matches nothing: there is nothing to show for it.
            scope: what AND and NOT look at: the sentence, or the whole passage, whose matches may then
                lie in several sentences.
            aliases: names of one thing; none are used if None.
            docs: ids of the documents to look in; all if None.

        Returns:
            For each passage that matches, its sentences in order.
        """
        context = self._context(None, by_sentence=scope == "sentence")
        matcher = compile_query(widen(query, aliases or {}, self._reader.languages), context)
        return cues.occurrences(matcher, self._reader, docs)

    def reaches(
        self, query: q.Query, *, aliases: Aliases | None = None, docs: Collection[str] | None = None
    ) -> dict[PassageKey, list[tuple[int, int, int]]]:
        """Where a cue matches in a sentence, as `occurrences` says it, without the marks of each word.

        Several times faster, which is what tagging all of a large brief needs.

        Args:
            query: the cue.
            aliases: names of one thing; none are used if None.
            docs: ids of the documents to look in; all if None.

        Returns:
            For each passage that matches, its matches in any order, each at most a few times: the number
            of its sentence, and its span from the first word to the last.
        """
        tree = widen(query, aliases or {}, self._reader.languages)
        matcher = compile_query(tree, self._context(None, by_sentence=True))
        return cues.reaches(matcher, self._reader, docs)

    def spans(
        self,
        query: q.Query,
        keys: Iterable[PassageKey],
        *,
        aliases: Aliases | None = None,
        sets: Sets | None = None,
    ) -> dict[PassageKey, tuple[Span, ...]]:
        """What to mark in some passages; those that do not match are not in the answer."""
        context = self._context(sets)
        tree = widen(query, aliases or {}, self._reader.languages)
        passages = {at: key for key in keys if (at := self._numbers.get(key)) is not None}
        return {passages[at]: marks for at, marks in self._marks(tree, passages, context).items() if marks}

    def meant(self, tree: q.Query, *, sets: Sets | None = None, aliases: Aliases | None = None) -> q.Query:
        """The query that `search` answers, without ranking: any of the words where no passage holds all."""
        wider = any_of(tree)
        if wider is None or self._find(tree, sets, aliases)[1]:
            return tree
        return wider

    def completed(self, tree: q.Query, *, aliases: Aliases | None = None) -> q.Query:
        """A query whose last word is still being typed: where only longer words are found, they are meant."""
        known, languages = aliases or {}, self._reader.languages
        return completed(tree, self._reader, lambda word: widen(word, known, languages) != word)

    def _find(
        self, tree: q.Query, sets: Sets | None, aliases: Aliases | None
    ) -> tuple[q.Query, Set[int], Context]:
        """The tree as it was searched, the passages that match, and what they were matched with."""
        context = self._context(sets)
        searched = widen(tree, aliases or {}, self._reader.languages)
        found: Set[int] = self._reader.live.intersection(passages_of(compile_query(searched, context)))
        if not asks_for_boilerplate(tree):
            found = found - self._reader.boilerplate
        return searched, found, context

    def _context(self, sets: Sets | None, *, by_sentence: bool = False) -> Context:
        def where(asked: q.Where) -> Set[int]:
            return passages_where(asked, self._reader, self.sources.values(), self._numbers, sets or {})

        return Context(self._reader, by_sentence, where, self._text)

    def _text(self, passage: int) -> str:
        """The text that a passage's spans count; empty if the document changed since it was indexed."""
        key = self._reader.keys[passage]
        if key is None:
            return ""
        if key[0] not in self._texts:
            source = self.sources[key[0]]
            document = source.load()
            self._texts[key[0]] = document.text if document.digest == source.digest else ""
        return self._texts[key[0]]

    def _place(self, passage: int) -> tuple[int, int]:
        doc, number = self._reader.keys[passage] or ("", 0)
        return self._order.get(doc, 0), number

    def _marks(self, tree: q.Query, passages: Iterable[int], context: Context) -> dict[int, tuple[Span, ...]]:
        matcher: Matcher = compile_query(tree, context)
        found = {}
        for at in passages:
            if at in matcher.passages:
                where = matcher.at(at)
                matches = where.units.get(0, ()) if holds(where) else ()
                found[at] = tuple(Span(*span) for span in spans_of(matches))
        return found

    @cached_property
    def _numbers(self) -> dict[PassageKey, int]:
        return {key: at for at, key in enumerate(self._reader.keys) if key is not None}

    @cached_property
    def _languages(self) -> list[tuple[str, str]]:
        """Name and language of each document that it holds."""
        known = self.sources
        return [(known[d.doc].name or d.doc, d.language) for d in self._built.documents if d.doc in known]
