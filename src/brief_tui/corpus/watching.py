"""Notices that documents changed on disk while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Stamp = tuple[int, int]
"""A file's time of change in nanoseconds, and its size."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise on disk than it was read, by the documents' ids.

    Attributes:
        changed: documents whose text is another.
        added: new documents.
        removed: documents that are gone.
    """

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.changed or self.added or self.removed)


def stamp(path: Path) -> Stamp | None:
    """What changes whenever a file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
