"""The codebook screen: codes and cues changed with the keyboard, kept in brief.toml, painted at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from brief_tui.corpus.manifest import packaged
from brief_tui.tui import coding
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.ask import AskScreen
from brief_tui.tui.screens.codebook import CodebookScreen
from brief_tui.tui.screens.cue import CueScreen
from brief_tui.tui.screens.pick import PickScreen
from brief_tui.tui.screens.reader import ReaderScreen

from .conftest import Opener, Picture, Settle, on_screen, reading

TOML = """title = "Envoys"
language = "en"

[[theme]]
id = "envoys"
name = "Envoys"
colour = "red"
memo = "Who was sent, and how they fared."
cues = [
  # who comes
  'envoy*',
  { q = 'late', weight = 0.6 },
]

[[theme]]
id = "trust"
colour = "blue"
cues = ['trust*']
"""
TEXT = """Growing doubt

The envoy was received late.

A ship left the harbour with grain and steel.

Nobody trusted the minister, who was late.

The ministers met the envoys on a ship in the harbour.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A brief of two documents with two themes and no topics."""
    place = tmp_path / "brief"
    place.mkdir()
    (place / "one.txt").write_text(TEXT, encoding="utf-8")
    (place / "two.txt").write_text(
        "Harbours\n\nAnother ship came into the harbour.\n\nA ship waits outside the harbour.\n",
        encoding="utf-8",
    )
    (place / "brief.toml").write_text(TOML, encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews without waiting for the next key."""
    monkeypatch.setattr("brief_tui.tui.screens.cue.PREVIEW_AFTER", 0.001)


def codebook(app: ReaderApp) -> CodebookScreen:
    """The codebook screen, which must be open."""
    assert isinstance(app.screen, CodebookScreen), app.screen
    return app.screen


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text."""
    names = {
        " ": "space",
        "*": "asterisk",
        "(": "left_parenthesis",
        ")": "right_parenthesis",
        ".": "full_stop",
    }
    await pilot.press(*(names.get(character, character) for character in text))


def toml(folder: Path) -> str:
    """The brief.toml as it is now."""
    return (folder / "brief.toml").read_text("utf-8")


@pytest.mark.parametrize("size", [(50, 24), (80, 24), (120, 40)])
async def test_picture(
    reader: Opener, settle: Settle, picture: Picture, folder: Path, size: tuple[int, int]
) -> None:
    async with reader(folder, size=size) as (app, pilot):
        await pilot.press("K")
        await settle(pilot)
        await pilot.press("l", "j")
        picture(app)


async def test_picture_of_a_cue(reader: Opener, settle: Settle, picture: Picture, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "a")
        await write(pilot, "minister* OR ship")
        await settle(pilot)
        picture(app)


async def test_it_tells_themes_cues_and_counts(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K")
        await settle(pilot)
        text = on_screen(app)
        assert "❶ Envoys" in text and "❷ Trust" in text and "Who was sent" in text
        assert "envoy*" in text and "none yet: s suggests" in text
        told = codebook(app).account
        assert told is not None
        assert (told.passages["envoys"], told.cues["envoys", "envoy*"], told.cues["envoys", "late"]) == (
            3,
            2,
            2,
        )


async def test_a_new_theme_gets_a_cue_and_is_painted(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "n")
        await write(pilot, "Ships")
        await pilot.press("enter")
        await settle(pilot)
        assert codebook(app).code is not None and codebook(app).code.name == "Ships"  # type: ignore[union-attr]
        await pilot.press("a")
        await write(pilot, "ship")
        await settle(pilot)
        assert "4 passages, 4 of them new to Ships" in on_screen(app)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("escape")
        assert reading(app).painting.looks["ships"].digit == 3
        await pilot.press("3")
        trail = reading(app).reading.trail
        assert trail is not None and len(trail.stops) == 4
    assert "# who comes" in toml(folder) and "Ships" in toml(folder)


async def test_rename_recolour_memo_and_order(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("1", "K", "r", *(["backspace"] * 6))
        await write(pilot, "People")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c", "G", "enter")
        await settle(pilot)
        await pilot.press("m")
        await write(pilot, " And back.")
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("J")
        await settle(pilot)
        themes = app.workspace.coding.codebook.themes
        assert [(theme.id, theme.name) for theme in themes] == [("trust", "Trust"), ("envoys", "People")]
        assert themes[1].colour == "grey" and themes[1].memo.endswith("fared. And back.")
        await pilot.press("J")
        await settle(pilot)
        assert "the last theme already" in codebook(app).hints.said
        assert "2 themes" in on_screen(app)
        await pilot.press("escape")
        trail = reading(app).reading.trail
        assert trail is not None and trail.label == "❷ People"
        assert reading(app).painting.looks["envoys"].digit == 2


async def test_cues_are_edited_removed_and_brought_back(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "enter", "enter")
        assert isinstance(app.screen, CueScreen)
        await pilot.press(*(["backspace"] * 6))
        await write(pilot, "minister*")
        await pilot.press("tab", "backspace")
        await write(pilot, "0.7")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        theme = app.workspace.coding.codebook.themes[0]
        assert [(cue.q, cue.weight) for cue in theme.cues] == [("minister*", 0.7), ("late", 0.6)]
        await pilot.press("j", "d")
        await settle(pilot)
        assert [cue.q for cue in app.workspace.coding.codebook.themes[0].cues] == ["minister*"]
        await pilot.press("u", "u")
        await settle(pilot)
        assert toml(folder) == TOML
        await pilot.press("u")
        await settle(pilot)
        assert "nothing to undo" in codebook(app).hints.said


async def test_a_wrong_cue_says_where_and_is_not_kept(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "a")
        await write(pilot, "(ship")
        await settle(pilot)
        assert "character" in on_screen(app)
        await pilot.press("enter")
        assert isinstance(app.screen, CueScreen)
        await pilot.press("escape")
    assert toml(folder) == TOML


async def test_removing_a_theme_asks(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("1", "K", "d")
        assert isinstance(app.screen, AskScreen)
        await pilot.press("n", "d", "y")
        await settle(pilot)
        assert [theme.id for theme in app.workspace.coding.codebook.themes] == ["trust"]
        await pilot.press("escape")
        assert reading(app).reading.trail is None
        await pilot.press("i")
        await settle(pilot)


async def test_disagreements_are_told_and_gone_to(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        passages = app.workspace.library.document("one.txt").passages
        app.workspace.coding.set_theme(passages[3], "envoys", False)
        app.workspace.coding.set_theme(passages[1], "envoys", True)
        app.workspace.coding.set_theme(passages[2], "envoys", True)
        await pilot.press("K")
        await settle(pilot)
        assert "You decided otherwise: 2" in on_screen(app)
        await pilot.press("l", "j")
        assert "right on 0 of 1" in on_screen(app)
        await pilot.press("G", "enter")
        await pilot.pause()
        assert reading(app).reading.place in {(0, 2), (0, 3)}


async def test_topics_are_suggested_and_only_those_ticked_are_taken(
    reader: Opener, settle: Settle, folder: Path
) -> None:
    said = ["Grain exports grew.", "They bought grain exports.", "Nobody counts grain exports twice."]
    for name, sentences in (("one.txt", said[:2]), ("two.txt", said[2:])):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n" + "\n\n".join(sentences) + "\n")
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "s", "G", "s")
        await settle(pilot)
        assert isinstance(app.screen, PickScreen)
        assert "[ ]" in on_screen(app) and "[x]" not in on_screen(app)
        await pilot.press("escape")
        assert app.workspace.coding.codebook.topics == ()
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("space", "enter")
        await settle(pilot)
        assert len(app.workspace.coding.codebook.topics) == 1


async def test_a_search_is_kept_as_a_cue(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(80, 24)) as (app, pilot):
        coding.save_search(reading(app))
        assert "search first" in reading(app).hints.said
        await pilot.press("slash")
        await write(pilot, "harbour")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        reading(app).action_save_cue()
        await pilot.pause()
        await pilot.press("j", "j", "enter")
        await settle(pilot)
        assert "new to Trust" in on_screen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert [cue.q for cue in app.workspace.coding.codebook.codes["trust"].cues] == ["trust*", "harbour"]
        reading(app).action_save_cue()
        await pilot.pause()
        await pilot.press("enter")
        await write(pilot, "Ports")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.workspace.coding.codebook.codes["ports"].cues[0].q == "harbour"
        assert isinstance(app.screen, ReaderScreen)


async def test_a_codebook_is_imported(reader: Opener, settle: Settle, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text(
        "tag,description\nFear,Who fears whom\nEnvoys,else\n", encoding="utf-8"
    )
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("K", "i")
        prompt = app.screen
        prompt.line.value = str(tmp_path / "codes.csv")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        assert [theme.name for theme in app.workspace.coding.codebook.themes] == ["Envoys", "Trust", "Fear"]
        os.mkfifo(tmp_path / "pipe.csv")
        for name, said in (
            (tmp_path / "none.csv", "cannot be read"),
            (tmp_path / "pipe.csv", "not a plain file"),
            ("/dev/zero", "not a plain file"),
            ("~nobody-here/codes.csv", "no place for a file"),
        ):
            app.clear_notifications()
            await pilot.press("i")
            app.screen.line.value = str(name)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await settle(pilot)
            assert [said in notice.message for notice in app._notifications] == [True]


async def test_the_default_brief_is_changed_in_a_copy(
    reader: Opener, settle: Settle, private_places: Path
) -> None:
    before = (packaged() / "brief.toml").read_text("utf-8")
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("m", "K", "n")
        await write(pilot, "Fear")
        await pilot.press("enter")
        assert isinstance(app.screen, AskScreen)
        await pilot.press("n")
        await settle(pilot)
        assert app.workspace.brief.read_only
        await pilot.press("n")
        await write(pilot, "Fear")
        await pilot.press("enter", "y")
        await settle(pilot)
        folder = app.workspace.brief.root
        assert folder.is_relative_to(private_places) and not app.workspace.brief.read_only
        assert app.workspace.coding.codebook.themes[-1].name == "Fear"
        assert len(app.workspace.marks.highlights()) == 1
        await pilot.press("u")
        await settle(pilot)
        assert len(app.workspace.coding.codebook.themes) == 3
    assert (
        (folder / "brief.toml").read_text("utf-8") == before == (packaged() / "brief.toml").read_text("utf-8")
    )
    async with reader(folder) as (app, _):
        assert len(app.workspace.marks.highlights()) == 1


async def test_an_earlier_copy_keeps_its_own_codebook(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("K", "n")
        await write(pilot, "Fear")
        await pilot.press("enter", "y")
        await settle(pilot)
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("K", "n")
        await write(pilot, "Other")
        await pilot.press("enter", "y")
        await settle(pilot)
        assert "copy from before" in codebook(app).hints.said
        assert [theme.name for theme in app.workspace.coding.codebook.themes][3:] == ["Fear"]


async def test_hand_edits_are_taken_in_and_wrong_ones_told_once(
    reader: Opener, settle: Settle, folder: Path
) -> None:
    async with reader(folder, size=(120, 40)) as (app, pilot):
        screen = reading(app)
        coding.look_for_hand_edits(screen)
        (folder / "brief.toml").write_text(TOML.replace("'envoy*'", "'ship'"), encoding="utf-8")
        coding.look_for_hand_edits(screen)
        await settle(pilot)
        assert "brief.toml was changed" in screen.hints.said
        await pilot.press("1")
        trail = screen.reading.trail
        assert trail is not None and len(trail.stops) == 6
        (folder / "brief.toml").write_text("[[theme]\n", encoding="utf-8")
        for _ in range(3):
            coding.look_for_hand_edits(screen)
            await settle(pilot)
        assert len(app._notifications) == 1
        await pilot.press("n", "K")
        await settle(pilot)
        assert len(cast("CodebookScreen", app.screen).workspace.coding.codebook.themes) == 2
        await pilot.press("n", "X", "enter")
        await settle(pilot)
    assert toml(folder) == "[[theme]\n"
