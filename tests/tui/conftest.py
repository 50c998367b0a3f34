"""The reader, opened headless on the seeds: index ready, nothing blinking, no settings of the developer's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from brief_tui import failures
from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.workspace import Workspace

Settle = Callable[[Pilot[None]], Awaitable[None]]
Picture = Callable[[ReaderApp], None]


class Opener(Protocol):
    """Opens the reader; see `reader`."""

    def __call__(
        self,
        *paths: Path,
        size: tuple[int, int] = (120, 40),
        theme: str = "brief-dark",
        fresh: bool = False,
        **settings: Any,
    ) -> AbstractAsyncContextManager[tuple[ReaderApp, Pilot[None]]]: ...


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests of the reader: the seeds are indexed once a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def settle() -> Settle:
    """Waits until no worker runs, every key was dealt with, and what they brought is on the screen."""

    async def wait(pilot: Pilot[None]) -> None:
        await pilot.pause(0.02)
        app = pilot.app
        while any(not worker.is_finished for worker in app.workers) or (
            isinstance(app, ReaderApp) and app.keying.is_waiting
        ):
            with suppress(WorkerCancelled):
                await pilot.app.workers.wait_for_complete()
            await pilot.pause(0.02)
        await pilot.pause()

    return wait


@pytest.fixture
def reader(shared_cache: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """`async with reader(size=(80, 24)) as (app, pilot):` the seeds (or other paths), tagged and settled."""
    monkeypatch.setenv("BRIEF_TUI_CACHE_DIR", str(shared_cache))
    for field in (Input, TextArea):
        monkeypatch.setattr(field.cursor_blink, "_default", False)
    monkeypatch.setattr("brief_tui.tui.moving.RELATED_AFTER", 0)

    @asynccontextmanager
    async def open_reader(
        *paths: Path,
        size: tuple[int, int] = (120, 40),
        theme: str = "brief-dark",
        fresh: bool = False,
        **settings: Any,
    ) -> AsyncIterator[tuple[ReaderApp, Pilot[None]]]:
        workspace = Workspace.open(paths or None)
        app = ReaderApp(
            workspace,
            Settings(theme=theme, **{"glyphs": "unicode", "semantic": False, **settings}),
            fresh=fresh,
        )
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await settle(pilot)
                yield app, pilot
        finally:
            workspace.close()
        # The reader goes on after a fault in background work and tells it: here it fails the test.
        faults = workspace.places.data / failures.FILE_NAME
        assert not faults.exists(), faults.read_text("utf-8")

    return open_reader


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> Picture:
    """Holds the screen to the picture that was kept of it (`pytest --snapshot-update` keeps new ones)."""
    pictures = snapshot.use_extension(SVGImageExtension)

    def compare(app: ReaderApp) -> None:
        assert app.export_screenshot() == pictures

    return compare


def reading(app: ReaderApp) -> ReaderScreen:
    """The reading screen, whatever stands above it."""
    return next(screen for screen in app.screen_stack if isinstance(screen, ReaderScreen))


def said(app: ReaderApp) -> str:
    """What the bottom row of the reading screen says just happened."""
    return reading(app).hints.said


def on_screen(app: ReaderApp) -> str:
    """The whole screen as text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
