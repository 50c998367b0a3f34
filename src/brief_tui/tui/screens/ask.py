"""A question with yes and no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from brief_tui.tui.widgets.hint import Hint


class AskScreen(ModalScreen[bool]):
    """Dismissed with the answer; leaving it means no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", "Yes", id="ask.yes"),
        Binding("n,escape,q", "dismiss(False)", "No", id="ask.no"),
    ]

    def __init__(self, question: str) -> None:
        """Ask something; the text is harmless for the terminal."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Question, keys."""
        with Vertical(classes="dialog"):
            yield Static(self._question, markup=False)
            yield Hint("y yes · n or Esc no")
