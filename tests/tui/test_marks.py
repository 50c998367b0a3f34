"""Marks in a changing world: edited documents, other windows, moved folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from brief_tui.highlights.model import State
from brief_tui.tui import clipboard
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.export import ExportScreen
from brief_tui.workspace import Workspace

from .conftest import Opener, Settle, reading, said
from .test_reader import rows

TEXT = """Growing doubt

The ministry said nothing new. The envoy was received late.

A third paragraph ends it.
"""


def notices(app: ReaderApp) -> str:
    """What the notices on the screen say."""
    return " ".join(str(each.message) for each in app._notifications)


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
        assert [(hit.doc, hit.number) for hit in workspace.searching.results('tag:"turning point"').hits] == [
            key
        ]
        assert [(hit.doc, hit.number) for hit in workspace.searching.results("note:embassy").hits] == [key]


def gutter_digits(app: ReaderApp) -> list[tuple[str, bool]]:
    """The themes' digits left of the text from top to bottom, each with whether it is underlined."""
    column = reading(app).column
    assert column is not None
    region = column.region
    strips = app.screen._compositor.render_strips()[region.y + 2 : region.bottom]
    return [
        (segment.text, bool(segment.style and segment.style.underline))
        for strip in strips
        for segment in strip.crop(region.x, region.x + 2)
        if segment.text.strip()
    ]


async def test_a_theme_that_was_put_by_hand_is_underlined_beside_the_text(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    folder = brief(tmp_path / "brief")
    (folder / "brief.toml").write_text(
        '[[theme]]\nid = "envoys"\nname = "Envoys"\ncues = ["envoy"]\n'
        '[[theme]]\nid = "ends"\nname = "Ends"\ncues = ["nowhere"]\n',
        encoding="utf-8",
    )
    async with reader(folder, size=(80, 24)) as (app, pilot):
        by_cue, by_hand = ("❶", False), ("❷", True)
        assert gutter_digits(app) == [by_cue]
        await pilot.press("j", "j", "t", *"ends", "enter", "enter")
        await settle(pilot)
        assert gutter_digits(app) == [by_cue, by_hand]
        await pilot.press("k", "t", *"ends", "enter", "enter")
        await settle(pilot)
        assert gutter_digits(app) == [by_cue, by_hand, by_hand]
        await pilot.press("t", *"envoys", "enter", "enter")
        await settle(pilot)
        assert gutter_digits(app) == [by_hand, by_hand]
        await pilot.press("u", "u", "u")
        await settle(pilot)
        assert gutter_digits(app) == [by_cue]
        await pilot.press("m", "t", *"ends", "enter", "enter")  # a theme among a highlight's tags
        await settle(pilot)
        assert gutter_digits(app) == [by_cue, by_hand]


async def test_notes_on_documents_and_on_the_brief(reader: Opener, tmp_path: Path) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder, size=(80, 24)) as (app, pilot):
        marks = reading(app).workspace.marks
        await pilot.press("j", "m", "A", "enter", *"thin", "ctrl+s")
        assert marks.store.notes() == {"one.txt": "thin"}
        assert "note on Growing doubt kept · u undo" in said(app)
        await pilot.press("A", "g", "enter", *"all in all", "ctrl+s", "A")
        assert "all in all" in rows(app) and "thin" in rows(app)
        await pilot.press("escape", "H")
        shown = rows(app)
        assert (
            shown.index("The brief")
            < shown.index("all in all")
            < shown.index("thin")
            < shown.index("The envoy")
        )
        await pilot.press("j", "a", *" indeed", "ctrl+s")
        assert marks.store.notes()["one.txt"] == "thin indeed"
        await pilot.press("d")
        assert "one.txt" not in marks.store.notes()
        await pilot.press("u", "u")
        assert marks.store.notes()["one.txt"] == "thin"
        await pilot.press("ctrl+r")
        assert marks.store.notes()["one.txt"] == "thin indeed"
        await pilot.press("slash", *"envoy", "enter", "e")
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.words.value == "envoy"
    async with reader(folder) as (app, pilot):
        await pilot.press("u", "u")
        assert reading(app).workspace.marks.store.notes() == {"one.txt": "thin"}


async def test_a_mark_that_cannot_be_kept_is_said_and_not_shown(
    reader: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = brief(tmp_path / "brief")
    (folder / "one.txt").write_text(f"Growing doubt\n\n{'words ' * 5_000}\n", encoding="utf-8")
    async with reader(folder) as (app, pilot):
        store = reading(app).workspace.marks.store
        with store._database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1")
        await pilot.press("j", "m")
        assert "free some space" in notices(app)
        assert "highlight" not in rows(app).splitlines()[0]
        assert "▎" not in rows(app)
        with store._database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 100000")
        await pilot.press("m")
        assert "1 highlight" in rows(app).splitlines()[0]
    file = tmp_path / "no folder"
    file.touch()
    monkeypatch.setenv("BRIEF_TUI_DATA_DIR", str(file))
    async with reader(folder) as (app, pilot):
        await pilot.press("j", "m", "A", "enter", "x", "ctrl+s", "u")
        assert "cannot be made" in notices(app)
        assert "highlight" not in rows(app).splitlines()[0]
        assert reading(app).reading.place == (0, 1)


async def test_an_excerpt_is_copied_to_the_terminal_and_to_the_desktop(
    reader: Opener, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = brief(tmp_path / "brief")
    (folder / "one.txt").write_text("Growing doubt\n\nThe envoy\x1b[201~ was received.\n", encoding="utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in (*clipboard._REMOTE, "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    async with reader(folder) as (app, pilot):
        await pilot.press("j", "y")
        await settle(pilot)
        wanted = "“The envoy␛[201~ was received.” (“Growing doubt”, one:3)"
        assert app.clipboard == wanted
        assert "through the terminal" in said(app)
        program = tools / "xclip"
        program.write_text(f"#!/bin/sh\ncat > {tmp_path}/copied\n", encoding="utf-8")
        program.chmod(0o755)
        await pilot.press("y")
        await settle(pilot)
        assert said(app) == "copied with its citation"
        assert (tmp_path / "copied").read_text(encoding="utf-8") == wanted
        program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        await pilot.press("y")
        await settle(pilot)
        assert "through the terminal" in said(app)


def test_the_desktop_is_asked_only_where_one_sits_at_it(tmp_path: Path) -> None:
    for name in ("wl-copy", "xsel", "clip.exe"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    here = {"PATH": str(tmp_path)}
    found = {
        seat: Path(clipboard.local_program(here | {seat: "x"})[0]).name
        for seat in ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME")
    }
    assert found == {"WAYLAND_DISPLAY": "wl-copy", "DISPLAY": "xsel", "WSL_DISTRO_NAME": "clip.exe"}
    assert clipboard.local_program(here) == ()
    assert clipboard.local_program(here | {"DISPLAY": ":0", "SSH_CONNECTION": "1"}) == ()
    assert clipboard.local_program({"PATH": "", "DISPLAY": ":0"}) == ()
