"""Time and memory from the start of the process to the first text, as a terminal sees them.

    python benchmarks/startup.py [BRIEF …] [--runs 15] [--size 120x40]

The reader, as the installed command starts it and with all that it keeps in its cache ready, against a
Textual app with one Static: runs of both alternate, and each is compared with the one beside it. "first text"
is when a word of the first document is on the screen; "complete" is the last output before nothing has come
for a while. What counts are the ratios. Processor time is that of the main thread until the first text; on a
busy machine it says more than the clock does, and the fastest run more than the median.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

from brief_tui.tui.relating import RELATED_ASKED
from brief_tui.workspace import Workspace

REFERENCE = Path(__file__).with_name("one_static.py")
INSTALLED = "import sys; from brief_tui.__main__ import main; sys.exit(main())"
QUIET = 1.0
PATIENCE = 60.0
_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|[\]P_^X][^\x1b\x07]*(?:\x07|\x1b\\)|.)", re.DOTALL)


@dataclass(frozen=True)
class Start:
    """One start of a program.

    Attributes:
        text: seconds until the word was on the screen.
        processor: seconds of the main thread until then; 0 where the system does not say.
        complete: seconds until the last output.
        memory: bytes in memory then; 0 where the system does not say.
    """

    text: float
    processor: float
    complete: float
    memory: int


def start(command: list[str], word: str, size: tuple[int, int]) -> Start:
    """Start a program in a pseudo-terminal, wait for a word and for quiet, and end it."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    seen, text, processor, last = b"", 0.0, 0.0, began
    while time.perf_counter() - (last if text else began) < (QUIET if text else PATIENCE):
        if not select.select([terminal], [], [], 0.05)[0]:
            continue
        try:
            seen += os.read(terminal, 1 << 16)
        except OSError:
            break
        last = time.perf_counter()
        if not text and word.encode() in _ESCAPES.sub(b"", seen):
            text, processor = last, _processor(pid)
    memory = _memory(pid)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    if not text:
        sys.exit(f"{command} never showed {word!r}:\n{seen[-2000:]!r}")
    return Start(text - began, processor, last - began, memory)


def _processor(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:
        return 0.0


def _memory(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 if found else 0


def word_of(brief: list[Path]) -> str:
    """A word that is on the first screen of a brief; what the cache keeps is made ready on the way."""
    workspace = Workspace.open(brief or None)
    workspace.coding.tags()
    document = next(iter(workspace.library.documents()))
    workspace.relating.related(document.passages[0], limit=RELATED_ASKED)
    workspace.close()
    words: list[str] = re.findall(r"[A-Za-z]+", document.text[:400])
    return max(words, key=len)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("brief", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, _, lines = asked.size.partition("x")
    size = (int(columns), int(lines))
    os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONDONTWRITEBYTECODE": ""})
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as places:
        for name in ("CACHE", "DATA", "CONFIG"):
            os.environ[f"BRIEF_TUI_{name}_DIR"] = f"{places}/{name.lower()}"
        word = word_of(asked.brief)
        reader = [sys.executable, "-c", INSTALLED, *map(str, asked.brief)]
        reference = [sys.executable, str(REFERENCE), word]
        for command in (reader, reference):  # files in the system's cache, bytecode written
            start(command, word, size)
        runs = [(start(reader, word, size), start(reference, word, size)) for _ in range(asked.runs)]
    _table([run[0] for run in runs], [run[1] for run in runs])


def _table(reader: list[Start], reference: list[Start]) -> None:
    pairs = list(zip(reader, reference, strict=True))
    head = f"medians of {len(reader)} runs"
    print(f"{head:<28}{'brief-tui':>12}{'one Static':>12}{'ratio':>8}{'fastest':>9}")
    for label, field, of in (
        ("start to first text", "text", "text"),
        ("its processor time", "processor", "processor"),
        ("start to complete", "complete", "text"),
    ):
        ours, theirs = [getattr(each, field) for each in reader], [getattr(each, of) for each in reference]
        ratio = statistics.median(getattr(a, field) / (getattr(b, of) or 1) for a, b in pairs)
        print(
            f"{label:<28}{statistics.median(ours):>10.3f} s{statistics.median(theirs):>10.3f} s"
            f"{ratio:>8.2f}{min(ours) / (min(theirs) or 1):>9.2f}"
        )
    more = [statistics.median(each.memory for each in starts) / 2**20 for starts in (reader, reference)]
    print(f"{'memory':<28}{more[0]:>9.1f} MB{more[1]:>9.1f} MB{more[0] - more[1]:>+6.1f} MB")


if __name__ == "__main__":
    main()
