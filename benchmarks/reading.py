"""How large briefs feel, against the five documents: first text, keys, memory.

    python -m benchmarks.reading [--runs 5] [--briefs FOLDER]

Every figure comes from this run on this machine; what counts are the ratios. A brief is opened for the first
time (nothing in the cache) unless "again" is said. The briefs are generated, the same each time, and kept in
the folder if one is given.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import generated, startup

ROOT = Path(__file__).parent.parent
SIZE = (120, 40)
FIVE = "five documents"
LARGE = "50,000 paragraphs"
MANY = "500 documents"
_WORD = re.compile(r"[A-Za-z]{6,}")


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--briefs", type=Path)
    asked = parser.parse_args()
    os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT / "src")})
    with tempfile.TemporaryDirectory() as folder:
        _use(Path(folder))
        briefs = _briefs(asked.briefs or Path(folder) / "briefs")
        _first_texts(briefs, asked.runs, Path(folder))
        _keys(briefs, asked.runs, Path(folder))


def _use(folder: Path) -> None:
    for name in ("CACHE", "DATA", "CONFIG"):
        os.environ[f"BRIEF_TUI_{name}_DIR"] = str(folder / "places" / name.lower())


def _forget(folder: Path) -> None:
    """Let the next start be the first one."""
    shutil.rmtree(folder / "places", ignore_errors=True)


def _briefs(folder: Path) -> dict[str, Path]:
    return {
        FIVE: ROOT / "seeds",
        LARGE: generated.one_large(folder / "large"),
        MANY: generated.many_small(folder / "many"),
        "one line of 50 MB": generated.one_line(folder / "line"),
        "100,000 short lines": generated.short_lines(folder / "lines"),
    }


def _first_texts(briefs: dict[str, Path], runs: int, folder: Path) -> None:
    """Start each brief in a terminal, the runs of all alternating."""
    took: dict[str, list[float]] = {name: [] for name in briefs}
    startup.start(_reader(briefs[FIVE]), _word(briefs[FIVE]), SIZE)  # bytecode written
    for _ in range(runs):
        for name, brief in briefs.items():
            _forget(folder)
            took[name].append(startup.start(_reader(brief), _word(brief), SIZE).text)
    five = statistics.median(took[FIVE])
    print(f"{'start to first text':<28}{'median':>10}{'ratio':>8}")
    for name, each in took.items():
        print(f"{name:<28}{statistics.median(each):>8.3f} s{statistics.median(each) / five:>8.2f}")


def _keys(briefs: dict[str, Path], runs: int, folder: Path) -> None:
    print(f"\n{'longest gap between keys':<28}{'best':>10}{'median':>10}{'99 %':>10}")
    for name, brief in briefs.items():
        found = []
        for _ in range(max(1, runs // 2)):
            _forget(folder)
            found.append(_ask(brief, "gaps"))
        longest = [each["longest"] for each in found]
        p99 = min(each["p99"] for each in found)
        print(f"{name:<28}{min(longest):>7.0f} ms{statistics.median(longest):>7.0f} ms{p99:>7.0f} ms")
    empty = folder / "empty"
    empty.mkdir()
    (empty / "one.txt").write_text("One paragraph.\n", "utf-8")
    base = _ask(empty, "moves")["rss"]
    head = (
        f"{'page or jump, again':<28}{'median':>10}{'95 %':>10}{'processor':>11}{'memory':>12}{'of text':>9}"
    )
    print(f"\n{head}")
    for name, brief in briefs.items():
        _forget(folder)
        _ask(brief, "moves")
        each = _ask(brief, "moves")
        more = each["rss"] - base
        print(
            f"{name:<28}{each['median']:>7.1f} ms{each['p95']:>7.1f} ms{each['busy']:>7.1f} ms"
            f"{more:>+9.1f} MB{more / each['text']:>8.1f}x"
        )


def _reader(brief: Path) -> list[str]:
    return [sys.executable, "-m", "brief_tui", str(brief)]


def _word(brief: Path) -> str:
    """A long word of the beginning of a brief's first document."""
    beginning = min(brief.glob("*.txt")).open(encoding="utf-8").read(300)
    words: list[str] = _WORD.findall(beginning)
    return max(words, key=len)


def _ask(brief: Path, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.keys", str(brief), what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
