"""Files of the private cache, under a seal: what is damaged is not believed, and a cache is never missed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from brief_tui.errors import BriefError
from brief_tui.settings import make_private

_SEAL = 16
_DAY = 24 * 3600.0


def recall(path: Path) -> bytes | None:
    """What `keep` wrote; None where there is nothing, or something else."""
    with suppress(OSError):
        content = path.read_bytes()
        if content[:_SEAL] == _seal(content[_SEAL:], path.name):
            use(path)
            return content[_SEAL:]
    return None


def keep(path: Path, content: bytes) -> None:
    """Write a file in place of the one that is there; where that is not possible, nothing happens."""
    import tempfile

    with suppress(OSError, BriefError):
        make_private(path.parent)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")  # made with mode 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_seal(content, path.name) + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def use(path: Path) -> None:
    """Say that a file or a folder of the cache is in use; at most once a day it is written down."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)


def _seal(content: bytes, name: str) -> bytes:
    return blake2b(name.encode() + content, digest_size=_SEAL).digest()
