"""The word that is being typed: where only longer words are found, they are meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from brief_tui.search.index import Index
from brief_tui.search.query import parse
from brief_tui.search.render import render
from brief_tui.search.unfinished import ends_in_word


@pytest.fixture(scope="module")
def index(index_of: Callable[..., Index]) -> Index:
    return index_of("# Erosion of trust\n\nIran doubts the guarantees. A one-sided Middle Eastern treaty.")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("guar", "guar*"),
        ("gua", "gua*"),
        ("gu", "gu"),
        ("guarantee", "guarantee"),
        ("iran guar", "iran guar*"),
        ("guar iran", "guar iran"),
        ("iran NEAR/5 (x OR guar", "iran NEAR/5 (x OR guar*)"),
        ('"doubts the guar', '"doubts the guar*"'),
        ('"Middle Eas', '"Middle Eas*"'),
        ('"middle EAS', '"middle EAS*"'),
        ("one-sid", "one-sid*"),
        ("section:eros", "section:eros*"),
        ("section:guar", "section:guar"),
        ("iran -guar", "iran -guar"),
        ("=guar", "=guar"),
        ("zebr", "zebr"),
        ("guar~", "guar~"),
    ],
)
def test_only_a_word_that_is_not_found_is_completed(index: Index, typed: str, meant: str) -> None:
    assert render(index.completed(parse(typed, lenient=True))) == meant


def test_case_is_kept_in_what_is_completed(index: Index) -> None:
    assert index.search(index.completed(parse('"Middle Eas', lenient=True))).total == 1
    assert index.search(index.completed(parse('"middle EAS', lenient=True))).total == 0


def test_a_name_of_something_else_is_no_beginning(index: Index) -> None:
    assert render(index.completed(parse("doub"), aliases={"doub": ("iran",)})) == "doub"


def test_what_ends_in_a_sign_is_not_being_typed() -> None:
    assert ends_in_word("iran guar") and ends_in_word("伊")
    assert not any(map(ends_in_word, ("", "guar ", "guar)", '"guar"', "guar*")))
