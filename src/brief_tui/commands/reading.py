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
from brief_tui.commands.completing import complete_theme
from brief_tui.commands.printing import print_rows
from brief_tui.corpus.visible import folded

if TYPE_CHECKING:
    from brief_tui.rows import Row
    from brief_tui.themes.tags import CueQuality


@click.command()
@brief_argument
@json_option
@recursive_option
def passages(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print every passage in reading order.

    A passage is a paragraph, a list's item, a heading and so on; each has its place (DOC:LINE), section and
    kind.

    \b
      brief-tui passages my-folder --json | jq -r '.[].text'
    """
    from brief_tui.rows import passage_row

    workspace = open_workspace(brief, recursive=recursive)
    rows = (passage_row(doc, p) for doc in workspace.library.documents() for p in doc.passages)
    print_rows(rows, lambda row: f"{place_of(row)}  {row['kind']}", as_json=as_json)
    say_all(workspace.problems())


@click.command()
@brief_argument
@click.option("--theme", metavar="ID", shell_complete=complete_theme, help="Only this theme, by its id.")
@click.option(
    "--disagreements",
    is_flag=True,
    help="Only where you decided otherwise than the cues, and how often each cue was right.",
)
@json_option
@recursive_option
def themes(
    brief: tuple[Path, ...], theme: str | None, disagreements: bool, as_json: bool, recursive: bool
) -> None:
    """Print the passages of each theme.

    Each has its score (0.5 to 1) and, with --json, the evidence: the words that made the theme's cues match.
    A passage with two themes is printed twice. What you added or removed in the reader wins over the cues.

    \b
      brief-tui themes --theme asymmetry
      brief-tui themes my-folder --disagreements
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
        print_rows(rows, _tag_line, as_json=as_json)
    say_all(workspace.problems())


def _tag_line(row: Row) -> str:
    said = "manual" if row["manual"] else f"{row['score']:.2f}"
    return f"{place_of(row)}  {row['theme']}  {said}"


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
@click.option(
    "--aliases", is_flag=True, help="Count what brief.toml lists as names of one thing as one word."
)
@json_option
@recursive_option
def search(
    query: str, brief: tuple[Path, ...], limit: int, aliases: bool, as_json: bool, recursive: bool
) -> int:
    """Search all documents, the best passages first.

    QUERY is words, which are all wanted, a "phrase", wild*, fuzzy~, a NEAR/5 b, AND OR NOT -word ( ), and
    fields: doc: source: section: kind: theme: topic: tag: note:. Quote it for the shell. Ends with 1 where
    nothing is found.

    \b
      brief-tui search '"mutual defense" OR guarantee*'
      brief-tui search 'theme:asymmetry (drone* NEAR/8 supply)' --json
    """
    from brief_tui.rows import hit_row

    workspace = open_workspace(brief, recursive=recursive)
    results = workspace.searching.results(query, limit=limit, aliases=aliases)
    rows = [hit_row(workspace, hit) for hit in results.hits]
    print_rows(rows, lambda row: f"{place_of(row)}  {row['score']:.2f}", as_json=as_json)
    meant = (f"Did you mean: {results.suggestion}",) if results.suggestion else ()
    say_all((*workspace.problems(), *results.notices, *meant))
    return 0 if rows else NOTHING_FOUND


@click.command()
@click.argument("place", metavar="DOC:LINE")
@brief_argument
@limit_option
@json_option
@recursive_option
def related(place: str, brief: tuple[Path, ...], limit: int, as_json: bool, recursive: bool) -> int:
    """Print what other documents say on a passage, best first.

    DOC:LINE is a document's name, or its beginning, and a line of the passage. Each passage has its score (0
    to 1) and why it was found. Ends with 1 where nothing is found.

    \b
      brief-tui related 003:44
    """
    from brief_tui.rows import related_row
    from brief_tui.settings import read_settings

    workspace = open_workspace(brief, recursive=recursive)
    workspace.relating.semantic = read_settings(workspace.places.settings).semantic
    rows = [
        related_row(workspace, hit)
        for hit in workspace.relating.related(workspace.library.passage(place), limit=limit)
    ]
    print_rows(rows, lambda row: f"{place_of(row)}  {row['score']:.2f}  {row['why']}", as_json=as_json)
    say_all(workspace.problems())
    return 0 if rows else NOTHING_FOUND
