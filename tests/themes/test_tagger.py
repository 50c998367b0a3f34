"""Cues to tags: what matches, what cancels, what it says of itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Kind, Span
from brief_tui.themes.tagger import preview
from brief_tui.themes.tags import CueMatch, Decision, ThemeTag, cue_quality, disagreements, merge

from .conftest import MakeBrief

TEXT = """Who trusts whom

Allies doubt the guarantee. Nothing else happened.

There is no doubt about the guarantee.

They offer little help with little evidence of it.

Moscow came late.
"""


def theme(cues: str) -> str:
    return f'[[theme]]\nid = "t"\ncues = [{cues}]\n'


def test_a_score_is_the_sum_of_distinct_cues_and_tags_from_a_half(make_brief: MakeBrief) -> None:
    brief = make_brief(
        {"a.txt": TEXT}, theme("{ q = 'doubt', weight = 0.3 }, { q = 'guarantee', weight = 0.3 }")
    )
    assert brief.lines("t") == [("a", 3), ("a", 5)]
    tag = brief.tagging.themes[0]
    assert round(tag.score, 6) == 0.6
    assert [match.cue for match in tag.matches] == ["doubt", "guarantee"]


def test_a_score_is_at_most_one(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("'doubt', 'guarantee'"))
    assert brief.tagging.themes[0].score == 1.0


def test_unless_cancels_what_it_overlaps(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("{ q = 'doubt NEAR/6 guarantee', unless = '\"no doubt\"' }"))
    assert brief.lines("t") == [("a", 3)]


def test_unless_cancels_one_occurrence_and_not_the_other(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("{ q = 'little', unless = 'evidence' }"))
    assert brief.lines("t") == [("a", 7)]
    (tag,) = brief.tagging.themes
    assert [span.start for span in tag.evidence] == [TEXT.index("little")]


def test_unless_of_another_sentence_cancels_nothing(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("{ q = 'guarantee', unless = 'nothing' }"))
    assert ("a", 3) in brief.lines("t")


def test_evidence_runs_from_the_first_word_to_the_last_within_a_sentence(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("'doubt NEAR/6 guarantee'"))
    assert brief.evidence("t") == ["doubt the guarantee", "doubt about the guarantee"]


def test_a_cue_of_a_sentence_does_not_reach_the_next(make_brief: MakeBrief) -> None:
    assert make_brief({"a.txt": TEXT}, theme("'guarantee happened'")).lines("t") == []


def test_a_cue_of_a_passage_reaches_all_its_sentences(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("{ q = 'guarantee happened', scope = \"passage\" }"))
    assert brief.lines("t") == [("a", 3)]
    assert brief.evidence("t") == ["guarantee", "happened"]


def test_names_of_one_thing_are_taken_for_each_other(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("'russia came'") + '[aliases]\nrussia = ["Moscow"]\n')
    assert brief.lines("t") == [("a", 9)]


SECTIONS = """# A title

## Loss of trust

They wait for an answer.

## Weather

They wait for rain.
"""


def test_a_requirement_holds_in_the_section_too(make_brief: MakeBrief) -> None:
    brief = make_brief(
        {"a.md": SECTIONS},
        '[[theme]]\nid = "t"\ncues = [{ q = \'wait\', requires = ["loss"] }]\n'
        "[[topic]]\nid = \"loss\"\ncues = ['loss']\n",
    )
    assert brief.lines("t") == [("a", 5)]


def test_headings_are_tagged_and_captions_and_boilerplate_are_not(make_brief: MakeBrief) -> None:
    text = SECTIONS + "\nShare this story of trust\n\nSubscribe to our newsletter for more trust\n"
    brief = make_brief({"a.md": text}, theme("'trust'"))
    kinds = {brief.documents[0].passages[t.number].kind for t in brief.tagging.themes}
    assert Kind.HEADING in kinds
    assert not kinds & {Kind.BOILERPLATE, Kind.CAPTION}


def test_a_preview_says_what_a_cue_alone_would_match(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": TEXT}, theme("'nowhere'"))
    from brief_tui.themes.codebook import Cue

    found = preview(Cue("guarantee", requires=("t",)), brief.index, brief.documents)
    assert [brief.documents[0].passages[number].line for _, number in found] == [3, 5]


def test_topics_come_as_counts_of_places(make_brief: MakeBrief) -> None:
    brief = make_brief(
        {"a.txt": "Trust me.\n\nTrust, and trust again.\n"}, "[[topic]]\nid = \"t\"\ncues = ['trust']\n"
    )
    assert list(brief.tagging.topic_counts().values()) == [{"t": 1}, {"t": 2}]


def auto(number: int, *cues: str) -> ThemeTag:
    matches = tuple(CueMatch(cue, 1.0, (Span(0, 3),)) for cue in cues)
    return ThemeTag("t", "a", number, 0.7, evidence=(Span(0, 3),), matches=matches)


def test_the_reader_wins() -> None:
    merged = merge([auto(1, "x"), auto(2, "x"), auto(3, "x")], [
        Decision("t", "a", 1, False), Decision("t", "a", 2, True), Decision("t", "a", 9, True),
    ])  # fmt: skip
    assert [(t.number, t.manual, t.score) for t in merged] == [
        (2, True, 1.0),
        (3, False, 0.7),
        (9, True, 1.0),
    ]
    assert merged[0].evidence == (Span(0, 3),)


def test_what_the_reader_added_stands_in_reading_order() -> None:
    said = [Decision("t", "z", 4, True), Decision("t", "a", 2, True), Decision("t", "b", 7, True)]
    merged = merge([auto(1, "x"), auto(3, "x")], said, ["b", "a"])
    assert [(t.doc, t.number) for t in merged] == [("b", 7), ("a", 1), ("a", 2), ("a", 3), ("z", 4)]


def test_the_last_decision_counts() -> None:
    assert merge([auto(1)], [Decision("t", "a", 1, False), Decision("t", "a", 1, True)])[0].manual


numbers = st.integers(0, 5)


@given(
    st.lists(numbers, unique=True),
    st.lists(st.builds(Decision, st.just("t"), st.just("a"), numbers, st.booleans())),
)
def test_merging_gives_what_was_decided_and_else_what_the_cues_say(
    cued: list[int], said: list[Decision]
) -> None:
    merged = {t.number: t for t in merge([auto(n) for n in cued], said)}
    decided = {d.number: d.present for d in said}
    for number in range(6):
        assert (number in merged) == decided.get(number, number in cued)
        if number in merged:
            assert merged[number].manual == (number in decided)


def test_disagreements_name_the_cues_that_were_wrong_and_what_they_missed() -> None:
    said = [Decision("t", "a", 1, False), Decision("t", "a", 2, True), Decision("t", "a", 5, True)]
    found = disagreements([auto(1, "x"), auto(2, "x")], said)
    assert [(d.decision.number, [m.cue for m in d.matches]) for d in found] == [(1, ["x"]), (5, [])]


def test_a_cue_has_precision_and_recall_on_what_the_reader_decided() -> None:
    from brief_tui.themes.codebook import Code, Cue

    said = [Decision("t", "a", 1, False), Decision("t", "a", 2, True), Decision("t", "a", 5, True)]
    code = Code("t", "T", cues=(Cue("x"), Cue("unseen")))
    x, unseen = cue_quality([code], [auto(1, "x"), auto(2, "x"), auto(3, "x")], said)
    assert (x.precision, x.recall) == (0.5, 0.5)
    assert (unseen.precision, unseen.recall) == (None, 0.0)


def test_a_short_match_is_shown_with_its_sentence(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": "It rained. In the end Xi came along. It snowed.\n"}, theme("'=xi'"))
    assert brief.evidence("t") == ["In the end Xi came along."]


def test_evidence_is_no_longer_than_can_be_read(make_brief: MakeBrief) -> None:
    text = "one " + "and then some words " * 60 + "two.\n"
    brief = make_brief({"a.txt": text}, theme("'one two'"))
    assert brief.lines("t") == [("a", 1)]
    assert all(3 <= len(words) <= 600 for words in brief.evidence("t"))
