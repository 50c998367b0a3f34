"""Opens the reader, apart from the command line: the first screen waits for nothing it does not need."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from brief_tui.errors import BriefError

OPTIONS = frozenset({"--fresh", "--recursive"})
COMMANDS = frozenset(
    {
        *("passages", "themes", "search", "related"),
        *("highlights", "highlight", "unhighlight", "import", "export"),
        *("notes", "note", "backup", "restore"),
        *("index", "info", "config", "completion"),
    }
)


def is_plain(args: Sequence[str]) -> bool:
    """Whether a command line only opens the reader: paths and the reader's own options."""
    paths = [arg for arg in args if arg not in OPTIONS]
    return not any(arg.startswith("-") for arg in paths) and (not paths or paths[0] not in COMMANDS)


def open_reader(paths: Sequence[Path], *, recursive: bool = False, fresh: bool = False) -> int:
    """Open a brief in the reader and return the exit code.

    Args:
        paths: a folder or files; none for the default brief.
        recursive: whether subfolders are read too.
        fresh: whether the last session is left alone.

    Raises:
        BriefError: there is nothing to read, the settings are wrong, or this is no terminal that can show it.
    """
    gc.disable()  # until the first screen stands: looking through what was loaded takes a tenth of the start
    from brief_tui.workspace import Workspace

    workspace = Workspace.open(paths or None, recursive=recursive)
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise BriefError("The reader needs a terminal; use a command such as 'brief-tui passages' in a pipe.")
    if os.environ.get("TERM", "dumb") in {"dumb", ""}:
        raise BriefError(
            "This terminal (TERM=dumb) cannot show the reader; use 'brief-tui passages' or 'search'."
        )
    from brief_tui.settings import read_settings

    settings = read_settings(workspace.places.settings)
    from brief_tui.tui.app import run

    return run(workspace, settings, fresh=fresh)
