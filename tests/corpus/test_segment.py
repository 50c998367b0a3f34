"""Passages, their kinds and their order, in documents of many sorts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.formats import Markup, read_text
from brief_tui.corpus.long import LONGEST
from brief_tui.corpus.model import Kind, Passage
from brief_tui.corpus.segment import segment

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
SIGNS = {kind.value[:4]: kind for kind in Kind}


def described(passages: tuple[Passage, ...]) -> list[str]:
    """A line a passage: kind, level, lines, section and lead-in, and how its text begins."""
    rows = []
    for p in passages:
        above = "-" if p.heading is None else str(passages[p.heading].line)
        lead = "" if p.lead_in is None else f" <{passages[p.lead_in].line}"
        lines = str(p.line) if p.line == p.line_end else f"{p.line}-{p.line_end}"
        rows.append(f"{lines} {p.kind} {p.level} ^{above}{lead} {' '.join(p.text.split())[:40]}".rstrip())
    return rows


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.suffix != ".expected"], ids=lambda s: s.name)
def test_samples(sample: Path) -> None:
    extracted = read_text(sample)
    expected = sample.with_name(f"{sample.name}.expected").read_text(encoding="utf-8")
    assert described(segment(extracted.text, sample.name, markup=extracted.markup)) == expected.splitlines()


def kinds(text: str) -> list[str]:
    return [p.kind.value for p in segment(text, "d")]


BODY = "The reservoir would hold two million cubic metres of water. It will take four years to build it."


def test_captions_stand_with_their_credit() -> None:
    text = f"Title of It\n\n{BODY}\n\nA walker looks over the quarry.\nJane Doe / AFP\n\n{BODY}\n"
    assert kinds(text) == ["title", "body", "caption", "boilerplate", "body"]


def test_a_repeated_title_is_no_section() -> None:
    text = f"Bees of the north\n\n{BODY * 3}\n\nBees of the north\n\nNobody knows what it will cost.\n"
    assert kinds(text) == ["title", "body", "boilerplate", "body"]


def test_a_profile_and_its_labels() -> None:
    profile = "Author:\n\n• Name : A. B.\n• Email : a@b.org\n• Phone : 5\n\nx:\n\n• url : y\n• username : z"
    text = f"Bees of the north\n\n{BODY}\n\n{profile}"
    assert set(kinds(text)[2:]) == {"boilerplate"}


def test_particulars_of_the_subject_are_no_profile() -> None:
    text = f"Bees of the north\n\n{BODY}\n\n- Hives: forty.\n- Honey: much.\n- Drones: few."
    assert kinds(text)[2:] == ["bullet"] * 3


def test_the_last_lines_are_text_where_they_say_something() -> None:
    assert kinds(f"Minutes of May\n\n{BODY}\n\nNext meeting: 2 June")[-1] == "body"
    assert kinds(f"Minutes of May\n\n{BODY}\n\nMore stories\n\nBees return")[-2:] == ["boilerplate"] * 2


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "  ",
            "\f",
            "- a",
            "1. B",
            "IV. C",
            "Title Case",
            "a b c:",
            "=====",
            "| a | b |",
            "> q",
            "```",
            "<!--",
        ]
    ),
)


@given(st.lists(LINES, max_size=30).map("\n".join), st.sampled_from(Markup))
def test_any_text_is_partitioned(text: str, markup: Markup) -> None:
    passages = segment(text, "d", markup=markup)
    lines = text.split("\n")
    held: list[int] = []
    at = 0
    for number, p in enumerate(passages):
        assert (p.doc, p.number) == ("d", number)
        assert at <= p.start < p.end <= len(text)
        assert p.line == text.count("\n", 0, p.start) + 1
        assert p.line_end == text.count("\n", 0, p.end) + 1
        assert p.text == p.text.strip()
        assert 0 <= p.marker <= p.end - p.start
        assert 0 <= p.inline_heading < p.end - p.start
        assert all(n is None or 0 <= n < len(passages) for n in (p.heading, p.lead_in, p.twin))
        assert p.heading is None or p.heading < number
        held += [n for n in range(p.line, p.line_end + 1) if lines[n - 1].strip()]
        at = p.end
    assert held == [n for n, line in enumerate(lines, 1) if line.strip()]


def test_a_line_that_begins_with_a_colon() -> None:
    assert len(kinds(f": one\n\n{BODY}\n\n::")) == 3


@pytest.mark.parametrize("joining", ["\u0301", "\u200d", "\U000e0100\ufe0f"])
def test_marks_that_join_for_ever_are_cut_all_the_same(joining: str) -> None:
    text = "a" + joining * 60_000
    passages = segment(text, "d")
    assert "".join(p.text for p in passages) == text
    assert len(passages) == -(-len(text) // LONGEST)
