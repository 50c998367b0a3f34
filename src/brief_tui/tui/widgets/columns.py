"""The row of document columns: as many as fit, each showing one document of the brief."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Horizontal

from brief_tui.tui.palette import Glyphs
from brief_tui.tui.widgets.column import DocumentColumn


class Columns(Horizontal):
    """Holds a pool of columns and says which document stands in which."""

    def __init__(self, glyphs: Glyphs, *, text_width: int, justify: bool = False) -> None:
        super().__init__(id="columns")
        self.glyphs = glyphs
        self.text_width = text_width
        self.justify = justify
        self._pool: list[DocumentColumn] = []
        self._styles: dict[str, Style] = {}  # of all columns
        self._shown: range = range(0)

    @property
    def shown(self) -> range:
        """Places in the brief of the documents that have a column."""
        return self._shown

    def __iter__(self) -> Iterator[DocumentColumn]:
        """The columns on the screen, from the left."""
        return iter(self._pool[: len(self._shown)])

    def column(self, at: int) -> DocumentColumn | None:
        """The column of a document, by its place in the brief."""
        return self._pool[at - self._shown.start] if at in self._shown else None

    def prepare(self, shown: range) -> None:
        """Have columns before anything is mounted, so that the first frame has text."""
        self._shown = shown
        self._pool = [self._make() for _ in shown]

    def compose(self) -> ComposeResult:
        """The columns that were prepared."""
        yield from self._pool

    def lay_out(self, shown: range) -> None:
        """Have one column for each document of a range; those too many are hidden, not thrown away."""
        self._shown = shown
        missing = [self._make() for _ in range(len(shown) - len(self._pool))]
        if missing:
            self._pool += missing
            self.mount(*missing)
        for at, column in enumerate(self._pool):
            column.display = at < len(shown)

    def set_text_width(self, width: int) -> None:
        """Cells of a row of text at most, in every column."""
        self.text_width = width
        for column in self._pool:
            column.set_text_width(width)

    def set_numbers(self, shown: bool) -> None:
        """Show line numbers in every column, or hide them."""
        for column in self._pool:
            column.set_numbers(shown)

    def repaint(self) -> None:
        """Draw all columns again."""
        for column in self:
            column.repaint()

    def _make(self) -> DocumentColumn:
        return DocumentColumn(
            self.glyphs, text_width=self.text_width, justify=self.justify, styles=self._styles
        )
