"""Reads a file without being held up by what is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotAFileError(OSError):
    """A folder, a named pipe, a device: nothing that has a content of its own."""


def read_bytes(path: Path, limit: int) -> bytes | None:
    """The content of a file, or None where it is larger than the limit.

    Raises:
        NotAFileError: the path is no plain file.
        OSError: it cannot be read.
    """
    # Without O_NONBLOCK, opening a named pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(f"{path} is no plain file")
        if status.st_size > limit:
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None
