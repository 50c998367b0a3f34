"""Text on its way into other programs' files."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

import msgspec

from brief_tui.corpus.model import Document, Span

NAMESPACE = uuid5(NAMESPACE_URL, "https://brief-tui.invalid/")
"""Of every id that is made from what it names rather than kept."""

_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | dict.fromkeys((0x2028, 0x2029), 0x20)
_PICTURES |= dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD)


def fold(text: str) -> str:
    """A text on one line: each line break, with the blanks around it, is one space."""
    return _BREAK.sub(" ", text).strip(" \t")


def printable(text: str) -> str:
    """A text whose control characters are visible marks, so that no program obeys or refuses them."""
    return text.translate(_PICTURES)


def paragraphs(document: Document, span: Span) -> tuple[str, ...]:
    """What a span quotes, one line a passage, without the markers of bullets.

    Args:
        document: the document.
        span: of its text.
    """
    pieces = []
    for passage in document.passages_in(span):
        start = max(span.start, passage.start + passage.marker)
        pieces.append(fold(document.text[start : min(span.end, passage.end)]))
    return tuple(filter(None, pieces)) or (fold(document.text[span.start : span.end]),)


def made_id(*names: str) -> str:
    """A UUID that the same names always have."""
    return str(uuid5(NAMESPACE, str(whole("\n".join(names)))))


def as_json(value: object) -> bytes:
    """A value as JSON in UTF-8, on one line."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(whole(value))


def whole(value: object) -> object:
    """A value whose texts any UTF-8 file can hold: halves of surrogate pairs become U+FFFD."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value
    if isinstance(value, dict):
        return {whole(key): whole(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [whole(each) for each in value]
    return value
