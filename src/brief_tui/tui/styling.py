"""The styles of a widget by name, read once until its colours change."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rich.style import Style
from textual.widget import Widget

from brief_tui.tui.palette import code_colour

Styler = Callable[[str], Style]
"""Gives the style of a component's name ("text", "dim", "hit"), or of a code's colour ("#red")."""


class Styles:
    """Gives the style of a widget's component ("text", "hit"), or of a code's colour ("#red")."""

    def __init__(
        self,
        widget: Widget,
        prefix: str,
        *,
        overlays: Collection[str] = (),
        base: str = "",
        kept: dict[str, Style] | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            widget: whose styles they are.
            prefix: what stands before "--" in the names of its components in the style sheets.
            overlays: components that are laid over others: only what they set counts.
            base: the component on which a code's colour is laid; empty for the colour alone.
            kept: where widgets that look alike keep the styles they have read.
        """
        self._widget = widget
        self._prefix = prefix
        self._overlays = overlays
        self._base = base
        self._kept = kept if kept is not None else {}

    def __call__(self, name: str) -> Style:
        """The style of a name."""
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = self._read(name)
        return found

    def _read(self, name: str) -> Style:
        if name.startswith("#"):
            colour = Style(color=code_colour(name[1:], self._widget.app.current_theme))
            return self(self._base) + colour if self._base else colour
        component = f"{self._prefix}--{name}"
        return self._widget.get_component_rich_style(component, partial=name in self._overlays)

    def forget(self) -> None:
        """Colours changed: read all again."""
        self._kept.clear()
