"""The words by which passages are compared: stems, names of one thing made one, words of grammar left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from brief_tui.search.analysis import stems, tokens

NAME = "@"
"""What begins the term of a name that has aliases."""

PAIR = " "
"""What joins the terms of a pair of neighbours."""

PAIR_WEIGHT = 0.5
"""What a pair of neighbours counts beside its words."""

_MORE = {
    "en": "also both despite did does each especially even however if including into its like many more most"
    " much no often only other others own rather s should some still such t their them there these they this"
    " those though through toward towards two under until was were what when where whether which while who"
    " will with within without would yet than so no nor not one between"
}
"""Words of grammar that the usual list leaves in."""


class Terms:
    """Cuts texts of one language into terms."""

    def __init__(self, language: str, aliases: Mapping[str, Iterable[str]]) -> None:
        self._stems = stems(language)
        self._known: dict[str, str] = {}
        self._stop = stop_words(language)
        self._names: dict[tuple[str, ...], str] = {}
        for name, others in aliases.items():
            for one in (name.replace("_", " "), *others):
                words = [t.surface for t in tokens(one) if t.step]
                if words:
                    self._names[tuple(self._stems(words))] = NAME + name
        self._first = {words[0] for words in self._names}
        self._longest = max((len(words) for words in self._names), default=0)

    def places(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
        """The terms of a stretch of text with where they stand, in order.

        Yields:
            Term, first code point and the one after its last; the term is empty for a word of grammar.
        """
        found = [t for t in tokens(text, start, end) if t.step]
        words = self._terms([t.surface for t in found])
        at = 0
        while at < len(found):
            size = self._name_at(words, at)
            last = found[at + max(size, 1) - 1]
            surface = found[at].surface
            term = self._names[tuple(words[at : at + size])] if size else words[at]
            if not size and (surface in self._stop or len(surface) < 2):
                term = ""
            yield term, found[at].start, last.end
            at += max(size, 1)

    def count(
        self, text: str, start: int = 0, end: int | None = None, *, weight: float = 1.0
    ) -> Counter[str]:
        """How often each term and each pair of neighbours occurs, times a weight."""
        counts: Counter[str] = Counter()
        before = ""
        for term, *_ in self.places(text, start, end):
            if term:
                counts[term] += weight  # type: ignore[assignment]
                if before:
                    counts[before + PAIR + term] += weight * PAIR_WEIGHT  # type: ignore[assignment]
            before = term
        return counts

    def _name_at(self, words: list[str], at: int) -> int:
        """How many words the name that begins here has; 0 where none does."""
        if words[at] not in self._first:
            return 0
        for size in range(min(self._longest, len(words) - at), 0, -1):
            if tuple(words[at : at + size]) in self._names:
                return size
        return 0

    def _terms(self, words: list[str]) -> list[str]:
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        self._known.update(zip(new, self._stems(new), strict=True))
        return [self._known[word] for word in words]


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """The words of grammar of a language; none where they are not known."""
    from whoosh.lang.stopwords import stoplists

    code = language.replace("_", "-").split("-")[0].lower()
    return frozenset(stoplists.get(code, ())) | frozenset(_MORE.get(code, "").split())
