"""Keeps the cache from growing for ever: what nobody used for long goes, and the oldest of too much."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from brief_tui.settings import make_private

DAYS = 90
"""Days after which what nobody used is removed."""

SIZE_LIMIT = 1024**3
"""Bytes that the cache holds at most; the least recently used goes first."""

_DAY = 24 * 3600.0
_STAMP = "pruned"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A file or a folder of the cache that is kept or removed as a whole.

    Attributes:
        path: where it lies.
        used: when it was last used or written, in seconds since 1970.
        size: its bytes.
    """

    path: Path
    used: float
    size: int


def prune(cache: Path, *, most: int = SIZE_LIMIT, now: float | None = None) -> int:
    """Remove what was not used for long, and the least recently used of what is too much.

    It looks once a day, whoever asks. What was used within a day stays: another process may be at it, and one
    that has an index open holds all that it needs of it. Nothing in the cache is missed for longer than it
    takes to make it again.

    Args:
        cache: the program's cache folder: a folder for each kind of thing, and in these the things.
        most: bytes that may stay.
        now: the time, in seconds since 1970; by default what the clock says.

    Returns:
        How many things were removed.
    """
    now = time.time() if now is None else now
    stamp = cache / _STAMP
    try:
        if now - stamp.stat().st_mtime < _DAY:
            return 0
    except OSError:
        if not cache.is_dir():
            return 0
    removed = 0
    with suppress(OSError):
        make_private(cache)
        stamp.touch(mode=0o600)
        os.utime(stamp, (now, now))
        units = sorted(_units(cache), key=lambda unit: unit.used)
        total = sum(unit.size for unit in units)
        for unit in units:
            if now - unit.used < _DAY or (now - unit.used < DAYS * _DAY and total <= most):
                break
            _remove(unit.path)
            total -= unit.size
            removed += 1
    return removed


def _units(cache: Path) -> Iterator[_Unit]:
    for kind in cache.iterdir():
        if kind.is_symlink() or not kind.is_dir():
            continue
        for path in kind.iterdir():
            with suppress(OSError):
                yield _measured(path)


def _measured(path: Path) -> _Unit:
    states = [path.lstat()]
    if path.is_dir() and not path.is_symlink():
        states += [each.lstat() for each in path.rglob("*")]
    return _Unit(path, max(state.st_mtime for state in states), sum(state.st_size for state in states))


def _remove(path: Path) -> None:
    """Take a thing out of the way in one step, so that nobody finds half of it, then delete it."""
    gone = path.with_name(f".gone-{os.getpid()}-{path.name}"[:200])
    with suppress(OSError):
        path.replace(gone)
        if gone.is_dir() and not gone.is_symlink():
            shutil.rmtree(gone, ignore_errors=True)
        else:
            gone.unlink()
