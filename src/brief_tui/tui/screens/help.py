"""Help: every key of every screen, made from the bindings and the keymap in force; filtered as you type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from brief_tui.tui.actions import MAPPING, SELECTION, shown_keys
from brief_tui.tui.keygroups import Group, Key, groups
from brief_tui.tui.strips import Piece
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, text_line

_KEYS_WIDTH = 16


class HelpScreen(ModalScreen[None]):
    """Keys by group, those that work where it was called from first; typing filters them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="help.close"),
        Binding("down", "step(1)", "Down", show=False, id="help.down"),
        Binding("up", "step(-1)", "Up", show=False, id="help.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="help.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="help.page_up"),
    ]

    def __init__(self, keymap: Mapping[str, str], asked_on: Screen[Any]) -> None:
        """Show keys.

        Args:
            keymap: keys of the settings, by action.
            asked_on: the screen on which help was asked for.
        """
        super().__init__()
        self._keymap = keymap
        self._groups = groups(_in_force(asked_on))
        self._list = LineList()
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Title, filter, list."""
        with Vertical(classes="dialog -whole", id="help-dialog"):
            yield Static("Keys", classes="dialog--title", markup=False)
            yield LineField(placeholder="filter: a key, a word, a screen", select_on_focus=False)
            yield self._list
            hint = "↑ ↓ move · Ctrl+P finds every action by name · Esc closes"
            yield Hint(hint)

    def on_mount(self) -> None:
        """Show all keys."""
        self._show("")
        self.query_one(Input).focus()

    def action_step(self, rows: int) -> None:
        """Move through the list; the filter keeps the keys."""
        self._list.action_step(rows)

    def action_page(self, direction: int) -> None:
        """Move by a page."""
        self._list.action_page(direction)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        words = wanted.lower().split()
        lines: list[Line] = []
        for group in self._groups:
            found = [key for key in group.keys if self._is_wanted(group, key, words)]
            if found:
                lines += [text_line("")] if lines else []
                lines.append(text_line(group.title, "bright"))
                lines += [Line(_key_line(self._keys(key), key.label), key) for key in found]
        self._list.show(lines or [text_line("no key is called so")])

    def _is_wanted(self, group: Group, key: Key, words: list[str]) -> bool:
        said = f"{group.title} {key.label} {self._keys(key)}".lower()
        return all(word in said for word in words)

    def _keys(self, key: Key) -> str:
        shown = shown_keys(self._keymap.get(key.id, key.keys)) or "palette"
        return f"{shown}–{shown_keys(key.last)}" if key.last else shown


def _in_force(screen: Screen[Any]) -> set[str]:
    """What has the keys now: the screen, the list or line in it, or a mode that shadows the reader's keys."""
    active = {each.binding.id for each in screen.active_bindings.values() if each.enabled}
    modes = {action.group for action in (*SELECTION, *MAPPING) if action.id in active}
    return modes | {type(screen).__name__, *(each.__name__ for each in type(screen.focused).__mro__)}


def _key_line(keys: str, label: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        gap = " " * max(1, min(_KEYS_WIDTH, width // 3) - cell_len(keys))
        return [(f"  {keys}{gap}", style("accent")), (label, style("text"))], []

    return draw
