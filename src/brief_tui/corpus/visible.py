"""Text from outside, made harmless for a terminal.

Every character that could command the terminal, reorder the line or hide in it is replaced by one that shows.
The replacement is one code point for one, so that spans keep counting the original text.
"""

from __future__ import annotations

import re

_REORDERING = {
    **dict.fromkeys((0x202A, 0x202D, 0x2066), "⟫"),  # starts left to right
    **dict.fromkeys((0x202B, 0x202E, 0x2067), "⟪"),  # starts right to left
    0x2068: "⟡",
    **dict.fromkeys((0x202C, 0x2069), "⟠"),  # ends what was started
}
_INVISIBLE = {
    0x061C: "⟂",  # Arabic letter mark
    0x200E: "⟩",  # left-to-right mark
    0x200F: "⟨",  # right-to-left mark
    **dict.fromkeys((0x00AD, 0x034F, 0x180E, 0x200B, *range(0x2060, 0x2066), 0xFEFF), "·"),
    **dict.fromkeys((0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0), "·"),  # letters that nothing shows of
    **dict.fromkeys((*range(0x206A, 0x2070), *range(0x1D173, 0x1D17B)), "·"),
}
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "␦"),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), "␦"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xE0000, 0xE0080), "·"),  # tag characters: invisible text
    **dict.fromkeys((0x2028, 0x2029, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85), " "),
}
_TABLE = {**_INVISIBLE, **_REORDERING, **_CONTROLS}
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_NO_WIDTH = "\u200b"
_FOLD = re.compile(r"[ \t]*\n[ \t\n]*")


def visible(text: str) -> str:
    """The text with every control, bidirectional and invisible character shown as a mark.

    Args:
        text: anything.

    Returns:
        A text of the same length in code points; blanks of any kind become a space.
    """
    return text.translate(_TABLE) if _SUSPECT.search(text) else text


def mark_invisible(marked: bool = True) -> None:
    """Whether characters that merely show nothing become marks, in this process; at first they do.

    Where not, they take no room. What could command the terminal, reorder a line or spell a hidden text is a
    mark in any case.
    """
    _TABLE.update(_INVISIBLE if marked else dict.fromkeys(_INVISIBLE, _NO_WIDTH))


def folded(text: str) -> str:
    """A quotation on one line: line breaks become one space, and nothing commands the terminal."""
    return visible(_FOLD.sub(" ", text))
