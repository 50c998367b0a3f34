"""One line of text, asked for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.hint import Hint


class PromptScreen(ModalScreen[str | None]):
    """Dismissed with what was typed, or None where it is left as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave as it was", id="prompt.leave"),
    ]

    def __init__(self, title: str, value: str = "", *, placeholder: str = "") -> None:
        """Ask for a line.

        Args:
            title: what is asked for; harmless for the terminal.
            value: what is there now.
            placeholder: what stands in an empty line.
        """
        super().__init__()
        self._title = title
        self.line = LineField(value, placeholder=placeholder, id="prompt-line")

    def compose(self) -> ComposeResult:
        """Title, line, hint."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog--title", markup=False)
            yield self.line
            yield Hint("Enter keeps it · Esc leaves it as it was")

    def on_mount(self) -> None:
        """Write at once."""
        self.line.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.line.value.strip():
            self.dismiss(self.line.value.strip())
