"""Lines that are cut: what must be seen stays in view, whatever is wide."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from brief_tui.tui.harmless import HARMLESS
from brief_tui.tui.strips import in_view


@given(st.text(st.sampled_from("ab 中文é🇺🇸👍🏽"), max_size=80), st.integers(0, 79), st.integers(12, 50))
@example("中" * 60, 40, 20)
@example("a 中中中中中a", 7, 12)
@example("word " * 30, 100, 30)
def test_a_cut_line_fits_and_keeps_its_place_in_view(text: str, first: int, room: int) -> None:
    first = min(first, max(0, len(text) - 1))
    start, end, lead, tail = in_view(text, first, room, "…")
    assert cell_len(lead) + cell_len(text[start:end]) + cell_len(tail) <= room
    assert start <= first <= end
    assert bool(lead) == (start > 0) and bool(tail) == (end < len(text))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("⛓\ufe0f A", "⛓  A"),  # one cell wide in some terminals, two in others
        ("1\ufe0f\u20e3 A", "1\ufe0f\u20e3 A"),
        ("❤\ufe0f\u200d🔥 A", "❤\ufe0f\u200d🔥 A"),
        ("🧭\ufe0f A", "🧭\ufe0f A"),
        ("a\x1bb", "ab"),
    ],
)
def test_what_is_drawn_is_as_wide_in_every_terminal(text: str, drawn: str) -> None:
    (segment,) = HARMLESS.apply([Segment(text)], Color(0, 0, 0))
    assert segment.text == drawn
    if "\x1b" not in text:
        assert cell_len(text) == cell_len(drawn)
