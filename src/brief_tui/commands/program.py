"""The program as a group of commands: listed by what they are for, beside the reader's own options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem


class Program(click.Group):
    """Commands in sections; what names none of them is for the reader.

    Attributes:
        reader: the command that opens it. It is none of the group's: any word could be a folder's name.
    """

    def __init__(self, *args: Any, reader: click.Command, **more: Any) -> None:
        super().__init__(*args, **more)
        self.reader = reader
        self._sections: list[tuple[str, list[click.Command]]] = []

    def add_section(self, title: str, commands: Sequence[click.Command]) -> None:
        """Offer commands below a title of their own, in this order."""
        for command in commands:
            self.add_command(command)
        self._sections.append((title, list(commands)))

    def list_commands(self, _: click.Context) -> list[str]:
        """The commands' names in the order of the help."""
        return [str(command.name) for _, commands in self._sections for command in commands]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The reader's options, those of the program, and the commands."""
        options = [each for each in self.reader.params if isinstance(each, click.Option)]
        rows = [row for each in options if (row := each.get_help_record(ctx))]
        with formatter.section("Options of the reader"):
            formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each section with what its commands do, in one column for all."""
        width = max(len(name) for name in self.list_commands(ctx))
        for title, commands in self._sections:
            with formatter.section(title):
                most = formatter.width - width - 6
                formatter.write_dl(
                    [(f"{command.name:<{width}}", command.get_short_help_str(most)) for command in commands]
                )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named first, or else the reader's with all that is there."""
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return self.name, self.reader, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What can come first: a path, a command, an option of the program or the reader."""
        found = [CompletionItem(incomplete, type="file")]  # first: bash forgets what stands before it
        found += super().shell_complete(ctx, incomplete)
        known = {item.value for item in found}
        return found + [
            item for item in self.reader.shell_complete(ctx, incomplete) if item.value not in known
        ]
