"""Pictures of every screen at three sizes, dark and light: what changes in looks is seen before it is kept.

`pytest tests/tui/test_pictures.py --snapshot-update` (with `-m ''` for the long ones) takes new ones.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import count, product
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.export import ExportScreen
from brief_tui.workspace import Workspace

from .conftest import Opener, Settle, on_screen, reading

THEMES = """
[[theme]]
id = "trust"
name = "Trust erosion"
colour = "red"
memo = "Loss, decline or doubt of trust in, or credibility or reliability of, a partner or guarantor."
cues = ["reluctan*", "unreliab*", "credib*", { q = "(doubt* OR question*) NEAR/8 (commit* OR guarantee*)" }]

[[theme]]
id = "asymmetry"
name = "Asymmetry"
colour = "yellow"
memo = "One side gives or needs more than it gets."
cues = ["asymmetr*", "transactional", "one-sided"]

[[theme]]
id = "china"
name = "Hedging toward China"
colour = "cyan"
cues = ["china"]

[[topic]]
id = "drones"
name = "Drones"
cues = ["drone*"]
"""
"""Cues that are nobody's to improve: those of the default brief change, and the pictures would with them."""

SIZES = ((80, 24), (120, 40), (200, 50))
COLOURS = ("brief-dark", "brief-light")


NOON = "2026-01-01T12:00:00Z"


class View(NamedTuple):
    """A picture's size and colours."""

    size: tuple[int, int]
    colours: str

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.colours}"


ALL = tuple(View(size, colours) for size, colours in product(SIZES, COLOURS))

KEYS: dict[str, tuple[str, ...]] = {
    "reader": ("1", "n", "m"),
    "overview": ("o",),
    "compare": ("2", "c"),
    "sections": ("s",),
    "codebook": ("K",),
    "cue": ("K", "tab", "enter"),
    "prompt": ("K", "r"),
    "pick": ("K", "c"),
    "ask": ("K", "d"),
    "palette": ("ctrl+p", *"trust"),
    "help": ("question_mark",),
    "highlights": ("1", "m", "n", "m", "a", *"compare", "ctrl+s", "H"),
    "tags": ("1", "m", "t"),
    "note": ("m", "a"),
    "why": ("1", "i"),
    "export": ("1", "m", "n", "m", "e"),
    "search": ("slash", *"drone*"),
    "searches": ("slash",),
    "selecting": ("j", "v", "j"),
}
"""What is pressed to get to each screen."""

AT_EVERY_SIZE = ("reader", "overview", "compare")
"""The screens that the reader is in most of the time; of the others the fast suite looks at one picture."""


REST = tuple(name for name in KEYS if name not in AT_EVERY_SIZE)


@pytest.fixture
def folder(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The five documents with a codebook of their own, in the folder that the reader is started in."""
    folder = tmp_path / "brief"
    folder.mkdir()
    names = (
        *("Strategic ambiguity", "Will Russia defend Iran?", "Executive summary"),
        *("Can Russia protect Iran?", "A crumbling alliance"),
    )
    files = sorted(seeds.glob("*.txt"))
    for file in files:
        shutil.copy(file, folder)
    documents = "".join(
        f'[[document]]\nfile = "{file.name}"\nshort = "{short}"\n\n'
        for file, short in zip(files, names, strict=True)
    )
    head = 'id = "pictures"\ntitle = "Would Russia defend Iran?"\nlanguage = "en"\n\n'
    (folder / "brief.toml").write_text(head + documents + THEMES, encoding="utf-8")
    asked = Workspace.export_request
    monkeypatch.setattr(Workspace, "export_request", lambda self: replace(asked(self), generated=NOON))
    numbers = count(1)
    monkeypatch.setattr("brief_tui.highlights.store.uuid4", lambda: UUID(int=next(numbers)))
    return folder


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The pictures that were kept, by name."""
    return snapshot.use_extension(SVGImageExtension)


async def go_to(app: ReaderApp, pilot: Pilot[None], settle: Settle, name: str) -> None:
    """Open a screen, and make what would differ from run to run the same."""
    for key in KEYS[name]:
        await pilot.press(key)
        if len(key) > 1:
            await settle(pilot)
    await settle(pilot)
    reading(app).hints.say("")  # a timer would end it
    if isinstance(app.screen, ExportScreen):
        app.screen.path.value = "excerpts.md"


async def seen(app: ReaderApp, pilot: Pilot[None], settle: Settle, view: View) -> str:
    """The screen at a size and in colours, as SVG."""
    app.theme = view.colours
    await pilot.resize_terminal(*view.size)
    await settle(pilot)
    await pilot.pause(0.05)
    return app.export_screenshot()


@pytest.mark.parametrize(
    "name", [*AT_EVERY_SIZE, *(pytest.param(name, marks=pytest.mark.long) for name in REST)]
)
async def test_screen(
    reader: Opener, settle: Settle, pictures: SnapshotAssertion, folder: Path, name: str
) -> None:
    async with reader(folder, size=ALL[0].size, theme=ALL[0].colours) as (app, pilot):
        await go_to(app, pilot, settle, name)
        wrong = [
            str(view) for view in ALL if await seen(app, pilot, settle, view) != pictures(name=str(view))
        ]
        assert not wrong


async def test_every_other_screen_once(
    reader: Opener, settle: Settle, pictures: SnapshotAssertion, folder: Path
) -> None:
    """One picture of each, from one walk through all of them."""
    wrong = []
    async with reader(folder) as (app, pilot):
        for at, name in enumerate(REST):
            view = ALL[at % len(ALL)]
            await go_to(app, pilot, settle, name)
            if await seen(app, pilot, settle, view) != pictures(name=f"{name} {view}"):
                wrong.append(name)
            for _ in range(3):
                await pilot.press("escape")
    assert not wrong


async def test_too_small(reader: Opener, settle: Settle, folder: Path) -> None:
    async with reader(folder, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "j")
        before = on_screen(app)
        for size in ((20, 5), (23, 30), (80, 7), (1, 1)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            text = on_screen(app)
            assert len(text.splitlines()) == size[1]
            assert size == (1, 1) or "Too small" in text
            await pilot.press("j")
        await pilot.press(*"kkkk")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert on_screen(app) == before
