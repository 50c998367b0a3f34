"""Passages as numbers: between processes, and kept in the private cache so that a text is cut only once."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from brief_tui import __version__
from brief_tui.corpus.model import Kind, Passage

VERSION = 1
"""Raise it when the same text is cut into other passages."""

_FIELDS = 12
_KINDS = tuple(Kind)
_NONE = -1
_SEAL = 16
_DAY = 24 * 3600.0


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

    What the cache holds is believed only when its seal agrees; a cache that cannot be written is no trouble.

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


def use(path: Path) -> None:
    """Say that a file or a folder of the cache is in use; at most once a day it is written down."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)


def recall(path: Path) -> bytes | None:
    """What `keep` wrote; None where there is nothing, or something else."""
    with suppress(OSError):
        content = path.read_bytes()
        if content[:_SEAL] == _seal(content[_SEAL:], path.name):
            use(path)
            return content[_SEAL:]
    return None


def _seal(content: bytes, key: str) -> bytes:
    return blake2b(key.encode() + content, digest_size=_SEAL).digest()


def keep(path: Path, content: bytes) -> None:
    """Write a file of the private cache under a seal; where that is not possible, nothing happens."""
    import tempfile

    from brief_tui.errors import BriefError
    from brief_tui.settings import make_private

    with suppress(OSError, BriefError):
        make_private(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(_seal(content, path.name) + content)
        Path(file.name).replace(path)
