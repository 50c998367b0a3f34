"""The command that takes in what other programs, or another copy of this one, wrote."""

from __future__ import annotations

import re
from pathlib import Path

import click

from brief_tui.commands.common import brief_argument, open_workspace, recursive_option, say_all
from brief_tui.commands.printing import say
from brief_tui.corpus.files import read_beginning
from brief_tui.corpus.manifest import FILE_NAME
from brief_tui.corpus.visible import visible

_JSON = re.compile(rb"(\xef\xbb\xbf)?\s*(\[\s*)?\{")


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
        return _JSON.match(read_beginning(file, 1024)) is not None
    except OSError:
        return False
