"""A reader who presses anything: the program goes on, and the terminal comes back as it was."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brief_tui.tui.actions import ALL

from .test_terminal import Terminal

ENDS = {"q", "ctrl+q", "ctrl+c"}
"""Keys that are meant to end the program."""

SIZES = ((80, 24), (120, 40), (200, 50), (40, 12), (20, 5), (140, 20), (57, 30))

_NAMED = {
    "space": " ", "slash": "/", "question_mark": "?", "plus": "+", "minus": "-", "equals_sign": "=",
    "left_square_bracket": "[", "right_square_bracket": "]", "full_stop": ".", "comma": ",", "colon": ":",
    "semicolon": ";", "apostrophe": "'", "exclamation_mark": "!", "asterisk": "*", "underscore": "_",
    "less_than_sign": "<", "greater_than_sign": ">", "number_sign": "#", "at": "@", "tilde": "~",
    "backspace": "\x7f", "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "insert": "\x1b[2~",
    "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR",
}  # fmt: skip
_MOUSE = ("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m", "\x1b[<64;{x};{y}M", "\x1b[<65;{x};{y}M", "\x1b[<0;{x};{y}M")
_TYPED = ("iran", "trust*", '"mutual', "x y z", "é中", "\x1b[200~a paste\nof two lines\x1b[201~")


def sent(key: str) -> str | None:
    """What a terminal sends for a key; None where it has no way to say it."""
    *modifiers, last = key.split("+")
    if key in _NAMED:
        return _NAMED[key]
    if modifiers == ["ctrl"] and len(last) == 1:
        return chr(ord(last) & 31)
    if modifiers == ["alt"] and len(last) == 1:
        return "\x1b" + last
    if modifiers == ["shift"] and len(last) == 1:
        return last.upper()
    return key if len(key) == 1 else None


def keys_of_all_actions() -> list[str]:
    """What is sent for each key of every action that is not meant to end the program."""
    keys = {key for action in ALL for key in action.keys.split(",") if key} - ENDS
    return sorted({text for key in keys if (text := sent(key)) is not None})


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Callable[[], Terminal]]:
    """Opens the reader on a small brief with themes, in a terminal."""
    folder = tmp_path / "brief"
    folder.mkdir()
    themes = "\n".join(
        f'[[theme]]\nid = "{name}"\nname = "{name.title()}"\ncues = ["{name}*"]\n'
        for name in ("trust", "iran")
    )
    (folder / "brief.toml").write_text(themes, "utf-8")
    for n in range(5):
        text = "\n\n".join(
            ("- " if n == 2 else "")
            + f"Of trust in Iran, text {n}.{i}. "
            + "It goes on 中文 é. " * (1 + i % 13)
            for i in range(60)
        )
        (folder / f"{n}.txt").write_text(f"Title of {n}\n\n{text}\n", "utf-8")
    opened: list[Terminal] = []

    def open_reader() -> Terminal:
        opened.append(Terminal(folder, columns=120, lines=40, folder=tmp_path))  # a walk may well export
        return opened[-1]

    yield open_reader
    for each in opened:
        each.child.close(force=True)


def assert_left(reader: Terminal) -> None:
    """The reader was left as when it is quit: nothing failed, and the terminal is as it was."""
    assert reader.ended() == 0, reader.said
    assert reader.is_restored()
    assert not re.search(rb"Traceback|NoMatches|IndexError", reader.raw)


def walk(open_reader: Callable[[], Terminal], keys: int, seed: int) -> None:
    """Press keys at random, with the mouse, a paste and new sizes among them; then leave.

    The palette can quit too: then it must have been open, and the walk goes on in a new reader.
    """
    reader = open_reader()
    rng = random.Random(seed)
    known = keys_of_all_actions()
    size = (120, 40)
    reader.wait_for("Title of 0")
    for number in range(keys):
        chance = rng.random()
        if chance < 0.01:
            size = rng.choice(SIZES)
            reader.resize(*size)
        elif chance < 0.04:
            x, y = rng.randint(1, size[0]), rng.randint(1, size[1])
            reader.press(rng.choice(_MOUSE).format(x=x, y=y))
        elif chance < 0.06:
            reader.press(rng.choice(_TYPED))
        elif chance < 0.12:
            reader.press("\x1b")
            reader.pass_time(0.02)  # not the beginning of what follows
        else:
            reader.press(rng.choice(known))
        if number % 10 == 0:
            reader.pass_time(0.02)
        if not reader.child.isalive():
            assert_left(reader)
            assert "Quit" in reader.text, f"ended at key {number} of walk {seed}:\n{reader.said}"
            reader, size = open_reader(), (120, 40)
            reader.wait_for("Title of 0")
    reader.resize(120, 40)
    reader.press("\x11")  # Ctrl+Q works from anywhere
    assert_left(reader)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_pressed_the_reader_goes_on(reader: Callable[[], Terminal], seed: int) -> None:
    walk(reader, 150, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 104))
def test_five_thousand_keys_at_random(reader: Callable[[], Terminal], seed: int) -> None:
    walk(reader, 5000, seed)
