"""What commands share: their arguments, opening the brief, and how a row is headed for people."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.printing import say
from brief_tui.errors import BriefError
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.rows import Row

NOTHING_FOUND = 1
WINDOW = "command line"
"""Whose undo the commands' changes are: not that of a reader who has the brief open."""

brief_argument = click.argument("brief", nargs=-1, type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Write one JSON array to standard output.")
recursive_option = click.option("--recursive", is_flag=True, help="Read subfolders of BRIEF too.")
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Rows at most."
)


def open_workspace(brief: tuple[Path, ...], *, recursive: bool, readable: bool = True) -> Workspace:
    """The brief that a command names; closed when the command ends.

    Args:
        brief: a folder or files; none for the default brief.
        recursive: whether subfolders are searched too.
        readable: whether the command needs a text: then a brief of which nothing can be read is an error,
            while one bad document among others never is.

    Raises:
        BriefError: there is nothing to read, or brief.toml is wrong.
    """
    workspace = Workspace.open(brief or None, recursive=recursive, window=WINDOW)
    click.get_current_context().call_on_close(workspace.close)
    if readable and next(workspace.library.documents(), None) is None:
        troubles = workspace.problems()
        more = f" ({len(troubles) - 1} more cannot be read either.)" if len(troubles) > 1 else ""
        raise BriefError(f"{troubles[0]}{more}")
    return workspace


def say_all(sentences: Iterable[str]) -> None:
    """A line on standard error for each."""
    for sentence in sentences:
        say(sentence)


def place_of(row: Row) -> str:
    """A row's place and section, for people."""
    where = f"{row['doc']}:{row['line']}"
    return f"{where}  {row['section']}" if row["section"] else where
