"""From characters to words: folding, tokens with their spans, stems by language.

The index keeps each word as it stands but for case, compatibility forms and invisible characters
(`surface`). What else is the same to a reader (diacritics, inflections, spellings) is decided when a query
is asked, so neither a stemmer nor a language changes what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

VERSION = 1
"""Part of the index's name: raise it when the same text gives other tokens."""

LONGEST = 100
"""Code points of a word that are kept; its span is whole."""

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー々"
_APOSTROPHE = "'’ʼ＇"
_HYPHEN = "-‐‑‒–−"
_INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_ELISION = "[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|dell|nell|dall|sull|all|gl|quell|degl"
_TOKEN = regex.compile(
    rf"""
    (?P<acronym>(?<![\p{{L}}\p{{M}}\p{{N}}])(?:\p{{L}}\.){{2,}}(?![\p{{L}}\p{{M}}\p{{N}}])
        |(?<![\p{{L}}\p{{M}}\p{{N}}])(?:\p{{L}}\.)+\p{{L}}(?![\p{{L}}\p{{M}}\p{{N}}.]))
        (?:[{_APOSTROPHE}][sS](?![\p{{L}}\p{{M}}\p{{N}}]))?
    |(?P<cjk>[{_CJK}]+)
    |(?P<elision>(?<![\p{{L}}\p{{M}}\p{{N}}{_APOSTROPHE}])(?i:{_ELISION})[{_APOSTROPHE}](?=\p{{L}}{{2}}))
    |(?P<model>[\p{{Latin}}\p{{Cyrillic}}\p{{Greek}}]{{1,6}}[{_HYPHEN}]\p{{N}}[\p{{L}}\p{{M}}\p{{N}}]*)
     (?:[{_APOSTROPHE}][sS](?![\p{{L}}\p{{M}}\p{{N}}]))?
    |(?P<word>
        \p{{N}}+(?:[.,]\p{{N}}+)+(?![\p{{L}}\p{{M}}])
        |[[\p{{L}}\p{{M}}\p{{N}}]--[{_CJK}]][[\p{{L}}\p{{M}}\p{{N}}{_INVISIBLE}]--[{_CJK}]]*
         (?:[{_APOSTROPHE}](?![sS](?![\p{{L}}\p{{M}}\p{{N}}]))[[\p{{L}}\p{{M}}]--[{_CJK}]]+)*
     )(?:[{_APOSTROPHE}][sS](?![\p{{L}}\p{{M}}\p{{N}}]))?
    """,
    regex.VERBOSE | regex.VERSION1,
)
_AFTER = r"'\-A-Za-z0-9\x80-\U0010ffff"
_PLAIN = rf"[A-Za-z]{{2,60}}(?![{_AFTER}])|[A-Za-z](?=\s)"
_MIXED = rf"[A-Za-z0-9\x80-\U0010ffff][{_AFTER}.,]*"
_RUN = re.compile(f"({_PLAIN})|{_MIXED}")
"""A plain word (four of five in English), or a run for `_TOKEN`, which knows all words but is slow."""

_BARE_RUN = re.compile(f"{_PLAIN}|{_MIXED}")

_ONE_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'.,-]*+$", regex.VERSION1)
_PART = regex.compile(rf"[^{_HYPHEN}]+", regex.VERSION1)
_MARKS = regex.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_DROPPED = regex.compile(f"[{_INVISIBLE}]", regex.VERSION1)
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("’ʼ＇‘", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000", " ")
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"ŧ": "t", "ς": "σ", "ŋ": "n", "ĸ": "k"}
)


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        surface: the word in the form that the index keeps (see `surface`).
        start: its first code point in the text.
        end: the code point after its last; a possessive 's is outside.
        step: how many words it stands after the token before it: 1, or 0 for a part of that token
            ("su" and "35" of "Su-35").
    """

    surface: str
    start: int
    end: int
    step: int


def surface(word: str) -> str:
    """A word in the form that the index keeps: case, width, dashes and apostrophes are made one."""
    if word.isascii():
        return word[:LONGEST].lower()
    word = _DROPPED.sub("", word)
    for form in ("NFKC", "NFC"):  # a fraction or a whole phrase in one character stays what it is
        clean = unicodedata.normalize(form, word).casefold().translate(_TYPOGRAPHY)
        if _ONE_WORD.match(clean):
            break
    return unicodedata.normalize("NFC", clean)[:LONGEST]


def fold(text: str) -> str:
    """Text as it is compared: without case, diacritics, typographic quotes, dashes and spaces.

    Vowel signs of scripts that need them (Devanagari, Thai …) stay, as does the Cyrillic й.
    """
    if text.isascii():
        return text.lower()
    clean = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).casefold().translate(_TYPOGRAPHY)
    if not clean.isascii():
        kept = clean.replace("й", "\ue000")
        clean = _MARKS.sub("", unicodedata.normalize("NFD", kept).translate(_LETTERS))
        clean = unicodedata.normalize("NFC", clean.replace("\ue000", "й"))
    return clean


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of a text in order.

    Chinese, Japanese and Korean runs give a token for each character: it and the next one, the last
    alone. So a longer run is a phrase of its tokens, and a single character begins exactly one.

    Args:
        text: any text.
        start: where to begin, in code points.
        end: where to stop; the text's end by default.

    Returns:
        Tokens whose spans count `text`, whatever `start` is.
    """
    return map(Token._make, scan(text, start, len(text) if end is None else end))


def runs(text: str) -> list[str]:
    """The stretches of a text that hold its words, no word going on from one into the next.

    The words of a text are those of its runs one after the other; the same run comes again and again, so that
    a large text's words need not be told apart each time.
    """
    return _BARE_RUN.findall(text)


def scan(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """As `tokens`, in bare tuples: most of the time that indexing takes is spent here."""
    for run in _RUN.finditer(text, start, end):
        first, last = run.span()
        if run.lastindex:
            yield text[first:last].lower(), first, last, 1
        else:
            yield from _scan_run(text, first, last)


def _scan_run(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """The words of a stretch with more than plain letters in it."""
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup
        first, last = found.span(kind)
        word = text[first:last]
        if kind == "word":
            if kept := surface(word):
                yield kept, first, last, 1
        elif kind == "model":
            yield surface(word), first, last, 1
            for part in _PART.finditer(word):
                yield surface(part.group()), first + part.start(), first + part.end(), 0
        elif kind == "cjk":
            for at in range(first, last):
                yield _pair(text[at : min(at + 2, last)]), at, min(at + 2, last), 1
        elif kind == "acronym":
            yield surface(word.replace(".", "")), first, last, 1


def _pair(characters: str) -> str:
    kept = surface(characters)
    return kept if len(kept) == len(characters) else characters


def is_cjk(word: str) -> bool:
    """Whether a word is written in a script whose tokens are pairs of characters."""
    return bool(_CJK_WORD.match(word))


_CJK_WORD = regex.compile(rf"[{_CJK}]", regex.VERSION1)

SNOWBALL = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish",
    "nl": "dutch", "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french",
    "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian",
    "nn": "norwegian", "fa": "persian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "st": "sesotho", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Snowball's algorithm for an ISO 639-1 code."""

UNSTEMMED = frozenset({"zh", "ja", "ko"})
"""Languages that need no stemmer: their words are found by pairs of characters."""


def is_known(language: str) -> bool:
    """Whether words of a language are matched by more than their letters."""
    code = _code(language)
    return code in UNSTEMMED or _algorithm(code) is not None


def stemmer(language: str) -> Callable[[str], str]:
    """What reduces a word of a language to its stem, folded; only folds where the language is unknown.

    English spellings are made one: "defence" and "defense", "organise" and "organize", "labour" and
    "labor" have the same stem.
    """
    many = stems(language)
    return lambda word: many([word])[0]


def stems(language: str) -> Callable[[list[str]], list[str]]:
    """As `stemmer`, for many words at once."""
    code = _code(language)
    algorithm = _algorithm(code)
    if algorithm is None:
        return lambda words: [fold(word) for word in words]
    import Stemmer

    snowball = Stemmer.Stemmer(algorithm, 0)  # no cache: it is not safe between threads
    if code == "en":
        return lambda words: [_one_spelling(fold(stem)) for stem in snowball.stemWords(words)]
    return lambda words: [fold(stem) for stem in snowball.stemWords(words)]


def _code(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=64)
def _algorithm(code: str) -> str | None:
    import Stemmer

    name = SNOWBALL.get(code)
    return name if name in Stemmer.algorithms() else None


def _one_spelling(stem: str) -> str:
    """An English stem in its American spelling; harmless where a stem has only one."""
    if len(stem) < 5:
        return stem
    if stem.endswith("enc") and stem[:-3] in {"def", "off", "lic", "pret"}:
        return stem[:-1] + "s"
    if stem.endswith(("is", "ys")):
        return stem[:-1] + "z"
    if "our" in stem[2:]:
        return stem.replace("our", "or")
    return _SPELLINGS.get(stem, stem)


_SPELLINGS = {
    "centr": "center", "theatr": "theater", "metr": "meter", "litr": "liter", "fibr": "fiber",
    "programm": "program", "chequ": "check", "practis": "practic", "tyre": "tire", "catalogu": "catalog",
    "dialogu": "dialog", "sceptic": "skeptic", "judgement": "judgment", "manoeuvr": "maneuv",
    "aluminium": "aluminum", "plough": "plow", "grey": "gray", "jewelleri": "jewelri",
}  # fmt: skip
