"""What the shell offers after Tab: the script that asks, and the answers from the brief that is named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import (
    CompletionItem,
    FishComplete,
    add_completion_class,
    get_completion_class,
    shell_complete,
)

from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError

NAME = "brief-tui"
VARIABLE = "_BRIEF_TUI_COMPLETE"
"""Set by the script when it asks: to `bash_complete` and the like."""


class _Fish(FishComplete):
    """Click's fish, but for its script, which cuts a name or a description at its first comma."""

    source_template = """\
function %(complete_func)s;
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \
COMP_CWORD=(commandline -t) %(prog_name)s);
    for completion in $response;
        set -l parts (string split --max 1 -- "," $completion);
        switch $parts[1]
            case dir; __fish_complete_directories $parts[2];
            case file; __fish_complete_path $parts[2];
            case plain; echo $parts[2];
        end;
    end;
end;

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)";
"""


add_completion_class(_Fish)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes what you type.

    After it, Tab completes commands, options and files, and where they are asked for the brief's themes and
    documents and the formats of an export. Save it where your shell looks for such scripts:

    \b
      brief-tui completion bash > ~/.local/share/bash-completion/completions/brief-tui
      brief-tui completion zsh  > "${fpath[1]}/_brief-tui"
      brief-tui completion fish > ~/.config/fish/completions/brief-tui.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows the three
    asking = kind(click.get_current_context().find_root().command, {}, NAME, VARIABLE)
    # Not asking.source(): that looks for a bash, which need not be the one that reads the script.
    click.echo(asking.source_template % asking.source_vars())


def answer(program: click.Command, instruction: str) -> int:
    """Print what can stand where the shell's cursor is.

    Args:
        program: the command line.
        instruction: what the script wants, with the shell's name: `zsh_complete`.

    Returns:
        The exit code: 1 for an instruction that nobody knows.
    """
    return shell_complete(program, {}, NAME, VARIABLE, instruction)


def complete_theme(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the brief's themes, with their names."""
    from brief_tui.corpus.manifest import read_brief

    try:
        _brief, manifest = read_brief(_named(ctx))
    except (BriefError, OSError):
        return []
    return _beginning(incomplete, ((theme.id, theme.name) for theme in manifest.themes))


def complete_document(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the brief's documents, with their titles where brief.toml gives some."""
    from brief_tui.corpus.manifest import read_brief

    try:
        brief, _manifest = read_brief(_named(ctx), recursive=bool(ctx.params.get("recursive")))
    except (BriefError, OSError):
        return []
    return _beginning(incomplete, ((entry.name, entry.metadata.title or "") for entry in brief.entries))


def complete_format(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The formats of an export, with what they are for."""
    from brief_tui.export.registry import FORMATS

    return _beginning(incomplete, ((each.name, each.description) for each in FORMATS.values()))


def _named(ctx: click.Context) -> tuple[Path, ...] | None:
    """The brief as far as it is on the line; click leaves words apart that stand before an open option."""
    before = sum(isinstance(each, click.Argument) and each.nargs == 1 for each in ctx.command.params)
    return ctx.params.get("brief") or tuple(map(Path, ctx.args[before:])) or None


def _beginning(incomplete: str, offered: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Values that begin as typed; none that a shell could not show or take as it is."""
    return [
        CompletionItem(value, help=folded(said) or None)
        for value, said in offered
        if value.startswith(incomplete) and visible(value) == value
    ]
