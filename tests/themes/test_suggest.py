"""Topics suggested from the texts."""

from __future__ import annotations

from pathlib import Path

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.themes.codebook import Codebook, check
from brief_tui.themes.suggest import suggest_topics
from brief_tui.themes.toml import with_codebook

from .conftest import MakeBrief

A = """Fighter jets were promised in May.

The promised fighter jets never came.

Grain prices rose again. Nobody knew why.

It was a long winter.

Roads were closed for weeks.
"""
B = """A pilot explained how fighter jets are flown.

Grain prices fell, said the ministry.

Grain prices may rise again in spring.

The river froze.

Trains stood still.
"""


def test_phrases_that_several_documents_share(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": A, "b.txt": B}, "")
    topics = suggest_topics(brief.documents)
    assert {topic.name for topic in topics[:2]} == {"Fighter jets", "Grain prices"}


def test_they_are_cues_that_find_their_passages(make_brief: MakeBrief) -> None:
    topics = suggest_topics(make_brief({"a.txt": A, "b.txt": B}, "").documents)
    manifest = with_codebook("", Codebook(topics=topics[:2]))
    again = make_brief({"a.txt": A, "b.txt": B}, manifest.replace('language = "en"\n', ""))
    assert len(again.lines("fighter_jets")) == 3
    assert len(again.lines("grain_prices")) == 3


def test_names_of_one_thing_and_words_of_grammar_are_no_topics(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": A, "b.txt": B}, "")
    names = {topic.name for topic in suggest_topics(brief.documents, aliases={"grain prices": ("corn",)})}
    assert "Grain prices" not in names
    assert not names & {"The", "Were", "For"}


def test_one_document_and_none(make_brief: MakeBrief) -> None:
    brief = make_brief({"a.txt": A + B}, "")
    assert "Grain prices" in {topic.name for topic in suggest_topics(brief.documents)}
    assert suggest_topics([]) == ()


def test_the_default_brief_without_its_codebook(seeds: Path) -> None:
    brief, _ = read_brief([seeds])
    documents = [load(entry, default_language="en") for entry in brief.entries]
    topics = suggest_topics(documents, limit=20)
    assert len(topics) == 20
    assert len({topic.id for topic in topics}) == 20
    assert {"Fighter jets", "Balancing act"} <= {topic.name for topic in topics}
    check(Codebook(topics=topics))
