"""Tags with the reader's word laid over them, kept until one of the two is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brief_tui.themes.tagger import Tagging
from brief_tui.themes.tags import Decision, ThemeTag

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """The tags of a brief, and of which state of cues and store they are.

    Attributes:
        tagging: what the cues said.
        revision: of the store.
        decisions: the reader's word.
        tags: in reading order.
        themes: the same by passage.
        topics: by passage.
    """

    tagging: Tagging
    revision: tuple[int, int]
    decisions: tuple[Decision, ...]
    tags: tuple[ThemeTag, ...]
    themes: Mapping[Key, tuple[ThemeTag, ...]]
    topics: Mapping[Key, tuple[ThemeTag, ...]]


def by_passage(tags: Iterable[ThemeTag]) -> dict[Key, tuple[ThemeTag, ...]]:
    """The tags of each passage, in their order."""
    found: defaultdict[Key, list[ThemeTag]] = defaultdict(list)
    for tag in tags:
        found[tag.key].append(tag)
    return {key: tuple(each) for key, each in found.items()}
