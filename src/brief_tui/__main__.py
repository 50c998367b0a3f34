"""`python -m brief_tui`, and what the installed command calls."""

from __future__ import annotations

import sys
from pathlib import Path

from brief_tui.errors import BriefError
from brief_tui.launch import OPTIONS, is_plain, open_reader


def main() -> None:
    """Run the command line and exit."""
    args = sys.argv[1:]
    if is_plain(args) and sys.stdout.isatty():
        paths = [Path(arg) for arg in args if arg not in OPTIONS]
        try:
            sys.exit(open_reader(paths, recursive="--recursive" in args, fresh="--fresh" in args))
        except BriefError as error:
            from brief_tui.commands.printing import complain, prepare

            prepare()
            complain(error)
            sys.exit(2)
    from brief_tui.cli import run

    sys.exit(run(args))


if __name__ == "__main__":
    main()
