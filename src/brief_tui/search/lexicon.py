"""From a word of a query to the words of the index that it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import regex

from brief_tui.search.analysis import fold, is_cjk, is_known, stems
from brief_tui.search.query import Word

WIDEST = 500
"""Words that a wildcard or a fuzzy word may stand for; the shortest, the nearest stay."""

Stems = Callable[[list[str]], list[str]]


class Lexicon:
    """The words of one field, by their folded form and by their stem in each language of the brief."""

    def __init__(self, words: Iterable[str], languages: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._present = set(self.words)
        self._languages = tuple(dict.fromkeys(languages))
        self._folded: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            if not word.isascii() and (plain := fold(word)) != word:
                self._folded[plain].append(word)
        self._forms = sorted(self._present | set(self._folded))
        self._stems = {language: _by_stem(self.words, language) for language in self._languages}

    def exact(self, word: str) -> tuple[str, ...]:
        """The words with the same letters, whatever their diacritics."""
        plain = fold(word)
        return ((plain,) if plain in self._present and fold(plain) == plain else ()) + tuple(
            self._folded.get(plain, ())
        )

    def by_stem(self, word: str) -> dict[str | None, tuple[str, ...]]:
        """For each language the words with the same stem; those with the same letters always."""
        same = self.exact(word)
        found: dict[str | None, tuple[str, ...]] = {}
        for language, (stem, index) in self._stems.items():
            keys = dict.fromkeys((*stem([word]), *stem([fold(word)])))
            found[language] = tuple(dict.fromkeys((*same, *(w for key in keys for w in index.get(key, ())))))
        return found

    def wild(self, pattern: str) -> list[str]:
        """The words that a pattern with * and ? covers."""
        plain = fold(pattern)
        prefix = regex.split(r"[*?]", plain)[0]
        first = bisect_left(self._forms, prefix)
        last = bisect_left(self._forms, prefix + "\U0010ffff") if prefix else len(self._forms)
        match = regex.compile(as_regex(plain), regex.DOTALL).fullmatch
        return self._spelt(form for form in self._forms[first:last] if match(form))

    def fuzzy(self, word: str, edits: int) -> list[str]:
        """The words within some edits (a letter more, less, other, or two swapped), nearest first."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        plain = fold(word)
        most = edits or (1 if len(plain) <= 5 else 2)
        near = [f for f in self._forms if abs(len(f) - len(plain)) <= most]
        found = extract(plain, near, scorer=OSA.distance, score_cutoff=most, limit=None)
        return self._spelt(form for form, _, _ in sorted(found, key=lambda row: (row[1], row[0])))

    def character(self, character: str) -> list[str]:
        """The pairs that begin with a Chinese, Japanese or Korean character."""
        first = bisect_left(self.words, character)
        last = bisect_left(self.words, character + "\U0010ffff")
        return [word for word in self.words[first:last] if is_cjk(word)]

    def _spelt(self, forms: Iterable[str]) -> list[str]:
        """Folded forms as the index has them."""
        return list(dict.fromkeys(word for form in forms for word in self._spellings(form)))

    def _spellings(self, form: str) -> Iterator[str]:
        if form in self._present:
            yield form
        yield from self._folded.get(form, ())


def as_regex(pattern: str) -> str:
    """A pattern with * and ? as a regular expression."""
    return "".join({"*": r"\S*", "?": r"\S"}.get(c) or regex.escape(c) for c in pattern)


def _by_stem(words: list[str], language: str) -> tuple[Stems, dict[str, list[str]]]:
    stem = stems(language)
    index: dict[str, list[str]] = defaultdict(list)
    if is_known(language):
        for word, key in zip(words, stem(words), strict=True):
            index[key].append(word)
    return stem, index


def words_of(word: Word, lexicon: Lexicon) -> tuple[dict[str | None, tuple[str, ...]], bool]:
    """The words of the index that a query's word stands for.

    Args:
        word: any word of a query.
        lexicon: of the field that is searched.

    Returns:
        Words by language (None: in any); and whether some were left out because there are too many.
    """
    if word.how == "stem":
        return lexicon.by_stem(word.text), False
    if word.how == "exact":
        return {None: lexicon.exact(word.text)}, False
    if word.how == "character":
        return {None: tuple(lexicon.character(word.text))}, False
    if word.how == "fuzzy":
        found = lexicon.fuzzy(word.text, word.edits)
    else:
        found = lexicon.wild(word.text)
        if len(found) > WIDEST:
            found.sort(key=len)
    return {None: tuple(found[:WIDEST])}, len(found) > WIDEST
