"""The command line: standard output is data, standard error is one line that says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from brief_tui import __version__
from brief_tui.commands import completing, exporting, importing, keeping, marks, reading, upkeep
from brief_tui.commands.common import brief_argument, recursive_option
from brief_tui.commands.printing import complain, prepare
from brief_tui.commands.program import Program
from brief_tui.errors import BriefError
from brief_tui.launch import open_reader

WRONG = 2
INTERRUPTED = 130


def run(args: Sequence[str]) -> int:
    """Run a command line, or complete one where the shell's script asks.

    Args:
        args: without the program's name. What does not begin with a command opens the reader.

    Returns:
        The exit code: 0 done; 1 nothing found; 2 wrong usage or unreadable input; 130 interrupted.
    """
    prepare()
    try:
        asked = os.environ.get(completing.VARIABLE)
        code = completing.answer(main, asked) if asked else _invoke(args)
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


def _invoke(args: Sequence[str]) -> int:
    first = next((arg for arg in args if not arg.startswith("-")), None)
    is_command = first in main.commands or {"--help", "--version", "-h"} & set(args[:1])
    program: click.Command = main if is_command else read
    # Not program.main(): it would end the program with 1 when the reader of a pipe has enough.
    with program.make_context("brief-tui", list(args)) as context:
        return int(program.invoke(context) or 0)


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the program has nothing to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_HELP = {"help_option_names": ["-h", "--help"]}


@click.command(context_settings=_HELP)
@brief_argument
@recursive_option
@click.option("--fresh", is_flag=True, help="Do not restore the last session.")
def read(brief: tuple[Path, ...], recursive: bool, fresh: bool) -> int:
    """Open the reader on a folder or files; without any, on the five sources that come with the program."""
    return open_reader(brief, recursive=recursive, fresh=fresh)


@click.group(
    cls=Program,
    reader=read,
    context_settings=_HELP,
    subcommand_metavar="[BRIEF] | COMMAND …",
)
@click.version_option(__version__, prog_name="brief-tui")
def main() -> None:
    """Read several sources on one subject against each other, offline.

    BRIEF is a folder or files; without it, the five sources that come with the program. A folder named like a
    command is written with its path: ./search

    \b
      brief-tui                        open the reader on the five sources
      brief-tui my-folder              open it on your own texts
      brief-tui search 'guarantee*'    ask without opening it
      brief-tui export --format html   take your highlights away

    In the reader ? lists every key. 'brief-tui COMMAND --help' says more of a command.
    """


main.add_section("Ask the sources", [reading.passages, reading.search, reading.related, reading.themes])
main.add_section(
    "Keep and take away",
    [
        *(marks.highlights, marks.highlight, marks.unhighlight, keeping.notes, keeping.note),
        *(exporting.export, importing.import_, keeping.backup, keeping.restore),
    ],
)
main.add_section("The program itself", [upkeep.index, upkeep.info, upkeep.config, completing.completion])
