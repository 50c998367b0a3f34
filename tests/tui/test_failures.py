"""What nobody foresaw: the reader goes on and says where the details are."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pexpect
import pytest

from brief_tui import failures
from brief_tui.errors import BriefError
from brief_tui.search.index import Index
from brief_tui.tui import answering, faults, finding
from brief_tui.tui.background import hand_over
from brief_tui.tui.screens.sections import SectionsScreen
from brief_tui.tui.widgets.column import DocumentColumn

from .conftest import Opener, Settle, on_screen


async def test_the_reader_goes_on_after_faults_in_work_actions_timers_and_what_threads_bring(
    reader: Opener, settle: Settle, private_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = private_places / "data" / failures.FILE_NAME

    def fail(*_: object, **__: object) -> None:
        raise KeyError("a \x1b[31mfault")

    async with reader() as (app, pilot):
        assert not log.exists()
        with monkeypatch.context() as broken:  # work in a thread
            broken.setattr(Index, "search", fail)
            await pilot.press("slash", *"iran")
            await settle(pilot)
            assert app.is_running
        told = " ".join(each.message for each in app._notifications)
        assert "went wrong inside the program (KeyError)" in told
        assert str(log) in told
        await pilot.press("escape")
        with monkeypatch.context() as broken:  # an action
            broken.setattr(finding, "open_panel", fail)
            await pilot.press("slash")
        for broken_at in ("on_mount", "_line"):  # a screen, when it opens and when it hears of a key
            with monkeypatch.context() as broken:
                broken.setattr(SectionsScreen, broken_at, fail)
                await pilot.press("s", "colon", "4", "2", "1", "e", "escape", "j")  # keys go on
                await pilot.pause(0.05)
            assert not isinstance(app.screen, SectionsScreen)
        app.screen.set_timer(0.001, fail)
        hand_over(app.screen, fail)
        await pilot.pause(0.05)
        await pilot.press("j", "slash", *"iran", "enter")
        await settle(pilot)
        assert app.is_running
        assert "/iran " in on_screen(app)  # it is walked: searching works again
        kept = log.read_text("utf-8")
        assert kept.count("Traceback") >= 6
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        log.unlink()


async def test_a_message_that_fails_costs_the_reading_screen_a_sentence(
    reader: Opener, settle: Settle, private_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("a fault")

    async with reader() as (app, pilot):
        with monkeypatch.context() as broken:  # of the screen, and of a widget on it
            broken.setattr(answering, "search", fail)
            await pilot.press("slash", *"ira")
            broken.setattr(DocumentColumn, "on_click", fail, raising=False)
            await pilot.click(DocumentColumn)
            await settle(pilot)
        told = " ".join(each.message for each in app._notifications)
        assert "went wrong inside the program (KeyError)" in told
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "/iran " in on_screen(app)
        log = private_places / "data" / failures.FILE_NAME
        assert log.read_text("utf-8").count("Traceback") == 4
        log.unlink()


async def test_messages_that_fail_without_an_end_end_the_program(
    reader: Opener, private_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("a fault")

    with pytest.raises(KeyError):
        async with reader(size=(80, 24)) as (_, pilot):
            monkeypatch.setattr(DocumentColumn, "on_click", fail, raising=False)
            for _ in range(faults.MOST + 1):
                await pilot.click(DocumentColumn)
    log = private_places / "data" / failures.FILE_NAME
    assert log.read_text("utf-8").count("Traceback") == faults.MOST


def test_details_are_kept_in_a_bounded_file_and_a_foreseen_error_speaks_for_itself(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert failures.note(BriefError("Do this."), folder) == "Do this."
    assert not folder.exists()
    for number in range(40):
        failures.note(ValueError(f"{number} \ud800" + "x" * 20_000), folder)
    log = folder / failures.FILE_NAME
    assert 100_000 < log.stat().st_size <= failures.SIZE_LIMIT
    assert "39 \\ud800" in log.read_text("utf-8")
    assert [each.name for each in folder.iterdir()] == [failures.FILE_NAME]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o500)
    log.chmod(0o400)
    try:
        assert str(log) in failures.note(ValueError(), folder)  # whether or not it can be written (root can)
    finally:
        folder.chmod(0o700)


FAILING = """
from brief_tui.tui import session
def fail(*_): raise KeyError("a \\x1b[99mfault")
session.restore = fail
from brief_tui.__main__ import main
main()
"""


def test_what_cannot_go_on_ends_in_one_line_with_the_terminal_restored(
    private_places: Path, tmp_path: Path
) -> None:
    script = tmp_path / "failing.py"
    script.write_text(FAILING, "utf-8")
    child = pexpect.spawn(sys.executable, [str(script)], dimensions=(24, 200), timeout=30)
    raw = child.read()
    child.close()
    assert child.exitstatus == 70
    log = private_places / "data" / failures.FILE_NAME
    told = raw[raw.rindex(b"\x1b[?1049l") :]
    assert told.count(b"brief-tui: Something went wrong inside the program (KeyError)") == 1
    assert str(log).encode() in told
    assert b"Traceback" not in raw
    assert b"\x1b[99m" not in raw
    assert b"\x1b[?25h" in told
    assert "a \x1b[99mfault" not in log.read_text("utf-8")
    assert "Traceback" in log.read_text("utf-8")
