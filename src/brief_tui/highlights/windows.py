"""Which window of a brief this is, so that each has its own undo, also after a restart."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from msgspec import Struct

MOST = 64
"""Windows on one brief that have an undo of their own."""


class Window(Struct, frozen=True):
    """A window's name, taken until it is let go or the process ends, however it ends.

    Attributes:
        name: "1" for the first window on a brief, "2" for one beside it.
    """

    name: str
    _lock: IO[bytes] | None = None

    def let_go(self) -> None:
        """Leave the name to the next window."""
        if self._lock is not None:
            self._lock.close()


def take_window(folder: Path) -> Window:
    """Take the first free window of a store's folder; without leave to write there, one without a past."""
    for number in range(1, MOST + 1):
        path = folder / f"window-{number}.lock"
        try:
            path.touch(mode=0o600)
            lock = path.open("ab")
        except OSError:
            break
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        return Window(str(number), lock)
    return Window(f"process {os.getpid()}")
