"""Lines whose kind depends on what stands around them, each beside the one that it could be taken for."""

from __future__ import annotations

import pytest

from brief_tui.corpus.model import Kind
from brief_tui.corpus.segment import segment

TITLE = "The River and Its Dams"
BODY = "The reservoir would hold two million cubic metres of water. It will take four years to build it."


def kinds(*paragraphs: str) -> list[str]:
    """The kinds of an article's passages, without its title and what is BODY."""
    passages = segment("\n\n".join((TITLE, *paragraphs)), "d")
    assert passages[0].kind is Kind.TITLE
    return [passage.kind.value for passage in passages[1:] if passage.text != BODY]


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        ((BODY, "1", BODY, "2", BODY, "3", BODY), ["boilerplate"] * 3),
        ((BODY, "1", BODY, "2", BODY), ["heading"] * 2),
        (("3 May 2021", BODY, "4 May 2021", BODY), ["boilerplate"] * 2),
        (("3 May 2021", BODY, "4 May 2021", BODY, "5 May 2021", BODY), ["heading"] * 3),
    ],
    ids=["pages", "numbers", "dates", "chronicle"],
)
def test_numbers_and_dates_by_how_many_there_are(paragraphs: tuple[str, ...], wanted: list[str]) -> None:
    assert kinds(*paragraphs) == wanted


@pytest.mark.parametrize("opening", ["Abstract", "Introduction", "INTRODUCTION:"])
def test_a_paper_within_a_text_begins_with_a_title(opening: str) -> None:
    assert kinds(BODY, "Another Study of Dams", opening, BODY) == ["title", "heading"]
    assert kinds("Another Study of Dams", opening, BODY) == ["heading", "heading"]
    assert kinds(BODY, "Another Study of Dams", "Conclusion", BODY) == ["heading", "heading"]
    assert kinds(BODY, "4. Another Study", opening, BODY) == ["heading", "heading"]
    assert kinds(BODY, "References", opening, BODY) == ["heading", "heading"]


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("The river runs\nThe mills stand\nThe bread is dear", ["body"] * 3),
        ("The River Runs\nThe mills stand still.\nThe bread is dear.", ["heading", "body", "body"]),
        ("  The river runs\n  The mills stand", ["body"] * 2),
        ("The River Runs\nThe Mills Stand", ["heading"] * 2),
        ("Population: 3,000\nArea: large", ["body"] * 2),
        ("River: The Long and the Very Wide One", ["heading"]),
        ("key findings:\n- one\n- two", ["heading", "bullet", "bullet"]),
        ("key findings:\none and two.", ["body", "body"]),
    ],
    ids=["verse", "headed", "indented", "headings", "particulars", "heading", "introduces", "says"],
)
def test_short_lines_by_their_neighbours(block: str, wanted: list[str]) -> None:
    assert kinds(BODY, block, BODY) == wanted


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("1. one thing\n2. another thing", ["bullet", "bullet"]),
        ("50. one thing of it", ["bullet"]),
        ("51. one thing of it", ["body"]),
        ("199. one thing\n200. another thing", ["bullet", "bullet"]),
        ("200. one thing\n201. another thing", ["bullet", "body"]),
        ("a) one thing\nb) another thing", ["bullet", "bullet"]),
        ("(i) one thing\n(ii) another thing", ["bullet", "bullet"]),
        ("A. The Sea\nB. The Land", ["bullet", "bullet"]),
        ("A. The Sea\n\nThe water is salt there, and it is deep as well.", ["heading", "body"]),
    ],
)
def test_numbered_lines_are_items_beside_their_like(block: str, wanted: list[str]) -> None:
    assert kinds(BODY, block, BODY) == wanted


@pytest.mark.parametrize(
    "line", ["***", "⁂", "* * *", "-----", "Origins of it ........ 5", "The sea . . . . . . . . . . 112"]
)
def test_drawn_lines_and_rows_of_contents_are_furniture(line: str) -> None:
    assert kinds(BODY, line, BODY) == ["boilerplate"]
    assert kinds(BODY, f"{line} and so it went, they say.", BODY) != ["boilerplate"]


def test_the_top_of_a_page_above_its_title() -> None:
    def titled(*above: str) -> list[str]:
        return [p.text for p in segment("\n\n".join((*above, TITLE, BODY)), "d") if p.kind is Kind.TITLE]

    assert titled("Home\nNews\nContact") == [TITLE]
    assert titled("3 May 2021") == [TITLE]
    assert titled("Home\nNews") == ["Home"]
    assert titled("Date: 5 May") == []
    assert titled("4. Dams") == []


def test_a_long_line_below_the_title_sums_the_text_up() -> None:
    assert kinds("Why a small country builds the largest dam of them all", BODY) == ["body"]
    assert kinds("Why a Small Country Builds the Largest Dam of Them All", BODY) == ["heading"]
    assert kinds("Why a country builds the largest dam", BODY) == ["heading"]
    assert kinds(BODY, "Why a small country builds the largest dam of them all", BODY) == ["heading"]


def test_short_lines_at_the_end_belong_to_the_page_unless_they_are_all_there_is() -> None:
    assert kinds(BODY, "More of Our Rivers") == ["boilerplate"]
    assert kinds("Microwave semiconductors part") == ["heading"]
    assert [passage.kind for passage in segment("Rusya kararını verdi ve bekliyor", "d")] == [Kind.HEADING]
