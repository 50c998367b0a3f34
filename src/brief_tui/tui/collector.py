"""Memory while the reader runs: no long collections while keys are waiting, nothing kept of what is gone.

A full collection of cyclic garbage looks at every object: with the passages of a long text and what the
search makes of them that takes a quarter of a second, in which no key is handled.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import _lru_cache_wrapper

from textual._styles_cache import StylesCache
from textual.geometry import Region

_NEVER = 1_000_000_000
_lock = threading.Lock()
_busy = 0
_outdated = False
_usual = gc.get_threshold()


def begin() -> None:
    """Go to work after the start, which made nothing that is garbage: leave all of it alone from now on."""
    gc.freeze()
    gc.enable()


def outdate() -> None:
    """What was left out is being replaced: look through all of it once what takes its place is made."""
    global _outdated  # noqa: PLW0603 - there is one collector for all threads
    _outdated = True


@contextmanager
def quiet() -> Iterator[None]:
    """While something large is made: no full collections; afterwards what was made is left out of them."""
    global _busy, _outdated  # noqa: PLW0603 - there is one collector for all threads
    with _lock:
        if not _busy:
            gc.collect()  # else garbage would be left out too, for ever; what was left out is not walked
        _busy += 1
        gc.set_threshold(*_usual[:2], _NEVER)
    try:
        yield
    finally:
        with _lock:
            _busy -= 1
            if is_replaced := _outdated:
                _outdated = False
                gc.unfreeze()
                gc.collect()
            gc.freeze()
            if not _busy:
                gc.set_threshold(*_usual)
        if is_replaced:
            give_back()


def forget_drawn() -> None:
    """Empty Textual's caches of what the screen that is left drew.

    One keeps the last thousand widgets alive, with all rows that they drew; those of places on the screen
    would fill for hours, each size of the terminal having its own.
    """
    StylesCache.get_inner_outer.cache_clear()
    for method in vars(Region).values():
        if isinstance(method, _lru_cache_wrapper):
            method.cache_clear()


def give_back() -> None:
    """Return freed memory to the system, where the C library can (glibc); takes half a millisecond.

    What threads read, cut and index, and what screens draw, leaves gaps in its heap that would add up to tens
    of megabytes.
    """
    with suppress(ImportError, OSError, AttributeError):
        import ctypes  # late: nothing needs it before

        ctypes.CDLL(None).malloc_trim(0)
