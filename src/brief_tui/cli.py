"""The command line: standard output is data, standard error is one line that says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from brief_tui import __version__
from brief_tui.commands import marks, reading, upkeep
from brief_tui.commands.common import brief_argument, recursive_option
from brief_tui.commands.printing import complain, prepare
from brief_tui.errors import BriefError
from brief_tui.launch import open_reader

WRONG = 2
INTERRUPTED = 130

_READER = "(reader)"  # its command has no name that a folder could have by chance


def run(args: Sequence[str]) -> int:
    """Run a command line.

    Args:
        args: without the program's name. What does not begin with a command opens the reader.

    Returns:
        The exit code: 0 done; 1 nothing found; 2 wrong usage or unreadable input; 130 interrupted.
    """
    prepare()
    first = next((arg for arg in args if not arg.startswith("-")), None)
    if first not in main.commands and not {"--help", "--version", "-h"} & set(args[:1]):
        args = [_READER, *args]
    try:
        # Not main.main(): it would end the program with 1 when the reader of a pipe has enough.
        with main.make_context("brief-tui", list(args)) as context:
            code = int(main.invoke(context) or 0)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()  # the reader of a pipe (head) has enough
        return 0
    except (click.ClickException, BriefError) as error:
        complain(error)
        return WRONG
    except OSError as error:
        complain(error)
        _drop_output()
        return WRONG
    return code


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the program has nothing to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="[BRIEF] | COMMAND …"
)
@click.version_option(__version__, prog_name="brief-tui")
def main() -> None:
    """Read several sources on one subject against each other, offline.

    BRIEF is a folder or files; without it, the brief that comes with the program. A folder named like a
    command is written with its path: ./search

    Without a command the reader opens: with --fresh it does not restore the last session, with --recursive it
    reads subfolders too.
    """


@main.command(name=_READER, hidden=True)
@brief_argument
@recursive_option
@click.option("--fresh", is_flag=True, help="Do not restore the last session.")
def read(brief: tuple[Path, ...], recursive: bool, fresh: bool) -> int:
    """Open the reader."""
    return open_reader(brief, recursive=recursive, fresh=fresh)


for _command in (
    reading.passages,
    reading.themes,
    reading.search,
    reading.related,
    marks.highlights,
    marks.highlight,
    marks.unhighlight,
    marks.import_,
    marks.export,
    upkeep.index,
    upkeep.info,
    upkeep.config,
):
    main.add_command(_command)
