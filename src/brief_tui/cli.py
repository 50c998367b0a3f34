"""The command line: standard output is data, standard error is one line that says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from brief_tui import __version__
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError, QueryError
from brief_tui.settings import places, read_settings, write_template
from brief_tui.workspace import Workspace

WRONG = 2
NOTHING_FOUND = 1
INTERRUPTED = 130

_brief = click.argument("brief", nargs=-1, type=click.Path(path_type=Path))
_json = click.option("--json", "as_json", is_flag=True, help="Write one JSON array to standard output.")
_recursive = click.option("--recursive", is_flag=True, help="Read subfolders too.")
_limit = click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows at most."
)


def run(args: Sequence[str]) -> int:
    """Run a command line.

    Args:
        args: without the program's name. What does not begin with a command opens the reader.

    Returns:
        The exit code: 0 done; 1 nothing found; 2 wrong usage or unreadable input.
    """
    first = next((arg for arg in args if not arg.startswith("-")), None)
    if first not in main.commands and not {"--help", "--version", "-h"} & set(args[:1]):
        args = ["read", *args]
    try:
        return int(main.main(list(args), prog_name="brief-tui", standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except (click.ClickException, BriefError) as error:
        return _complain(error)
    except BrokenPipeError:
        # The reader of a pipe (head) has enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _complain(error: Exception) -> int:
    text = error.format_message() if isinstance(error, click.ClickException) else str(error)
    if isinstance(error, QueryError):
        text += f" (at character {error.position + 1} of the query)"
    click.echo(f"brief-tui: {folded(text)}", err=True)
    return WRONG


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="[BRIEF] | COMMAND …"
)
@click.version_option(__version__, prog_name="brief-tui")
def main() -> None:
    """Read several sources on one subject against each other, offline.

    BRIEF is a folder or files; without it, the brief that comes with the program. A folder named like a
    command is written with its path: ./search
    """


@main.command(hidden=True)
@_brief
@_recursive
@click.option("--fresh", is_flag=True, help="Do not restore the last session.")
def read(brief: tuple[Path, ...], recursive: bool, fresh: bool) -> int:
    """Open the reader."""
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise BriefError("The reader needs a terminal; use a command such as 'brief-tui passages' in a pipe.")
    if os.environ.get("TERM", "dumb") in {"dumb", ""}:
        raise BriefError(
            "This terminal (TERM=dumb) cannot show the reader; use 'brief-tui passages' or 'search'."
        )
    workspace = _open(brief, recursive)
    settings = read_settings(workspace.places.settings)
    from brief_tui.tui.app import run as run_reader

    return run_reader(workspace, settings, fresh=fresh)


@main.command()
@_brief
@_json
@_recursive
def passages(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print every passage with its kind, section and place."""
    from brief_tui.rows import passage_row

    workspace = _open(brief, recursive)
    rows = (passage_row(doc, p) for doc in workspace.documents() for p in doc.passages)
    _print(rows, as_json, lambda row: _place(row) + f"  {row['kind']}", say=workspace.problems)


@main.command()
@_brief
@click.option("--theme", "theme", help="Only this theme, by its id.")
@_json
@_recursive
def themes(brief: tuple[Path, ...], theme: str | None, as_json: bool, recursive: bool) -> None:
    """Print the passages of each theme with the evidence for it."""
    from brief_tui.rows import theme_row

    workspace = _open(brief, recursive)
    rows = [theme_row(workspace, tag) for tag in workspace.tags(theme)]
    _print(
        rows,
        as_json,
        lambda row: f"{_place(row)}  {row['theme']}  {row['score']:.2f}",
        say=workspace.problems,
    )


@main.command()
@click.argument("query")
@_brief
@_limit
@_json
@_recursive
def search(query: str, brief: tuple[Path, ...], limit: int, as_json: bool, recursive: bool) -> int:
    """Search all documents; best passages first."""
    from brief_tui.rows import hit_row

    workspace = _open(brief, recursive)
    results = workspace.search(query, limit=limit)
    rows = [hit_row(workspace, hit) for hit in results.hits]
    _print(rows, as_json, lambda row: f"{_place(row)}  {row['score']:.2f}", say=lambda: results.notices)
    return 0 if rows else NOTHING_FOUND


@main.command()
@click.argument("place", metavar="DOC:LINE")
@_brief
@_limit
@_json
@_recursive
def related(place: str, brief: tuple[Path, ...], limit: int, as_json: bool, recursive: bool) -> int:
    """Print what the other documents say on the matter of a passage, best first."""
    from brief_tui.rows import related_row

    workspace = _open(brief, recursive)
    rows = [related_row(workspace, hit) for hit in workspace.related(workspace.passage(place), limit=limit)]
    _print(rows, as_json, lambda row: f"{_place(row)}  {row['score']:.2f}  {row['why']}")
    return 0 if rows else NOTHING_FOUND


@main.command()
@_brief
@_json
@_recursive
def highlights(brief: tuple[Path, ...], as_json: bool, recursive: bool) -> None:
    """Print the highlights."""
    from brief_tui.rows import highlight_row

    workspace = _open(brief, recursive)
    rows = [highlight_row(workspace, each) for each in workspace.highlights()]
    _print(
        rows, as_json, lambda row: f"{row['id'][:8]}  {row['doc']}:{row['line']}  {', '.join(row['tags'])}"
    )


@main.command()
@click.argument("place", metavar="DOC:START-END | DOC")
@_brief
@click.option("--quote", help="Mark these words of DOC instead of a range of code points.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given again.")
@click.option("--note", default="", help="A note.")
@_json
@_recursive
def highlight(
    place: str,
    brief: tuple[Path, ...],
    quote: str | None,
    tags: tuple[str, ...],
    note: str,
    as_json: bool,
    recursive: bool,
) -> None:
    """Mark a highlight; it is printed once it is kept."""
    from brief_tui.rows import highlight_row

    workspace = _open(brief, recursive)
    doc, span = workspace.span_of(place) if quote is None else workspace.span_of_quote(place, quote)
    kept = highlight_row(workspace, workspace.highlight(doc, span, tags=tags, note=note))
    _print([kept], as_json, _highlight_head)


@main.command()
@click.argument("highlight_id", metavar="ID")
@_brief
@_recursive
def unhighlight(highlight_id: str, brief: tuple[Path, ...], recursive: bool) -> None:
    """Remove a highlight, named by its id or the beginning of it."""
    removed = _open(brief, recursive).store.remove(highlight_id)
    click.echo(f"removed {removed.id}")


@main.command()
@_brief
@click.option(
    "--format", "form", default="markdown", show_default=True, help="The format; 'list' shows them."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file; - for standard output.",
)
@click.option(
    "--scope", type=click.Choice(["highlights", "themes", "both"]), default="highlights", show_default=True
)
@click.option("--theme", help="Only this theme, by its id.")
@click.option("--tag", help="Only highlights with this tag.")
@click.option("--doc", help="Only this document.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@_recursive
def export(
    brief: tuple[Path, ...],
    form: str,
    output: Path | None,
    scope: str,
    theme: str | None,
    tag: str | None,
    doc: str | None,
    force: bool,
    recursive: bool,
) -> None:
    """Write highlights, or the passages of themes, to a file that another program opens."""
    from brief_tui.export.registry import FORMATS, render
    from brief_tui.export.request import Scope, narrow
    from brief_tui.export.write import file_name, write

    if form == "list":
        for each in FORMATS.values():
            click.echo(f"{each.name:<14}{each.description}")
        return
    workspace = _open(brief, recursive)
    if theme is not None:
        workspace.theme(theme)
    request = narrow(
        workspace.export_request(),
        scope=Scope(scope),
        theme=theme,
        tag=tag,
        doc=workspace.brief.entry(doc).id if doc is not None else None,
    )
    chunks = render(form, request)
    if output == Path("-"):
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        return
    target = output or Path(file_name(workspace.brief.title, FORMATS[form].suffix))
    write(chunks, target, force=force)
    click.echo(f"brief-tui: written {visible(str(target))}", err=True)


@main.command()
@_brief
@_recursive
def index(brief: tuple[Path, ...], recursive: bool) -> None:
    """Build the index, with a progress bar."""
    workspace = _open(brief, recursive)
    total = len(workspace.brief.entries)
    with click.progressbar(length=total, label="indexing", file=sys.stderr) as bar:
        workspace.open_index(lambda done, _total: bar.update(done - bar.pos))
        bar.update(total - bar.pos)
    for sentence in workspace.problems():
        click.echo(f"brief-tui: {folded(sentence)}", err=True)


@main.command()
@_brief
@_recursive
def info(brief: tuple[Path, ...], recursive: bool) -> None:
    """Say where the brief's files lie."""
    workspace = _open(brief, recursive)
    for name, value in (
        ("brief", workspace.brief.title),
        ("id", workspace.brief.id),
        ("documents", f"{len(workspace.brief.entries)} in {workspace.brief.root}"),
        ("brief.toml", workspace.brief.manifest or "none"),
        ("highlights", workspace.store.path or workspace.store.refusal),
        ("index", workspace.index_folder),
        ("settings", workspace.places.settings),
        ("version", __version__),
    ):
        click.echo(f"{name:<12}{visible(str(value))}")


@main.command()
@click.option("--init", is_flag=True, help="Write a settings file to start from.")
@click.option("--path", "show_path", is_flag=True, help="Print where the settings file is.")
@click.option("--show", is_flag=True, help="Print the settings in force (the default).")
def config(init: bool, show_path: bool, show: bool) -> None:
    """The settings: where they are and what they say."""
    path = places().settings
    if init:
        write_template(path)
    if init or show_path:
        click.echo(visible(str(path)))
    if show or not (init or show_path):
        import msgspec
        import tomlkit

        click.echo(tomlkit.dumps(msgspec.to_builtins(read_settings(path))), nl=False)


def _open(brief: tuple[Path, ...], recursive: bool) -> Workspace:
    return Workspace.open(brief or None, recursive=recursive)


def _place(row: dict[str, Any]) -> str:
    where = f"{row['doc']}:{row['line']}"
    return f"{where}  {row['section']}" if row["section"] else where


def _highlight_head(row: dict[str, Any]) -> str:
    return f"{row['id'][:8]}  {row['doc']}:{row['line']}  {', '.join(row['tags'])}"


def _print(
    rows: Iterable[dict[str, Any]],
    as_json: bool,
    head: Callable[[dict[str, Any]], str],
    *,
    say: Callable[[], Sequence[str]] = tuple,
) -> None:
    """Rows as one JSON array, or for people: a dim head line and the text below it."""
    if as_json:
        import json

        terminal = sys.stdout.isatty()  # a terminal must not be commanded by what a text holds
        separator = "["
        for row in rows:
            click.echo(separator + json.dumps(row, ensure_ascii=terminal), nl=False)
            separator = ",\n"
        click.echo("[]" if separator == "[" else "]")
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for row in rows:
            click.echo(click.style(visible(head(row)), dim=True) if colour else visible(head(row)))
            click.echo(f"  {folded(row.get('text') or row['exact'])}\n")
    for sentence in say():
        click.echo(f"brief-tui: {folded(sentence)}", err=True)
