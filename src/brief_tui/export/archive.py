"""Zip archives that are the same for the same content, handed on piece by piece."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

PIECE = 1 << 16
"""Bytes that are handed on at once."""

IN_MEMORY = 1 << 23
"""Bytes of an archive that are kept in memory; a longer one goes to a temporary file."""


def streamed(fill: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """What a function writes into a file, piece by piece.

    Args:
        fill: writes all of it; the file can be sought in, as archives need.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        fill(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def add(archive: zipfile.ZipFile, name: str, texts: Iterable[str | bytes]) -> None:
    """Add an entry, written piece by piece, without the time of day.

    Args:
        archive: open for writing.
        name: of the entry.
        texts: its content; text becomes UTF-8.
    """
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    waiting = bytearray()
    with archive.open(info, "w") as entry:
        for text in texts:
            waiting += text if isinstance(text, bytes) else text.encode("utf-8", "replace")
            if len(waiting) > PIECE:
                entry.write(waiting)
                waiting.clear()
        entry.write(waiting)
