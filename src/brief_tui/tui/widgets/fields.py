"""Fields to write in: their text may have come from outside; it is kept, its controls show as marks."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Input, TextArea

from brief_tui.corpus.visible import visible


class LineField(Input):
    """One line."""

    @property
    def _value(self) -> Text:
        """The value as it is drawn: a mark for each control, so that the cursor keeps its place."""
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return cell_len(visible(self.value[:position]))


class TextField(TextArea):
    """Several lines."""

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn."""
        return Text(visible(self.document.get_line(line_index)), no_wrap=True, end="")
