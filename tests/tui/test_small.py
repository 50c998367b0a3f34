"""Dialogs in a small terminal: what is asked, where one is in it, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.ask import AskScreen
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.tui.widgets.hint import Hint, shortened
from brief_tui.tui.widgets.linelist import LineList

from .conftest import Opener, Settle, on_screen
from .test_marks import brief

LEAST = (24, 8)
DIALOGS = {
    "Import a codebook": ("K", "i"),
    "A cue of Envoys": ("K", "tab", "enter"),
    "Themes: “The": ("j", "t"),
    "Note: “The": ("j", "m", "a"),
    "Tags: “The": ("j", "m", "t"),
    "Notes on the": ("A",),
    "Keys": ("question_mark",),
    "Sections": ("s",),
    "Why this": ("j", "i"),
    "Export": ("e",),
}
"""How a dialog's question begins, and the keys that open it."""


def is_whole(app: ReaderApp, widget: Widget) -> bool:
    """Whether all rows of a widget are on the screen, and there are some."""
    return bool(widget.region.height) and app.screen.region.contains_region(widget.region)


def assert_usable(app: ReaderApp, question: str) -> None:
    """The question, the selected row of each list, each field and the way out are on the screen."""
    shown = on_screen(app)
    size = (app.size.width, app.size.height)
    assert question in " ".join(shown.split()), (question, size, shown)
    fields: Iterable[Widget] = (*app.screen.query(Input), *app.screen.query(TextArea))
    assert all(is_whole(app, field) for field in fields), (question, size, shown)
    for each in app.screen.query(LineList):
        assert is_whole(app, each) and each._top <= each.index < each._top + each.size.height, (
            question,
            size,
            shown,
        )
    hint = app.screen.query_one(Hint)
    assert is_whole(app, hint) and "Esc" in shown.splitlines()[hint.region.y], (question, size, shown)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A brief with a theme."""
    folder = brief(tmp_path / "brief")
    (folder / "brief.toml").write_text(
        '[[theme]]\nid = "envoys"\nname = "Envoys"\ncues = ["envoy"]\n', encoding="utf-8"
    )
    return folder


async def walk(app: ReaderApp, pilot: Pilot[None], settle: Settle, sizes: Iterable[tuple[int, int]]) -> None:
    """Open each dialog, and look at it in each size."""
    for question, keys in DIALOGS.items():
        await pilot.press("g", *keys)
        for size in sizes:
            if size != (app.size.width, app.size.height):
                await pilot.resize_terminal(*size)
            await settle(pilot)
            assert_usable(app, question)
        while not isinstance(app.screen, ReaderScreen):
            app.pop_screen()
            await pilot.pause()


async def test_dialogs_can_be_used_in_the_smallest_terminal(
    reader: Opener, settle: Settle, small: Path
) -> None:
    async with reader(small, size=LEAST) as (app, pilot):
        await walk(app, pilot, settle, [LEAST])
        question = (
            "123 highlights, tags and notes were made on these texts in another folder. Take them over?"
        )
        app.push_screen(AskScreen(question))
        await settle(pilot)
        assert question in " ".join(on_screen(app).split())
        assert "n or Esc no" in on_screen(app)
        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert "Too small" in on_screen(app) and "highlights" not in on_screen(app)
        await pilot.resize_terminal(*LEAST)
        await settle(pilot)
        assert question in " ".join(on_screen(app).split())


@pytest.mark.long
async def test_dialogs_can_be_used_in_every_small_terminal(
    reader: Opener, settle: Settle, small: Path
) -> None:
    sizes = [(width, height) for width in (24, 30, 40) for height in (8, 10, 12)]
    async with reader(small, size=LEAST) as (app, pilot):
        await walk(app, pilot, settle, sizes)


def test_a_row_of_keys_never_loses_the_way_out() -> None:
    keys = "Enter keeps it · Tab next field · Esc leaves it as it was"
    assert shortened(keys, 60) == keys
    assert shortened(keys, 40) == "Enter keeps · Tab next · Esc leaves"
    assert shortened(keys, 25) == "Enter keeps · Esc leaves"
    assert shortened(keys, 20) == "Enter · Esc leaves"
    assert shortened(keys, 5) == "Esc leaves"
    assert shortened("This file cannot be written.", 5) == "This file cannot be written."
