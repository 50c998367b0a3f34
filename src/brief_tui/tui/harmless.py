"""The last net before the terminal: what no widget made visible, or what breaks the grid, is not drawn."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_AS_EMOJI = re.compile("(.)\ufe0f(?![\u200d\u20e3])", re.DOTALL)
_ANY = re.compile(f"{_COMMANDS.pattern}|\ufe0f")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Harmless(LineFilter):
    """Drops what could command the terminal from a drawn row.

    All of it is without a width, so that the row keeps its own, but for half a surrogate pair: no terminal
    can be sent that, so it becomes the replacement character. A symbol that is asked for as an emoji (by
    U+FE0F) is one cell wide in some terminals and two in others; it is drawn as the plain symbol and a blank,
    which are two in all of them.
    """

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """A row without it; nearly always the row as it is."""
        if not any(_ANY.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_harmless(segment.text), segment.style)
            for segment in segments
        ]


def _harmless(text: str) -> str:
    plain = _COMMANDS.sub("", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
    return _AS_EMOJI.sub(_as_symbol, plain)


def _as_symbol(found: re.Match[str]) -> str:
    symbol, emoji = found[1], found[0]
    return f"{symbol} " if (cell_len(symbol), cell_len(emoji)) == (1, 2) else emoji


HARMLESS = Harmless()
