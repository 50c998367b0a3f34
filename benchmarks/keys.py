"""What a scripted reader feels: time of handler plus render, and gaps between handled keys; run headless.

`python benchmarks/keys.py FOLDER [--moves | --gaps]` prints one JSON object; `reading.py` calls it in a
process of its own for every brief, so that memory is that of one brief alone.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.workspace import Workspace

SIZE = (120, 40)
_EVERY = 0.01
_QUIET = 100
_AT_MOST = 200.0
_MOVES = ("space", "space", "space", "G", "b", "g", "space", "j", "G", "k")


class Clock:
    """Adds up what handlers and drawing take, by clock and processor, and notes when keys are handled."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.processor = 0.0
        self.handled: list[float] = []

    def watch(self, owner: type, name: str, *, counts: bool = False) -> None:
        """Time a method from now on; `counts` notes each of its calls as a handled key."""
        plain = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began, busy = time.perf_counter(), time.thread_time()
            try:
                return plain(*args, **kwargs)
            finally:
                ended = time.perf_counter()
                self.spent += ended - began
                self.processor += time.thread_time() - busy
                if counts:
                    self.handled.append(ended)

        setattr(owner, name, timed)


def rss() -> float:
    """Resident memory of this process and its children, in MB."""
    found = 0
    for pid in [os.getpid(), *_children()]:
        with suppress(OSError, IndexError):
            found += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return found / 1e6


def _children() -> list[int]:
    return [
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]


async def _settled(pilot: Pilot[None]) -> None:
    workspace = pilot.app.screen.workspace  # type: ignore[attr-defined]
    while not workspace.is_indexed or any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.1)
    await pilot.pause(0.3)


async def moves(pilot: Pilot[None], clock: Clock, rounds: int = 20) -> dict[str, float]:
    """Milliseconds of handler plus render for pages and jumps.

    Returns:
        Median, 95th percentile and worst by the clock; "busy" is the 95th percentile of processor time.
    """
    await _settled(pilot)
    gc.collect()
    took, busy = [], []
    for _ in range(rounds):
        for key in _MOVES:
            clock.spent = clock.processor = 0.0
            await pilot.press(key)
            await pilot.pause(0.02)
            took.append(clock.spent * 1000)
            busy.append(clock.processor * 1000)
    took.sort()
    p95 = int(len(took) * 0.95)
    return {"median": took[len(took) // 2], "p95": took[p95], "worst": took[-1], "busy": sorted(busy)[p95]}


async def gaps(pilot: Pilot[None], clock: Clock) -> dict[str, float]:
    """The longest times in milliseconds between two handled keys while everything is being prepared."""
    app, began, quiet = pilot.app, time.perf_counter(), 0
    keys = ["j"] * 20 + ["k"] * 20 + ["space", "b", "G", "g"]
    at = 0
    while quiet < _QUIET and time.perf_counter() - began < _AT_MOST:
        app.post_message(events.Key(keys[at % len(keys)], None))
        at += 1
        await asyncio.sleep(_EVERY)
        quiet = quiet + 1 if all(worker.is_finished for worker in app.workers) else 0
    took = time.perf_counter() - began
    between = sorted(
        ((b - a) * 1000 for a, b in zip(clock.handled, clock.handled[1:], strict=False)), reverse=True
    )
    return {
        "longest": between[0],
        "p99": between[len(between) // 100],
        "keys": float(len(between)),
        "seconds": took,
    }


async def main(folder: str, what: str) -> None:
    """Open the reader on a brief and measure."""
    clock = Clock()
    for name in ("action_move", "action_page", "action_edge"):
        clock.watch(ReaderScreen, name, counts=True)
    clock.watch(Screen, "_on_timer_update")
    base = rss()
    workspace = Workspace.open([Path(folder)] if folder != "-" else None)
    app = ReaderApp(workspace, Settings(), fresh=True)
    async with app.run_test(size=SIZE) as pilot:
        opened = rss()
        if what == "moves":
            found = await moves(pilot, clock)
        else:
            found = await gaps(pilot, clock)
        gc.collect()
        text = (
            sum(sys.getsizeof(d.text) for d in workspace.library._documents.values() if hasattr(d, "text"))
            / 1e6
        )
        found |= {"base": base, "opened": opened, "rss": rss(), "text": text}
        print(json.dumps(found), flush=True)
        os._exit(0)  # what still runs in a thread is not waited for


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
