"""A choice: one of a list, or several that are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Attributes:
        label: what it is called; harmless for the terminal.
        data: what it stands for; None for a heading.
        colour: its colour's name; empty for that of text.
        fact: a few words at the right edge, likewise harmless.
    """

    label: str
    data: object = None
    colour: str = ""
    fact: str = ""


class PickScreen(ModalScreen[tuple[object, ...] | None]):
    """Dismissed with what was chosen, in the list's order; None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave", id="pick.leave"),
        Binding("space", "tick", "Tick", show=False, priority=True, id="pick.tick"),
    ]

    def __init__(
        self, title: str, options: Sequence[Option], *, at: object = None, several: bool = False
    ) -> None:
        """Offer a choice.

        Args:
            title: what is chosen; harmless for the terminal.
            options: in order.
            at: where the cursor begins.
            several: whether options are ticked, and all of those are taken.
        """
        super().__init__()
        self._title = title
        self._options = options
        self._at = at
        self._several = several
        self._ticked: set[int] = set()
        self.list = LineList()

    def compose(self) -> ComposeResult:
        """Title, list, hint."""
        one = "↑ ↓ move · Enter chooses · Esc closes"
        many = "Space ticks · Enter takes what is ticked · Esc takes none"
        with Vertical(classes="dialog -whole"):
            yield Static(self._title, classes="dialog--title", markup=False)
            yield self.list
            yield Hint(many if self._several else one)

    def on_mount(self) -> None:
        """Show the options."""
        index = next((n for n, option in enumerate(self._options) if option.data == self._at), 0)
        self.list.show(
            [
                Line(self._drawer(n), n if option.data is not None else None)
                for n, option in enumerate(self._options)
            ],
            index=index,
        )
        self.list.focus()

    def _drawer(self, number: int) -> Drawer:
        option = self._options[number]

        def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
            if option.data is None:
                return [(fit(option.label, width), style("dim"))], []
            mark = ("[x] " if number in self._ticked else "[ ] ") if self._several else ""
            look = style("#" + option.colour) if option.colour else style("text")
            fact = fit(option.fact, width // 2)
            room = width - 2 - len(mark) - cell_len(fact) - 1
            return [(" " + mark, style("dim")), (fit(option.label, room), look)], [(fact + " ", style("dim"))]

        return draw

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Without ticks the space bar pages."""
        return self._several if action == "tick" else True

    def action_tick(self) -> None:
        """Tick the option under the cursor, or take its tick away."""
        if isinstance(self.list.data, int):
            self._ticked ^= {self.list.data}
            self.list.refresh()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if isinstance(event.data, int):
            taken = sorted(self._ticked) or [event.data]
            self.dismiss(tuple(self._options[number].data for number in taken))
