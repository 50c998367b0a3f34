"""The two bars of the screen: the trail bar at the top, the key hints at the bottom."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from brief_tui.tui.palette import code_colour
from brief_tui.tui.strips import Piece, fit, pad

_SAID_FOR = 5.0
"""Seconds that what happened is told where no key is pressed."""

_READ_IN = 1.2
"""Seconds that it stays for at least, however quickly the reader goes on."""

LEAST = Size(24, 8)
"""A terminal below this has no room for any screen."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal has no room for any screen."""
    return size.width < LEAST.width or size.height < LEAST.height


class TrailBar(Widget):
    """The brief's title, the trail with its position, and what is beside the screen."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--title", "bar--text", "bar--dim"}

    def __init__(self) -> None:
        super().__init__()
        self.title_text = ""
        self.trail: tuple[str, str, str] | None = None
        self.facts: Sequence[str] = ()

    def say(self, title: str, trail: tuple[str, str, str] | None, facts: Sequence[str]) -> None:
        """Show what is so now.

        Args:
            title: the brief's.
            trail: its mark and name, its position ("3/26") and the colour name of its theme; or None.
            facts: short words for the right edge, the most important last.
        """
        if (title, trail, facts) != (self.title_text, self.trail, self.facts):
            self.title_text, self.trail, self.facts = title, trail, facts
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only row; a second one stays blank."""
        width = self.size.width
        title, dim = self.get_component_rich_style("bar--title"), self.get_component_rich_style("bar--dim")
        if y:
            return Strip.blank(width, dim)
        pieces: list[Piece] = []
        right: list[Piece] = []
        room = width - 2
        facts = list(self.facts)
        while facts and cell_len("   ".join(facts)) > room // 2:
            facts.pop(0)
        if facts:
            right = [("   ".join(facts) + " ", dim)]
            room -= cell_len(right[0][0]) + 2
        if self.trail is not None:
            name, position, colour = self.trail
            style = title + Style(color=code_colour(colour, self.app.current_theme))
            name = fit(name, max(8, room - len(position) - 16))
            shown = cell_len(name) + len(position) + 4
            head = fit(self.title_text, max(0, room - shown))
            pieces = [
                (f" {head}   ", title),
                (name, style),
                (f" {position}", self.get_component_rich_style("bar--text")),
            ]
        else:
            pieces = [(f" {fit(self.title_text, room)}", title)]
        return pad(pieces, width, dim, right=right)


class KeyHints(Widget):
    """One row with the keys that work now; for a moment, what just happened.

    Where the terminal has no room for its screen it stands alone and says so.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hints--key", "hints--text", "hints--said"}

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._said_at = 0.0
        self._going: Timer | None = None
        self._where: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def say(self, text: str) -> None:
        """Say what happened, for some seconds; the text must be harmless for the terminal."""
        self._said, self._said_at = text, time.monotonic()
        self._say_for(_SAID_FOR)
        self.refresh()

    def go_on(self) -> None:
        """A key was pressed: what was said before it goes, once there was time to read it."""
        if self._said:
            self._say_for(self._said_at + _READ_IN - time.monotonic())

    def _say_for(self, seconds: float) -> None:
        if self._going is not None:
            self._going.stop()
            self._going = None
        if seconds > 0:
            self._going = self.set_timer(seconds, self._fall_silent)
        else:
            self._fall_silent()

    def _fall_silent(self) -> None:
        self._said = ""
        self.refresh()

    @property
    def said(self) -> str:
        """What is being said now."""
        return self._said

    def render_line(self, y: int) -> Strip:
        """The only row."""
        width = self.size.width
        text = self.get_component_rich_style("hints--text")
        if is_too_small(self.app.size):
            said = fit(f"Too small: needs {LEAST.width}x{LEAST.height}", width)
            row = said if y == (self.size.height - 1) // 2 else ""
            return pad([(row, self.get_component_rich_style("hints--said"))], width, text)
        if y:
            return Strip.blank(width, text)
        key = self.get_component_rich_style("hints--key")
        self._where = []
        if self._said:
            return pad(
                [(" " + fit(self._said, width - 2), self.get_component_rich_style("hints--said"))],
                width,
                text,
            )
        hints = _hints(
            [binding for _, binding, enabled, _ in self.screen.active_bindings.values() if enabled]
        )
        last = [hint for hint in hints if _is_last(hint)]  # there is always room for the way out
        at = width + 1 - sum(_cells(hint) for hint in last)
        room = at - 2
        tail: list[Piece] = []
        for hint in last:
            tail += [("  " if tail else "", text), (hint[0], key), (f" {hint[1]}", text)]
            self._where.append((at, at + _cells(hint) - 2, hint[2]))
            at += _cells(hint)
        tail.append((" ", text))
        pieces: list[Piece] = [(" ", text)]
        used = 1
        for hint in hints:
            cells = _cells(hint)
            if _is_last(hint) or used + cells > room:
                continue  # a shorter one after it may still have room
            self._where.append((used, used + cells - 2, hint[2]))
            pieces += [(hint[0], key), (f" {hint[1]}  ", text)]
            used += cells
        return pad(pieces, width, text, right=tail)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked on."""
        for start, end, pressed in self._where:
            if start <= event.x < end:
                self.app.simulate_key(pressed)
                return


def _is_last(hint: tuple[str, str, str]) -> bool:
    return hint[1] == "help" or hint[0] == "Esc"


def _cells(hint: tuple[str, str, str]) -> int:
    """Cells of a hint and of the blanks after it."""
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + 2


def _hints(bindings: Sequence[Binding]) -> list[tuple[str, str, str]]:
    """(keys as shown, word, key to press); those of one word stand together ("1-3 theme", "h l word")."""
    from brief_tui.tui.actions import APP, MAPPING, READER, SELECTION

    actions = [action for action in (*SELECTION, *MAPPING, *READER, *APP) if action.hint]
    words, order = {a.id: a for a in actions}, {a.id: at for at, a in enumerate(actions)}
    found: dict[str, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    for binding in sorted(bindings, key=lambda each: order.get(each.id or "", -1)):  # what a widget has first
        if not binding.show or binding.action in seen:
            continue
        seen.add(binding.action)
        action = words.get(binding.id or "")
        word = action.hint if action else binding.description.lower()
        shown = binding.key_display or binding.key
        found.setdefault(word, []).append((shown, binding.key))
    return [(_together([shown for shown, _ in keys]), word, keys[0][1]) for word, keys in found.items()]


def _together(keys: Sequence[str]) -> str:
    if len(keys) > 1 and all(key.isdecimal() for key in keys):
        return f"{keys[0]}-{keys[-1]}"
    return " ".join(sorted(keys))
