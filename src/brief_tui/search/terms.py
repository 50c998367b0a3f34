"""The words by which passages are compared: stems, names of one thing made one, words of grammar left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from brief_tui.search.analysis import runs, stems, tokens
from brief_tui.search.languages import stop_words
from brief_tui.search.sparse import Vocabulary

NAME = "@"
"""What begins the term of a name that has aliases."""

_SEVERAL = 0


class Terms:
    """Cuts texts of one language into terms, numbers of a vocabulary; one thread at a time."""

    def __init__(
        self, language: str, aliases: Mapping[str, Iterable[str]], vocabulary: Vocabulary | None = None
    ) -> None:
        self._stems = stems(language)
        self._stop = stop_words(language)
        self._vocabulary = vocabulary or Vocabulary()
        self._known: dict[str, int] = {}  # of a word by its surface; below 0 for a word of grammar
        self._runs: dict[str, int] = {}  # of a run that is one word
        self._several: dict[str, list[int]] = {}  # of other runs
        self._names: dict[tuple[int, ...], int] = {}
        for name, others in aliases.items():
            for one in (name.replace("_", " "), *others):
                words = self._words([t.surface for t in tokens(one) if t.step])
                if words:
                    self._names[tuple(map(abs, words))] = self._vocabulary.number(NAME + name)
        first = {words[0] for words in self._names}
        self._first = first | {-number for number in first}
        self._longest = max((len(words) for words in self._names), default=0)

    def places(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
        """The terms of a stretch of text with where they stand, in order.

        Yields:
            Term, first code point and the one after its last; the term is below 0 for a word of grammar.
        """
        found = [t for t in tokens(text, start, end) if t.step]
        for term, at, size in self._named(self._words([t.surface for t in found])):
            yield term, found[at].start, found[at + size - 1].end

    def word(self, term: int) -> str:
        """A term as a word; empty for a word of grammar."""
        return self._vocabulary.words[term - 1] if term > 0 else ""

    def count(self, text: str) -> Counter[int]:
        """How often each term occurs."""
        return Counter([term for term in self._numbers(text) if term > 0])

    def _numbers(self, text: str) -> list[int]:
        """The terms of a text in order: as `places`, but much faster for many texts."""
        found = runs(text)
        if new := set(found).difference(self._runs):
            self._learn(sorted(new))
        numbers = [self._runs[run] for run in found]
        if _SEVERAL in numbers:
            parts = (self._several.get(run) or (self._runs[run],) for run in found)
            numbers = [number for part in parts for number in part if number != _SEVERAL]
        if self._first.isdisjoint(numbers):
            return numbers
        return [term for term, *_ in self._named(numbers)]

    def _learn(self, new: list[str]) -> None:
        for run in new:
            words = self._words([t.surface for t in tokens(run) if t.step])
            if len(words) == 1:
                self._runs[run] = words[0]
            else:
                self._runs[run] = _SEVERAL
                self._several[run] = words

    def _named(self, words: list[int]) -> Iterator[tuple[int, int, int]]:
        """Words with names made one: the term, its place among the words and how many they are."""
        at = 0
        while at < len(words):
            size = self._name_at(words, at)
            yield (self._names[tuple(map(abs, words[at : at + size]))] if size else words[at]), at, size or 1
            at += size or 1

    def _name_at(self, words: list[int], at: int) -> int:
        """How many words the name that begins here has; 0 where none does."""
        if words[at] not in self._first:
            return 0
        for size in range(min(self._longest, len(words) - at), 0, -1):
            if tuple(map(abs, words[at : at + size])) in self._names:
                return size
        return 0

    def _words(self, surfaces: list[str]) -> list[int]:
        new = [word for word in dict.fromkeys(surfaces) if word not in self._known]
        for word, stem in zip(new, self._stems(new), strict=True):
            is_grammar = word in self._stop or len(word) < 2
            self._known[word] = self._vocabulary.number(stem) * (-1 if is_grammar else 1)
        return [self._known[word] for word in surfaces]
