"""What is compared: its name, how much there is of it, and what is meant by it."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.tui.heatlayout import wrapped
from brief_tui.tui.palette import code_colour
from brief_tui.tui.strips import Piece, fit, pad

_MEMO_ROWS = 2
_MEMO_WIDTH = 110


class Subject(Widget):
    """The title of a comparison; its memo in two rows at most."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"subject--name", "subject--fact", "subject--memo"}

    def __init__(self) -> None:
        super().__init__()
        self._title, self._colour, self._fact, self._which, self._memo = "", "", "", "", ""

    def say(self, title: str, colour: str, fact: str, which: str, memo: str) -> None:
        """Show a subject; all texts must be harmless for the terminal.

        Args:
            title: the theme's name or the query.
            colour: the name of its colour.
            fact: how much there is of it.
            which: which columns are on the screen, where not all are.
            memo: what is meant by it; empty for a search.
        """
        self._title, self._colour, self._fact, self._which = title, colour, fact, which
        self._memo = memo
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The title's row and those of the memo."""
        return 1 + len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """The title, then the memo."""
        width = self.size.width
        memo, fact = (
            self.get_component_rich_style("subject--memo"),
            self.get_component_rich_style("subject--fact"),
        )
        if y:
            lines = self._lines(width)
            return pad([(" " + lines[y - 1] if y <= len(lines) else "", memo)], width, memo)
        name = self.get_component_rich_style("subject--name")
        name += Style(color=code_colour(self._colour, self.app.current_theme))
        right: list[Piece] = [(self._which + " ", fact)] if self._which else []
        room = width - 2 - sum(cell_len(text) for text, _ in right)
        title = fit(self._title, room)
        return pad(
            [(" " + title, name), (f"   {fit(self._fact, room - cell_len(title) - 3)}", fact)],
            width,
            fact,
            right=right,
        )

    def _lines(self, width: int) -> list[str]:
        room = min(_MEMO_WIDTH, width - 2)
        return wrapped(self._memo, room, _MEMO_ROWS) if self._memo and room > 0 else []
