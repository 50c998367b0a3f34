"""The reference of start-up: a Textual app with one Static and nothing else."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class OneStatic(App[None]):
    """Shows one text."""

    def compose(self) -> ComposeResult:
        """The text that the benchmark waits for."""
        yield Static(sys.argv[1])


if __name__ == "__main__":
    OneStatic().run()
