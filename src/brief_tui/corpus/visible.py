"""Text from outside, made harmless for a terminal.

Every character that could command the terminal, reorder the line or hide in it is replaced by one that shows.
The replacement is one code point for one, so that spans keep counting the original text.
"""

from __future__ import annotations

import re

_BIDI = {
    0x061C: "⟂",  # Arabic letter mark
    0x200E: "⟩",  # left-to-right mark
    0x200F: "⟨",  # right-to-left mark
    **dict.fromkeys((0x202A, 0x202D, 0x2066), "⟫"),  # starts left to right
    **dict.fromkeys((0x202B, 0x202E, 0x2067), "⟪"),  # starts right to left
    0x2068: "⟡",
    **dict.fromkeys((0x202C, 0x2069), "⟠"),  # ends what was started
}
_INVISIBLE = dict.fromkeys((0x00AD, 0x180E, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF), "·")
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "␦"),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), "␦"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xE0000, 0xE0080), "·"),  # tag characters: invisible text
    **dict.fromkeys((0x2028, 0x2029, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85), " "),
}
_TABLE = {**_BIDI, **_INVISIBLE, **_CONTROLS}
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_FOLD = re.compile(r"[ \t]*\n[ \t\n]*")


def visible(text: str) -> str:
    """The text with every control, bidirectional and invisible character shown as a mark.

    Args:
        text: anything.

    Returns:
        A text of the same length in code points; blanks of any kind become a space.
    """
    return text.translate(_TABLE) if _SUSPECT.search(text) else text


def folded(text: str) -> str:
    """A quotation on one line: line breaks become one space, and nothing commands the terminal."""
    return visible(_FOLD.sub(" ", text))
