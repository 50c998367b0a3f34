"""Help: every key, made from the actions and the keymap in force; filtered as you type."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from brief_tui.tui.actions import ALL, Action, shown_keys
from brief_tui.tui.strips import Piece
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, Styler, text_line


class HelpScreen(ModalScreen[None]):
    """A list of keys by group; typing filters it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="help.close"),
        Binding("down", "app.focus_next", "Into the list", show=False, id="help.list"),
    ]

    def __init__(self, keymap: dict[str, str]) -> None:
        super().__init__()
        self._keymap = keymap
        self._list = LineList()

    def compose(self) -> ComposeResult:
        """Title, filter, list."""
        with Vertical(classes="dialog"):
            yield Static("Keys", classes="dialog--title", markup=False)
            yield LineField(placeholder="filter", select_on_focus=False)
            yield self._list
            yield Static(
                "Esc closes · Ctrl+P finds every action by name", classes="dialog--hint", markup=False
            )

    def on_mount(self) -> None:
        """Show all keys."""
        self._show("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        words = wanted.lower().split()
        lines: list[Line] = []
        for group, actions in groupby(ALL, key=lambda a: a.group):
            found = [
                action
                for action in actions
                if all(word in f"{group} {action.label} {self._keys(action)}".lower() for word in words)
            ]
            if found:
                lines += (
                    [text_line(""), text_line(group, "bright")] if lines else [text_line(group, "bright")]
                )
                lines += [Line(_key_line(self._keys(action), action.label), action) for action in found]
        self._list.show(lines or [text_line("no key is called so")])

    def _keys(self, action: Action) -> str:
        return shown_keys(self._keymap.get(action.id, action.keys)) or "palette"


def _key_line(keys: str, label: str) -> Drawer:
    def draw(_width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [(f"  {keys}{' ' * max(1, 14 - cell_len(keys))}", style("accent")), (label, style("text"))], []

    return draw
