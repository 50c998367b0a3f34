"""The line that a query is typed in, with the queries from before; and the list of results above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.linelist import LineList


class QueryInput(LineField):
    """The line that the query is typed in; up and down walk the queries from before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "submit",
            "Walk",
            key_display="Enter",
            id="search.walk",
            tooltip="Make the search the trail",
        ),
        Binding("up", "older", "Earlier", key_display="↑", id="search.older", tooltip="An earlier search"),
        Binding("down", "newer", "Results", key_display="↓", id="search.newer", tooltip="Into the results"),
    ]

    class Below(Message):
        """The reader went down from what is being typed."""

    def __init__(self) -> None:
        super().__init__(placeholder="search in all documents")
        self.cursor_blink = False
        self.recent: Sequence[str] = ()
        self._at = -1
        self._draft = ""

    def write(self, text: str) -> None:
        """Put a text in place of what is typed."""
        self._at = -1
        self._set(text)

    def action_older(self) -> None:
        """An earlier query."""
        if self._at < 0:
            self._draft = self.value
        self._walk(self._at + 1)

    def action_newer(self) -> None:
        """A later query, then what was being typed; from there into the results."""
        if self._at < 0:
            self.post_message(self.Below())
        else:
            self._walk(self._at - 1)

    def _walk(self, to: int) -> None:
        if to < len(self.recent):
            self._set(self.recent[to] if to >= 0 else self._draft)
            self._at = to

    def _set(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if not (0 <= self._at < len(self.recent) and event.value == self.recent[self._at]):
            self._at = -1


class ResultList(LineList):
    """The list above the input; up from its first line leads back there."""

    class Above(Message):
        """The reader went up from the first line."""

    def action_step(self, rows: int) -> None:
        """Move the cursor over lines that can be chosen."""
        before = self.index
        super().action_step(rows)
        if rows < 0 and self.index == before:
            self.post_message(self.Above())
