"""What nobody foresaw: a sentence for the reader, and the details in a private file."""

from __future__ import annotations

import os
import platform
import time
import traceback
from contextlib import suppress
from pathlib import Path

from brief_tui import __version__
from brief_tui.errors import BriefError
from brief_tui.settings import make_private

FILE_NAME = "errors.log"
SIZE_LIMIT = 256 * 1024


def note(error: BaseException, folder: Path) -> str:
    """Keep the details of an error and say it in one sentence.

    Args:
        error: what was raised; the sentence of a BriefError is its own, and no more is kept of it.
        folder: the program's data folder; its details are added to `errors.log` there, mode 0600, of which
            the older half is dropped where it would grow beyond 256 KB.

    Returns:
        What happened and where its details are.
    """
    if isinstance(error, BriefError):
        return str(error)
    path = folder / FILE_NAME
    head = f"{time.strftime('%Y-%m-%d %H:%M:%S')} brief-tui {__version__}, Python {platform.python_version()}"
    details = "".join(traceback.format_exception(error))
    what = f"Something went wrong inside the program ({type(error).__name__})"
    try:
        _append(path, f"{head}\n{details}\n".encode("utf-8", "backslashreplace"))
    except (BriefError, OSError):
        return f"{what}, and its details could not be kept in {path}."
    return f"{what}; please report it with its details, which are in {path}."


def _append(path: Path, entry: bytes) -> None:
    make_private(path.parent)
    before = b""
    with suppress(FileNotFoundError):
        before = path.read_bytes()
    if len(before) + len(entry) > SIZE_LIMIT:
        kept = before[-SIZE_LIMIT // 2 :] + entry[: SIZE_LIMIT // 2]
        fresh = path.with_name(f"{FILE_NAME}.{os.getpid()}")
        with open(fresh, "wb", opener=_private) as file:
            file.write(kept)
        fresh.replace(path)
        return
    with open(path, "ab", opener=_private) as file:
        file.write(entry)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
