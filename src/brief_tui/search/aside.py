"""Bytes made of bytes in a process of its own: neither its memory nor its time are this one's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from brief_tui import children

_SEAL = 16


def made(module: str, content: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> bytes | None:
    """What a module, run as a program, makes of some content: it calls `make`.

    Args:
        module: its name, as after `python -m`.
        content: handed over in a private file.
        cancelled: asked now and then; true ends the process.

    Returns:
        What it made; None where it could not be started or failed, so that the caller does the work itself.

    Raises:
        children.Cancelled: `cancelled` said so.
    """
    import tempfile

    heard = bytearray()
    with tempfile.NamedTemporaryFile(prefix="brief-tui-") as file:
        file.write(content)
        file.flush()
        done = children.run(module, [file.name], heard=heard.extend, cancelled=cancelled)
    answer = bytes(memoryview(heard)[_SEAL:])
    return answer if done and heard[:_SEAL] == _seal(content, answer) else None


def make(work: Callable[[bytes], bytes]) -> None:
    """Be that program: do the work on the content of the file that the first argument names."""
    children.begin()
    content = Path(sys.argv[1]).read_bytes()
    answer = work(content)
    sys.stdout.buffer.write(_seal(content, answer) + answer)
    sys.stdout.buffer.flush()


def _seal(content: bytes, answer: bytes) -> bytes:
    seal = blake2b(content, digest_size=_SEAL)
    seal.update(answer)
    return seal.digest()
