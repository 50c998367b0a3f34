"""Commands about the program's own files: index, info, config."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from brief_tui import __version__
from brief_tui.commands.common import brief_argument, open_workspace, recursive_option, say_all
from brief_tui.commands.printing import print_bytes
from brief_tui.corpus.visible import visible
from brief_tui.settings import places, read_settings, write_template


@click.command()
@brief_argument
@recursive_option
def index(brief: tuple[Path, ...], recursive: bool) -> None:
    """Build the search index now.

    The reader and the commands build it when they need it; this is to have it ready.
    """
    workspace = open_workspace(brief, recursive=recursive)
    total = len(workspace.brief.entries)
    with click.progressbar(length=total, label="indexing", file=sys.stderr) as bar:
        workspace.open_index(lambda done, _total: bar.update(done - bar.pos))
        bar.update(total - bar.pos)
    say_all(workspace.problems())
    workspace.tidy()


@click.command()
@brief_argument
@recursive_option
def info(brief: tuple[Path, ...], recursive: bool) -> None:
    """Say where a brief's documents, highlights and index lie."""
    workspace = open_workspace(brief, recursive=recursive, readable=False)
    for name, value in (
        ("brief", workspace.brief.title),
        ("id", workspace.brief.id),
        ("documents", f"{len(workspace.brief.entries)} in {workspace.brief.root}"),
        ("brief.toml", workspace.brief.manifest or "none"),
        ("highlights", workspace.marks.store.path or workspace.marks.store.refusal),
        ("index", workspace.index_folder),
        ("settings", workspace.places.settings),
        ("version", __version__),
    ):
        click.echo(f"{name:<12}{visible(str(value))}")


@click.command()
@click.option("--init", is_flag=True, help="Write a settings file to start from, and print where it is.")
@click.option("--path", "show_path", is_flag=True, help="Print where the settings file is.")
@click.option("--show", is_flag=True, help="Print the settings in force (the default).")
def config(init: bool, show_path: bool, show: bool) -> None:
    """Show the settings, or write a file of them to edit."""
    path = places().settings
    if init:
        write_template(path)
    if init or show_path:
        click.echo(visible(str(path)))
    if show or not (init or show_path):
        import msgspec
        import tomlkit

        print_bytes([tomlkit.dumps(msgspec.to_builtins(read_settings(path))).encode()])
