"""What stands below what: numbered, lettered and plain headings, lists in lists."""

from __future__ import annotations

import pytest

from brief_tui.corpus.formats import Markup
from brief_tui.corpus.model import Kind
from brief_tui.corpus.segment import segment

BODY = "The reservoir would hold two million cubic metres of water. It will take four years to build it."


def headings(text: str) -> list[str]:
    """Each heading with a dot before it for each level, and the heading that it stands below."""
    passages = segment(f"The River and Its Dams\n\n{text}", "d")
    return [
        f"{'.' * p.level}{p.text} < {'' if p.heading is None else passages[p.heading].text}"
        for p in passages
        if p.kind is Kind.HEADING
    ]


def sections(*names: str) -> list[str]:
    """The headings of a text with a paragraph below each of these."""
    return headings("\n\n".join(f"{name}\n\n{BODY}" for name in names))


TITLE = "The River and Its Dams"


def test_letters_among_them_c_and_d_stand_below_roman_numbers() -> None:
    assert sections("I. Origins", "A. Sea", "B. Land", "C. Air", "D. Fire", "II. Course", "A. Sea") == [
        f"..I. Origins < {TITLE}",
        "...A. Sea < I. Origins",
        "...B. Land < I. Origins",
        "...C. Air < I. Origins",
        "...D. Fire < I. Origins",
        f"..II. Course < {TITLE}",
        "...A. Sea < II. Course",
    ]
    romans = ["I. Origins", "II. Course", "III. Delta", "IV. Sea", "V. Rain"]
    assert sections(*romans) == [f"..{name} < {TITLE}" for name in romans]
    for letters in (["A. Sea", "B. Land", "C. Air", "D. Fire"], ["G. Sea", "H. Land", "I. Air", "J. Fire"]):
        assert sections(*letters) == [f"..{name} < {TITLE}" for name in letters]
    mixed = ["I. Sea", "A. Salt", "B. Ice", "II. Land", "G. Sand", "H. Rock", "I. Clay", "III. Air"]
    assert [each.partition(" ")[0].count(".") - 1 for each in sections(*mixed)] == [2, 3, 3, 2, 3, 3, 3, 2]


def test_dotted_numbers_stand_as_deep_as_they_have_parts() -> None:
    assert sections(
        "1. Origins", "1.1 Sea", "1.1.1 Salt", "1.1.2 Ice", "1.2 Land", "2. Course", "2.1 Sea", "Conclusion"
    ) == [
        f"..1. Origins < {TITLE}",
        "...1.1 Sea < 1. Origins",
        "....1.1.1 Salt < 1.1 Sea",
        "....1.1.2 Ice < 1.1 Sea",
        "...1.2 Land < 1. Origins",
        f"..2. Course < {TITLE}",
        "...2.1 Sea < 2. Course",
        f"..Conclusion < {TITLE}",
    ]


def test_numbers_stand_beside_the_abstract_but_below_what_they_divide() -> None:
    beside = ["Abstract", "1. Origins", "2. Course", "References"]
    assert sections(*beside) == [f"..{name} < {TITLE}" for name in beside]
    assert sections("Origins of It", "1. Sea", "2. Land", "Course of It", "1. Sea") == [
        f"..Origins of It < {TITLE}",
        "...1. Sea < Origins of It",
        "...2. Land < Origins of It",
        f"..Course of It < {TITLE}",
        "...1. Sea < Course of It",
    ]
    assert sections("Chapter 1", "I. Origins", "1. Sea", "Chapter 2", "I. Land") == [
        f"..Chapter 1 < {TITLE}",
        "...I. Origins < Chapter 1",
        "....1. Sea < I. Origins",
        f"..Chapter 2 < {TITLE}",
        "...I. Land < Chapter 2",
    ]


def test_headings_that_the_format_marks_keep_its_levels() -> None:
    def marked(*signs: str) -> list[tuple[int, str]]:
        text = "\n\n".join(f"{each}\n\n{BODY}" for each in ("# Title", *signs))
        passages = segment(text, "d", markup=Markup.MARKDOWN)
        above = {p.number: "" if p.heading is None else passages[p.heading].text for p in passages}
        return [(p.level, above[p.number]) for p in passages if p.kind is Kind.HEADING]

    assert marked("## a", "### b", "### c", "## d") == [(2, "Title"), (3, "a"), (3, "a"), (2, "Title")]
    assert marked("#### a", "## b", "# c", "### d") == [(4, "Title"), (2, "Title"), (2, "Title"), (3, "c")]


def test_a_plain_heading_right_below_a_number_divides_it() -> None:
    text = f"5. Implications\n\nIn Syria\n\n{BODY}\n\nIn Iraq\n\n{BODY}\n\n6. Outlook\n\n{BODY}"
    assert headings(text) == [
        f"..5. Implications < {TITLE}",
        "...In Syria < 5. Implications",
        "...In Iraq < 5. Implications",
        f"..6. Outlook < {TITLE}",
    ]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ["It needs:", "- a dam", "  - of stone", "    - from here", "  - of earth", "- a lake"],
            ["0 It needs:", "1 It needs:", "2 It needs:", "1 It needs:", "0 It needs:"],
        ),
        (
            [
                "It needs:",
                "- a dam",
                "    - of stone",
                "\t- of earth",
                "\t\t- from here",
                "  - of wood",
                "- a lake",
            ],
            ["0 It needs:", *["1 It needs:"] * 2, "2 It needs:", "1 It needs:", "0 It needs:"],
        ),
        (
            ["It needs:", "- walls:", "- of stone", "- of earth", "- gates:", "- of iron"],
            ["0 It needs:", "1 - walls:", "1 - walls:", "0 It needs:", "1 - gates:"],
        ),
        (
            ["It needs:", "- walls:", "  - of stone", "- a lake"],
            ["0 It needs:", "1 - walls:", "0 It needs:"],
        ),
        (
            ["It needs:", "1) a dam", "2) a lake", "a) by law", "b) by right"],
            ["0 It needs:", "0 It needs:", "0 ", "0 "],
        ),
    ],
)
def test_lists_keep_their_depth_and_what_introduces_them(lines: list[str], wanted: list[str]) -> None:
    passages = segment(f"{TITLE}\n\n{BODY}\n\n" + "\n".join(lines) + f"\n\n{BODY}", "d")
    assert [
        f"{p.level} {'' if p.lead_in is None else passages[p.lead_in].text}"
        for p in passages
        if p.kind is Kind.BULLET
    ] == wanted
