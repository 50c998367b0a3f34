"""The line between results and query: how many were found, and what they can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.tui.palette import code_colour
from brief_tui.tui.strips import Piece, fit, pad

_WIDE = 110


class Facet(Struct, frozen=True):
    """Something that can be switched on and off; the texts must be harmless for the terminal.

    Attributes:
        action: what a click on it runs, an action of the search panel.
        mark: what it is called where there is little room.
        name: what it is called after the mark where there is more; may be empty.
        on: whether it is on.
        count: passages it would leave, "…" until they are counted; empty for none to tell.
        colour: name of a code's colour; empty without one.
    """

    action: str
    mark: str
    name: str = ""
    on: bool = False
    count: str = ""
    colour: str = ""


class FacetLine(Widget):
    """Draws what was found at the left and the facets at the right; a click on one presses it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"facets--text", "facets--dim", "facets--on", "facets--wrong"}

    @dataclass
    class Pressed(Message):
        """A facet was clicked on."""

        action: str

    def __init__(self) -> None:
        super().__init__()
        self.said = ""
        self.is_wrong = False
        self.facets: Sequence[Facet] = ()
        self._where: list[tuple[int, int, str]] = []

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say how many were found, or with `wrong` what is wrong, which takes the whole line."""
        self.said, self.is_wrong = text, wrong
        self.refresh()

    def offer(self, facets: Sequence[Facet]) -> None:
        """Show these facets."""
        self.facets = facets
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only row."""
        width = self.size.width
        dim = self.get_component_rich_style("facets--dim")
        if y:
            return Strip.blank(width, dim)
        self._where = []
        if self.is_wrong:
            wrong = self.get_component_rich_style("facets--wrong")
            return pad([(" " + fit(self.said, width - 2), wrong)], width, dim)
        said = " " + self.said
        room = width - cell_len(said) - 2
        for named in (width >= _WIDE, False):
            labels = [self._label(facet, named=named) for facet in self.facets]
            if sum(cell_len(label) + 2 for label in labels) <= room:
                break
        while labels and sum(cell_len(label) + 2 for label in labels) > room:
            labels.pop(0)
        shown = self.facets[len(self.facets) - len(labels) :]
        at = width - sum(cell_len(label) + 2 for label in labels)
        right: list[Piece] = []
        for facet, label in zip(shown, labels, strict=True):
            self._where.append((at, at + cell_len(label), facet.action))
            at += cell_len(label) + 2
            right += [*self._pieces(facet, label), ("  ", dim)]
        return pad([(said, self.get_component_rich_style("facets--text"))], width, dim, right=right)

    def _label(self, facet: Facet, *, named: bool) -> str:
        words = [facet.mark, facet.name if named else "", facet.count]
        label = " ".join(word for word in words if word)
        return f"[{label}]" if facet.on else label

    def _pieces(self, facet: Facet, label: str) -> list[Piece]:
        style = self.get_component_rich_style("facets--on" if facet.on else "facets--dim")
        if not facet.colour or facet.on:
            return [(label, style)]
        colour = Style(color=code_colour(facet.colour, self.app.current_theme))
        return [(facet.mark, style + colour), (label[len(facet.mark) :], style)]

    def on_click(self, event: events.Click) -> None:
        """Press the facet under the mouse."""
        for start, end, action in self._where:
            if start <= event.x < end:
                self.post_message(self.Pressed(action))
                return
