"""A note, of as many lines as it needs."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from brief_tui.tui.widgets.fields import TextField
from brief_tui.tui.widgets.hint import Hint


class NoteScreen(ModalScreen[str | None]):
    """Edits a note; dismissed with its text, or None where it is left as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, id="note.keep"),
        Binding("escape", "dismiss(None)", "Leave as it was", priority=True, id="note.leave"),
    ]

    def __init__(self, title: str, note: str) -> None:
        """Edit a note; the title is harmless for the terminal."""
        super().__init__()
        self._title = title
        self._area = TextField(note, soft_wrap=True, show_line_numbers=False, id="note-area")

    def compose(self) -> ComposeResult:
        """Title, text, hint."""
        with Vertical(classes="dialog -whole"):
            yield Static(self._title, classes="dialog--title", markup=False)
            yield self._area
            yield Hint("Ctrl+S keeps it · Esc leaves it as it was")

    def on_mount(self) -> None:
        """Write at the end of what is there."""
        self._area.move_cursor(self._area.document.end)
        self._area.focus()

    def action_keep(self) -> None:
        """Keep the note."""
        self.dismiss(self._area.text.strip())
