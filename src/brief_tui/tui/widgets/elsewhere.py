"""Elsewhere: what the other sources say on the passage under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from brief_tui.corpus.model import Span
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, fit, pad
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList


class Related(Struct, frozen=True):
    """A passage of another document, ready to be shown; its texts are harmless for the terminal.

    Attributes:
        place: the document's place in the brief and the passage's number.
        source: the document's short title.
        sentence: its best sentence.
        span: that sentence in the document's text.
        strength: 0 to 1.
        why: what the two share, in words.
    """

    place: tuple[int, int]
    source: str
    sentence: str
    span: Span
    strength: float
    why: str


SEARCHING = "…"
"""The state before anything was found."""

_STRENGTH = 6
"""Cells of the bar that shows how strongly a passage is related."""


class Elsewhere(LineList):
    """One line a passage; the why of the line under the cursor stands in the heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "leave", "Back", key_display="Esc", id="related.leave", tooltip="Back to the columns"
        )
    ]
    HEADING_ROWS: ClassVar[int] = 1

    class Left(Message):
        """The reader goes back to the columns."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="elsewhere")
        self.glyphs = glyphs
        self.related: Sequence[Related] = ()
        self.state = SEARCHING
        self.more = ""

    def show_related(self, related: Sequence[Related], more: str = "") -> None:
        """Show what was found, at least one, best first, and say what is to come."""
        self.related = related
        self.state = ""
        self.more = more
        self.show([Line(self._drawer(each), each) for each in related])

    def show_state(self, state: str) -> None:
        """Say why there is nothing to show yet."""
        self.related = ()
        self.state = state
        self.show([])

    def action_leave(self) -> None:
        """Go back to the columns."""
        self.post_message(self.Left())

    def render_line(self, y: int) -> Strip:
        """The heading, then the lines."""
        if y == 0:
            return self._heading()
        return super().render_line(y - 1)

    def _heading(self) -> Strip:
        dim, text = self.style_of("dim"), self.style_of("text")
        pieces: list[Piece] = [
            (" Elsewhere on this  ", self.style_of("accent" if self.has_focus else "bright"))
        ]
        right: list[Piece] = []
        if self.state:
            pieces.append((self.state, dim))
        elif self.size.height == 1:
            many, sources = len(self.related), len({each.place[0] for each in self.related})
            told = "1 passage" if many == 1 else f"{many} passages"
            told += " in 1 source" if sources == 1 else f" in {sources} sources"
            pieces += [(told, text), (f"  {self.more}", dim)]
            right = [("r opens ", dim)]
        elif isinstance(self.data, Related):
            room = self.size.width - 22
            said = f"{self.more} {self.data.why}" if self.more else self.data.why
            pieces.append((fit(said, room), dim))
        return pad(pieces, self.size.width, text, right=right)

    def _drawer(self, each: Related) -> Drawer:
        def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
            number = f" {each.place[0] + 1} "
            name_width = min(24, width // 4)
            name = fit(each.source, name_width)
            half = max(1, round(each.strength * 2 * _STRENGTH))
            bar = self.glyphs.line * (half // 2) + (self.glyphs.half_line if half % 2 else "")
            rest = self.glyphs.rule * (_STRENGTH - len(bar))
            room = width - len(number) - name_width - 2 - _STRENGTH - 3
            pieces = [
                (number, style("accent")),
                (name + " " * (name_width - cell_len(name) + 2), style("dim")),
                (fit(each.sentence, room), style("text")),
            ]
            return pieces, [(f"  {bar}", style("accent")), (f"{rest} ", style("faint"))]

        return draw
