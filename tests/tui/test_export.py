"""The export screen: what is chosen, what it shows, what it writes, and what it never does."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from brief_tui.export import write
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.export import ExportScreen

from .conftest import Opener, Settle, reading
from .test_reader import rows


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the reader was started."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def dialog(app: ReaderApp) -> ExportScreen:
    assert isinstance(app.screen, ExportScreen)
    return app.screen


def shown(app: ReaderApp) -> tuple[str, str]:
    """The title with its count, and the preview."""
    return str(dialog(app).title_line.content), str(dialog(app).preview.content)


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_where_there_is_nothing_to_export_it_says_what_to_do(
    reader: Opener, settle: Settle, here: Path
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("e")
        await settle(pilot)
        assert "0 excerpts: m highlights a passage" in shown(app)[0]
        await pilot.press(*["tab"] * 2, *"zyzzyva")
        await settle(pilot)
        assert "0 excerpts: try other words" in shown(app)[0]


async def test_scope_part_words_and_format_are_chosen_with_the_keys(
    reader: Opener, settle: Settle, here: Path
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("m", "t", *"my own", "enter", "enter", "j", "m")
        await pilot.press("tab", "m", "e")
        await settle(pilot)
        assert "3 excerpts" in shown(app)[0]
        names = [getattr(line.data, "label", "") for line in dialog(app).part.lines]
        assert names[0] == "the whole brief"
        assert names[1].startswith("this document: ")
        assert names[2:] == [
            "theme: Trust erosion",
            "theme: Asymmetry",
            "theme: Hedging toward China",
            "tag: my own",
        ]
        await pilot.press("tab", "j")
        await settle(pilot)
        assert "1 excerpt:" in shown(app)[0]
        await pilot.press("G")
        await settle(pilot)
        assert "1 excerpt:" in shown(app)[0] and "my own" in shown(app)[1]
        await pilot.press("g", "shift+tab", "G")
        await settle(pilot)
        both = int(shown(app)[0].split()[1])
        assert both > 50
        await pilot.press("tab", "tab", *"drones")
        await settle(pilot)
        some = int(shown(app)[0].split()[1])
        assert 0 < some < both
        await pilot.press("tab", "j", "j")
        await settle(pilot)
        assert shown(app)[1].startswith("id,kind,document")
        assert "Would Russia defend Iran - highlights and reading list.csv" in rows(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is reading(app)
        assert app.clipboard.endswith("reading list.csv")
    (file,) = files(here)
    assert file.read_text(encoding="utf-8").count("drones") >= some


async def test_a_long_export_tells_how_far_it_is_and_escape_stops_it(
    reader: Opener, settle: Settle, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, go_on = threading.Event(), threading.Event()

    def slow(chunks: Iterable[bytes], target: Path, *, force: bool) -> None:
        def one_by_one() -> Iterator[bytes]:
            for chunk in chunks:
                yield chunk
                if b"Russia often" in chunk:
                    waiting.set()
                    assert go_on.wait(30)

        write(one_by_one(), target, force=force)

    monkeypatch.setattr("brief_tui.tui.exporting.write", slow)
    monkeypatch.setattr("brief_tui.tui.exporting._TOLD_EVERY", 0)
    async with reader() as (app, pilot):
        await pilot.press("m", "j", "m", "j", "m", "e")
        await settle(pilot)
        await pilot.press("enter")
        while not waiting.is_set():
            await pilot.pause(0.01)
        await pilot.pause()
        assert "1 of 3 · Esc stops" in rows(app)
        await pilot.press("enter", "escape")
        go_on.set()
        await settle(pilot)
        assert "no file was made" in rows(app)
        assert files(here) == []
        await pilot.press("enter")
        await settle(pilot)
        assert len(files(here)) == 1


NOWHERE = {
    "": "has no name",
    "~nobody-has-this-name/x.md": "type another",
    "no/such/x.md": "No such file",
    ".": "is a folder",
}


async def test_a_place_that_is_none_is_said_and_the_dialog_stays(
    reader: Opener, settle: Settle, here: Path
) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("m", "e")
        await settle(pilot)
        screen = dialog(app)
        await pilot.click(screen.format, offset=(4, 2))
        await settle(pilot)
        assert shown(app)[1].startswith("id,kind"), "a click picks, and writes nothing"
        screen.path.focus()
        for path, said in NOWHERE.items():
            screen.path.value = path
            await pilot.press("enter")
            await settle(pilot)
            assert said in " ".join(str(screen.state.content).split())
        assert app.screen is screen
        await pilot.press("escape")
        assert len(app.screen_stack) == 1
    assert files(here) == []
