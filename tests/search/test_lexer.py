"""Words with their signs: what each becomes, and where a wrong one stands."""

from __future__ import annotations

import pytest

from brief_tui.errors import QueryError
from brief_tui.search.query import And, Nothing, Or, Phrase, Query, Section, Where, Word, any_word, parse

WHO = Word("who", "exact")
DEFENCE = (Word("中国", "exact"), Word("国防", "exact"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("garantee~", Word("garantee", "fuzzy")),
        ("garantee~1", Word("garantee", "fuzzy", edits=1)),
        ("garantee~2", Word("garantee", "fuzzy", edits=2)),
        ("high-speed~1", Phrase((Word("high", "fuzzy", edits=1), Word("speed", "fuzzy", edits=1)))),
        ("wild*~1", Word("wild*", "wild")),
        ("=word~1", Word("word", "exact")),
        ("~a", Word("a")),
        ("X*", Word("x*", "wild")),
        ("a^1000", Word("a", boost=1000.0)),
        ("((a b)^2)^3", And((Word("a"), Word("b")), boost=6.0)),
        ("(-a)^2", parse("-a")),
        ('"who ? X"', Phrase((WHO, Word("x", "exact", cased="X")))),
        ('"X* Who"', Phrase((Word("x*", "wild", cased="X*"), Word("who", "exact", cased="Who")))),
        ('"Wh?t who"', Phrase((Word("wh?t", "wild", cased="Wh?t"), WHO))),
        ('"Su‑3? who"', Phrase((Word("su-3?", "wild", cased="Su-3?"), WHO))),
        ("SU–*", Word("su-*", "wild")),
        ("(a)b", And((Word("a"), Word("b")))),
        ('"who"b', And((WHO, Word("b")))),
        ("a - b", And((Word("a"), Word("b")))),
        pytest.param(" " * 9_999 + "a", Word("a"), id="10,000 characters"),
        ("NOT -a", Word("a")),
        ("a AND b c", And((Word("a"), Word("b"), Word("c")), written=True)),
        ("section:trust", Section(Word("trust"))),
        ('section:" who"', Section(WHO)),
        ("tag:X", Where("tag", "X")),
        ('tag:" two words "', Where("tag", "two words")),
        ("kind:Body", Where("kind", "Body")),
        ("中", Word("中", "character")),
        ("中国", DEFENCE[0]),
        ("中国防", Phrase(DEFENCE)),
        ('"中国防 Who"', Phrase((*DEFENCE, Word("who", "exact", cased="Who", step=2)))),
        (
            '"中国防 who 中 who"',
            Phrase((*DEFENCE, Word("who", "exact", step=2), Word("中", "character"), WHO)),
        ),
        ("中国防 b", And((Phrase(DEFENCE), Word("b")))),
        ("中国防b", Phrase((*DEFENCE, Word("b", step=2)))),
        ("b中", Phrase((Word("b"), Word("中", "character")))),
        ("*中国", DEFENCE[0]),
    ],
)
def test_a_word_with_its_signs(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("x iran^0", 7, "above 0 and up to 1000"),
        ("iran^1001", 5, "above 0 and up to 1000"),
        ("(a b)^0", 6, "above 0 and up to 1000"),
        ('"a b"^2000', 6, "above 0 and up to 1000"),
        ("iran^x^y", 5, "above 0 and up to 1000"),
        ("(a b)~x", 5, "right after a word"),
        ('section:"a *"', 11, "wildcard needs"),
        ("a section:*", 10, "wildcard needs"),
        ("a iran~12", 7, "After ~ stands how many"),
        ("(a b) NEAR/2 c", 6, "NEAR joins words"),
        ("a NEAR/2 -b", 9, "missing before -;"),
        ("()", 1, r"missing before \);"),
        ("a NEAR " * 60 + "a", 282, "inside each other"),
        ("a OR b)", 6, "A closing bracket has no opening one"),
        ("section:(" * 30 + "a" + ")" * 30, 180, "inside each other"),
    ],
)
def test_a_wrong_sign_is_shown_at_its_place(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("doubt AND AND Iran more", "doubt iran more"),
        ('"bank *', '"bank"'),
        ("(doubt) OR (question", "(doubt) OR (question)"),
        ('iran "a OR', 'iran "a OR"'),
    ],
)
def test_what_is_half_typed_is_closed(typed: str, meant: str) -> None:
    assert parse(typed, lenient=True) == parse(meant)


def test_any_word_of_a_text_is_wanted_by_itself() -> None:
    assert any_word("Iran") == Word("iran")
    assert any_word("中国防 who 中国, who") == Or((*DEFENCE, Word("who")))
    assert any_word("?") == Nothing()
