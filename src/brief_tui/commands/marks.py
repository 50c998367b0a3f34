"""Commands of what the reader takes away: highlights, imports, exports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.common import (
    brief_argument,
    json_option,
    open_workspace,
    recursive_option,
    say_all,
)
from brief_tui.commands.completing import complete_document, complete_format, complete_theme
from brief_tui.commands.printing import print_bytes, print_rows, say
from brief_tui.corpus.manifest import FILE_NAME
from brief_tui.corpus.visible import visible

if TYPE_CHECKING:
    from brief_tui.export.request import ExportRequest
    from brief_tui.rows import Row

_LONG = 2_000
"""Excerpts from which on an export says how far it is."""

_JSON = re.compile(rb"(\xef\xbb\xbf)?\s*(\[\s*)?\{")


@click.command()
@brief_argument
@json_option
@recursive_option
def highlights(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print your highlights.

    Each with its id, place, tags and, in brackets, whether it moved or is lost since its document changed.
    """
    from brief_tui.rows import highlight_row

    workspace = open_workspace(brief, recursive=recursive, readable=False)
    workspace.marks.attach(workspace.library.documents())
    rows = [highlight_row(workspace, each) for each in workspace.marks.highlights()]
    print_rows(rows, _head, as_json=as_json)


@click.command()
@click.argument("place", metavar="DOC:START-END|DOC", shell_complete=complete_document)
@brief_argument
@click.option("--quote", metavar="WORDS", help="Mark these words of DOC, wherever its lines break.")
@click.option(
    "--tag",
    "tags",
    metavar="TAG",
    multiple=True,
    shell_complete=complete_theme,
    help="A theme's id or a word of your own; may be given again.",
)
@click.option("--note", metavar="TEXT", default="", help="A note of your own.")
@json_option
@recursive_option
def highlight(
    place: str,
    brief: tuple[Path, ...],
    quote: str | None,
    tags: tuple[str, ...],
    note: str,
    as_json: bool,
    recursive: bool,
) -> None:
    """Mark a passage or some words as a highlight.

    DOC is a document's name or its beginning. START and END are code points of its text, as --json prints
    them, END exclusive. The highlight is printed once it is kept.

    \b
      brief-tui highlight 003:120-245 --tag asymmetry
      brief-tui highlight 003 --quote 'no mutual defense' --note 'Compare 001.'
    """
    from brief_tui.rows import highlight_row

    workspace = open_workspace(brief, recursive=recursive)
    doc, span = (
        workspace.library.span_of(place) if quote is None else workspace.library.span_of_quote(place, quote)
    )
    kept = highlight_row(workspace, workspace.marks.highlight(doc, span, tags=tags, note=note))
    print_rows([kept], _head, as_json=as_json)


@click.command()
@click.argument("highlight_id", metavar="ID")
@brief_argument
@recursive_option
def unhighlight(highlight_id: str, brief: tuple[Path, ...], recursive: bool) -> None:
    """Remove a highlight.

    ID is its id, or the beginning of it, as 'brief-tui highlights' prints it.
    """
    workspace = open_workspace(brief, recursive=recursive, readable=False)
    click.echo(f"removed {workspace.marks.store.remove(highlight_id).id}")


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@brief_argument
@recursive_option
def import_(file: Path, brief: tuple[Path, ...], recursive: bool) -> None:
    """Take in highlights or a codebook.

    FILE is known by its form. Highlights: a json or jsonld export of brief-tui, or W3C Web Annotations of
    another program. A codebook: a brief.toml, a REFI-QDA .qdc, the CSV of Taguette or of QualCoder.

    What is there already is not taken twice; of two states of one highlight the newer wins. Codes are added
    to brief.toml; those for the five sources to your own copy of them.
    """
    workspace = open_workspace(brief, recursive=recursive)
    if _holds_json(file):
        taken, skipped = workspace.marks.import_highlights(file)
        click.echo(f"imported {taken} {'record' if taken == 1 else 'records'}")
        say_all(skipped)
        return
    from brief_tui.revising import add_codes
    from brief_tui.themes.imports import read_codebook

    new = read_codebook(file)
    folder = add_codes(workspace.brief, new, workspace.places.data)
    count = len(new.themes) + len(new.topics)
    click.echo(visible(f"imported {count} {'code' if count == 1 else 'codes'} into {folder / FILE_NAME}"))
    if workspace.brief.read_only:
        say(f"The default brief itself stays as it is; open your copy with: brief-tui {folder}")


def _holds_json(file: Path) -> bool:
    """Whether a file begins with an object of JSON, or a list of them; one that cannot be read does not."""
    try:
        with file.open("rb") as opened:
            return _JSON.match(opened.read(1024)) is not None
    except OSError:
        return False


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


def _head(row: Row) -> str:
    where = f"{row['doc']}:{row['line']}" if row["line"] is not None else row["doc"]
    state = "" if row["state"] == "anchored" else f"  ({row['state']})"
    return f"{row['id'][:8]}  {where}  {', '.join(row['tags'])}{state}"
