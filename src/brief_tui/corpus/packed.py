"""Passages as numbers: between processes, and kept in the private cache so that a text is cut only once."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path

from brief_tui import __version__
from brief_tui.corpus.model import Kind, Passage
from brief_tui.corpus.sealed import keep, recall

VERSION = 2
"""Raise it when the same text is cut into other passages."""

_FIELDS = 12
_KINDS = tuple(Kind)
_NONE = -1


def pack(passages: tuple[Passage, ...]) -> bytes:
    """Passages as numbers, without their text."""
    numbers = array("i")
    for p in passages:
        numbers.extend((p.start, p.end, p.line, p.line_end, _KINDS.index(p.kind), p.level))
        numbers.extend(_NONE if n is None else n for n in (p.heading, p.lead_in, p.twin, p.page))
        numbers.extend((p.marker, p.inline_heading))
    return numbers.tobytes()


def unpack(numbers: array[int], text: str, doc: str) -> tuple[Passage, ...]:
    """Passages from their numbers; the text and the document's id come back to them."""

    def some(number: int) -> int | None:
        return None if number == _NONE else number

    rows = zip(*(iter(numbers),) * _FIELDS, strict=True)
    return tuple(
        Passage(
            doc=doc,
            number=at,
            start=row[0],
            end=row[1],
            line=row[2],
            line_end=row[3],
            kind=_KINDS[row[4]],
            level=row[5],
            heading=some(row[6]),
            lead_in=some(row[7]),
            twin=some(row[8]),
            page=some(row[9]),
            marker=row[10],
            inline_heading=row[11],
            source=text,
        )
        for at, row in enumerate(rows)
    )


def kept(
    cache: Path | None, key: str, text: str, doc: str, cut: Callable[[], tuple[Passage, ...]]
) -> tuple[Passage, ...]:
    """Passages from the cache, else cut anew and kept there.

    Args:
        cache: the private folder; None keeps nothing.
        key: what the passages depend on: the text's digest and how it is marked up.
        text: the document's text.
        doc: the document's id.
        cut: cuts the text.
    """
    if cache is None:
        return cut()
    path = cache / f"{__version__}-{VERSION}-{key}"
    content = recall(path)
    numbers = array("i")
    if content is not None and len(content) % numbers.itemsize == 0:
        numbers.frombytes(content)
        return unpack(numbers, text, doc)
    passages = cut()
    keep(path, pack(passages))
    return passages
