"""Marks in a changing world: edited documents, other windows, moved folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from brief_tui.highlights.model import State
from brief_tui.workspace import Workspace

from .conftest import Opener, Settle
from .test_reader import reading, rows, said

TEXT = """Growing doubt

The ministry said nothing new. The envoy was received late.

A third paragraph ends it.
"""


def brief(folder: Path) -> Path:
    """A folder with two documents."""
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "two.txt").write_text(
        "Another source\n\nThe envoy came home and said nothing.\n", encoding="utf-8"
    )
    return folder


async def test_a_highlight_follows_its_words_in_an_edited_document(reader: Opener, tmp_path: Path) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder) as (app, pilot):
        await pilot.press("j", "v", "j", "o", "j", "m")
        assert reading(app).workspace.marks.highlights()[0].exact == "The envoy was received late."
    (folder / "one.txt").write_text("A new first line.\n\n" + TEXT, encoding="utf-8")
    async with reader(folder) as (app, _):
        kept = reading(app).workspace.marks.placed_highlights()[0]
        text = reading(app).workspace.library.document("one.txt").text
        assert text[kept.start : kept.end] == "The envoy was received late."
        assert "▎" in rows(app)


async def test_a_highlight_whose_words_are_gone_is_orphaned(reader: Opener, tmp_path: Path) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder) as (_, pilot):
        await pilot.press("j", "m")
    (folder / "one.txt").write_text("Something else entirely stands here now.\n", encoding="utf-8")
    async with reader(folder) as (app, pilot):
        assert reading(app).workspace.marks.highlights()[0].state is State.ORPHANED
        assert "▎" not in rows(app)
        await pilot.press("H")
        assert "orphaned" in rows(app)
        await pilot.press("enter")
        assert "orphaned" in rows(app)


async def test_another_windows_marks_appear(reader: Opener, tmp_path: Path, settle: Settle) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder) as (app, pilot):
        other = Workspace.open([folder])
        passage = other.library.document("one.txt").passages[1]
        other.marks.highlight("one.txt", passage.span)
        other.close()
        reading(app)._look_for_others()
        await pilot.pause()
        assert "1 highlight" in rows(app)
        await pilot.press("u")
        assert "nothing to undo" in said(app)


async def test_the_highlights_of_a_moved_folder_are_offered(
    reader: Opener, tmp_path: Path, settle: Settle
) -> None:
    folder = brief(tmp_path / "before")
    async with reader(folder) as (_, pilot):
        await pilot.press("j", "m")
    moved = tmp_path / "after"
    shutil.move(folder, moved)
    async with reader(moved) as (app, pilot):
        assert "another folder" in rows(app)
        await pilot.press("y")
        await settle(pilot)
        assert len(reading(app).workspace.marks.highlights()) == 1
        await pilot.press("u")
        assert reading(app).workspace.marks.highlights() == ()
    async with reader(moved) as (app, _):
        assert "another folder" not in rows(app)


async def test_tags_and_notes_are_searched(reader: Opener, tmp_path: Path, settle: Settle) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder) as (app, pilot):
        await pilot.press("j", "m", "t", *"turning point", "enter", "tab", *"ask the embassy", "enter")
        workspace = reading(app).workspace
        key = ("one.txt", 1)
        assert [(hit.doc, hit.number) for hit in workspace.search('tag:"turning point"').hits] == [key]
        assert [(hit.doc, hit.number) for hit in workspace.search("note:embassy").hits] == [key]
