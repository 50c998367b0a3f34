"""Commands of the reader's own marks: list them, mark, take a mark away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.common import brief_argument, json_option, open_workspace, recursive_option
from brief_tui.commands.completing import complete_document, complete_theme
from brief_tui.commands.printing import print_rows

if TYPE_CHECKING:
    from brief_tui.rows import Row


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


def _head(row: Row) -> str:
    where = f"{row['doc']}:{row['line']}" if row["line"] is not None else row["doc"]
    state = "" if row["state"] == "anchored" else f"  ({row['state']})"
    return f"{row['id'][:8]}  {where}  {', '.join(row['tags'])}{state}"
