"""Try the program as a stranger would, from outside the checkout.

    python .ci/smoke.py PROGRAM --title SHORT-TITLE …     its commands, then the reader
    python .ci/smoke.py --shell LINE --title SHORT-TITLE …   a shell line that ends in the reader

Passes when the commands give data, and the reader, in a real pseudo-terminal of 200x50, shows every title and
leaves by `q` with exit code 0. Needs pexpect and pyte, which the program itself does not.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

import pexpect
import pyte

COLUMNS, LINES = 200, 50
PATIENCE = 300.0


def rows(*command: str) -> list[dict[str, object]]:
    """What a command of the program prints as JSON."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"smoke: {command[1]} ended with {done.returncode}: {done.stderr}")
    found: list[dict[str, object]] = json.loads(done.stdout)
    print(f"smoke: {command[1]}: {len(found)} rows")
    return found


def commands(program: str) -> None:
    """Ask for passages, hits and themes."""
    for command in (
        ("passages",),
        ("search", '"mutual defense" OR guarantee*', "--limit", "3"),
        ("themes",),
        ("related", "003:19"),
    ):
        if not rows(program, *command, "--json"):
            sys.exit(f"smoke: {command[0]} found nothing")


def reader(command: list[str], titles: list[str]) -> None:
    """Open the reader, wait until it shows every title, and quit."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    child = pexpect.spawn(command[0], command[1:], dimensions=(LINES, COLUMNS), timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    missing = titles
    while missing and time.monotonic() < until:
        try:
            stream.feed(child.read_nonblocking(65536, timeout=1))
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            break
        shown = "\n".join(screen.display)
        missing = [title for title in titles if title not in shown]
    print("\n".join(line.rstrip() for line in screen.display))
    if missing:
        sys.exit(f"smoke: the reader does not show {missing}")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    if child.exitstatus != 0:
        sys.exit(f"smoke: the reader ended with {child.exitstatus}, signal {child.signalstatus}")


def main() -> None:
    """Commands first, then the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", nargs="?")
    parser.add_argument("--shell")
    parser.add_argument("--title", action="append", dest="titles", required=True)
    asked = parser.parse_args()
    if asked.shell:
        reader(["bash", "-c", asked.shell], asked.titles)
    else:
        commands(asked.program)
        reader([asked.program], asked.titles)
    print("smoke: passed")


if __name__ == "__main__":
    main()
