"""Matching single words: the leaves of every query."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

import regex

from brief_tui.search import query as q
from brief_tui.search.analysis import fold
from brief_tui.search.found import Context, Found, Match, Reach, by_unit
from brief_tui.search.lexicon import as_regex
from brief_tui.search.postings import STRIDE, occurrences


@dataclass(frozen=True, slots=True)
class WordMatcher:
    """A word, or any of several words.

    Attributes:
        postings: its occurrences by passage.
        unit: positions of a unit; 0 for the passage.
        cased: what its characters must be, if case matters.
        character: whether only the first character of what the index holds is meant.
        text: text that a passage's spans count.
    """

    postings: Mapping[int, bytes]
    unit: int
    cased: Callable[[str], bool] | None
    character: bool
    text: Callable[[int], str]

    @property
    def passages(self) -> Set[int]:
        """Those that hold the word."""
        return self.postings.keys()

    @property
    def exact(self) -> bool:
        """Whether no characters need to be looked at."""
        return self.cased is None

    def at(self, passage: int) -> Found:
        """Where it stands in one of `passages`."""
        return by_unit(self.matches(passage), self.unit)

    def positions(self, passage: int) -> set[int]:
        """Where it may stand, without a look at its characters."""
        return set(memoryview(self.postings[passage]).cast("I")[::3])

    def reaches(self, passage: int) -> list[Reach]:
        """Its occurrences, as they are kept."""
        if self.cased is not None or self.character:
            return [(m.first, m.last, *m.spans[0]) for m in self.matches(passage)]
        return [(at, at, start, end) for at, start, end in occurrences(self.postings[passage])]

    def matches(self, passage: int) -> list[Match]:
        """Its occurrences in order."""
        found: Iterable[tuple[int, int, int]] = sorted(occurrences(self.postings[passage]))
        if self.cased is not None:
            text, same = self.text(passage), self.cased
            found = [row for row in found if same(text[row[1] : row[2]])]
        if self.character:
            return [Match(at, at, ((start, start + 1),)) for at, start, _ in found]
        return [Match(at, at, ((start, end),)) for at, start, end in found]


def match_word(word: q.Word, context: Context) -> WordMatcher:
    """The matcher of a word."""
    postings, cut = context.reader.word(word, context.field)
    if cut:
        context.cut.append(word)
    return WordMatcher(
        postings,
        STRIDE if context.by_sentence else 0,
        # The spans of headings count the headings alone, so there case is not looked at.
        _cased(word.cased) if word.cased and context.field == "text" else None,
        word.how == "character",
        context.text,
    )


@lru_cache(maxsize=512)
def _cased(typed: str) -> Callable[[str], bool]:
    """Whether characters of a text are those that were typed, case included."""
    match = regex.compile(as_regex(_plain(typed)), regex.DOTALL).fullmatch
    return lambda characters: match(_plain(characters)) is not None


def _plain(characters: str) -> str:
    """Characters as they are compared where case matters: without diacritics, dots and typography."""
    if not characters.isascii():
        letters = unicodedata.normalize("NFD", characters)
        characters = "".join(fold(c) if c == c.lower() else fold(c).upper() for c in letters)
    return characters.replace(".", "")
