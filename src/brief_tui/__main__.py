"""`python -m brief_tui`, and what the installed command calls."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from brief_tui.errors import BriefError
from brief_tui.launch import OPTIONS, is_plain, open_reader

UNFORESEEN = 70
"""The exit code of a fault of the program's own, as in sysexits.h."""


def main() -> None:
    """Run the command line and exit."""
    _open_streams()
    try:
        code = _run(sys.argv[1:])
    except Exception as error:
        from brief_tui import failures
        from brief_tui.commands.printing import prepare, say
        from brief_tui.settings import places

        prepare()
        say(failures.note(error, places().data))
        code = UNFORESEEN
    sys.exit(code)


def _open_streams() -> None:
    """Give a program that was started with a closed stream an empty one, before a file takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _run(args: list[str]) -> int:
    if is_plain(args) and sys.stdout.isatty():
        paths = [Path(arg) for arg in args if arg not in OPTIONS]
        try:
            return open_reader(paths, recursive="--recursive" in args, fresh="--fresh" in args)
        except BriefError as error:
            from brief_tui.commands.printing import complain, prepare

            prepare()
            complain(error)
            return 2
    from brief_tui.cli import run

    return run(args)


if __name__ == "__main__":
    main()
