"""The language in which a document's words are compared, where nobody said which it is."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from brief_tui.corpus.model import Document
from brief_tui.search.analysis import surface

_MORE = {
    "en": "also both despite did does each especially even however if including into its like many more most"
    " much no often only other others own rather s should some still such t their them there these they this"
    " those though through toward towards two under until was were what when where whether which while who"
    " will with within without would yet than so no nor not one between since every can could may might must"
}
"""Words of grammar that the usual list leaves in."""

_SAMPLE = 4_000
"""Code points from which a language is told."""

_SHARE = 0.2
"""Of a text's words that are words of grammar in its language, at least; in English nearly half are."""


def language_of(document: Document) -> str:
    """A document's language; where none is known, the one that it is most likely in, empty where none is.

    Searching and tagging guess nothing. Here a wrong guess costs little, and none would relate whatever
    shares "the".
    """
    return document.language or likely(document.text[:_SAMPLE])


def likely(text: str) -> str:
    """The language whose words of grammar a text holds most of; empty where it holds few of any."""
    from whoosh.lang.stopwords import stoplists

    counts = Counter(surface(word) for word in text.split())
    held = {code: sum(counts[word] for word in stop_words(code)) for code in sorted(stoplists)}
    best = max(held, key=held.__getitem__)
    return best if held[best] >= max(1, _SHARE * counts.total()) else ""


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """The words of grammar of a language; none where they are not known."""
    from whoosh.lang.stopwords import stoplists

    code = language.replace("_", "-").split("-")[0].lower()
    return frozenset(stoplists.get(code, ())) | frozenset(_MORE.get(code, "").split())
