"""Setting passages into rows: nothing is lost, nothing is too wide, and every cell leads back to the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from brief_tui.corpus.model import Kind, Passage
from brief_tui.corpus.visible import visible
from brief_tui.tui.typeset import Setting, space_before, typeset

TEXTS = st.text(
    st.sampled_from("ab cde — -\n\t中文字é👩‍🚀\u0301\u200bxyz1.,’“” ") | st.characters(),
    min_size=1,
    max_size=300,
)


def passage(text: str, kind: Kind = Kind.BODY, marker: int = 0) -> Passage:
    """A passage that is all of a text."""
    return Passage("d", 0, 0, len(text), 1, 1 + text.count("\n"), kind, marker=marker, source=text)


def drawn(setting: Setting, row: int) -> str:
    """A row as it stands on the screen."""
    line = setting.rows[row]
    text, start = " " * line.indent, line.start
    for blank, more in line.gaps:
        text += setting.display[start : blank + 1] + " " * more
        start = blank + 1
    return text + setting.display[start : line.end]


@example("⿰00000⺀", 7, Kind.BULLET, False)
@given(TEXTS, st.integers(1, 60), st.sampled_from([Kind.BODY, Kind.BULLET, Kind.HEADING]), st.booleans())
def test_rows_hold_all_of_the_text_and_fit(text: str, width: int, kind: Kind, justify: bool) -> None:
    setting = typeset(passage(text, kind, marker=min(2, len(text))), width, justify=justify)
    assert "".join(visible(text).split()) == "".join(
        "".join(setting.display[row.start : row.end] for row in setting.rows).split()
    )
    for at, row in enumerate(setting.rows):
        shown = setting.display[row.start : row.end].rstrip(" ")
        one_grapheme_wide = max((cell_len(c) for c in shown), default=0)
        assert cell_len(drawn(setting, at).rstrip(" ")) <= max(
            width, row.indent + one_grapheme_wide, row.indent + 2
        )
        assert row.start <= row.end
    for before, after in zip(setting.rows, setting.rows[1:], strict=False):
        assert not setting.display[before.end : after.start].strip(" ")


@given(TEXTS, st.integers(1, 60))
def test_every_offset_is_shown_and_found_again(text: str, width: int) -> None:
    setting = typeset(passage(text), width)
    for offset in range(len(text)):
        index = setting.index(offset)
        assert 0 <= index <= len(setting.display)
        assert setting.rows[setting.row_of(offset)].start <= index
        if not text[offset].isspace():
            assert setting.offset(index) == offset


@given(st.text("abc de", min_size=1, max_size=200), st.integers(4, 40), st.booleans())
def test_a_cell_leads_back_to_its_character(text: str, width: int, justify: bool) -> None:
    setting = typeset(passage(text), width, justify=justify)
    for at, row in enumerate(setting.rows):
        shown = drawn(setting, at)
        for cell, character in enumerate(shown):
            if not character.isspace():
                assert text[setting.offset_at(at, cell)] == character
        assert setting.offset_at(at, len(shown) + 5) == setting.offset(row.end)


@pytest.mark.parametrize("width", [24, 38, 60])
def test_justified_prose_ends_at_the_edge(width: int) -> None:
    text = (
        "Moscow has signed a treaty whose words bind neither side to come to the other's help in a war. " * 4
    )
    setting = typeset(passage(text.strip()), width, justify=True)
    ends = [len(drawn(setting, at)) for at in range(len(setting.rows) - 1)]
    assert ends.count(width) >= len(ends) - 1
    assert all(not row.gaps for row in setting.rows[-1:])


def test_a_bullet_hangs_behind_its_marker() -> None:
    setting = typeset(passage("- one two three four five", Kind.BULLET, marker=2), 12)
    assert [row.indent for row in setting.rows] == [0, *[2] * (len(setting.rows) - 1)]
    assert drawn(setting, 0).startswith("- one")


@pytest.mark.parametrize(
    "cluster",
    ["👩‍👩‍👧‍👦", "🏳️‍🌈", "🇮🇷", "e\u0301\u0323", "👍🏽", "\u1112\u1161\u11ab", "q\u0307\u0323", "✌️"],
    ids=["family", "joined flag", "flag", "two accents", "skin", "jamo", "more accents", "variation"],
)
@pytest.mark.parametrize("width", [5, 8, 13])
def test_what_is_read_as_one_character_is_never_broken(cluster: str, width: int) -> None:
    text = f"{cluster * 7} word {cluster}x{cluster} " * 3
    setting = typeset(passage(text.strip(), Kind.BULLET, marker=2), width)
    borders = {0, *accumulate(len(found) for found in regex.findall(r"\X", setting.display))}
    for at, row in enumerate(setting.rows):
        assert {row.start, row.end} <= borders
        assert cell_len(drawn(setting, at).rstrip(" ")) <= width
    assert len(setting.rows) > 3


def test_space_between_passages_follows_what_they_are() -> None:
    heading, body = passage("Heading", Kind.HEADING), passage("Body text.")
    lead_in, bullet = passage("It risks:"), passage("• war", Kind.BULLET, marker=2)
    for before, after, rows in (
        (body, body, 1),
        (heading, body, 0),
        (body, heading, 1),
        (bullet, bullet, 0),
        (replace(lead_in, number=4), replace(bullet, lead_in=4, line=9), 0),
        (body, replace(bullet, line=9), 1),
        (None, body, 0),
    ):
        later = replace(after, line=9)  # the line that follows at once is set without a blank one
        assert space_before(later, before) == rows, (before, after)


def test_controls_show_as_marks_of_one_cell() -> None:
    text = "a\x1b[31mred\x07\u202egnp.exe\x9b"
    setting = typeset(passage(text), 40)
    assert "\x1b" not in setting.display and "\u202e" not in setting.display
    assert len(setting.display) == len(text) == cell_len(setting.display)
