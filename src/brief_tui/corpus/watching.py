"""Notices that documents changed on disk while they are read."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

Stamp = tuple[int, int]
"""A file's time of change in nanoseconds, and its size."""


class Changes(Struct, frozen=True):
    """What is otherwise on disk than it was read, by the documents' ids.

    Attributes:
        changed: documents whose text is another.
        added: new documents.
        removed: documents that are gone.
        manifest: whether brief.toml says something else of the brief or of its documents.
    """

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    manifest: bool = False

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.changed or self.added or self.removed or self.manifest)


def stamp(path: Path) -> Stamp | None:
    """What changes whenever a file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
