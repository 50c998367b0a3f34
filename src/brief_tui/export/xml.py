"""XML 1.0 written piece by piece."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text without the characters that no XML 1.0 document can hold."""
    return _ILLEGAL.sub("", text)


def attributes(**values: str) -> str:
    """Attributes with a space before each, in the order given; empty ones are left out.

    Args:
        values: legal text; see `plain`.
    """
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def element(name: str, text: str = "", /, **values: str) -> str:
    """An element with attributes and text.

    Args:
        name: of the element.
        text: legal text; a carriage return survives the parser.
        values: its attributes.
    """
    if not text:
        return f"<{name}{attributes(**values)}/>"
    return f"<{name}{attributes(**values)}>{escape(text, {chr(13): '&#13;'})}</{name}>"
