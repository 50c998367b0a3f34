"""Cues to theme tags with evidence.

Headings are tagged like prose, since they give their section its context (`requires`) and are coloured
with it; whoever counts or walks tags keeps to `corpus.model.PROSE`. Captions and boilerplate carry none.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from brief_tui.corpus.model import HEADINGS, PROSE, Document, Passage, PassageKey, Span
from brief_tui.themes import evidence
from brief_tui.themes.codebook import Code, Codebook, Cue, check, parsed
from brief_tui.themes.tags import THRESHOLD, CueMatch, ThemeTag

if TYPE_CHECKING:
    from brief_tui.corpus.schema import Scope
    from brief_tui.search.index import Aliases, Index
    from brief_tui.search.query import Query

TAGGED = PROSE | HEADINGS
"""Kinds of passages that can carry a theme."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the cues say of a brief: tags by document, passage and the codebook's order of codes."""

    themes: tuple[ThemeTag, ...] = ()
    topics: tuple[ThemeTag, ...] = ()

    def topic_counts(self) -> dict[PassageKey, dict[str, int]]:
        """The topics of each passage, and how many places speak of each: plain data for `search`."""
        counts: dict[PassageKey, dict[str, int]] = {}
        for tag in self.topics:
            counts.setdefault(tag.key, {})[tag.theme] = len(tag.evidence)
        return counts


def tag(
    codebook: Codebook,
    index: Index,
    documents: Sequence[Document],
    *,
    only: Collection[str] | None = None,
) -> Tagging:
    """Tag every passage of a brief.

    Args:
        codebook: the codes.
        index: an index that holds these documents.
        documents: those to tag, in reading order.
        only: ids of the codes whose tags are wanted; all if None.

    Raises:
        ManifestError: a cue does not parse, or requires what does not exist.
    """
    check(codebook)
    with _collector_paused():
        found = _found(codebook, index, documents, only)
        order = [p.key for document in documents for p in document.passages]
        return Tagging(_ordered(codebook.themes, found, order), _ordered(codebook.topics, found, order))


def _found(
    codebook: Codebook,
    index: Index,
    documents: Sequence[Document],
    only: Collection[str] | None,
) -> dict[str, dict[PassageKey, ThemeTag]]:
    """The tags of each code that is wanted, by passage."""
    passages = {p.key: p for document in documents for p in document.passages if p.kind in TAGGED}
    languages = {document.id: document.language for document in documents}
    ground = _Ground(index, codebook.aliases, passages, languages.keys())
    headings = _Headings(documents)
    found: dict[str, dict[PassageKey, ThemeTag]] = {}
    codes = list(codebook.in_order()) if only is None else _with_required(codebook, only)
    for code in codes:
        matches: dict[PassageKey, list[CueMatch]] = {}
        for cue in code.cues:
            allowed = headings.allowed(passages, found, cue.requires) if cue.requires else passages
            for key, spans in _spans(ground, cue, allowed).items():
                matches.setdefault(key, []).append(CueMatch(cue.q, cue.weight, spans))
        found[code.id] = _tags(code, matches, passages, languages)
    return found if only is None else {code_id: found[code_id] for code_id in only}


def _with_required(codebook: Codebook, wanted: Iterable[str]) -> list[Code]:
    """Some codes and those that their cues require, what is required first."""
    codes, needed = list(codebook.in_order()), set(wanted)
    for code in reversed(codes):
        if code.id in needed:
            needed.update(each for cue in code.cues for each in cue.requires)
    return [code for code in codes if code.id in needed]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without cyclic garbage collection.

    Tagging makes many small objects and no cycles, so collections only walk all of the index again and
    again: a third of the time for 20,000 passages.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def preview(
    cue: Cue, index: Index, documents: Sequence[Document], *, aliases: Aliases | None = None
) -> dict[PassageKey, tuple[Span, ...]]:
    """The passages that a cue alone would match, with where; `requires` is not asked.

    Raises:
        QueryError: the cue does not parse.
    """
    passages = {p.key: p for document in documents for p in document.passages if p.kind in PROSE}
    docs = {document.id for document in documents}
    ground = _Ground(index, aliases or {}, passages, docs)
    return _spans(ground, cue, passages)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where cues are looked for: the passages that can be tagged, by key, and their index."""

    index: Index
    aliases: Aliases
    passages: Mapping[PassageKey, Passage]
    docs: Collection[str]


def _spans(ground: _Ground, cue: Cue, allowed: Collection[PassageKey]) -> dict[PassageKey, tuple[Span, ...]]:
    """Where a cue matches: one span an occurrence, from its first matched word to its last."""
    from brief_tui.search.query import And

    query = parsed(cue.q)
    against = _matches(ground, parsed(cue.unless)) if cue.unless else {}
    # The parts of an AND are one occurrence, underlined from the first to the last.
    whole = cue.scope == "passage" or isinstance(query, And)
    matches = _wholes(ground, query, cue.scope) if whole else _matches(ground, query)
    found: dict[PassageKey, tuple[Span, ...]] = {}
    for key, places in matches.items():
        if key not in allowed or key not in ground.passages:
            continue
        kept = evidence.left(places, against[key], ground.passages[key].source) if key in against else places
        if kept:
            found[key] = evidence.shortest((start, end) for _, start, end in kept)
    return found


def _matches(ground: _Ground, query: Query) -> dict[PassageKey, list[evidence.Place]]:
    return ground.index.reaches(query, aliases=ground.aliases, docs=ground.docs)


def _wholes(ground: _Ground, query: Query, scope: Scope) -> dict[PassageKey, list[evidence.Place]]:
    from brief_tui.search.query import And

    found = ground.index.occurrences(query, scope=scope, aliases=ground.aliases, docs=ground.docs)
    if isinstance(query, And):
        return {
            key: [(o.sentence, o.spans[0].start, o.spans[-1].end) for o in places]
            for key, places in found.items()
        }
    return {
        key: [(o.sentence, *match) for o in places for match in o.matches] for key, places in found.items()
    }


def _tags(
    code: Code,
    matches: Mapping[PassageKey, list[CueMatch]],
    passages: Mapping[PassageKey, Passage],
    languages: Mapping[str, str],
) -> dict[PassageKey, ThemeTag]:
    tags: dict[PassageKey, ThemeTag] = {}
    for key, hits in matches.items():
        score = min(1.0, sum(hit.weight for hit in hits))
        if score >= THRESHOLD - 1e-9:
            spans = hits[0].spans
            if len(hits) > 1:
                hits.sort(key=lambda hit: -hit.weight)
                spans = evidence.outermost(span for hit in hits for span in hit.spans)
            spans = evidence.legible(spans, passages[key], languages[key[0]])
            tags[key] = ThemeTag(code.id, *key, score, evidence=spans, matches=tuple(hits))
    return tags


def _ordered(
    codes: Iterable[Code], found: Mapping[str, Mapping[PassageKey, ThemeTag]], order: Sequence[PassageKey]
) -> tuple[ThemeTag, ...]:
    tables = [found[code.id] for code in codes if code.id in found]
    return tuple(table[key] for key in order for table in tables if key in table)


@dataclass(frozen=True, slots=True)
class _Headings:
    """The headings above each passage."""

    documents: Sequence[Document]
    above: dict[PassageKey, tuple[PassageKey, ...]] = field(default_factory=dict)

    def allowed(
        self,
        passages: Mapping[PassageKey, Passage],
        found: Mapping[str, Mapping[PassageKey, ThemeTag]],
        wanted: Iterable[str],
    ) -> set[PassageKey]:
        """The passages in which, or in whose section, all wanted codes hold."""
        if not self.above:
            for document in self.documents:
                for p in document.passages:
                    self.above[p.key] = tuple(heading.key for heading in document.section(p))
        tables = [found[code_id] for code_id in wanted]
        return {
            key
            for key in passages
            if all(key in table or any(above in table for above in self.above[key]) for table in tables)
        }
