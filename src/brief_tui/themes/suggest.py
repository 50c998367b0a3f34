"""Topics suggested from the texts: key phrases that several documents share; offered, never imposed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brief_tui.corpus.model import PROSE, Document, Passage, PassageKey
from brief_tui.corpus.sentences import sentences
from brief_tui.search.terms import Terms
from brief_tui.themes.codebook import Code, Cue, id_for

LONGEST = 3
"""Words of a phrase, at most."""

SHARE = 1 / 3
"""Of all passages: a phrase that more of them hold relates nothing."""

FEWEST = 3
"""Passages that hold a phrase, at least."""

BURST = 1.3
"""Times a single word occurs in a passage that holds it: what a passage is about, it repeats."""


@dataclass(slots=True)
class _Phrase:
    """A run of terms and where it was met."""

    passages: set[PassageKey] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)

    @property
    def docs(self) -> int:
        return len({doc for doc, _ in self.passages})


def suggest_topics(
    documents: Sequence[Document], *, limit: int = 12, aliases: Mapping[str, Sequence[str]] | None = None
) -> tuple[Code, ...]:
    """Topics with a cue each, best first.

    Phrases are runs of up to three words without words of grammar between them (as RAKE cuts them), in at
    least two documents where there are two, in three passages and in no more than a third of them. They are
    ranked by how many documents share them, how many passages hold them and how many words they have.

    Args:
        documents: of the brief.
        limit: how many topics at most.
        aliases: names of one thing; they make no topics.
    """
    met: defaultdict[tuple[str, ...], _Phrase] = defaultdict(_Phrase)
    cutters = {language: Terms(language, aliases or {}) for language in {d.language for d in documents}}
    prose = [(document, p) for document in documents for p in document.passages if p.kind in PROSE]
    for document, passage in prose:
        for terms, written in _runs(document, passage, cutters[document.language]):
            met[terms].passages.add(passage.key)
            met[terms].written[written] += 1
    spread = min(2, len({document.id for document, _ in prose}))
    most = max(FEWEST, int(len(prose) * SHARE))
    kept = {
        terms: phrase
        for terms, phrase in met.items()
        if phrase.docs >= spread and FEWEST <= len(phrase.passages) <= most
        if len(terms) > 1 or phrase.written.total() >= BURST * len(phrase.passages)
    }
    ranked = sorted(kept, key=lambda terms: (-_worth(terms, kept[terms], len(prose)), terms))
    return tuple(_topic(kept[terms]) for terms in _different(ranked, kept)[:limit])


def _runs(document: Document, passage: Passage, cutter: Terms) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every phrase of a passage with how it is written."""
    for sentence in sentences(passage, document.language):
        run: list[tuple[str, int, int]] = []
        for number, start, end in cutter.places(passage.source, sentence.start, sentence.end):
            term = cutter.word(number)
            if not _is_word(term) or (run and passage.source[run[-1][2] : start].strip(" -‐‑–")):
                run = []
            if not _is_word(term):
                continue
            run.append((term, start, end))
            for size in range(1, min(LONGEST, len(run)) + 1):
                part = run[-size:]
                yield tuple(t for t, _, _ in part), passage.source[part[0][1] : part[-1][2]]


def _is_word(term: str) -> bool:
    return len(term) > 2 and any(c.isalpha() for c in term) and not term.startswith("@")


def _worth(terms: tuple[str, ...], phrase: _Phrase, total: int) -> float:
    rarity = math.log(total / len(phrase.passages))
    return math.sqrt(len(terms) ** 3) * phrase.docs * math.log(1 + len(phrase.passages)) * rarity


def _different(
    ranked: Sequence[tuple[str, ...]], kept: Mapping[tuple[str, ...], _Phrase]
) -> list[tuple[str, ...]]:
    """The phrases without those that are about the same passages as a better one."""
    chosen: list[tuple[str, ...]] = []
    for terms in ranked:
        mine = kept[terms].passages
        if all(
            not set(terms) & set(other) and len(mine & kept[other].passages) < 0.7 * len(mine)
            for other in chosen
        ):
            chosen.append(terms)
    return chosen


def _topic(phrase: _Phrase) -> Code:
    written = min(phrase.written, key=lambda words: (-phrase.written[words], words))
    words = " ".join(written.split())
    name = words[:1].upper() + words[1:]
    parts = [part for part in words.replace("-", " ").replace("‑", " ").split() if part]
    return Code(
        id_for(words),
        name,
        cues=(Cue(" NEAR/2 ".join(f'"{part}"' if part.isupper() else part for part in parts)),),
    )
