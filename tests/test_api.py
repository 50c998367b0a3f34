"""The Python API: what a program gets from an opened brief."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import brief_tui


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """Two documents that speak of one matter, and a theme."""
    folder = tmp_path / "brief"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "A Question of Trust\n\nThe treaty\n\n"
        "The treaty between the two states was signed, and nobody trusted the guarantee it gave.\n\n"
        "Farmers sell their grain in spring.\n",
        encoding="utf-8",
    )
    (folder / "two.txt").write_text(
        "Another View\n\nThe guarantee in the treaty was hollow, said the envoy of the two states.\n",
        encoding="utf-8",
    )
    (folder / "brief.toml").write_text(
        'title = "Treaties"\nlanguage = "en"\n'
        '[[document]]\nfile = "one.txt"\nauthor = "A. Writer"\npublisher = "The Paper"\ndate = "2025-06-01"\n'
        '[[document]]\nfile = "two.txt"\n'
        '[[theme]]\nid = "doubt"\nname = "Doubt"\ncues = ["hollow", "nobody NEAR/3 trust*"]\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def opened(brief: Path) -> Iterator[brief_tui.OpenBrief]:
    """The brief, open."""
    with brief_tui.open_brief(str(brief)) as found:
        yield found


def test_the_example_of_the_documentation(opened: brief_tui.OpenBrief) -> None:
    hits = opened.search('"two states" OR guarantee*', limit=10)
    assert len(hits) == 2
    assert all(hit.score > 0 for hit in hits)
    cited = {str(hit.passage.citation) for hit in hits}
    assert any(each.startswith("A. Writer, “A Question of Trust”, The Paper, 2025-06-01") for each in cited)
    assert any("“Another View”" in each and "two:3" in each for each in cited)
    assert {tag.passage.doc for tag in opened.tags(theme="doubt")} == {"one", "two"}
    assert opened.highlights() == ()


def test_a_theme_is_asked_for_by_the_beginning_of_its_id(brief: Path) -> None:
    with (brief / "brief.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[theme]]\nid = "dou"\nname = "Empty"\ncues = ["zebra"]\n')
    with brief_tui.open_brief(brief) as opened:
        assert opened.search("theme:doub") == opened.search("theme:doubt") != ()
        assert opened.search("theme:dou") == ()


def test_passages_know_where_they_are(opened: brief_tui.OpenBrief) -> None:
    assert opened.title == "Treaties"
    assert [document.name for document in opened.documents()] == ["one", "two"]
    passage = opened.passage("one:5")
    assert passage in set(opened.passages())
    assert passage.text == passage.document.text[passage.span.start : passage.span.end]
    assert (passage.doc, passage.line, passage.kind) == ("one", 5, brief_tui.Kind.BODY)
    assert passage.section == ("The treaty",)
    assert opened.problems() == ()


def test_related_takes_what_search_gave(opened: brief_tui.OpenBrief) -> None:
    found = opened.search("nobody", limit=1)[0].passage
    for asked in (found, found.passage):
        (best, *_) = opened.related(asked, limit=5)
        assert best.passage.doc == "two"
        assert 0 < best.score <= 1
        assert best.why


def test_tags_have_evidence_and_the_reader_adds_to_them(opened: brief_tui.OpenBrief) -> None:
    for tag in opened.tags():
        text = tag.passage.document.text
        assert not tag.manual
        assert any(
            word in text[span.start : span.end] for span in tag.evidence for word in ("hollow", "nobody")
        )
    grain = opened.search("grain")[0].passage
    kept = opened.highlight(grain, tags=["doubt"], note="by hand")
    assert kept.exact == grain.text
    assert opened.highlights() == (kept,)
    assert [tag.passage.line for tag in opened.tags("doubt") if tag.manual] == [grain.line]
    part = opened.highlight(grain, span=brief_tui.Span(grain.span.start, grain.span.start + 7))
    assert part.exact == "Farmers"


def test_what_goes_wrong_is_a_sentence(opened: brief_tui.OpenBrief, tmp_path: Path) -> None:
    with pytest.raises(brief_tui.BriefError, match="check the path"):
        brief_tui.open_brief(tmp_path / "nowhere")
    with pytest.raises(brief_tui.BriefError, match="name a folder"):
        brief_tui.open_brief([])
    with pytest.raises(brief_tui.BriefError, match="doubt"):
        opened.tags("nope")
    with pytest.raises(brief_tui.BriefError):
        opened.search('"open')
    with pytest.raises(brief_tui.BriefError):
        opened.passage("one:2")
    for place in ("one:" + "9" * 5000, "one:" + "9" * 15, "one:\u00b2", "one:-1"):
        with pytest.raises(brief_tui.BriefError):
            opened.passage(place)


def test_several_files_and_the_default_brief() -> None:
    default = brief_tui.open_brief()
    assert len(default.documents()) == 5
    paths = [document.entry.path for document in default.documents()[:2]]
    assert len(brief_tui.open_brief(paths).documents()) == 2


def test_every_public_name_is_there() -> None:
    for name in brief_tui.__all__:
        assert getattr(brief_tui, name) is not None
    assert set(dir(brief_tui)) == set(brief_tui.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        brief_tui.nope  # noqa: B018
