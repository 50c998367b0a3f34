"""What a terminal or an eye could be deceived by is shown as a mark of one code point."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.visible import folded, mark_invisible, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve 中文 👩\u200d🚀", "plain, naïve 中文 👩\u200d🚀"),
        ("\x1b[31m\x07\x00\x7f", "␛[31m␇␀␡"),
        ("\x9b31m\x90\x85x", "␦31m␦ x"),
        ("a\tb\nc\r\vd\u2028e\u2029", "a b c  d e "),
        ("\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c \u2068", "⟪evil⟠ ⟫x⟠ ⟩⟨⟂ ⟡"),
        ("\ufeffa\u200bb\u00ad\u2060\U000e0041", "·a·b···"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_marks(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_what_merely_shows_nothing_may_stay_unseen_but_not_what_deceives() -> None:
    text = "a\xad\u200b\u200e\u3164b\u202ec\u2066d\x1b\U000e0041\u2028"
    try:
        mark_invisible(False)
        shown = visible(text)
        assert shown == "a" + "\u200b" * 4 + "b⟪c⟫d␛· "
        assert visible(shown) == shown
    finally:
        mark_invisible()
    assert visible(text) == "a··⟩·b⟪c⟫d␛· "


@given(st.text(st.characters()))
def test_any_text_keeps_its_length_and_loses_all_controls(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in shown)
    assert visible(shown) == shown


def test_a_quotation_is_one_line() -> None:
    assert folded("one \t\n  two\n\nthree\x1b") == "one two three␛"
