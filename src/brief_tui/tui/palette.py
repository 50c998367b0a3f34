"""Colours: the house themes, the colours of codes, and the glyphs with their ASCII twins."""

from __future__ import annotations

import locale
import os
from typing import Literal

from msgspec import Struct
from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="brief-dark",
    dark=True,
    primary="#7fb4e6",
    secondary="#9aa7b5",
    accent="#7fb4e6",
    foreground="#e8e4da",
    background="#14171b",
    surface="#1a1e24",
    panel="#232932",
    warning="#e3b341",
    error="#ff7b72",
    success="#7ee787",
    variables={
        "footer-background": "#14171b",
        "block-cursor-background": "#2c3a4a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "highlight": "#4d4316",
        "hit": "#17506e",
        "dim": "#89929d",
        "faint": "#3b4450",
    },
)
LIGHT = Theme(
    name="brief-light",
    dark=False,
    primary="#1f5f99",
    secondary="#5f6b78",
    accent="#1f5f99",
    foreground="#23221e",
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e9e5da",
    warning="#8a6100",
    error="#b3261e",
    success="#1e7a34",
    variables={
        "footer-background": "#fbf9f4",
        "block-cursor-background": "#d5e3f0",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "none",
        "highlight": "#fbe89a",
        "hit": "#b9dcf2",
        "dim": "#6b6f74",
        "faint": "#cfcabd",
    },
)
CONTRAST = Theme(
    name="brief-contrast",
    dark=True,
    primary="#ffff00",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    warning="#ffff00",
    error="#ff6060",
    success="#60ff60",
    variables={
        "footer-background": "#000000",
        "block-cursor-background": "#0050b0",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "highlight": "#5c4b00",
        "hit": "#005a8c",
        "dim": "#d0d0d0",
        "faint": "#808080",
    },
)
TERMINAL = Theme(
    name="brief-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
    },
)
"""The terminal's own colours, on whatever ground it has; the rest is said with reverse and dim."""

THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)

_OURS = ("highlight", "hit", "dim", "faint")
_FALLBACKS = {
    "dark": {name: DARK.variables[name] for name in _OURS},
    "light": {name: LIGHT.variables[name] for name in _OURS},
    "ansi": {
        "highlight": "ansi_yellow",
        "hit": "ansi_cyan",
        "dim": "ansi_default",
        "faint": "ansi_bright_black",
    },
}


def fallbacks(theme: Theme) -> dict[str, str]:
    """The variables of ours that a theme of Textual's may lack."""
    return _FALLBACKS[_ground(theme)]


def _ground(theme: Theme) -> Literal["dark", "light", "ansi"]:
    if theme.ansi:
        return "ansi"
    return "dark" if theme.dark else "light"


_CODE_COLOURS = {  # on a dark ground, on a light one, among the terminal's own
    "red": ("#ff8a80", "#b3261e", "red"),
    "orange": ("#ffab70", "#a84b00", "bright_red"),
    "yellow": ("#e8c547", "#7d6000", "yellow"),
    "green": ("#7fd88f", "#1e7a34", "green"),
    "cyan": ("#5fd3d3", "#00707a", "cyan"),
    "blue": ("#82b1ff", "#1f56b3", "bright_blue"),
    "violet": ("#c3a1ff", "#6a3fb5", "magenta"),
    "teal": ("#4fc9ae", "#00705c", "bright_cyan"),
    "magenta": ("#f08cf0", "#9b2d9b", "bright_magenta"),
    "pink": ("#ff9ecf", "#a8326f", "bright_magenta"),
    "grey": ("#b4bcc6", "#5c6670", "default"),
}
_COLUMN = {"dark": 0, "light": 1, "ansi": 2}

COLOUR_NAMES = tuple(_CODE_COLOURS)
"""The colours that a code can have by name."""


def code_colour(name: str, theme: Theme) -> str:
    """The colour of a code as Rich names it, legible on a theme's ground; grey for an unknown name."""
    if len(name) == 7 and name.startswith("#") and all(c in "0123456789abcdefABCDEF" for c in name[1:]):
        return name
    return _CODE_COLOURS.get(name, _CODE_COLOURS["grey"])[_COLUMN[_ground(theme)]]


class Glyphs(Struct, frozen=True):
    """The symbols of the screen, each one cell wide.

    Attributes:
        digits: marks of the themes by their key, 1 to 9.
        bar: at the left of the cursor's passage.
        note: beside a row that holds a highlight.
        track: the minimap's ground.
        view: the part of the minimap that is on the screen.
        stop: a stop of the trail in the minimap.
        hit: a hit of the search in the minimap.
        kept: a highlight in the minimap.
        folded: before folded rows.
        blocks: a strength from weak to strong, eight steps.
        separator: between words of a line.
        ellipsis: where a line was cut.
        rule: a horizontal rule.
        line: a bar that lies, a cell of it.
        half_line: its last half cell.
        ground: a stretch of a strip in which nothing is.
        falling: beside a column that is sorted from most to least.
        rising: beside one that is sorted from least to most.
        none: where a count is nothing.
    """

    digits: str
    bar: str
    note: str
    track: str
    view: str
    stop: str
    hit: str
    kept: str
    folded: str
    blocks: str
    separator: str
    ellipsis: str
    rule: str
    line: str
    half_line: str
    ground: str
    falling: str
    rising: str
    none: str


UNICODE = Glyphs(
    digits="❶❷❸❹❺❻❼❽❾",
    bar="▌",
    note="▎",
    track="│",
    view="┃",
    stop="┫",
    hit="◦",
    kept="◆",
    folded="▸",
    blocks="▁▂▃▄▅▆▇█",
    separator="·",
    ellipsis="…",
    rule="─",
    line="━",
    half_line="╸",
    ground="▁",
    falling="▾",
    rising="▴",
    none="–",
)
ASCII = Glyphs(
    digits="123456789",
    bar="|",
    note="'",
    track=":",
    view="|",
    stop="*",
    hit="o",
    kept="#",
    folded=">",
    blocks="..::--##",
    separator="-",
    ellipsis="~",
    rule="-",
    line="=",
    half_line="=",
    ground=" ",
    falling="v",
    rising="^",
    none="-",
)

_AMBIGUOUS_WIDE = ("ja", "ko", "zh")


def glyphs(choice: str = "auto") -> Glyphs:
    """The symbols for a choice of "unicode", "ascii" or "auto".

    "auto" takes ASCII where symbols cannot be shown, or where East Asian terminals draw them two cells wide.
    """
    if choice == "unicode":
        return UNICODE
    if choice == "ascii":
        return ASCII
    language = next((os.environ[v] for v in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(v)), "")
    plain = os.environ.get("TERM", "") in {"linux", "vt100", "vt220"} or "utf" not in _encoding().lower()
    return ASCII if plain or language.startswith(_AMBIGUOUS_WIDE) else UNICODE


def _encoding() -> str:
    return locale.getencoding() or ""
