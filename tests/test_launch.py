"""What opens the reader without the command line is exactly what names no command."""

from __future__ import annotations

import pytest

from brief_tui.cli import main
from brief_tui.launch import COMMANDS, OPTIONS, is_plain


def test_it_knows_every_command_and_option_of_the_reader() -> None:
    assert set(main.commands) == COMMANDS
    assert {
        option for each in main.reader.params for option in each.opts if option.startswith("-")
    } == OPTIONS


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("", True),
        ("folder", True),
        ("./search --fresh", True),
        ("--recursive folder other.txt", True),
        ("search drones", False),
        ("--help", False),
        ("--version", False),
        ("folder --unknown", False),
        ("info", False),
    ],
)
def test_what_is_plain(line: str, plain: bool) -> None:
    assert is_plain(line.split()) is plain
