"""Commands that keep what is kept: notes on whole documents and on the brief, backup and restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.common import brief_argument, json_option, open_workspace, recursive_option
from brief_tui.commands.completing import complete_document
from brief_tui.commands.printing import print_json, say
from brief_tui.corpus.visible import visible

if TYPE_CHECKING:
    from brief_tui.highlights.backup import Held


@click.command()
@brief_argument
@json_option
@recursive_option
def notes(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print your notes on the brief and on its documents.

    They head every export. In JSON, "doc" is null for the note on the brief.
    """
    from brief_tui.rows import note_rows

    workspace = open_workspace(brief, recursive=recursive, readable=False)
    rows = note_rows(workspace)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(visible(row["doc"] or "the brief"))
        for line in row["note"].splitlines():
            click.echo(f"  {visible(line)}")
        click.echo()


@click.command()
@click.argument("text")
@brief_argument
@click.option("--doc", metavar="DOC", shell_complete=complete_document, help="On this document.")
@recursive_option
def note(text: str, brief: tuple[Path, ...], doc: str | None, recursive: bool) -> None:
    """Keep a note on the brief, or on one of its documents.

    It takes the place of the one that is there. An empty TEXT removes that; - reads standard input.

    \b
      brief-tui note 'All five agree that …'
      brief-tui note - my-folder --doc 003 < summary.txt
    """
    workspace = open_workspace(brief, recursive=recursive, readable=False)
    entry = workspace.brief.entry(doc) if doc is not None else None
    words = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    workspace.marks.set_note(entry.id if entry else "", words.strip())
    what = entry.name if entry else "the brief"
    click.echo(visible(f"kept the note on {what}" if words.strip() else f"no note on {what} any more"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@brief_argument
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@recursive_option
def backup(file: Path, brief: tuple[Path, ...], force: bool, recursive: bool) -> None:
    """Copy all that is kept of a brief to one file.

    Highlights, tags, notes, bookmarks, what was read and searched, and what can be undone; the reader may be
    open meanwhile. 'brief-tui restore FILE' takes it back.
    """
    workspace = open_workspace(brief, recursive=recursive, readable=False)
    say(f"kept {_said(workspace.marks.back_up(file, force=force))} in {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@brief_argument
@click.option("--force", is_flag=True, help="Replace highlights, tags and notes that are there.")
@recursive_option
def restore(file: Path, brief: tuple[Path, ...], force: bool, recursive: bool) -> None:
    """Take back what 'brief-tui backup' wrote.

    It takes the place of all that is kept of the brief. What was there is copied beside the store before.
    """
    workspace = open_workspace(brief, recursive=recursive, readable=False)
    found = workspace.marks.restore(file, force=force)
    say(f"restored {_said(found)} from {file}")
    known = {entry.id for entry in workspace.brief.entries}
    marked = workspace.marks.store.all_highlights.sizes
    if marked and not known.intersection(marked):
        say("None of these highlights is on a document of this brief; was it made of another one?")


def _said(held: Held) -> str:
    parts = [
        f"{number:,} {one if number == 1 else one + 's'}"
        for number, one in zip(held, ("highlight", "manual tag", "note"), strict=True)
        if number
    ]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "reading state alone"
