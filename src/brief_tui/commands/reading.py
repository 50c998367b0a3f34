"""Commands that ask a brief: passages, themes, search, related."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brief_tui.commands.common import (
    NOTHING_FOUND,
    brief_argument,
    json_option,
    limit_option,
    open_workspace,
    place_of,
    recursive_option,
    say_all,
)
from brief_tui.commands.printing import print_rows
from brief_tui.corpus.visible import folded

if TYPE_CHECKING:
    from brief_tui.themes.tags import CueQuality


@click.command()
@brief_argument
@json_option
@recursive_option
def passages(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print every passage.

    Each with its place, kind and section, in reading order.
    """
    from brief_tui.rows import passage_row

    workspace = open_workspace(brief, recursive=recursive)
    rows = (passage_row(doc, p) for doc in workspace.library.documents() for p in doc.passages)
    print_rows(rows, lambda row: f"{place_of(row)}  {row['kind']}", as_json=as_json)
    say_all(workspace.problems())


@click.command()
@brief_argument
@click.option("--theme", help="Only this theme, by its id.")
@click.option(
    "--disagreements",
    is_flag=True,
    help="Only where you decided otherwise than the cues; for people, with each cue's precision and recall.",
)
@json_option
@recursive_option
def themes(
    brief: tuple[Path, ...], theme: str | None, disagreements: bool, as_json: bool, recursive: bool
) -> None:
    """Print the themes' passages.

    Each with its score and the evidence for it; a passage with two themes is printed twice.
    """
    from brief_tui.rows import disagreement_row, theme_row

    workspace = open_workspace(brief, recursive=recursive)
    if disagreements:
        found = [disagreement_row(workspace, each) for each in workspace.coding.disagreements(theme)]
        print_rows(
            found,
            lambda row: f"{place_of(row)}  {row['theme']}  you {'added' if row['present'] else 'removed'} it",
            as_json=as_json,
        )
        if not as_json:
            _print_quality(workspace.coding.cue_quality(theme))
    else:
        rows = [theme_row(workspace, tag) for tag in workspace.coding.tags(theme)]
        print_rows(rows, lambda row: f"{place_of(row)}  {row['theme']}  {row['score']:.2f}", as_json=as_json)
    say_all(workspace.problems())


def _print_quality(cues: Iterable[CueQuality]) -> None:
    """A line for each cue that matched where the reader decided: precision, recall, the cue."""
    decided = [cue for cue in cues if cue.right or cue.wrong]
    for cue in decided:
        click.echo(
            f"{_percent(cue.precision)} right  {_percent(cue.recall)} found  "
            f"{cue.theme}  {folded(' '.join(cue.cue.split()))}"
        )
    if not decided:
        click.echo("No cue matched a passage that you decided; add or remove a theme in the reader with t.")


def _percent(share: float | None) -> str:
    return "   –" if share is None else f"{share:4.0%}"


@click.command()
@click.argument("query")
@brief_argument
@limit_option
@click.option("--aliases", is_flag=True, help="Count the names of one thing in brief.toml as one word.")
@json_option
@recursive_option
def search(
    query: str, brief: tuple[Path, ...], limit: int, aliases: bool, as_json: bool, recursive: bool
) -> int:
    """Search all documents.

    The best passages come first. QUERY is words, a "phrase", wild*, (a OR b) NEAR/5 c, theme:ID and more.
    Ends with 1 where nothing is found.
    """
    from brief_tui.rows import hit_row

    workspace = open_workspace(brief, recursive=recursive)
    results = workspace.search(query, limit=limit, aliases=aliases)
    rows = [hit_row(workspace, hit) for hit in results.hits]
    print_rows(rows, lambda row: f"{place_of(row)}  {row['score']:.2f}", as_json=as_json)
    say_all((*workspace.problems(), *results.notices))
    return 0 if rows else NOTHING_FOUND


@click.command()
@click.argument("place", metavar="DOC:LINE")
@brief_argument
@limit_option
@json_option
@recursive_option
def related(place: str, brief: tuple[Path, ...], limit: int, as_json: bool, recursive: bool) -> int:
    """Print what others say on a passage.

    Passages of the other documents on the same matter, best first. DOC:LINE is a document, or the beginning
    of its name, and a line of the passage: 003:44. Ends with 1 where nothing is found.
    """
    from brief_tui.rows import related_row
    from brief_tui.settings import read_settings

    workspace = open_workspace(brief, recursive=recursive)
    workspace.semantic = read_settings(workspace.places.settings).semantic
    rows = [
        related_row(workspace, hit)
        for hit in workspace.related(workspace.library.passage(place), limit=limit)
    ]
    print_rows(rows, lambda row: f"{place_of(row)}  {row['score']:.2f}  {row['why']}", as_json=as_json)
    say_all(workspace.problems())
    return 0 if rows else NOTHING_FOUND
