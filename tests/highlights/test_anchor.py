"""A quotation is found where it went, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from brief_tui.corpus.model import Span
from brief_tui.highlights.anchor import anchor, selector

WORDS = st.sampled_from(
    ["ally", "Moscow", "trust", "broke", "the", "of", "and", "aid", "said", "not", "défense", "安全", "🛡️"]
)
SENTENCE = st.lists(WORDS, min_size=4, max_size=25).map(lambda words: " ".join(words) + ". ")
TEXT = st.lists(SENTENCE, min_size=1, max_size=12).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def seed(seeds: Path) -> tuple[str, Span]:
    text = (seeds / "003_13078e460e3ef369.txt").read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    start = text.index(". ", len(text) // 2) + 2
    return text, Span(start, text.index(".", start) + 1)


@given(marked(), TEXT)
def test_text_put_before_moves_it_by_as_much(given: tuple[str, Span], before: str) -> None:
    text, span = given
    quote = selector(text, span)
    found = anchor(before + text, quote)
    assert found is not None
    assert (before + text)[found.start : found.end] == quote.exact


@given(marked(), TEXT)
def test_text_put_after_leaves_it(given: tuple[str, Span], after: str) -> None:
    text, span = given
    assert anchor(text + after, selector(text, span)) == span


@given(st.text(min_size=1), st.data())
def test_any_text_unchanged_gives_the_same_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert anchor(text, selector(text, span)) == span


@given(marked(), st.integers(0), st.integers(0), st.text(max_size=60))
def test_an_edit_anywhere_leaves_it_on_text_like_it_or_nowhere(
    given: tuple[str, Span], at: int, length: int, new: str
) -> None:
    text, span = given
    at %= len(text) + 1
    length %= len(text) - at + 1
    quote = selector(text, span)
    edited = text[:at] + new + text[at + length :]
    found = anchor(edited, quote)
    if found is not None:
        assert 0 <= found.start < found.end <= len(edited)
        assert Indel.normalized_similarity(edited[found.start : found.end], quote.exact) >= 0.7


@given(marked(), st.integers(0), st.integers(0), st.text(max_size=60))
def test_an_edit_far_from_it_never_loses_it(given: tuple[str, Span], at: int, length: int, new: str) -> None:
    text, span = given
    room = len(text) - span.end - 32
    assume(room > 0)
    at = span.end + 32 + at % room
    edited = text[:at] + new + text[at + length % (len(text) - at + 1) :]
    assert anchor(edited, selector(text, span)) == span


@given(TEXT, TEXT)
def test_it_never_goes_to_unrelated_text(text: str, other: str) -> None:
    found = anchor(other, selector(text, Span(0, len(text))))
    if found is not None:
        assert Indel.normalized_similarity(other[found.start : found.end], text) >= 0.7


def test_of_two_alike_the_one_with_its_context_is_it() -> None:
    text = "At first they trusted Moscow. Much later, after the war, they trusted Moscow. So it went."
    second = text.index("trusted", 30)
    quote = selector(text, Span(second, second + len("trusted Moscow")))
    edited = text.replace(
        "At first they trusted Moscow. ", "In the beginning, before all of that, they trusted Moscow. "
    )
    found = anchor(edited, quote)
    assert found is not None
    assert found.start == edited.rindex("trusted Moscow")


def test_a_short_quotation_whose_sentence_went_is_orphaned(seeds: Path) -> None:
    text, span = seed(seeds)
    word = text.index("Russia", span.start)
    start, end = text.rindex("\n", 0, word), text.index("\n", word)
    edited = text[:start] + text[end:]
    assert "Russia" in edited
    assert anchor(edited, selector(text, Span(word, word + len("Russia")))) is None


@pytest.mark.parametrize("of", range(4))
def test_a_changed_sentence_keeps_its_mark_and_its_edges(seeds: Path, of: int) -> None:
    text, span = seed(seeds)
    exact = text[span.start : span.end]
    words = exact.split(" ")
    changed = [
        " ".join([*words[: len(words) // 2], "indeed", "and", "truly", *words[len(words) // 2 :]]),
        " ".join(words[: len(words) // 2] + words[len(words) // 2 + 2 :]),
        "Well, " + exact,
        exact.replace(words[1], words[1].upper(), 1),
    ][of]
    edited = "A new opening paragraph.\n\n" + text[: span.start] + changed + text[span.end :]
    found = anchor(edited, selector(text, span))
    assert found is not None
    assert edited[found.start : found.end] in {changed, exact, changed.removeprefix("Well, ")}


def test_a_sentence_replaced_by_another_is_orphaned(seeds: Path) -> None:
    text, span = seed(seeds)
    other = "Meanwhile bakers in Lyon complained that flour had doubled in price over a single winter."
    assert anchor(text[: span.start] + other + text[span.end :], selector(text, span)) is None


FILLER = "".join(f"In year {n} the mills of town {n % 7} stood still and bread was dear. " for n in range(90))
LONG = "Moscow did not come to the help of its partner when the war began in the early summer of that year."


@pytest.mark.parametrize(
    "changed",
    [
        LONG.replace("partner", "only partner"),
        LONG.replace("early ", ""),
        LONG.replace("began", "was begun"),
    ],
)
@pytest.mark.parametrize("far", [False, True], ids=["near", "far"])
def test_a_telling_quotation_is_found_though_it_and_its_surroundings_changed(changed: str, far: bool) -> None:
    text = f"Before it all. {LONG} And after it came this."
    quote = selector(text, Span(15, 15 + len(LONG)))
    now = f"{FILLER if far else ''}Other words stand here. {changed} So it is said now. {FILLER}"
    start = now.index(changed)
    assert anchor(now, quote) == Span(start, start + len(changed))


def test_a_short_quotation_needs_its_surroundings_to_be_found_changed() -> None:
    text = "It was said before the war. No help came from Moscow. Then the envoy left for home."
    start = text.index("No help")
    quote = selector(text, Span(start, start + len("No help came from Moscow.")))
    same = text.replace("No help came", "No great help came")
    found = anchor(same, quote)
    assert found is not None
    assert same[found.start : found.end] == "No great help came from Moscow."
    elsewhere = f"{FILLER}No great help came from Moscow. {FILLER}"
    assert anchor(elsewhere, quote) is None
