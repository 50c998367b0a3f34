"""The man page, made from the help of the program and its commands; docs/reference.py writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc
from itertools import groupby
from pathlib import Path
from textwrap import wrap

import click

from brief_tui import __version__
from brief_tui.cli import main as program
from brief_tui.tui.actions import ALL, shown_keys

TARGET = Path(__file__).with_name("brief-tui.1")

PLACES = (
    ("BRIEF_TUI_DATA_DIR", "~/.local/share/brief-tui", "Highlights, notes and the reading state"),
    ("BRIEF_TUI_CACHE_DIR", "~/.cache/brief-tui", "What can be made again: search index and theme tags"),
    ("BRIEF_TUI_CONFIG_DIR", "~/.config/brief-tui", "The settings"),
)
EXITS = (
    ("0", "Done."),
    ("1", "search or related found nothing."),
    ("2", "Wrong usage, or input that cannot be read; one line on standard error says what to do."),
    ("70", "A fault of the program itself, which says where it wrote down the details."),
    ("130", "Interrupted."),
)


def page() -> str:
    """The page in roff, with the macros of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.\\" Made from the program by docs/reference.py; do not edit it by hand.'
    yield f'.TH BRIEF\\-TUI 1 "" "brief\\-tui {__version__}" "User Commands"'
    yield from (".ad l", ".nh")
    with program.make_context("brief-tui", [], resilient_parsing=True) as top:
        summary, *rest = _paragraphs(program)
        yield from (".SH NAME", f"brief\\-tui \\- {_text(summary[0].lower() + summary[1:].rstrip('.'))}")
        yield from (".SH SYNOPSIS", ".B brief\\-tui")
        own = [each.opts[0] for each in program.reader.params if isinstance(each, click.Option)]
        yield _text(" ".join([*(f"[{option}]" for option in own), "[BRIEF]..."]))
        yield from (".br", ".B brief\\-tui", "COMMAND [OPTIONS] [ARGUMENTS]")
        yield ".SH DESCRIPTION"
        yield from _prose(rest)
        yield ".SH OPTIONS"
        yield from _options(program.reader, top, but=program)
        yield from _options(program, top)
        yield ".SH COMMANDS"
        for name in program.list_commands(top):
            yield from _command(program.commands[name], name, top)
    yield from _keys()
    yield from (".SH ENVIRONMENT AND FILES", "What lies where is said by")
    yield '.BR "brief\\-tui info" .'
    for variable, folder, content in PLACES:
        yield from (".TP", f".B {_text(variable)}", f"{_text(content)} (on Linux")
        yield f".IR {_text(folder)} )."
    yield from (".TP", ".B NO_COLOR", "Set to anything: commands print without colour.")
    yield ".SH EXIT STATUS"
    for code, meaning in EXITS:
        yield from (".TP", f".B {code}", *_filled(meaning))


def _command(command: click.Command, name: str, top: click.Context) -> Iterator[str]:
    with command.make_context(name, [], parent=top, resilient_parsing=True) as context:
        yield f".SS {_text(' '.join(['brief-tui', name, *command.collect_usage_pieces(context)]))}"
        yield from _prose(_paragraphs(command))
        yield from _options(command, context, but=program)


def _paragraphs(command: click.Command) -> list[str]:
    return re.split(r"\n{2,}", cleandoc(command.help or ""))


def _prose(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs as help has them; what begins with a backspace keeps its lines."""
    for at, paragraph in enumerate(paragraphs):
        if at:
            yield ".PP"
        if paragraph.startswith("\b"):
            yield from (".nf", *map(_text, paragraph.split("\n")[1:]), ".fi")
        else:
            yield from _filled(paragraph)


def _options(
    command: click.Command, context: click.Context, *, but: click.Command | None = None
) -> Iterator[str]:
    """A paragraph for each option that another command does not have."""
    known = {name for each in (but.get_params(context) if but else ()) for name in each.opts}
    for each in command.get_params(context):
        if isinstance(each, click.Option) and known.isdisjoint(each.opts):
            names, meaning = each.get_help_record(context) or ("", "")
            yield from (".TP", f".B {_text(names)}", *_filled(meaning))


def _keys() -> Iterator[str]:
    yield from (
        ".SH KEYS",
        "The settings can change them. What has no key is in the command palette.",
    )
    for group, actions in groupby(ALL, key=lambda action: action.group):
        yield f".SS {_text(group)}"
        for action in actions:
            if action.keys:
                keys = " ".join(shown_keys(action.keys).split())
                yield from (".TP", f".B {_text(keys)}", _text(action.label))


def _filled(said: str) -> Iterator[str]:
    return map(_text, wrap(" ".join(said.split()), 64, break_long_words=False, break_on_hyphens=False))


def _text(said: str) -> str:
    """Words as roff prints them as they are."""
    safe = said.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("^", "\\(ha")
    safe = safe.replace("~", "\\(ti").replace('"', "\\(dq").replace("'", "\\(aq")
    safe = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in safe)
    return f"\\&{safe}" if safe.startswith(".") else safe
