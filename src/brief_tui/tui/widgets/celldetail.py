"""Below the overview's table: the cell under the cursor in words, and what its passages say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.tui.palette import code_colour
from brief_tui.tui.strips import Piece, fit, pad

_ROOMY = 100


class CellDetail(Widget):
    """What the cell under the cursor stands for, and a telling sentence of each of its passages."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail--text", "detail--bright", "detail--dim"}

    def __init__(self) -> None:
        super().__init__()
        self._cell, self._colour, self._amount = "", "", ""
        self._passages: Sequence[tuple[str, str]] = ()

    def say(
        self, name: str, colour: str = "", amount: str = "", passages: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a cell; all texts must be harmless for the terminal.

        Args:
            name: theme and document.
            colour: the theme's colour name; empty for none.
            amount: how much there is, in words.
            passages: of each passage where it stands and a sentence, as many as there is room for.
        """
        self._cell, self._colour, self._amount, self._passages = name, colour, amount, passages
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The cell, then its passages."""
        width = self.size.width
        text, dim = (self.get_component_rich_style(f"detail--{name}") for name in ("text", "dim"))
        pieces: list[Piece] = []
        right: list[Piece] = []
        if y == 0:
            style = self.get_component_rich_style("detail--bright")
            if self._colour:
                style += self._style(self._colour)
            amount = self._amount if width >= _ROOMY else self._amount.partition(" · ")[0]
            right = [(fit(amount, width // 2) + " ", dim)]
            pieces = [(" " + fit(self._cell, width - cell_len(right[0][0]) - 3), style)]
        elif y <= len(self._passages):
            place, sentence = self._passages[y - 1]
            place = fit(place, width // 4)
            widest = max(cell_len(fit(each, width // 4)) for each, _ in self._passages)
            pieces = [(f" {place}{' ' * (widest - cell_len(place))}  " if widest else " ", dim)]
            pieces.append((fit(sentence, width - cell_len(pieces[0][0]) - 1), text))
        return pad(pieces, width, text, right=right)

    def _style(self, colour: str) -> Style:
        return Style(color=code_colour(colour, self.app.current_theme))
