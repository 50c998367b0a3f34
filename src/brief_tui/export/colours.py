"""Colours of themes as other programs name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brief_tui.export.request import CodeRow

_NAMES = {
    "red": "#c62828",
    "yellow": "#c79100",
    "cyan": "#00838f",
    "green": "#2e7d32",
    "magenta": "#ad1457",
    "blue": "#1565c0",
    "orange": "#d84315",
    "violet": "#6a1b9a",
    "purple": "#6a1b9a",
    "teal": "#00695c",
    "pink": "#c2185b",
    "brown": "#5d4037",
    "grey": "#616161",
    "gray": "#616161",
    "white": "#9e9e9e",
    "black": "#212121",
}


def rgb(code: CodeRow) -> str:
    """A code's colour as `#rrggbb`; empty where it has none that is known.

    The named colours are dark enough to be read on paper (a contrast of 4.5 to 1 on white, most of them).
    """
    colour = code.colour.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", colour):
        return colour
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        return "#" + "".join(2 * digit for digit in colour[1:])
    return _NAMES.get(colour.removeprefix("bright_").removeprefix("ansi_"), "")


def colours(codes: Iterable[CodeRow]) -> dict[str, str]:
    """The colours of codes by id, where they have one."""
    return {code.id: colour for code in codes if (colour := rgb(code))}
