"""Coding: the codebook changed while it is used, and the reader's word over the tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from brief_tui.errors import BriefError, ManifestError
from brief_tui.themes.codebook import Code, Codebook, Cue, with_code
from brief_tui.themes.editing import (
    moved,
    renamed,
    with_cue,
    with_new_theme,
    with_new_topic,
    without_code,
    without_cue,
)
from brief_tui.workspace import Workspace

TOML = """# what this brief is about
title = "A brief"
language = "en"

[[theme]]
id = "envoys"
name = "Envoys"
colour = "red"
cues = [
  # who comes
  'envoy*',
]

[[topic]]
id = "ships"
cues = ['ship*']
"""
TEXT = """Growing doubt

The envoy was received late.

A ship left the harbour.

Nobody trusted the minister.

The ministers met the envoys on a ship.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A brief of two documents with a codebook."""
    place = tmp_path / "brief"
    place.mkdir()
    (place / "one.txt").write_text(TEXT, encoding="utf-8")
    (place / "two.txt").write_text("Harbours\n\nAnother ship came in.\n", encoding="utf-8")
    (place / "brief.toml").write_text(TOML, encoding="utf-8")
    return place


Opened = Callable[..., Workspace]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens briefs, and closes them when the test is over."""
    known: list[Workspace] = []

    def open_brief(*paths: Path, window: str | None = None) -> Workspace:
        known.append(Workspace.open(paths or None, window=window))
        return known[-1]

    yield open_brief
    for workspace in known:
        workspace.close()


@pytest.fixture
def workspace(folder: Path, opened: Opened) -> Workspace:
    """The brief, opened."""
    return opened(folder)


def lines(workspace: Workspace, theme: str) -> list[int]:
    """The lines of the first document that a theme is on."""
    document = workspace.library.document("one.txt")
    tags = workspace.coding.tags(theme)
    return [document.passages[t.number].line for t in tags if t.doc == "one.txt"]


def test_a_new_theme_is_written_and_tagged(workspace: Workspace, folder: Path, opened: Opened) -> None:
    assert lines(workspace, "envoys") == [3, 9]
    workspace.recoding.revise(lambda codebook: with_new_theme(codebook, "Trust", Cue("trust*")))
    assert lines(workspace, "trust") == [7]
    written = (folder / "brief.toml").read_text("utf-8")
    assert "# what this brief is about" in written and "# who comes" in written
    again = opened(folder)
    assert [theme.name for theme in again.coding.codebook.themes] == ["Envoys", "Trust"]


def test_cues_change_what_is_tagged(workspace: Workspace) -> None:
    coding = workspace.coding
    workspace.recoding.revise(lambda codebook: with_cue(codebook, "envoys", Cue("minister*")))
    assert lines(workspace, "envoys") == [3, 7, 9]
    workspace.recoding.revise(
        lambda codebook: with_cue(codebook, "envoys", Cue("=minister"), instead="minister*")
    )
    assert lines(workspace, "envoys") == [3, 7, 9]
    assert [cue.q for cue in coding.codebook.themes[0].cues] == ["envoy*", "=minister"]
    workspace.recoding.revise(lambda codebook: without_cue(codebook, "envoys", "envoy*"))
    assert lines(workspace, "envoys") == [7]


def test_a_change_is_made_to_what_the_file_holds_now(workspace: Workspace, folder: Path) -> None:
    assert workspace.coding.codebook.themes
    with (folder / "brief.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[theme]]\nid = "ports"\ncues = ["harbour"]\n')
    workspace.recoding.revise(lambda codebook: renamed(codebook, "envoys", "Messengers"))
    assert [theme.name for theme in workspace.coding.codebook.themes] == ["Messengers", "Ports"]
    assert lines(workspace, "ports") == [5]


def test_changes_are_taken_back_to_the_letter(workspace: Workspace, folder: Path) -> None:
    coding = workspace.coding
    workspace.recoding.revise(
        lambda codebook: moved(with_new_theme(codebook, "Trust", Cue("trust*")), "trust", -1)
    )
    workspace.recoding.revise(lambda codebook: without_code(codebook, "envoys"))
    assert [theme.id for theme in coding.codebook.themes] == ["trust"]
    assert workspace.recoding.take_back()
    assert [theme.id for theme in coding.codebook.themes] == ["trust", "envoys"]
    assert workspace.recoding.take_back()
    assert not workspace.recoding.take_back()
    assert (folder / "brief.toml").read_text("utf-8") == TOML
    assert lines(workspace, "envoys") == [3, 9]


def test_nothing_is_taken_back_over_a_hand_edit(workspace: Workspace, folder: Path) -> None:
    workspace.recoding.revise(lambda codebook: with_new_topic(codebook, "Ports"))
    path = folder / "brief.toml"
    path.write_text(path.read_text("utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(ManifestError, match="by hand"):
        workspace.recoding.take_back()
    assert path.read_text("utf-8").endswith("# mine\n")


def test_a_folder_without_brief_toml_gets_one_and_loses_it_again(tmp_path: Path, opened: Opened) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    workspace = opened(folder)
    workspace.recoding.revise(lambda codebook: with_new_theme(codebook, "Envoys", Cue("envoy*")))
    assert lines(workspace, "envoys") == [3, 9]
    assert len(opened(folder).coding.codebook.themes) == 1
    assert workspace.recoding.take_back()
    assert not (folder / "brief.toml").exists()
    assert workspace.coding.codebook.themes == ()


def test_a_wrong_change_changes_nothing(workspace: Workspace, folder: Path) -> None:
    changes: list[Callable[[Codebook], Codebook]] = [
        lambda codebook: with_cue(codebook, "envoys", Cue("(open")),
        lambda codebook: with_cue(codebook, "nobody", Cue("x")),
        lambda codebook: with_cue(codebook, "envoys", Cue("x", requires=("nobody",))),
        lambda codebook: with_new_theme(codebook, "ENVOYS"),
        lambda codebook: with_new_topic(codebook, " "),
        lambda codebook: with_new_topic(codebook, "SHIPS"),
        lambda codebook: renamed(with_new_theme(codebook, "B"), "envoys", "b"),
        lambda codebook: renamed(codebook, "envoys", ""),
    ]
    for change in changes:
        with pytest.raises(ManifestError):
            workspace.recoding.revise(change)
    assert (folder / "brief.toml").read_text("utf-8") == TOML


def test_the_packaged_brief_is_not_written_to(opened: Opened) -> None:
    workspace = opened()
    with pytest.raises(BriefError, match="copy"):
        workspace.recoding.revise(lambda codebook: with_new_theme(codebook, "New"))


def test_a_hand_edit_is_taken_in_when_asked(workspace: Workspace, folder: Path) -> None:
    path = folder / "brief.toml"
    assert not workspace.recoding.watch() and not workspace.recoding.reread()
    path.write_text(TOML.replace("envoy*", "minister*"), encoding="utf-8")
    assert workspace.recoding.watch()
    assert workspace.recoding.reread()
    assert lines(workspace, "envoys") == [7, 9]
    assert not workspace.recoding.watch()
    path.write_text(path.read_text("utf-8") + "\n# only a remark\n", encoding="utf-8")
    assert workspace.recoding.watch() and not workspace.recoding.reread()


@pytest.mark.parametrize("wrong", ["[[theme]\n", '[[theme]]\nid = "x"\ncues = ["(open"]\n'])
def test_a_wrong_hand_edit_is_told_once_and_everything_goes_on(
    workspace: Workspace, folder: Path, wrong: str
) -> None:
    path = folder / "brief.toml"
    assert lines(workspace, "envoys") == [3, 9]
    assert not workspace.recoding.watch()
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ManifestError):
        workspace.recoding.reread()
    assert not workspace.recoding.watch() and not workspace.recoding.reread()
    assert lines(workspace, "envoys") == [3, 9]


def test_a_cue_that_does_not_parse_can_be_mended_from_inside(folder: Path, opened: Opened) -> None:
    (folder / "brief.toml").write_text(TOML.replace("envoy*", "(envoy*"), encoding="utf-8")
    workspace = opened(folder)
    with pytest.raises(ManifestError):
        workspace.coding.tags()
    with pytest.raises(ManifestError):
        workspace.recoding.revise(lambda codebook: renamed(codebook, "envoys", "Messengers"))
    assert not workspace.coding.is_tagged
    workspace.recoding.revise(lambda codebook: with_cue(codebook, "envoys", Cue("envoy*"), instead="(envoy*"))
    assert lines(workspace, "envoys") == [3, 9]


def test_topics_relate_passages_as_soon_as_they_are_there(workspace: Workspace) -> None:
    passage = workspace.library.document("two.txt").passages[1]
    before = workspace.relating.related(passage)
    workspace.recoding.revise(lambda codebook: with_cue(codebook, "ships", Cue("harbour*")))
    assert [hit.why.topics for hit in workspace.relating.related(passage)] and before
    assert workspace.coding.topics_of(passage)[0].theme == "ships"


def test_tags_are_made_again_only_after_a_change(workspace: Workspace, folder: Path, opened: Opened) -> None:
    coding = workspace.coding
    first = coding.tags()
    assert coding.tags() is first
    workspace.marks.store.reading.add_search("x")
    assert coding.tags() is first
    passage = workspace.library.document("one.txt").passages[1]
    assert [tag.theme for tag in coding.tags_of(passage)] == ["envoys"]
    coding.set_theme(passage, "envoys", False)
    assert coding.tags_of(passage) == ()
    workspace.marks.undo()
    assert [tag.manual for tag in coding.tags_of(passage)] == [False]
    other = opened(folder, window="other")
    other.coding.set_theme(passage, "envoys", False)
    assert coding.tags_of(passage) == ()


def test_the_readers_word_stays_with_its_words_when_the_document_changes(
    folder: Path, opened: Opened, private_places: Path
) -> None:
    before = opened(folder)
    document = before.library.document("one.txt")
    envoy, minister = (next(p for p in document.passages if word in p.text) for word in ("late", "Nobody"))
    before.coding.set_theme(envoy, "envoys", present=False)
    before.coding.set_theme(minister, "envoys", present=True)
    assert lines(before, "envoys") == [7, 9]
    before.close()
    rmtree(private_places / "cache", ignore_errors=True)  # index and tags are made anew
    edited = TEXT.replace("Growing doubt\n", "Growing doubt\n\nA new beginning.\n\nAnd more of it.\n")
    edited = edited.replace("The envoy was received late.", "The  envoy was received late!")
    (folder / "one.txt").write_text(edited, encoding="utf-8")
    after = opened(folder)
    after.marks.attach(after.library.documents())
    assert lines(after, "envoys") == [11, 13]
    assert [tag.manual for tag in after.coding.tags("envoys") if tag.doc == "one.txt"] == [True, False]
    (folder / "one.txt").write_text(edited.replace("Nobody trusted the minister.\n\n", ""), encoding="utf-8")
    last = opened(folder)
    last.marks.attach(last.library.documents())
    assert lines(last, "envoys") == [11]  # never moved onto other words


def test_the_readers_word_on_a_removed_theme_sleeps(workspace: Workspace) -> None:
    coding = workspace.coding
    passage = workspace.library.document("one.txt").passages[2]
    coding.set_theme(passage, "envoys", True)
    workspace.recoding.revise(lambda codebook: without_code(codebook, "envoys"))
    assert coding.tags() == ()
    workspace.recoding.take_back()
    assert [tag.manual for tag in coding.tags_of(passage)] == [True]


def test_the_account_counts_as_trails_do(workspace: Workspace) -> None:
    coding = workspace.coding
    passages = workspace.library.document("one.txt").passages
    workspace.recoding.revise(
        lambda codebook: with_code(
            codebook, Code("trust", "Trust", "blue", cues=(Cue("trust*"), Cue("doubt*"), Cue("late")))
        )
    )
    coding.set_theme(passages[1], "trust", False)
    coding.set_theme(passages[2], "trust", True)
    told = coding.account()
    assert (told.passages["envoys"], told.passages["trust"], told.passages["ships"]) == (2, 2, 3)
    assert told.cues["trust", "late"] == 1
    assert told.cues.get(("trust", "doubt*"), 0) == 0  # it tags a heading only
    assert told.quality["trust", "late"].wrong == 1
    assert {(d.decision.number, d.decision.present) for d in told.disagreements["trust"]} == {
        (1, False),
        (2, True),
    }


def test_a_preview_tells_where_a_cue_would_match(workspace: Workspace) -> None:
    found = workspace.coding.preview(replace(Cue("minister*"), unless='"the minister"'))
    assert [number for _, number in found] == [4]
    with pytest.raises(BriefError):
        workspace.coding.preview(Cue("(open"))


def test_names_and_looks_cost_no_tagging(workspace: Workspace) -> None:
    coding = workspace.coding
    before = coding.tagging()
    workspace.recoding.revise(lambda codebook: renamed(codebook, "envoys", "Messengers"))
    assert coding.tagging() is before
    workspace.recoding.revise(lambda codebook: with_new_theme(codebook, "Trust", Cue("trust*")))
    assert coding.tagging() is not before
