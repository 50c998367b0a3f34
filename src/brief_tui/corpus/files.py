"""Reads a file without being held up by what is no file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from brief_tui.errors import BriefError


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


def read_named(path: Path, limit: int) -> bytes | None:
    """The content of a file that the reader names, or None where it is larger than the limit.

    Raises:
        BriefError: it is no plain file or cannot be read.
    """
    with _told(path):
        return read_bytes(path, limit)


def check_plain(path: Path) -> None:
    """See that what the reader names is a plain file, for what opens it by itself.

    Raises:
        BriefError: it is none or cannot be read.
    """
    with _told(path):
        _open(path).close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one sentence why a file that the reader names cannot be read.

    Raises:
        BriefError: in place of OSError, and of ValueError for a name that no file can have.
    """
    try:
        yield
    except NotAFileError as error:
        raise BriefError(
            f"{path} is not a plain file; name one, or save what comes through a pipe to one."
        ) from error
    except OSError as error:
        raise BriefError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BriefError(f"{path} cannot be the name of a file; check it.") from error


def _open(path: Path) -> BinaryIO:
    # Without O_NONBLOCK, opening a named pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFileError(f"{path} is no plain file")
    return os.fdopen(descriptor, "rb")
