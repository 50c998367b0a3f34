"""What commands print: data on standard output, one line of narration at a time on standard error.

Nothing that a text holds may command a terminal; a pipe gets UTF-8 whatever the locale says.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import QueryError

if TYPE_CHECKING:
    from brief_tui.rows import Row


def prepare() -> None:
    """Let standard output and error take any text: what has no UTF-8 is written as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace"
            )


def say(sentence: str) -> None:
    """One line on standard error."""
    click.echo(f"brief-tui: {folded(sentence)}", err=True)


def complain(error: Exception) -> None:
    """What went wrong and what to do, on one line."""
    text = str(error)
    if isinstance(error, click.ClickException):
        text = error.format_message()
    elif isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        text = f"{error.strerror or error}{where}; make room or choose another place, then try again."
    if isinstance(error, click.UsageError) and error.ctx is not None:
        text += f" See '{error.ctx.command_path} --help'."
    if isinstance(error, QueryError):
        text += f" (at character {error.position + 1} of the query)"
    say(text)


def print_rows(rows: Iterable[Row], head: Callable[[Row], str], *, as_json: bool) -> None:
    """Rows as one JSON array, or for people: a dim head line and the text below it.

    Args:
        rows: written as they come.
        head: the line above a row's text.
        as_json: whether a program reads it.
    """
    if as_json:
        print_json(rows)
        return
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for row in rows:
        line = visible(head(row))
        click.echo(click.style(line, dim=True) if colour else line)
        click.echo(f"  {folded(row.get('text') or row['exact'])}\n")


def print_json(rows: Iterable[Row]) -> None:
    """Rows as one JSON array, a line each, written as they come."""
    import json

    terminal = sys.stdout.isatty()
    separator = "["
    for row in rows:
        line = json.dumps(row, ensure_ascii=terminal)
        click.echo(separator + (line.replace("\x7f", "\\u007f") if terminal else line), nl=False)
        separator = ",\n"
    click.echo("[]" if separator == "[" else "]")


def print_bytes(chunks: Iterable[bytes]) -> None:
    """A file's content on standard output; on a terminal its lines are shown, never obeyed."""
    if not sys.stdout.isatty():
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        return
    for line in b"".join(chunks).decode("utf-8", "replace").splitlines():
        click.echo(visible(line))
