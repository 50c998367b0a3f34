"""A quotation is found where it went, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from brief_tui.corpus.model import Span
from brief_tui.highlights.anchor import anchor, selector
from brief_tui.highlights.model import Selector

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


def spotted(marked: str) -> tuple[str, Span | None]:
    """A text without its [[ ]], and the span between them."""
    head, _, rest = marked.partition("[[")
    inside, found, tail = rest.partition("]]")
    return head + inside + tail, Span(len(head), len(head + inside)) if found else None


SAME = "- Nobody came to help us then.\n"
ALIEN = "一二三四。五六七八。" * 4
TELLING = "Moscow did not come to the help of its partner in that dry year."


def row(number: int) -> str:
    return f"| asked whether it would help | yes | that was number {number} |\n"


LOST = "Before the war it was said that [[trust]] had been lost for ever and a day."
START, END = "One said it in spring, as they went. ", " And so it was."
LEFT = f"{START}[[Tehran drew its own conclusions, and left.]]{END}"
NO_HELP = "It was said before the war. [[No help came from there.]] Then the envoy left for home."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param(
            "They said that [[Moscow]] would come to help.",
            "Who can know — [[Moscow]] may be late.",
            id="where it was, whatever surrounds it",
        ),
        pytest.param("[[Moscow]] would come to help.", "[[Moscow]]? Who knows it.", id="where it was, at 0"),
        pytest.param(
            "First they asked whom it would help, and then [[trust]] was gone for many years to come.",
            "Nobody who was there at the time knew that so trust left us. "
            "First they asked whom it would help, and then [[trust]] was gone for many years to come.",
            id="not on the word that stands now where it was",
        ),
        pytest.param(
            LOST,
            "Trust, trust. Before the war it was said that [[trust]] is what counts. No trust, no peace.",
            id="where one side is the same",
        ),
        pytest.param(
            LOST,
            "Before all, trust. Before the wars it is said that [[trust]] has been lost for ever. But trust!",
            id="where both sides are nearly the same",
        ),
        pytest.param(
            LOST,
            "Trust! Before the war it was said that [[trust]] is what counts among all who are partners. "
            "Before the wars it is said that trust has been lost for ever and a day.",
            id="where one side is the same rather than both nearly",
        ),
        pytest.param(LOST, f"{ALIEN}trust{ALIEN}", id="where no side is the same"),
        pytest.param(
            f"It was said of [[trust]]{ALIEN}",
            "Once more: It was said of trust, and trust was gone in a summer.",
            id="not where a side of 15 is the same",
        ),
        pytest.param(
            f"It was asked of [[trust]]{ALIEN}",
            "Once more: It was asked of [[trust]], and trust was gone in a summer.",
            id="where a side of 16 is the same",
        ),
        pytest.param(
            f"{row(1)}{row(2).replace('yes', '[[yes]]')}{row(3)}",
            "".join(map(row, range(1000, 1450))) + f"{row(1)}{row(2).replace('yes', '[[yes]]')}{row(3)}",
            id="in its row, behind hundreds of rows",
        ),
        pytest.param(
            f"{SAME * 3}- Nobody [[came]] to help us then.\n{SAME * 3}",
            f"Well. {SAME * 3}- Nobody [[came]] to help us then.\n{SAME * 3}",
            id="in the nearest of lines that are the same",
        ),
        pytest.param(
            f"It was so. [[{TELLING}]] So it was.", f"{ALIEN}[[{TELLING}]]{ALIEN}", id="64 are enough"
        ),
        pytest.param(
            f"It was so. [[{TELLING[1:]}]] So it was.", f"{ALIEN}{TELLING[1:]}{ALIEN}", id="63 are not"
        ),
        pytest.param(
            f"It was so. [[{TELLING}]] So it was.",
            f"{ALIEN}[[{TELLING.replace('dry', 'hot dry')}]]{ALIEN}",
            id="64 are enough though they changed",
        ),
        pytest.param(
            f"It was so. [[{TELLING[1:]}]] So it was.",
            f"{ALIEN}{TELLING[1:].replace('dry', 'hot dry')}{ALIEN}",
            id="63 that changed are not",
        ),
        pytest.param(
            LEFT,
            LEFT.replace("Tehran drew", "Tehran, it seems, drew").replace("left", "soon left"),
            id="grown between its surroundings",
        ),
        pytest.param(
            f"{FILLER}{LEFT}",
            f"{START}no.{END} {FILLER}{END} {LEFT.replace('Tehran', 'Tehran, it seems,')} {START}no.",
            id="grown between its surroundings, each of which is elsewhere too",
        ),
        pytest.param(
            LEFT,
            FILLER + LEFT.replace("own", "owned").replace("]]", "]] And so did we."),
            id="changed far from its old place, and not what was put behind it",
        ),
        pytest.param(
            LEFT,
            LEFT.replace("[[Tehran drew its own conclusions, and left.]] ", "")
            + FILLER
            + "But others wrote: [[Tehran drew its own conclusion, and left.]] And so it was.",
            id="moved from between its surroundings, and changed",
        ),
        pytest.param(
            NO_HELP,
            NO_HELP.replace("It was said before", "They wrote of").replace("came", "came again"),
            id="short, grown, and a side changed",
        ),
        pytest.param(
            LEFT,
            LEFT.replace("One said it in spring, as", "In spring,").replace(
                "its own conclusions", "conclusions"
            ),
            id="shrunk, and a side changed",
        ),
        pytest.param(
            "[[Moscow did not come to help its partner in that year.]] Nobody said why it did not",
            "[[Moscow as ever did not come to help its partner in that year.]] Nobody said why it did not",
            id="grown at the beginning of the text",
        ),
        pytest.param(
            "Nobody said why it had not come. [[In that year Moscow did not help its partner]]",
            "Nobody said why it had not come. [[In that year Moscow did not help its only partner]]",
            id="grown at the end of the text",
        ),
        pytest.param(
            "So it was said then. [[No help came for the partner when war broke out again.]] It was not so.",
            "So it was said then. [[No help came for the partner when war broke out]] Moscow said no word.",
            id="without the blank behind it",
        ),
        pytest.param(
            f"{FILLER}It was so. [[{TELLING}]] So it was. {FILLER}",
            f"{FILLER}It is so. [[{TELLING.replace('that dry', 'another')}]] So it is. {FILLER}"
            f"{TELLING.replace('dry', 'wry')}",
            id="near, though more like it is far",
        ),
    ],
)
def test_where_a_quotation_is_now(was: str, now: str) -> None:
    text, span = spotted(was)
    assert span is not None
    edited, expected = spotted(now)
    assert anchor(edited, selector(text, span)) == expected


@given(st.text("ab", min_size=1, max_size=20), st.integers(0, 19), st.integers(1, 20))
@example("abbbbab", 0, 2)
def test_of_equal_places_the_nearest_is_it(text: str, at: int, length: int) -> None:
    at %= len(text)
    exact = text[at : at + length]
    places = [at for at in range(len(text)) if text.startswith(exact, at)]
    for start in range(-2, len(text) + 2):
        nearest = min(places, key=lambda at: (abs(at - max(0, start)), -at))
        assert anchor(text, Selector(start, start + len(exact), exact)) == Span(nearest, nearest + len(exact))


def test_the_place_with_its_surroundings_is_it_wherever_it_stood() -> None:
    alike = "Before the wars it is said that [[trust]]; trust has been lost for ever"
    for others in range(4):
        text, span = spotted("trust; " * others + alike + "; trust" * 3)
        for start in range(-9, len(text) + 9, 4):
            quote = Selector(
                start, start + 5, "trust", "the war it was said that ", "; trust had been lost for"
            )
            assert anchor(text, quote) == span
