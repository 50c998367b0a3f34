"""What 100,000 highlights cost the keys: the longest time that nothing could be handled, run headless.

    python -m benchmarks.many_marks [--marks 100000]

A brief of ten documents with so many highlights is made, then each thing is done that lists, filters or
changes them, while a task that wants to run every five milliseconds notes how late it was, by the clock and
by the processor time of the event loop's thread. The first line is the reference: the same reader, moved
through its text.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot

from brief_tui.highlights.model import Highlight
from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.workspace import Workspace

SIZE = (120, 40)
_DOCUMENTS = 10
_PARAGRAPHS = 1000
_TICK = 0.005
_QUIET = 0.6

WALKS: Sequence[tuple[str, Sequence[str]]] = (
    ("reference: the text, down and up", ("space", "space", "b", "g")),
    ("open the list of highlights", ("H",)),
    ("walk it", ("j", "j", "space", "G", "g")),
    ("filter it as one types", ("slash", *"lost again 42")),
    ("back to all of it", ("escape",)),
    ("tags of one", ("j", "t", *"turn", "enter", "enter")),
    ("remove one and undo", ("d", "u")),
    ("leave it", ("escape",)),
    ("mark a passage and undo", ("m", "u")),
    ("tags of a highlight in the text", ("m", "t", *"tag 7", "enter", "enter")),
    ("a note on it", ("a", *"compare", "ctrl+s")),
    ("a note on a document", ("A", "enter", *"thin", "ctrl+s")),
    ("open the export", ("e",)),
    ("filter what it takes", ("tab", "tab", *"harbour 42")),
    ("leave it and move on", ("escape", "j", "k")),
)
"""What is done, with its keys."""


def main() -> None:
    """Make the brief, measure, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--marks", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        for name in ("CACHE", "DATA", "CONFIG"):
            os.environ[f"BRIEF_TUI_{name}_DIR"] = str(Path(made) / name.lower())
        folder = _brief(Path(made) / "brief", asked.marks)
        print(
            f"{asked.marks:,} highlights".ljust(40) + f"{'longest hold':>14}{'until quiet':>14}", flush=True
        )
        asyncio.run(_measure(folder))


async def _measure(folder: Path) -> None:
    workspace = Workspace.open([folder])
    app = ReaderApp(workspace, Settings(semantic=False), fresh=True)
    async with app.run_test(size=SIZE) as pilot:
        await _quiet(pilot)
        for what, keys in WALKS:
            late: list[tuple[float, float]] = []
            watch = asyncio.create_task(_watch(late))
            began = time.perf_counter()
            for key in keys:
                await pilot.press(key)
                await asyncio.sleep(0.03)
            await _quiet(pilot)
            took = time.perf_counter() - began - _QUIET
            watch.cancel()
            held, busy = (max(each) * 1000 for each in zip(*late, strict=True))
            print(f"{what:<40}{held:>11.0f} ms{busy:>9.0f} ms{took:>10.1f} s", flush=True)
    workspace.close()


async def _watch(late: list[tuple[float, float]]) -> None:
    """Note by how many seconds each tick came late, and how many of them this thread worked."""
    while True:
        asked, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_TICK)
        late.append((time.perf_counter() - asked - _TICK, time.thread_time() - worked))


async def _quiet(pilot: Pilot[None]) -> None:
    """Wait until no work was done for a while."""
    since = time.perf_counter()
    while time.perf_counter() - since < _QUIET:
        await asyncio.sleep(0.05)
        if any(not worker.is_finished for worker in pilot.app.workers):
            since = time.perf_counter()


def _brief(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(_DOCUMENTS):
        said = (
            f"Paragraph {at} of document {number} says that the ministry had doubts about the envoy, and that"
            f" trust in harbour {at % 97} was lost again."
            for at in range(_PARAGRAPHS)
        )
        (folder / f"{number}.txt").write_text("\n\n".join(said) + "\n", "utf-8")
    (folder / "brief.toml").write_text(
        '[[theme]]\nid = "trust"\nname = "Trust"\ncues = ["lost"]\n'
        '[[theme]]\nid = "envoys"\nname = "Envoys"\ncues = ["nowhere"]\n',
        "utf-8",
    )
    workspace = Workspace.open([folder])
    documents = tuple(workspace.library.documents())
    marks = []
    for at in range(count):
        document = documents[at % _DOCUMENTS]
        round_, number = divmod(at // _DOCUMENTS, _PARAGRAPHS)
        passage = document.passages[number]
        start = passage.start + round_ % (len(passage.text) - 60)
        exact = document.text[start : start + 60]
        moment = f"2026-01-01T00:00:00.{at % 1000:03}Z"
        tags = ("trust" if at % 3 else "envoys", f"tag {at % 50}")
        note = f"harbour {at % 97} again" if at % 5 == 0 else ""
        marks.append(
            Highlight(
                f"00000000-0000-4000-8000-{at:012}", document.id, document.digest, start, start + 60, exact,
                document.text[max(0, start - 32) : start], document.text[start + 60 : start + 92],
                tags, note, moment, moment,
            )
        )  # fmt: skip
    workspace.marks.store.put(marks)
    workspace.close()
    return folder


if __name__ == "__main__":
    main()
