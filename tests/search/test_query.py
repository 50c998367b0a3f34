"""The query language as a parser: what it makes of text, and what it says of wrong text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brief_tui.errors import QueryError
from brief_tui.search.query import (
    And,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Section,
    Where,
    Word,
    any_word,
    parse,
    references,
    walk,
)
from brief_tui.search.render import render

SIGNS = ' "()*?~^=-:/“”«»–−\u00a0\u200b'
WORDS = (
    "NEAR/3",
    "NEAR",
    "AND",
    "OR",
    "NOT",
    "a",
    "Ab",
    "doc:x",
    "section:",
    "kind:body",
    "~2",
    "^2",
    "中国",
)
typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=25).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
)


def test_precedence_is_near_not_and_or() -> None:
    assert parse("a OR b c -d NEAR/2 e") == Or(
        (Word("a"), And((Word("b"), Word("c"), Not(Near(Word("d"), Word("e"), 2)))))
    )


@pytest.mark.parametrize("sign", ["section:(", "(", "a NEAR (", "-("])
def test_what_nests_deeper_than_anyone_means_is_refused(sign: str) -> None:
    with pytest.raises(QueryError, match="inside each other"):
        parse(sign * 1000 + "a")
    parse(sign * 1000 + "a", lenient=True)


def test_near_without_a_number_is_eight_words() -> None:
    assert parse("a NEAR b") == Near(Word("a"), Word("b"), 8)


def test_a_distance_is_of_1_to_900_words() -> None:
    assert [parse(f"a NEAR/{n} b") for n in (1, 900)] == [Near(Word("a"), Word("b"), n) for n in (1, 900)]


def test_every_part_of_a_tree_is_walked() -> None:
    tree = parse('a NEAR/2 (b OR c) -"d e" section:f')
    words = [part.text for part in walk(tree) if isinstance(part, Word)]
    assert words == ["a", "b", "c", "d", "e", "f"]


def test_a_word_in_quotes_is_exact_and_no_phrase() -> None:
    assert parse('"guarantees"') == Word("guarantees", "exact")
    assert parse('section:guarantee* section:"far"') == And(
        (Section(Word("guarantee*", "wild")), Section(Word("far", "exact")))
    )


def test_operators_in_small_letters_are_words() -> None:
    assert parse("a or near not") == And((Word("a"), Word("or"), Word("near"), Word("not")))


def test_a_word_with_a_hyphen_is_a_phrase_by_stem_and_a_model_is_one_word() -> None:
    assert parse("China-led") == Phrase((Word("china"), Word("led")))
    assert parse("S‑300") == Word("s-300")
    assert parse("Su-*") == Word("su-*", "wild")


def test_a_mark_between_hebrew_letters_is_no_quotation_mark() -> None:
    assert parse('צה"ל') == parse("צה״ל")
    assert parse('"צה"ל פועל"') == parse('"צה״ל פועל"')


def test_brackets_and_quotation_marks_of_wide_keyboards() -> None:
    assert parse("（「中国 iran」 OR a）") == parse('("中国 iran" OR a)')


def test_curly_and_straight_quotes_are_the_same() -> None:
    assert parse("“mutual defence”") == parse('"mutual defence"') == parse("«mutual\u00a0defence»")


def test_weights_and_distances() -> None:
    assert parse('a^2 "b c"~5^0.5 (d e)^3') == And(
        (
            Word("a", boost=2.0),
            Phrase((Word("b", "exact"), Word("c", "exact")), 5, boost=0.5),
            And((Word("d"), Word("e")), boost=3.0),
        )
    )


def test_fields() -> None:
    assert parse('doc:003 theme:trust* section:"far east" note:"two words"') == And(
        (
            Where("doc", "003"),
            Where("theme", "trust*"),
            Section(Phrase((Word("far", "exact"), Word("east", "exact")))),
            Where("note", "two words"),
        )
    )
    assert references(parse('a (theme:x OR -tag:"y z") doc:1')) == {("theme", "x"), ("tag", "y z")}


def test_an_unknown_field_is_words() -> None:
    assert parse("time:10:30") == Phrase((Word("time"), Word("10"), Word("30")))


def test_a_question_mark_ends_a_question_and_is_a_letter_elsewhere() -> None:
    assert parse("will Russia defend?") == And((Word("will"), Word("russia"), Word("defend")))
    assert parse("will Russia defend ?") == parse("will Russia defend?")
    assert parse("defen?e") == Word("defen?e", "wild")
    assert parse("guarantee?") == Word("guarantee?", "wild")
    assert parse("Su-3? jets") == And((Word("su-3?", "wild"), Word("jets")))


@pytest.mark.parametrize("text", ["", "   ", "—", "…", "&", "\u200b", "“”", "⛓️", "-"])
def test_without_a_word_there_is_nothing(text: str) -> None:
    assert parse(text) == Nothing()


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ('russia "mutual def', 7, '"'),
        ("(a OR b", 0, ")"),
        ("a (b (c) d", 2, ")"),
        ("a OR b)", 6, "("),
        ("a OR", 4, "word"),
        ("OR a", 0, "OR"),
        ("a AND OR b", 6, "OR"),
        ("a NEAR/3", 8, "word"),
        ("NEAR/3 a", 0, "NEAR"),
        ("a NEAR/0 b", 7, "1 to 900"),
        ("a NEAR/901 b", 7, "1 to 900"),
        ("a NEAR/ b", 7, "as in NEAR/8"),
        ("a NEAR/99999999999999999999 b", 7, "1 to 900"),
        ('"a b"~0', 6, "1 to 900"),
        ("(a b) NEAR/2 c", 6, "NEAR"),
        ("a NEAR/2 -b", 9, "word"),
        ("a^0", 2, "weight"),
        ("a^999999", 2, "weight"),
        ("iran * x", 5, "wildcard"),
        ("doc: x", 4, "colon"),
        ("kind:poem", 5, "boilerplate"),
        ("a kind:poem", 7, "title, heading, body"),
        ("a doc: x", 6, "right after the colon"),
        ("x (a b", 2, "A bracket is not closed; add ) or put ( in quotes."),
        ("section:", 8, "right after the colon"),
        ("section: a b", 8, "right after the colon"),
        ('a section:""', 10, "right after the colon"),
        ('tag:"to quo', 4, '"'),
        ("a NEAR/x b", 7, "as in NEAR/8"),
        ("iran^x", 5, "weight"),
        ("iran^2^3", 5, "weight"),
        ("(a b)^x", 5, "right after"),
        ('"a b"~x', 5, "right after"),
        ("(a OR b)~2", 8, "right after"),
        ("a ^2", 2, "right after"),
        ("iran~3", 5, "1 or 2"),
        ('"bank * iran"', 6, "wildcard"),
        ("a =*", 2, "wildcard"),
        ("()", 1, ")"),
        ("(" * 60 + "a" + ")" * 60, 40, "simplify"),
        ("a" * 10_001, 10_000, "longer"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_wrong_query_says_where_and_what(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert says in str(caught.value)
    parse(text, lenient=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"mutual def', '"mutual def"'),
        ("(doubt OR question", "(doubt OR question)"),
        ('(doubt OR "no do', '(doubt OR "no do")'),
        ('"no doubt" "mutual def', '"no doubt" "mutual def"'),
        ("(doubt OR (question", "(doubt OR (question))"),
        ("(doubt) (question", "(doubt) (question)"),
        ("doubt OR", "doubt"),
        ("doubt NEAR/", "doubt"),
        ("doubt NEAR/6 (", "doubt"),
        ("doubt -", "doubt"),
        ("doubt AND NOT", "doubt"),
        ("iran section:", "iran"),
        ("iran doc:", "iran"),
        ("iran)", "iran"),
        ("OR iran", "iran"),
        ("doubt NEAR/6 (commit* O", "doubt NEAR/6 commit*"),
        ("doubt kind:head", "doubt"),
        ("doubt^0", "doubt"),
        ('"long ago"~', '"long ago"'),
        ("doubt AND AND (doc:3 NEAR/2 question) more words", "doubt 3 question more words"),
        ("will it?", "will it"),
    ],
)
def test_a_half_typed_query_is_mended(typed: str, meant: str) -> None:
    assert parse(typed, lenient=True) == parse(meant)


@settings(deadline=None)
@given(typed)
@example("\ud800")
@example("\x00")
@example("(" * 3000)
@example("NOT " * 3000)
@example("a NEAR " * 1400 + "a")
@example('"' * 9999)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    parse(text, lenient=True)
    try:
        tree = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).endswith(".")
    else:
        assert sum(1 for _ in walk(tree)) >= 1


@settings(deadline=None)
@given(typed)
def test_what_is_rendered_parses(text: str) -> None:
    parse(render(parse(text, lenient=True)))


@pytest.mark.parametrize(
    "text",
    [
        "russia iran",
        "russia AND iran (a AND b)^2",
        'doubt OR ("mutual defen?e" -treaty) OR =us',
        "(doubt* OR question*) NEAR/6 (commit* OR guarantee*)",
        "a NEAR/3 b NEAR/5 c",
        "a NEAR/3 (b NEAR/5 c)",
        '"long ago"~5^2 guarante~ garantee~1 word^0.5 (a b)^2',
        'section:trust doc:003 theme:trust_erosion tag:"two words" -kind:bullet',
        "China-led S-300 su-*",
        '"US Army" "US"',
        "section:(a OR b) c",
    ],
)
def test_a_rendered_tree_is_the_same_tree(text: str) -> None:
    assert parse(render(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what (of the high-speed wings . ?", ["what", "of", "the", "high", "speed", "wings"]),
        ('AND "OR" NOT doc:3 -a wh?t *', ["and", "or", "not", "doc", "3", "a", "wh", "t"]),
        ("U.S. u.s. IRAN's iran", ["us", "iran"]),
        (". ? (", []),
    ],
)
def test_any_word_of_a_text_knows_no_operators(text: str, words: list[str]) -> None:
    tree = any_word(text)
    parts = tree.parts if isinstance(tree, Or) else () if isinstance(tree, Nothing) else (tree,)
    assert [part.text for part in parts if isinstance(part, Word)] == words


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_any_of_its_words(text: str) -> None:
    assert not any(isinstance(node, And | Not | Phrase | Near) for node in walk(any_word(text)))
