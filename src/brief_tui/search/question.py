"""A question to one index: a query with its facets, whose marks can be had before it is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.search import query as q
from brief_tui.search.aliases import Aliases
from brief_tui.search.facets import Facets
from brief_tui.search.filters import Sets
from brief_tui.search.index import Index
from brief_tui.search.results import Results


def narrowed(tree: q.Query, facets: Facets) -> q.Query:
    """A query's tree with its facets."""
    wheres = [q.Where("theme", theme) for theme in facets.themes]
    if facets.doc:
        wheres.append(q.Where("doc", facets.doc.replace('"', "*")))  # a quotation mark would end the value
    if not wheres or isinstance(tree, q.Nothing):
        return tree
    if isinstance(tree, q.And) and tree.boost == 1.0:
        return replace(tree, parts=(*tree.parts, *wheres))
    return q.And((tree, *wheres))


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is asked of an index.

    Attributes:
        index: the index.
        tree: the query with its facets.
        sets: the passages that its theme:, topic:, tag: and note: stand for.
        aliases: names of one thing; empty where each means itself only.
    """

    index: Index
    tree: q.Query
    sets: Sets
    aliases: Aliases

    @property
    def is_partial(self) -> bool:
        """Whether the index does not hold all documents yet."""
        return not self.index.complete

    def marks(self, keys: Iterable[PassageKey]) -> Mapping[PassageKey, tuple[Span, ...]]:
        """What to mark in some passages; nothing is ranked for it, so it takes little time at any size.

        Where no passage of the brief holds all words, any of them are marked, as `results` finds them.
        """
        keys = tuple(keys)
        found = self.index.spans(self.tree, keys, sets=self.sets, aliases=self.aliases)
        if not found:
            meant = self.index.meant(self.tree, sets=self.sets, aliases=self.aliases)
            if meant is not self.tree:
                found = self.index.spans(meant, keys, sets=self.sets, aliases=self.aliases)
        return found

    def results(self, limit: int | None, *, spans: bool = True) -> Results:
        """The passages that match, best first; `spans` is whether hits carry what matched."""
        return self.index.search(self.tree, limit=limit, sets=self.sets, aliases=self.aliases, spans=spans)
