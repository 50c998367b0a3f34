"""How a codebook fares on its brief: what each code and cue tags, and where the reader says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from brief_tui.corpus.model import PassageKey
from brief_tui.themes.codebook import Codebook
from brief_tui.themes.tags import CueQuality, Decision, Disagreement, ThemeTag, cue_quality, disagreements


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a codebook's codes.

    Attributes:
        passages: how many passages each code is on, by its id; as trails count them.
        cues: how many of its passages each cue speaks for, by code and query.
        quality: how each cue fares where the reader decided, by code and query.
        disagreements: where cues and reader differ, by theme.
    """

    passages: Mapping[str, int] = field(default_factory=dict)
    cues: Mapping[tuple[str, str], int] = field(default_factory=dict)
    quality: Mapping[tuple[str, str], CueQuality] = field(default_factory=dict)
    disagreements: Mapping[str, tuple[Disagreement, ...]] = field(default_factory=dict)


def account(
    codebook: Codebook,
    automatic: Collection[ThemeTag],
    tags: Iterable[ThemeTag],
    decisions: Collection[Decision],
    count: Callable[[Collection[PassageKey]], int],
) -> Account:
    """Count for every code of a codebook.

    Args:
        codebook: the codes.
        automatic: what the cues say, themes and topics.
        tags: the same with the reader's decisions laid over it.
        decisions: the reader's.
        count: how many passages some keys are; a twin or a heading may not count.
    """
    keys: defaultdict[str, set[PassageKey]] = defaultdict(set)
    for tag in tags:
        keys[tag.theme].add(tag.key)
    spoken: defaultdict[tuple[str, str], set[PassageKey]] = defaultdict(set)
    for tag in automatic:
        for match in tag.matches:
            spoken[tag.theme, match.cue].add(tag.key)
    differing: defaultdict[str, list[Disagreement]] = defaultdict(list)
    for each in disagreements(automatic, decisions):
        differing[each.decision.theme].append(each)
    return Account(
        {code: count(found) for code, found in keys.items()},
        {cue: count(found) for cue, found in spoken.items()},
        {(q.theme, q.cue): q for q in cue_quality(codebook.themes, automatic, decisions)},
        {theme: tuple(found) for theme, found in differing.items()},
    )
