"""A list of one-row lines of any length: only what is on the screen is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, overload

from msgspec import Struct
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from brief_tui.tui.strips import Piece, pad
from brief_tui.tui.styling import Styler, Styles

T = TypeVar("T")


Drawer = Callable[[int, Styler], tuple[Sequence[Piece], Sequence[Piece]]]
"""Makes a line's pieces for a width in cells: those from the left, and those at the right edge."""


_OVERLAYS = frozenset({"hit", "cursor", "cursor-blurred"})


class Line(Struct, frozen=True):
    """One row.

    Attributes:
        draw: makes its pieces.
        data: what it stands for; None for a line that cannot be chosen (a heading).
    """

    draw: Drawer
    data: object = None


def text_line(text: str, style: str = "dim", data: object = None) -> Line:
    """A line of one text; the text must be harmless for the terminal."""
    return Line(lambda _width, styler: (((text, styler(style)),), ()), data)


class MadeLines(Generic[T], Sequence[Line]):
    """Lines that are made of items when they are asked for, so that 100,000 are no more than a list."""

    def __init__(self, items: Sequence[T], make: Callable[[T], Line]) -> None:
        self._items = items
        self._make = make

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self._make(item) for item in self._items[index]]
        return self._make(self._items[index])


class LineList(Widget, can_focus=True):
    """Shows lines, moves a cursor over those that stand for something, and says which was chosen."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--text",
        "list--bright",
        "list--dim",
        "list--faint",
        "list--hit",
        "list--accent",
        "list--cursor",
        "list--cursor-blurred",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "Down", show=False, id="list.down"),
        Binding("k,up", "step(-1)", "Up", show=False, id="list.up"),
        Binding("space,pagedown", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("b,pageup", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("g,home", "edge(1)", "First", show=False, id="list.first"),
        Binding("G,shift+g,end", "edge(-1)", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "Go there", key_display="Enter", id="list.choose"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on another line."""

        list: LineList
        data: object

    @dataclass
    class Chosen(Message):
        """A line was chosen with Enter or the mouse."""

        list: LineList
        data: object

    HEADING_ROWS: ClassVar[int] = 0
    """Rows above the lines that a subclass draws itself."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.index = 0
        self._top = 0
        self.style_of = Styles(self, "list", overlays=_OVERLAYS, base="text")

    def show(self, lines: Sequence[Line], *, index: int | None = None) -> None:
        """Show other lines, with the cursor on the first that can be chosen, or near `index`."""
        self.lines = lines
        self._top = 0
        self.index = self._selectable(0 if index is None else index, 1)
        self.refresh(layout=self.styles.auto_dimensions)
        self._follow()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Rows that all lines need: for a list whose height is left to its lines."""
        return max(1, len(self.lines)) + self.HEADING_ROWS

    @property
    def data(self) -> object:
        """What the line under the cursor stands for."""
        return self.lines[self.index].data if 0 <= self.index < len(self.lines) else None

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self.style_of.forget()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        at = self._top + y
        text = self.style_of("text")
        if at >= len(self.lines):
            return Strip.blank(width, text)
        line = self.lines[at]
        pieces, right = line.draw(width, self.style_of)
        if at == self.index and line.data is not None:
            over = self.style_of("cursor" if self.has_focus else "cursor-blurred")
            return pad(
                [(t, s + over) for t, s in pieces],
                width,
                text + over,
                right=[(t, s + over) for t, s in right],
            )
        return pad(pieces, width, text, right=right)

    def action_step(self, rows: int) -> None:
        """Move the cursor over lines that can be chosen."""
        self._move(self.index + rows, rows)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        rows = max(1, self._height - 1)
        self._move(max(0, min(self.index + direction * rows, len(self.lines) - 1)), direction)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first (1) or last (-1) line."""
        self._move(0 if direction > 0 else len(self.lines) - 1, direction)

    def action_choose(self) -> None:
        """Say that the line under the cursor was chosen."""
        if self.data is not None:
            self.post_message(self.Chosen(self, self.data))

    def on_focus(self) -> None:
        """Draw the cursor bright."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor dim."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the mouse."""
        at = self._top + event.y - self.HEADING_ROWS
        if 0 <= at < len(self.lines) and self.lines[at].data is not None:
            self.index = at
            self.refresh()
            self.post_message(self.Chosen(self, self.data))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Wheel down."""
        event.stop()
        self._top = max(0, min(self._top + 3, len(self.lines) - self._height))
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Wheel up."""
        event.stop()
        self._top = max(0, self._top - 3)
        self.refresh()

    @property
    def _height(self) -> int:
        return self.size.height - self.HEADING_ROWS

    def _selectable(self, index: int, direction: int) -> int:
        step = 1 if direction > 0 else -1
        for at in range(index, len(self.lines)) if step > 0 else range(index, -1, -1):
            if at >= 0 and self.lines[at].data is not None:
                return at
        return self.index if 0 <= self.index < len(self.lines) else 0

    def _move(self, index: int, direction: int) -> None:
        if not self.lines:
            return
        before = self.index
        self.index = self._selectable(max(0, min(index, len(self.lines) - 1)), direction)
        self._follow()
        if self.index != before:
            self.post_message(self.Moved(self, self.data))

    def _follow(self) -> None:
        height = max(1, self._height)
        self._top = max(0, min(self._top, len(self.lines) - height))
        if self.index < self._top + 1:
            above = self.index - 1
            is_heading = above >= 0 and self.lines[above].data is None
            self._top = max(0, above if is_heading else self.index)
        elif self.index >= self._top + height:
            self._top = self.index - height + 1
        self.refresh()
