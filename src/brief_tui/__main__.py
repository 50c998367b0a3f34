"""`python -m brief_tui`, and what the installed command calls."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit."""
    from brief_tui.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
