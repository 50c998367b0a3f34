"""The command that writes excerpts for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.common import brief_argument, open_workspace, recursive_option, say_all
from brief_tui.commands.completing import complete_document, complete_format, complete_theme
from brief_tui.commands.printing import print_bytes, say

if TYPE_CHECKING:
    from brief_tui.export.request import ExportRequest

_LONG = 2_000
"""Excerpts from which on an export says how far it is."""


@click.command()
@brief_argument
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    default="markdown",
    show_default=True,
    shell_complete=complete_format,
    help="The format; 'list' shows them all.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file, - for standard output; without it, one named after the brief.",
)
@click.option(
    "--scope",
    type=click.Choice(["highlights", "themes", "both"]),
    default="highlights",
    show_default=True,
    help="What to take: your highlights, the themes' passages, or both.",
)
@click.option("--theme", metavar="ID", shell_complete=complete_theme, help="Only this theme, by its id.")
@click.option("--tag", metavar="TAG", shell_complete=complete_theme, help="Only highlights with this tag.")
@click.option("--doc", metavar="DOC", shell_complete=complete_document, help="Only this document.")
@click.option(
    "--filter",
    "words",
    metavar="WORDS",
    default="",
    help="Only what has all these words in its text, note, tags or title.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@recursive_option
def export(
    brief: tuple[Path, ...],
    form: str,
    output: Path | None,
    scope: str,
    theme: str | None,
    tag: str | None,
    doc: str | None,
    words: str,
    force: bool,
    recursive: bool,
) -> None:
    """Write excerpts with their citations for other programs.

    The file is written whole or not at all, and never over one that is there unless --force says so.

    \b
      brief-tui export --format list
      brief-tui export --format html --scope both -o brief.html
      brief-tui export my-folder --format csv --theme shortage -o - | head
    """
    from brief_tui.export.registry import FORMATS, render
    from brief_tui.export.request import Scope, narrow
    from brief_tui.export.write import file_name, write

    if form == "list":
        for each in FORMATS.values():
            click.echo(f"{each.name:<14}{each.description}")
        return
    workspace = open_workspace(brief, recursive=recursive)
    if theme is not None:
        workspace.coding.theme(theme)
    request = narrow(
        workspace.export_request(),
        scope=Scope(scope),
        theme=theme,
        tag=tag,
        doc=workspace.brief.entry(doc).id if doc is not None else None,
        words=words,
    )
    if output == Path("-"):
        print_bytes(render(form, request))
    else:
        render(form, request)  # a format that there is not has no suffix
        target = output or Path(file_name(workspace.brief.title, FORMATS[form].suffix))
        with _told(request) as told:
            write(render(form, told), target, force=force)
        say(f"written {target}")
    say_all(workspace.problems())


@contextmanager
def _told(request: ExportRequest) -> Iterator[ExportRequest]:
    """A request whose export shows on a terminal how far it is, where it is long."""
    from brief_tui.export.excerpts import count

    total = count(request)
    if total < _LONG or not sys.stderr.isatty():
        yield request
        return
    with click.progressbar(length=total, label="exporting", file=sys.stderr, update_min_steps=100) as bar:
        yield replace(request, advance=lambda: bar.update(1))
