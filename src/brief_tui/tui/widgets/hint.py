"""The last row of a dialog: what its keys do, and always how to leave it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.widgets import Static

SEPARATOR = " · "

_LOW = ("-low", "-tiny", "-short")
"""Classes of screens that have no room for a second row."""


class Hint(Static):
    """Keys of a dialog, the way out last. In a low dialog it has one row and leaves out what does not fit."""

    def __init__(self, text: str = "") -> None:
        """Say what the keys do; the text is harmless for the terminal."""
        super().__init__(text, classes="dialog--hint", markup=False)
        self._text = text

    def say(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self._show()

    def on_resize(self) -> None:
        """As much as there is room for."""
        self._show()

    def _show(self) -> None:
        low = any(map(self.screen.has_class, _LOW)) and self.size.width
        shown = shortened(self._text, self.size.width) if low else self._text
        if shown != self.content:
            self.update(shown)


def shortened(text: str, width: int) -> str:
    """What fits of a row of keys: always the last of them, which leaves.

    Args:
        text: the keys with what they do; ` · ` between them.
        width: cells.

    Returns:
        The text where it fits; else two words of each; else the first key alone and two words of the last;
        else these last ones.
    """
    if SEPARATOR not in text:
        return text
    parts = [part.split(" ") for part in text.split(SEPARATOR)]
    brief = [" ".join(words[:2]) for words in parts]
    choices = (
        text,
        SEPARATOR.join(brief),
        f"{brief[0]}{SEPARATOR}{brief[-1]}",
        f"{parts[0][0]}{SEPARATOR}{brief[-1]}",
    )
    return next((choice for choice in choices if cell_len(choice) <= width), brief[-1])
