"""Tags with the reader's word laid over them, kept until one of the two is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brief_tui.corpus.model import PassageKey
from brief_tui.themes.tagger import Tagging
from brief_tui.themes.tags import Decision, ThemeTag


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
    themes: Mapping[PassageKey, tuple[ThemeTag, ...]]
    topics: Mapping[PassageKey, tuple[ThemeTag, ...]]

    @property
    def with_topics(self) -> tuple[ThemeTag, ...]:
        """All tags: those of themes, then those of topics."""
        return (*self.tags, *self.tagging.topics)


def by_passage(tags: Iterable[ThemeTag]) -> dict[PassageKey, tuple[ThemeTag, ...]]:
    """The tags of each passage, in their order."""
    found: defaultdict[PassageKey, list[ThemeTag]] = defaultdict(list)
    for tag in tags:
        found[tag.key].append(tag)
    return {key: tuple(each) for key, each in found.items()}
