"""From a key press in the search to the marked text on the screen: percentiles, printed.

`python benchmarks/as_typed.py [FOLDER]` types queries into the reader (the five documents without a folder),
headless, on a screen of 120x40, and prints milliseconds from each key press until the visible text was drawn
with its marks, and until the ranked results were in the list. The reference is a key press into an Input of
an app with nothing else, in the same run and at the same frames a second.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from os import environ, execv
from pathlib import Path

from textual import constants, events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from brief_tui.settings import Settings
from brief_tui.tui import answering
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.widgets.searchpanel import SearchPanel
from brief_tui.workspace import Workspace

SIZE = (120, 40)
QUERIES = (
    "russia iran",
    "treaty",
    '"mutual defense"',
    "guarantee* OR pledge",
    "iran NEAR/8 security",
    "dependab*",
    "drones -syria",
    "gaurantee",
)


class Bare(App[None]):
    """An Input and nothing else."""

    def compose(self) -> ComposeResult:
        """The Input."""
        yield Input()


async def press(pilot: Pilot[None], character: str) -> float:
    """Send a key as a terminal would; the moment it was sent."""
    key = {" ": "space", '"': "quotation_mark", "*": "asterisk", "/": "slash", "-": "minus"}.get(
        character, character
    )
    began = time.perf_counter()
    pilot.app.post_message(events.Key(key, character))
    return began


async def reference() -> list[float]:
    """Milliseconds from a key press to the drawn letter in an app with an Input only."""
    took: list[float] = []
    async with Bare().run_test(size=SIZE) as pilot:
        line = pilot.app.query_one(Input)
        for query in QUERIES:
            for end, character in enumerate(query, 1):
                began = await press(pilot, character)
                drawn = asyncio.Event()
                while len(line.value) < end:  # noqa: ASYNC110 - as soon as it is there
                    await asyncio.sleep(0)
                line.call_after_refresh(drawn.set)
                await drawn.wait()
                took.append((time.perf_counter() - began) * 1000)
            line.value = ""
            await pilot.pause()
    return took


async def typing(folder: Path | None) -> tuple[list[float], list[float]]:
    """Milliseconds from a key press to the marks, and to the results."""
    marked, listed = asyncio.Event(), asyncio.Event()
    show_marks, show_results = answering._show_marks, SearchPanel.show_results

    def marks(screen: object, *args: object) -> None:
        show_marks(screen, *args)  # type: ignore[arg-type]
        screen.call_after_refresh(marked.set)  # type: ignore[attr-defined]

    def results(self: SearchPanel, *args: object, **kwargs: object) -> None:
        show_results(self, *args, **kwargs)  # type: ignore[arg-type]
        self.call_after_refresh(listed.set)

    answering._show_marks, SearchPanel.show_results = marks, results  # type: ignore[assignment, method-assign]
    to_marks: list[float] = []
    to_results: list[float] = []
    workspace = Workspace.open([folder] if folder else None)
    app = ReaderApp(workspace, Settings(glyphs="unicode"), fresh=True)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        while any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.05)
        for query in QUERIES:
            await pilot.press("slash")
            await pilot.pause(0.2)
            for character in query:
                marked.clear()
                listed.clear()
                began = await press(pilot, character)
                await asyncio.wait_for(marked.wait(), 30)
                to_marks.append((time.perf_counter() - began) * 1000)
                await asyncio.wait_for(listed.wait(), 30)
                to_results.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(0.12)  # a quick typist: eight keys a second
            await pilot.press("escape")
            await pilot.pause(0.2)
    workspace.close()
    return to_marks, to_results


def line(name: str, took: list[float], base: float | None = None) -> str:
    """A row of the table."""
    cuts = statistics.quantiles(took, n=20)
    ratio = f"{cuts[18] / base:8.2f} x" if base else ""
    return f"{name:<34}{statistics.median(took):8.1f}{cuts[18]:8.1f}{max(took):8.1f}   {len(took):4}{ratio}"


def main() -> None:
    """Measure and print."""
    if str(constants.MAX_FPS) != environ["TEXTUAL_FPS"]:  # it was read before the program could set it
        execv(sys.executable, [sys.executable, *sys.argv])
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as places:
        for name in ("CACHE", "DATA", "CONFIG"):
            environ[f"BRIEF_TUI_{name}_DIR"] = f"{places}/{name.lower()}"
        bare = asyncio.run(reference())
        to_marks, to_results = asyncio.run(typing(folder))
    base = statistics.quantiles(bare, n=20)[18]
    print(
        f"{'milliseconds from a key press to':<34}{'median':>8}{'p95':>8}{'worst':>8}   keys  p95 / reference"
    )
    print(line("a letter in an Input alone", bare, base))
    print(line("marks in the visible text", to_marks, base))
    print(line("ranked results in the list", to_results, base))
    if folder is None:
        p95 = statistics.quantiles(to_marks, n=20)[18]
        print(f"the goal for marks: p95 under 33 ms; {'met' if p95 < 33 else 'missed'}")


if __name__ == "__main__":
    main()
