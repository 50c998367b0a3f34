"""Pull quotes and the passages that they repeat."""

from __future__ import annotations

from brief_tui.corpus.model import Kind
from brief_tui.corpus.segment import segment

TITLE = "The River and Its Dams"
PROMISE = (
    "Moscow's promises of military support for Tehran were never written into any treaty that obliged it, "
    "and in the summer nobody in either capital was surprised that no help came."
)
WATER = "The reservoir would hold two million cubic metres of water, and it will take four years to build."
BREAD = "Bread was dear that spring because the mills stood still and nobody had carried grain to the towns."


def pull_quotes(*paragraphs: str) -> dict[str, str]:
    """The pull quotes of an article with the passages they repeat."""
    passages = segment("\n\n".join((TITLE, *paragraphs)), "d")
    return {p.text: passages[p.twin or 0].text for p in passages if p.kind is Kind.PULLQUOTE}


def test_a_sentence_set_apart_word_for_word_is_one_wherever_it_stands() -> None:
    said = "In the summer nobody in either capital was surprised that no help came."
    far = [WATER, BREAD] * 4
    assert pull_quotes(PROMISE, *far, said, WATER) == {said: PROMISE}
    assert pull_quotes(WATER, said, *far, PROMISE) == {said: PROMISE}


def test_a_whole_sentence_with_another_word_is_none() -> None:
    assert not pull_quotes(PROMISE, "In the winter nobody in either capital was surprised that no help came.")


def test_a_line_of_the_words_just_above_it_is_one_but_not_above_or_far_below() -> None:
    line = "Moscow promises military support that it never wrote into a treaty"
    assert pull_quotes(WATER, PROMISE, line, BREAD) == {line: PROMISE}
    assert pull_quotes(PROMISE, WATER, BREAD, WATER, line, BREAD) == {line: PROMISE}
    assert not pull_quotes(PROMISE, WATER, BREAD, WATER, BREAD, line, BREAD)
    assert not pull_quotes(WATER, line, PROMISE, BREAD)


def test_what_reads_as_a_heading_is_none() -> None:
    said = "Nobody in Either Capital Was Surprised That No Help Came"
    assert not pull_quotes(PROMISE, said, BREAD)
    assert not pull_quotes(PROMISE, "4. Nobody in either capital was surprised that no help came", BREAD)
    assert not pull_quotes(PROMISE, "Nobody in either capital was surprised that no help came:", BREAD)
    assert not pull_quotes(PROMISE, "Was surprised that no help", BREAD)
    assert pull_quotes(PROMISE, "Capital was surprised that no help", BREAD)


def test_five_words_in_a_row_are_needed_elsewhere() -> None:
    run = "Military support for Tehran were never was what Moscow treaty promises said"
    assert pull_quotes(PROMISE, *[WATER, BREAD] * 4, run, WATER) == {run: PROMISE}
    broken = "Military support with Tehran were never was what Moscow treaty promises said"
    assert not pull_quotes(PROMISE, *[WATER, BREAD] * 4, broken, WATER)


def test_of_two_that_say_it_the_nearer_in_words_is_the_twin() -> None:
    line = "Nobody in either capital was surprised that no help came"
    less = (
        "Nobody in either capital was surprised, though the summer was hot and the help of others came late."
    )
    for order in ([PROMISE, less], [less, PROMISE]):
        assert pull_quotes(*order, line, BREAD) == {line: PROMISE}


def test_what_says_no_more_than_the_line_is_no_twin() -> None:
    line = "Nobody in either capital was surprised that no help came to the rulers of Tehran this time"
    assert not pull_quotes(f"{line} around.", WATER, line, BREAD)
