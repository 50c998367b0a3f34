"""What theme tags are, and how the reader's word is laid over them: data and pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.themes.codebook import Code

THRESHOLD = 0.5
"""The score from which a passage is tagged."""


class CueMatch(Struct, frozen=True, array_like=True, gc=False):
    """A cue that matched a passage: why it is tagged.

    Attributes:
        cue: the cue's query.
        weight: what it added to the score.
        spans: where it matched, each within one sentence, from its first matched word to its last.
    """

    cue: str
    weight: float
    spans: tuple[Span, ...]


class ThemeTag(Struct, frozen=True, array_like=True, gc=False):
    """A code on a passage, from cues or from the reader.

    A large brief has 100,000 of them: a Struct costs a tenth of a dataclass, and its form is the cache's.

    Attributes:
        theme: id of the theme or topic.
        doc: id of the passage's document.
        number: the passage's number there.
        score: sum of the weights of its distinct cues, at most 1; 1 for a tag that the reader added.
        manual: whether the reader put it there.
        evidence: the spans that made its cues match, in order, none within another; empty where only the
            reader sees the theme.
        matches: the cues behind it, heaviest first.
    """

    theme: str
    doc: str
    number: int
    score: float
    manual: bool = False
    evidence: tuple[Span, ...] = ()
    matches: tuple[CueMatch, ...] = ()

    @property
    def key(self) -> PassageKey:
        """The passage's key."""
        return (self.doc, self.number)


@dataclass(frozen=True, slots=True)
class Decision:
    """The reader's word on one theme of one passage.

    Attributes:
        theme: id of the theme.
        doc: id of the passage's document.
        number: the passage's number there.
        present: whether the reader added the theme or took it away.
    """

    theme: str
    doc: str
    number: int
    present: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage where cues and reader differ.

    Attributes:
        decision: what the reader says.
        matches: the cues that say otherwise; empty where the cues missed it.
    """

    decision: Decision
    matches: tuple[CueMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class CueQuality:
    """How a cue fares on the passages that the reader has decided.

    Attributes:
        theme: id of its code.
        cue: its query.
        right: passages it matched that the reader confirmed.
        wrong: passages it matched that the reader rejected.
        confirmed: all passages on which the reader confirmed the theme.
    """

    theme: str
    cue: str
    right: int
    wrong: int
    confirmed: int

    @property
    def precision(self) -> float | None:
        """Share of its decided matches that are right, 0 to 1; None where none is decided."""
        decided = self.right + self.wrong
        return self.right / decided if decided else None

    @property
    def recall(self) -> float | None:
        """Share of the confirmed passages that it found, 0 to 1; None where none is confirmed."""
        return self.right / self.confirmed if self.confirmed else None


def merge(
    automatic: Iterable[ThemeTag], manual: Iterable[Decision], docs: Sequence[str] = ()
) -> tuple[ThemeTag, ...]:
    """Lay the reader's decisions over the automatic tags; the reader wins.

    Args:
        automatic: tags from cues.
        manual: the reader's decisions; the last one on a theme and passage counts.
        docs: ids of the documents in reading order.

    Returns:
        The tags in reading order; on a passage first those of `automatic`, then what the reader alone
        added. Documents that are not in `docs` come last. A tag that the reader added keeps the cues'
        evidence where they agree.
    """
    decisions = {(d.theme, d.doc, d.number): d for d in manual}
    kept: list[ThemeTag] = []
    for tag in automatic:
        decision = decisions.pop((tag.theme, tag.doc, tag.number), None)
        if decision is None:
            kept.append(tag)
        elif decision.present:
            kept.append(replace(tag, score=1.0, manual=True))
    kept += [ThemeTag(d.theme, d.doc, d.number, 1.0, manual=True) for d in decisions.values() if d.present]
    place = {doc: at for at, doc in enumerate(docs)}
    return tuple(sorted(kept, key=lambda tag: (place.get(tag.doc, len(place)), tag.number)))


def disagreements(automatic: Iterable[ThemeTag], manual: Iterable[Decision]) -> tuple[Disagreement, ...]:
    """Where cues and reader differ: themes that the reader took away, and themes that the cues missed."""
    tags = {(tag.theme, tag.doc, tag.number): tag for tag in automatic}
    found: list[Disagreement] = []
    for decision in {(d.theme, d.doc, d.number): d for d in manual}.values():
        tag = tags.get((decision.theme, decision.doc, decision.number))
        if (tag is not None) != decision.present:
            found.append(Disagreement(decision, tag.matches if tag else ()))
    return tuple(found)


def cue_quality(
    codes: Iterable[Code], automatic: Iterable[ThemeTag], manual: Iterable[Decision]
) -> tuple[CueQuality, ...]:
    """Precision and recall of every cue on the passages that the reader decided.

    Args:
        codes: the codes whose cues are asked for.
        automatic: tags from cues, before any merging.
        manual: the reader's decisions.
    """
    decided = {(d.theme, d.doc, d.number): d.present for d in manual}
    confirmed = Counter(theme for (theme, _, _), present in decided.items() if present)
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for tag in automatic:
        present = decided.get((tag.theme, tag.doc, tag.number))
        if present is not None:
            (right if present else wrong).update((tag.theme, match.cue) for match in tag.matches)
    return tuple(
        CueQuality(code.id, cue.q, right[code.id, cue.q], wrong[code.id, cue.q], confirmed[code.id])
        for code in codes
        for cue in code.cues
    )
