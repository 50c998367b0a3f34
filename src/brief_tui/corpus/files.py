"""Reads a file without being held up by what is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotAFileError(OSError):
    """A folder, a named pipe, a device: nothing that has a content of its own."""


def read_bytes(path: Path, limit: int) -> bytes | None:
    """The content of a file, or None where it is larger than the limit.

    Raises:
        NotAFileError: the path is no plain file.
        OSError: it cannot be read.
    """
    with _open(path) as file:
        if os.fstat(file.fileno()).st_size > limit:
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None


def read_beginning(path: Path, limit: int) -> bytes:
    """At most the first bytes of a file.

    Raises:
        NotAFileError: the path is no plain file.
        OSError: it cannot be read.
    """
    with _open(path) as file:
        return file.read(limit)


def _open(path: Path) -> BinaryIO:
    # Without O_NONBLOCK, opening a named pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFileError(f"{path} is no plain file")
    return os.fdopen(descriptor, "rb")
