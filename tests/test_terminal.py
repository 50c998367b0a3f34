"""The reader in a real pseudo-terminal: sizes, signals, what reaches the terminal and what is left of it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

PATIENCE = 25.0


class Terminal:
    """The reader in a pseudo-terminal, and what its screen shows.

    Attributes:
        raw: every byte that the program wrote.
    """

    def __init__(
        self,
        *args: str | Path,
        columns: int,
        lines: int,
        term: str = "xterm-256color",
        folder: Path | None = None,
        colours: str = "truecolor",
        shell: bool = False,
    ) -> None:
        environment = {**os.environ, "TERM": term, "COLORTERM": colours, "PS1": "shell> "}
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "brief_tui", *map(str, args)]
        self.child = pexpect.spawn(
            "bash" if shell else command[0],
            ["--norc", "--noprofile", "-i"] if shell else command[1:],
            dimensions=(lines, columns),
            env=environment,
            cwd=None if folder is None else str(folder),
            timeout=PATIENCE,
        )
        if shell:
            self.child.sendline(shlex.join(command))
        self.raw = bytearray()
        self._drawn = 0
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        """What a terminal shows of it; drawn when asked, which costs more than the program's own work."""
        self._stream.feed(bytes(self.raw[self._drawn :]))
        self._drawn = len(self.raw)
        return "\n".join(self._screen.display)

    @property
    def said(self) -> str:
        """The last that was written, without its colours and moves: what went wrong, at the program's end."""
        return re.sub(r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]", "", self.raw[-8000:].decode("utf-8", "replace"))

    def wait(self, until: Callable[[], bool]) -> None:
        """Read until something holds; fail with what the screen shows when it does not come about."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end or not self._read():
                pytest.fail(f"never came about; the screen:\n{self.text}")

    def wait_for(self, *words: str) -> None:
        self.wait(lambda: all(word in self.text for word in words))

    def _read(self, timeout: float = 0.5) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=timeout)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        return True

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size; the kernel signals it to the program."""
        _ = self.text  # what came so far was for the former size
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def pass_time(self, seconds: float) -> None:
        """Read what comes within some time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(timeout=seconds):
            pass

    def ended(self) -> int:
        """Read to the end and return the exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self._read():
            if time.monotonic() > end:
                pytest.fail(f"never ended; the screen:\n{self.text}")
        self.child.close()
        if self.child.exitstatus is None:
            return -int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def is_restored(self, *, but: Collection[int] = ()) -> bool:
        """Whether the alternate screen was left, the cursor shown, and mouse and paste reports ended."""
        pairs = [(b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h")]
        pairs += [(b"\x1b[?%dh" % mode, b"\x1b[?%dl" % mode) for mode in {1000, 1003, 1006, 2004} - set(but)]
        return all(self.raw.rfind(off) > self.raw.rfind(on) for on, off in pairs if on in self.raw)


Opening = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Opening]:
    """Opens the reader; ends what is left of it afterwards."""
    opened: list[Terminal] = []

    def spawn(*args: str | Path, columns: int = 120, lines: int = 40, **more: Any) -> Terminal:
        opened.append(Terminal(*args, columns=columns, lines=lines, **more))
        return opened[-1]

    yield spawn
    for each in opened:
        each.child.close(force=True)


@pytest.fixture
def titles(seeds: Path) -> list[str]:
    """The short titles of the default brief."""
    tables = tomllib.loads((seeds / "brief.toml").read_text(encoding="utf-8"))["document"]
    return [table["short"] for table in tables]


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40), (200, 50), (300, 80)])
def test_all_documents_can_be_reached_at_any_size(
    terminal: Opening, titles: list[str], columns: int, lines: int
) -> None:
    reader = terminal(columns=columns, lines=lines)
    for number, title in enumerate(titles):
        if number:
            reader.press("\t")
        # A narrow column may shorten a title: its beginning is enough to know it by.
        reader.wait_for(title[:16])
    reader.press("q")
    assert reader.ended() == 0
    assert reader.is_restored()


def test_five_short_titles_stand_side_by_side_on_a_wide_screen(terminal: Opening, titles: list[str]) -> None:
    reader = terminal(columns=200, lines=50)
    reader.wait_for(*titles)
    reader.press("q")
    assert reader.ended() == 0


def test_a_theme_is_walked_and_a_passage_marked(terminal: Opening) -> None:
    reader = terminal(columns=120, lines=40)
    reader.wait_for("Would Russia defend Iran?")
    reader.press("1")
    reader.wait_for("Trust erosion")
    reader.press("n")
    reader.press("m")
    reader.wait_for("1 highlight")
    reader.press("q")
    assert reader.ended() == 0


def test_keys_sent_in_one_write_go_where_the_first_led(terminal: Opening) -> None:
    reader = terminal(columns=120, lines=40)
    reader.wait_for("Would Russia defend Iran?")
    reader.press("/treaty\rmtmine\r\ra noted\x13sguarant")
    reader.wait_for("Sections", "guarant", "1 highlight")
    reader.press("\x1b")
    reader.wait(lambda: "Sections" not in reader.text)
    reader.press("H")
    reader.wait_for("mine", "noted")
    reader.press("\x11")
    assert reader.ended() == 0


def test_a_new_size_is_taken_at_once(terminal: Opening, titles: list[str]) -> None:
    reader = terminal(columns=80, lines=24)
    reader.wait_for(titles[0][:16], "1–2 of 5")
    reader.resize(200, 50)
    reader.wait_for(*titles)
    reader.resize(80, 24)
    reader.wait_for("1–2 of 5")
    reader.press("q")
    assert reader.ended() == 0


@pytest.mark.parametrize(("name", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_with_the_terminal_restored(
    terminal: Opening, name: signal.Signals, code: int
) -> None:
    reader = terminal()
    reader.wait_for("Would Russia defend Iran?")
    reader.press("3")
    reader.wait_for("Hedging toward China")
    reader.child.kill(name)
    assert reader.ended() == code
    assert reader.is_restored()
    again = terminal()
    again.wait_for("Hedging toward China")
    again.press("q")
    assert again.ended() == 0


def test_it_can_be_left_for_the_shell_and_come_back_to(terminal: Opening) -> None:
    reader = terminal(shell=True)
    reader.wait_for("Would Russia defend Iran?", "help")
    reader.press("2")
    reader.wait_for("Asymmetry")
    reader.press("\x1a")
    reader.wait_for("Stopped")
    assert reader.is_restored(but=(2004,))  # the shell itself asks for paste reports
    reader.press("echo $((40 + 2))\r")
    reader.wait_for("42")
    reader.press("fg\r")
    reader.wait_for("Asymmetry", "help")
    reader.press("n")
    reader.wait_for("2/")
    prompts = reader.raw.count(b"shell> ")
    reader.press("q")
    reader.wait(lambda: reader.raw.count(b"shell> ") > prompts)
    reader.press("exit\r")
    assert reader.ended() == 0
    assert reader.is_restored(but=(2004,))


def test_without_a_shell_ctrl_z_does_not_hang_it(terminal: Opening) -> None:
    reader = terminal()
    reader.wait_for("Would Russia defend Iran?", "help")
    reader.press("\x1a")
    reader.wait_for("no shell")
    reader.press("q")
    assert reader.ended() == 0


def test_sixteen_colours_are_enough(terminal: Opening) -> None:
    reader = terminal(term="xterm", colours="", columns=80, lines=24)
    reader.wait_for("Would Russia defend Iran?", "help")
    reader.press("1mr")
    reader.wait_for("1 highlight")
    reader.press("\x11")
    assert reader.ended() == 0
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25]", reader.raw)
    assert re.search(rb"\x1b\[[0-9;]*4;?[0-9;]*m", reader.raw)


def test_a_terminal_too_small_says_so_and_grows_back(terminal: Opening) -> None:
    reader = terminal(columns=20, lines=5)
    reader.wait_for("Too small")
    reader.resize(80, 24)
    reader.wait_for("Would Russia defend Iran?", "1–2 of 5")
    reader.resize(20, 5)
    reader.wait_for("Too small")
    reader.press("q")
    assert reader.ended() == 0
    assert reader.is_restored()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_is_refused_in_one_line(terminal: Opening, term: str) -> None:
    reader = terminal(term=term)
    assert reader.ended() == 2
    assert reader.raw.startswith(b"brief-tui: ")
    assert reader.raw.count(b"\n") == 1
    assert b"\x1b" not in reader.raw
