"""Write docs/reference.md and the man page: every command, key and setting, from the program itself.

python docs/reference.py            writes them
python docs/reference.py --check    fails when they are not what the program says
"""

from __future__ import annotations

import runpy
import sys
from itertools import groupby
from pathlib import Path

import click

from brief_tui.cli import main as program
from brief_tui.settings import TEMPLATE
from brief_tui.tui.actions import ALL, shown_keys
from brief_tui.tui.keygroups import Key, groups

TARGET = Path(__file__).with_name("reference.md")
WIDTH = 100
HEAD = """\
# Reference: commands, keys, settings

Made from the program by `python docs/reference.py`; do not edit it by hand.
"""


def commands() -> str:
    """The help of the program and of each command, as it is printed."""
    size = {"max_content_width": WIDTH, "terminal_width": WIDTH, "resilient_parsing": True}
    parts = ["## Commands\n"]
    with program.make_context("brief-tui", [], **size) as top:
        parts.append(_help(program, top))
        for name in program.list_commands(top):
            command = program.commands[name]
            with command.make_context(name, [], parent=top, **size) as context:
                parts.append(f"### brief-tui {name}\n\n{_help(command, context)}")
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```\n"


def keys() -> str:
    """Every action by group: its keys, what it does, and its name in the settings."""
    parts = [
        "## Keys\n",
        "The last column is the action's name in the settings' keymap. What has no key is in the command "
        "palette (`Ctrl+P`).\n",
    ]
    for group, actions in groupby(ALL, key=lambda action: action.group):
        parts += [f"### {group}\n", "| keys | action | name |", "|---|---|---|"]
        for action in actions:
            shown = " ".join(f"`{key}`" for key in shown_keys(action.keys).split()) if action.keys else ""
            parts.append(f"| {shown} | {action.label} | `{action.id}` |")
        parts.append("")
    for each in groups():
        if each.screens:
            parts += [f"### {each.title}\n", "| keys | action | name |", "|---|---|---|"]
            parts += [f"| {_span(key)} | {key.label} | `{key.id}` |" for key in each.keys]
            parts.append("")
    return "\n".join(parts)


def _span(key: Key) -> str:
    shown = " ".join(f"`{name}`" for name in shown_keys(key.keys).split())
    return f"{shown}–`{shown_keys(key.last)}`" if key.last else shown


def settings() -> str:
    """The settings file that `brief-tui config --init` writes."""
    return (
        "## Settings\n\n`brief-tui config --init` writes this file; `--path` says where; `--show` prints "
        f"what is in force.\n\n```toml\n{TEMPLATE}```\n"
    )


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, commands(), keys(), settings()])


if __name__ == "__main__":
    manual = runpy.run_path(str(TARGET.with_name("manual.py")))
    for target, made in ((TARGET, page()), (manual["TARGET"], manual["page"]())):
        if "--check" not in sys.argv[1:]:
            target.write_text(made, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != made:
            sys.exit(f"{target} is out of date; run: python docs/reference.py")
