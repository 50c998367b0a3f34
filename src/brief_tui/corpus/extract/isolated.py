"""Reads a file of a large format in a process of its own, which has no network and limited time and memory.

The libraries that read these formats are large, and files from anywhere have made their like run for ever or
take all memory. What the process gives back is plain data in JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import NoReturn

import msgspec

from brief_tui import __version__, children
from brief_tui.corpus.files import read_bytes
from brief_tui.corpus.formats import SIZE_LIMIT, Extracted, extract
from brief_tui.corpus.sealed import keep, recall
from brief_tui.errors import SourceError

CPU_LIMIT = 60
"""Seconds of work that a file may take."""

TIME_LIMIT = 180
"""Seconds until the process is ended, whatever it does."""

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of memory that a file may take."""

VERSION = 1
"""Raise it when the same file gives another text."""

_LIBRARIES = ("lxml", "pypdf", "python-docx", "trafilatura")
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")


class _Answer(msgspec.Struct):
    """What the process says.

    Attributes:
        digest: of the content that it read.
        extracted: what it found.
        trouble: why it found nothing.
    """

    digest: str
    extracted: Extracted | None = None
    trouble: str = ""


def read_isolated(
    path: Path,
    content: bytes,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    cache: Path | None = None,
) -> Extracted:
    """As `formats.extract`, in a process of its own, or from the cache.

    Args:
        path: where the file lies.
        content: what it holds, to look it up by.
        cancelled: asked now and then; true ends the process.
        cache: the private folder where what it gave is kept; None keeps nothing.

    Raises:
        SourceError: it cannot be read; one sentence says why.
        children.Cancelled: it was ended.
    """
    raw = recall(cache / _key(path, _digest(content))) if cache else None
    if raw is None:
        raw = _asked(path, cancelled)
    try:
        answer = msgspec.json.decode(raw, type=_Answer)
    except msgspec.MsgspecError as error:
        raise _broke(path) from error
    if answer.extracted is None:
        raise SourceError(answer.trouble)
    if cache:
        keep(cache / _key(path, answer.digest), raw)
    return answer.extracted


def _asked(path: Path, cancelled: Callable[[], bool]) -> bytes:
    """What a process of its own answers."""
    heard = bytearray()
    end = monotonic() + TIME_LIMIT
    try:
        done = children.run(
            __name__, [str(path)], heard=heard.extend, cancelled=lambda: cancelled() or monotonic() > end
        )
    except children.Cancelled:
        if cancelled():
            raise
        done = False
    if not done:
        raise _broke(path)
    return bytes(heard)


def _broke(path: Path) -> SourceError:
    return SourceError(
        f"{path.name} takes more than {CPU_LIMIT} seconds or {MEMORY_LIMIT // 1024**3} GB to read, "
        "or breaks what reads it; save its text as .txt."
    )


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _key(path: Path, digest: str) -> str:
    """What a text depends on: the file's content and names, this program and its libraries."""
    from importlib.metadata import PackageNotFoundError, version

    made = blake2b(f"{digest} {VERSION} {__version__} ".encode(), digest_size=16)
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            made.update(f"{library} {version(library)} ".encode())
    made.update(path.name.encode("utf-8", "surrogateescape"))  # notices name the file
    return f"text-{made.hexdigest()}"


def _bound() -> None:
    """Let this process neither reach the network nor start another, nor take more than its share."""

    def refuse(event: str, _: object) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not allowed while a document is read")

    sys.addaudithook(refuse)
    try:
        import resource
    except ImportError:  # no such limits on this system; the parent watches the clock
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU_LIMIT),
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _answer(path: Path) -> _Answer:
    digest = ""
    try:
        content = read_bytes(path, SIZE_LIMIT) or b""
        digest = _digest(content)
        return _Answer(digest, extract(content, path))
    except SourceError as error:
        return _Answer(digest, trouble=str(error))
    except OSError as error:
        return _Answer(digest, trouble=f"{path.name} cannot be read: {error.strerror}.")
    except (MemoryError, RecursionError):
        what = "is too large or nested too deep to be read; save its text as .txt."
        return _Answer(digest, trouble=f"{path.name} {what}")


def _main(name: str) -> NoReturn:
    """Read a file and write what was found to standard output."""
    import logging
    import os
    import socket
    import warnings

    children.begin()
    socket.has_ipv6 = False  # urllib3, which trafilatura brings along, would try it when it is imported
    _bound()
    logging.disable()
    warnings.simplefilter("ignore")
    answer = _answer(Path(name))
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    sys.stdout.buffer.flush()
    os._exit(0)  # the last words of no library


if __name__ == "__main__":
    _main(sys.argv[1])
