"""The last net before the terminal: what no widget made visible is left out of what is drawn."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Harmless(LineFilter):
    """Drops what could command the terminal from a drawn row.

    All of it is without a width, so that the row keeps its own, but for half a surrogate pair: no terminal
    can be sent that, so it becomes the replacement character.
    """

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """A row without it; nearly always the row as it is."""
        if not any(_COMMANDS.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_harmless(segment.text), segment.style)
            for segment in segments
        ]


def _harmless(text: str) -> str:
    return _COMMANDS.sub("", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


HARMLESS = Harmless()
