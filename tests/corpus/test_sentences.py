"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Kind, Passage
from brief_tui.corpus.segment import segment
from brief_tui.corpus.sentences import sentences


def cut(text: str, language: str = "en") -> list[str]:
    passage = Passage("d", 0, 0, len(text), 1, 1, Kind.BODY, source=text)
    return [text[a:b] for a, b in sentences(passage, language)]


@pytest.mark.parametrize(
    "marked",
    [
        "He met U.S. officials.|They left.",
        "It fought the U.S.|The war ended.",
        "As e.g. Dr. Smith said, No. 5 is fine.|The Su‑30/35 flew at 3.5 km.",
        "“Stop!” he said.|“Why?” she asked.|They left.",
        "“We once offered,” he said.|“Our partners didn’t.”|He did not say when.",
        "J. R. R. Tolkien wrote it.|It was long ... and Long ... went on.|He slept.",
        "It came to an end...|He slept.",
        "See pp. 6-7, Fig. 3 and Smith et al. (2020).|Done.",
        "It played a leading role.|3. Strategic Vacuum By not offering it.",
        "That is **security.**|This article goes on.",
        "He asked “who?” and left.|(See below.)|The end.",
        "What? — he said — I never did!",
        "他来了。|你呢？|「好。」|她说。",
        "1. The first thing.|It goes on.",
        "It may stall.[3]|Then again.",
        "Who came?|Russia did.|Really!|Moscow waited…|Then it left.",
        "It was cold.|-3 was read.|It fell - 3 more came.",
        "He spoke . . . Moscow did not.",
        "He spoke . . .|The end came...|Moscow slept.",
        "They call it “the U.S.”|Moscow agrees.",
        "It is the **U.S.** Navy.",
        "It has allies (e.g. Moscow) there.",
        "Yes.|Moscow came.|Oh.|Tehran did not.",
        "IV. Results follow.",
        "a. Results follow.",
        "He said no.|Moscow came.",
        "See no. 7, p. IV, and art. (XI) of it.",
        "In the U.S. I saw it.",
        "The Acme Inc. Moscow office was closed in Jan.|The rest stayed.",
        "It joined NATO.|Moscow did not.",
    ],
)
def test_breaks_and_where_there_are_none(marked: str) -> None:
    wanted = marked.split("|")
    joined = "".join(wanted) if marked.startswith("他") or "role.|3" in marked else " ".join(wanted)
    assert cut(joined) == wanted


@pytest.mark.parametrize(
    "marked",
    [
        "He said “no.”|Then he left.",
        "It ends.|The next begins.",
        "At 3.The U.S.The example.Com (p.)Then end.THE.",
    ],
)
def test_a_blank_that_is_missing(marked: str) -> None:
    assert cut(marked.replace("|", "")) == marked.split("|")


@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_ordinals_of_a_language(language: str) -> None:
    assert cut("Am 3. Oktober kam er. Er blieb.", language) == ["Am 3. Oktober kam er.", "Er blieb."]
    assert cut("Am 13. Mai. Es waren 300. Dann 20.", language) == ["Am 13. Mai.", "Es waren 300.", "Dann 20."]
    assert cut("It was 3. Moscow left.", "en") == ["It was 3.", "Moscow left."]


def test_a_marker_is_outside_and_an_inline_heading_is_a_sentence() -> None:
    text = (
        "- Drones fly. They land.\n\n"
        "1. Perceived Unreliability Russia’s unwillingness to defend Iran is seen by all."
    )
    bullet, body = segment(text, "d")
    assert [text[a:b] for a, b in sentences(bullet)] == ["Drones fly.", "They land."]
    assert [text[a:b] for a, b in sentences(body)] == [
        "1. Perceived Unreliability",
        "Russia’s unwillingness to defend Iran is seen by all.",
    ]


def test_each_line_of_a_table_is_one() -> None:
    text = "| a. B | c |\n| d | e |"
    (table,) = segment(text, "d")
    assert [text[a:b] for a, b in sentences(table)] == ["| a. B | c |", "| d | e |"]


PIECES = st.sampled_from(
    [*"ab AB.!?…\"'”’)。！*[]12-—\n\t•", "U.S.", "e.g. ", "No. ", "- ", "1. ", "\u00a0", "\u200b", "𝔸"]
)


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)),
    st.sampled_from(["en", "de", ""]),
)
def test_sentences_cover_all_but_blanks_and_markers(text: str, language: str) -> None:
    for passage in segment(text, "d"):
        at = passage.start + passage.marker
        for start, end in sentences(passage, language):
            assert at <= start < end <= passage.end
            assert not text[at:start].strip()
            at = end
        assert not text[at : passage.end].strip()
