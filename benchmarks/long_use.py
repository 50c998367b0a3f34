"""A long session in little time: memory at its end against that after 1,000 actions, and the store.

`python -m benchmarks.long_use [--actions 50000] [--seed 1]` reads, searches, marks, undoes, resizes, reloads
and adds documents at random, headless. It fails where memory grew by more than a tenth or the store lost
something.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from benchmarks.generated import SEEDS, paragraphs
from brief_tui.settings import Settings
from brief_tui.tui import collector
from brief_tui.tui.app import ReaderApp
from brief_tui.workspace import Workspace

WARM = 1000
"""Actions until caches are full that are meant to be."""

MOST_GROWTH = 0.10

_MOVES = "jjjjjjkkkknnnNlhgGb1230z=+-xfr[]wB"
_SIZES = ((80, 24), (120, 40), (200, 50), (60, 20), (160, 45))
_WORDS = (
    "iran",
    "trust*",
    '"mutual defense"',
    "china OR russia",
    "guarantee* -iran",
    "drones~",
    "nothing-at-all",
)
_SCREENS = ("o", "c", "s", "H", "K", "i", "?", "M", "v", "ctrl+p", "e")
_NAMED = {
    " ": "space", '"': "quotation_mark", "*": "asterisk", "~": "tilde", "-": "minus", "/": "slash",
    "=": "equals_sign", "+": "plus", "[": "left_square_bracket", "]": "right_square_bracket",
    "?": "question_mark",
}  # fmt: skip
_LINE = "\nOne more line of trust in Iran.\n"
_EXTRA = 3
"""Documents that come and go beside the five."""


class _Staying(ReaderApp):
    """The reader, that does not leave when a command of the palette happens to say so."""

    async def action_quit(self) -> None:
        """Go on."""


class Session:
    """A reader that does anything, one action after the other."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None], folder: Path, seed: int) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder
        self.rng = random.Random(seed)
        self._actions: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (760, self.move),
            (60, self.search),
            (35, self.mark),
            (45, self.undo),
            (15, self.redo),
            (15, self.resize),
            (60, self.look),
            (6, self.reload),
            (4, self.add_document),
        ]

    async def act(self) -> None:
        """Do one thing."""
        weights, actions = zip(*self._actions, strict=True)
        await self.rng.choices(actions, weights)[0]()

    async def press(self, *keys: str) -> None:
        """Press keys; each is dealt with before the next. Pilot.press waits for much more."""
        app = self.app
        for key in keys:
            name = _NAMED.get(key, key)
            app.post_message(events.Key(name, key if len(key) == 1 else None))
            end = time.monotonic() + 1
            await asyncio.sleep(0)
            while app.keying.is_waiting and time.monotonic() < end:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.001)

    async def move(self) -> None:
        """Move about, walk a trail, lay out columns."""
        key = self.rng.choice(_MOVES)
        await self.press(key)
        if key == "r":
            await self.press("escape")

    async def search(self) -> None:
        """Type a query, and walk what it found or not."""
        await self.press("/")
        await self.press(*self.rng.choice(_WORDS))
        await self.press(self.rng.choice(("enter", "escape")), "escape")

    async def mark(self) -> None:
        """Mark the passage."""
        await self.press("m")

    async def undo(self) -> None:
        """Take the last change back."""
        await self.press("u")

    async def redo(self) -> None:
        """Or not."""
        await self.press("ctrl+r")

    async def resize(self) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(*self.rng.choice(_SIZES))

    async def look(self) -> None:
        """Open another screen, and leave it."""
        await self.press(self.rng.choice(_SCREENS), "down", "escape", "escape")

    async def reload(self) -> None:
        """Change a document on disk, and read it again; with time it grows no longer than by a line."""
        path = self.rng.choice(sorted(self.folder.glob("*.txt")))
        text = path.read_text("utf-8")
        path.write_text(text.removesuffix(_LINE) if text.endswith(_LINE) else text + _LINE, "utf-8")
        await self.press("R")
        await self.settle()

    async def add_document(self) -> None:
        """Put a document into the folder, or take it out."""
        number = self.rng.randrange(_EXTRA)
        path = self.folder / f"extra{number}.txt"
        if path.exists():
            path.unlink()
        else:
            path.write_text("An extra\n\n" + "\n\n".join(paragraphs(40, seed=number)) + "\n", "utf-8")
        await self.press("R")
        await self.settle()

    async def settle(self) -> None:
        """Wait until no work runs in the background."""
        for _ in range(400):
            await self.pilot.pause(0.02)
            if all(worker.is_finished for worker in self.pilot.app.workers):
                return


def resident() -> float:
    """Memory of this process that is in use, in MB, after what is not needed was freed and given back."""
    gc.collect()
    collector.give_back()
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


async def run(
    actions: int, seed: int, folder: Path, told: Callable[[str], None] = print
) -> tuple[float, float]:
    """The session on the five documents, in a folder of its own.

    Returns:
        Memory after the first thousand actions (half of them where there are fewer) and at the end, in MB.

    Raises:
        RuntimeError: the reader ended, something failed inside, or the store does not hold what it showed.
    """
    brief = folder / "brief"
    brief.mkdir()
    for path in SEEDS.iterdir():
        if path.suffix in {".txt", ".toml"}:
            shutil.copy(path, brief)
    manifest = brief / "brief.toml"  # documents are found, not listed, so that some can come and go
    text = manifest.read_text("utf-8")
    manifest.write_text(text[text.index("[[theme]]") :], "utf-8")
    workspace = Workspace.open([brief])
    app = _Staying(workspace, Settings(glyphs="unicode", semantic=False))
    warm = min(WARM, actions // 2)
    began, first = time.monotonic(), 0.0
    async with app.run_test(size=(120, 40)) as pilot:
        session = Session(app, pilot, brief, seed)
        await session.settle()
        for number in range(1, actions + 1):
            await session.act()
            if not app.is_running:
                raise RuntimeError(f"the reader ended at action {number}")
            if number == warm:
                await session.settle()
                first = resident()
            if number % 1000 == 0:
                told(f"{number:>6} actions {time.monotonic() - began:>6.0f} s {resident():>6.0f} MB")
        await session.settle()
        shown = {(each.id, each.exact, each.tags) for each in app.workspace.marks.highlights()}
        last = resident()
        store = app.workspace.marks.store.path
    app.workspace.close()
    faults = workspace.places.data / "errors.log"
    if faults.exists():
        raise RuntimeError(faults.read_text("utf-8"))
    again = Workspace.open([brief])
    if {(each.id, each.exact, each.tags) for each in again.marks.highlights()} != shown:
        raise RuntimeError("the store does not hold what was shown")
    again.close()
    assert store is not None
    with sqlite3.connect(store) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RuntimeError("the store is damaged")
    connection.close()
    told(f"{len(shown)} highlights in the store, all as shown")
    return first, last


def main() -> None:
    """Run it and print memory at the end against that after the first thousand actions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CACHE", "DATA", "CONFIG"):
            os.environ[f"BRIEF_TUI_{name}_DIR"] = str(Path(folder) / name.lower())
        first, last = asyncio.run(run(asked.actions, asked.seed, Path(folder)))
    print(f"memory {first:.0f} MB, at the end {last:.0f} MB: {last / first:.2f} of it")
    sys.exit(last > first * (1 + MOST_GROWTH))


if __name__ == "__main__":
    main()
