"""Matches and marks against a naive matcher that knows the words because it wrote the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import Stemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_tui.search import query as q

WORDS = (
    "doubt", "doubts", "doubted", "Doubt", "guard", "guards", "café", "cafe", "CAFÉ", "naïve", "S-300",
    "S‑300", "pact", "US", "us", "commitment", "commitments", "commit", "Iran’s", "Iran's", "iran",
    "defence", "defense", "defend",
)  # fmt: skip
VOCABULARY = st.sampled_from(WORDS)
GAPS = st.sampled_from([" ", "\n", ", ", " “", "” ", " – ", "\u00a0", "; ", " ("])
STEM = Stemmer.Stemmer("english").stemWord
SPELLING = {"defenc": "defens"}


@dataclass(frozen=True)
class Written:
    """A word that was written: its folded form, its characters, its span."""

    plain: str
    typed: str
    start: int
    end: int


def plain(word: str) -> str:
    word = word.replace("’s", "").replace("'s", "").replace("‑", "-").lower()
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def stem(word: str) -> str:
    found: str = STEM(word)
    return SPELLING.get(found, found)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[list[list[Written]]]]:
    """A text, and the words that were written into each sentence of each passage."""
    text = ""
    passages = []
    for _ in range(draw(st.integers(1, 4))):
        passage = []
        for _ in range(draw(st.integers(1, 3))):
            sentence = [Written("the", "The", len(text), len(text) + 3)]
            text += "The"
            for word in draw(st.lists(VOCABULARY, min_size=1, max_size=8)):
                text += draw(GAPS)
                core = word.replace("’s", "").replace("'s", "")
                sentence.append(Written(plain(word), core, len(text), len(text) + len(core)))
                text += word
            text += " there. "
            sentence.append(Written("there", "there", len(text) - 7, len(text) - 2))
            passage.append(sentence)
        passages.append(passage)
        text += "\n\n"
    return text, passages


words = st.one_of(
    VOCABULARY.map(lambda w: q.Word(plain(w))),
    VOCABULARY.map(lambda w: q.Word(plain(w), "exact")),
    VOCABULARY.map(lambda w: q.Word(plain(w), "exact", cased=w.replace("’s", "").replace("'s", ""))),
    st.sampled_from(["d*", "defen?e", "*ts", "gu?rd*", "s-3*", "c*e"]).map(lambda w: q.Word(w, "wild")),
    st.sampled_from(["dobt", "gaurd", "pcat", "irna"]).map(lambda w: q.Word(w, "fuzzy", edits=1)),
)
phrases = st.builds(
    q.Phrase, st.lists(words, min_size=2, max_size=3).map(tuple), st.sampled_from([1, 1, 2, 4])
)
leaves = st.one_of(words, phrases)
operands = st.one_of(leaves, st.lists(leaves, min_size=2, max_size=3).map(lambda p: q.Or(tuple(p))))
nears = st.builds(q.Near, operands, operands, st.integers(1, 6))
queries = st.recursive(
    st.one_of(leaves, nears),
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, inner.map(q.Not)), min_size=2, max_size=3).map(lambda p: q.And(tuple(p))),
        st.lists(inner, min_size=2, max_size=3).map(lambda p: q.Or(tuple(p))),
    ),
    max_leaves=6,
)

Place = tuple[int, int, frozenset[tuple[int, int]]]  # first word, last word, spans


def same_word(word: q.Word, written: Written) -> bool:
    if word.how == "stem":
        return stem(word.text) == stem(written.plain)
    if word.how == "wild":
        return fnmatchcase(written.plain, word.text)
    if word.how == "fuzzy":
        return written.plain in near_by(word.text)
    dashes = str.maketrans("‑", "-")
    bare = "".join(c for c in unicodedata.normalize("NFD", word.cased) if not unicodedata.combining(c))
    held = "".join(c for c in unicodedata.normalize("NFD", written.typed) if not unicodedata.combining(c))
    return word.text == written.plain and (not bare or bare.translate(dashes) == held.translate(dashes))


def near_by(text: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(text[:i], text[i:]) for i in range(len(text) + 1)]
    return (
        {text}
        | {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + c + b[1:] for a, b in cuts if b for c in letters}
        | {a + c + b for a, b in cuts for c in letters}
    )


def places(tree: q.Query, sentence: list[Written]) -> list[Place]:
    """Every place of a word, phrase, NEAR or OR in one sentence."""
    match tree:
        case q.Word():
            hits = [i for i, w in enumerate(sentence) if same_word(tree, w)]
            return [(i, i, frozenset({(sentence[i].start, sentence[i].end)})) for i in hits]
        case q.Phrase(words=parts, within=within):
            chains = [[i] for i, w in enumerate(sentence) if same_word(parts[0], w)]
            for part in parts[1:]:
                chains = [
                    [*chain, i]
                    for chain in chains
                    for i, w in enumerate(sentence)
                    if same_word(part, w) and 0 < i - chain[-1] <= within
                ]
            if within == 1:
                return [
                    (c[0], c[-1], frozenset({(sentence[c[0]].start, sentence[c[-1]].end)})) for c in chains
                ]
            return [(c[0], c[-1], frozenset((sentence[i].start, sentence[i].end) for i in c)) for c in chains]
        case q.Near(left=left, right=right, distance=distance):
            return [
                (min(a[0], b[0]), max(a[1], b[1]), a[2] | b[2])
                for a in places(left, sentence)
                for b in places(right, sentence)
                if 0 < max(b[0] - a[1], a[0] - b[1]) <= distance
            ]
        case q.Or(parts=parts):
            return [place for part in parts for place in places(part, sentence)]
    raise AssertionError(tree)


def matches(tree: q.Query, unit: list[list[Written]]) -> set[tuple[int, int]] | None:
    """The spans that a query marks in some sentences; None if it does not match there."""
    match tree:
        case q.And(parts=parts):
            found = [matches(part, unit) for part in parts]
            return None if None in found else set().union(*(f or set() for f in found))
        case q.Or(parts=parts):
            some = [f for part in parts if (f := matches(part, unit)) is not None]
            return set().union(*some) if some else None
        case q.Not(part=part):
            return set() if matches(part, unit) is None else None
    spans = {span for sentence in unit for place in places(tree, sentence) for span in place[2]}
    return spans or None


def outermost(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)}


def one_chain(tree: q.Query) -> bool:
    """Whether no phrase allows gaps: of several chains that end alike, one is marked."""
    return not any(isinstance(node, q.Phrase) and node.within > 1 for node in q.walk(tree))


@settings(max_examples=300, deadline=None)
@given(texts(), queries)
def test_passages_and_marks_are_those_of_a_naive_matcher(
    index_of: Callable[..., Any], written: Any, tree: q.Query
) -> None:
    text, passages = written
    results = index_of(text).search(q.And((tree, q.Not(q.Word("nowhere")))), limit=None)
    found = {hit.number: {tuple(span) for span in hit.spans} for hit in results.hits}
    if results.notices:
        return  # any of the words: another query
    expected = {n: m for n, p in enumerate(passages) if (m := matches(tree, p)) is not None}
    assert found.keys() == expected.keys()
    for number, spans in found.items():
        if one_chain(tree):
            assert spans == outermost(expected[number])
        assert spans <= expected[number]


@settings(max_examples=300, deadline=None)
@given(texts(), queries)
def test_occurrences_are_the_sentences_of_a_naive_matcher(
    index_of: Callable[..., Any], written: Any, tree: q.Query
) -> None:
    text, passages = written
    index = index_of(text)
    found = index.occurrences(tree)
    reaches = {key: sorted(set(places)) for key, places in index.reaches(tree).items()}
    assert reaches == {
        key: sorted((o.sentence, *m) for o in row for m in o.matches) for key, row in found.items()
    }
    expected = {
        (n, s): spans
        for n, passage in enumerate(passages)
        for s, sentence in enumerate(passage)
        if (spans := matches(tree, [sentence]))
    }
    seen = {(key[1], o.sentence): set(o.spans) for key, row in found.items() for o in row}
    assert seen.keys() == expected.keys()
    for place, spans in seen.items():
        assert spans <= expected[place]
        if one_chain(tree):
            assert spans == outermost(expected[place])


@settings(max_examples=150, deadline=None)
@given(texts(), queries)
def test_a_cue_in_passage_scope_matches_what_a_search_finds(
    index_of: Callable[..., Any], written: Any, tree: q.Query
) -> None:
    text, passages = written
    index = index_of(text)
    found = index.occurrences(tree, scope="passage")
    expected = {n: m for n, p in enumerate(passages) if (m := matches(tree, p))}
    assert {key[1] for key in found} == expected.keys()
    for (_, number), row in found.items():
        for occurrence in row:
            sentence = passages[number][occurrence.sentence]
            for start, end in occurrence.spans:
                assert sentence[0].start <= start < end <= sentence[-1].end
    assert index.spans(tree, found).keys() == found.keys()
