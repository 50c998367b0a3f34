"""Puts an export where the reader wants it: whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from brief_tui.errors import ExportError

T = TypeVar("T")

LONGEST = 120
"""Bytes of a file name made from a title, its suffix apart."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def write(chunks: Iterable[bytes], target: Path, *, force: bool = False) -> None:
    """Write an export to a file, as `write_file` does.

    Args:
        chunks: what `render` returns.
        target: the file to make; only its owner may read it.
        force: whether a file that is there is replaced.

    Raises:
        ExportError: the target is there already, or it cannot be written.
        BriefError: what making the export raises.
    """

    def fill(part: Path) -> None:
        with part.open("wb") as file:
            file.writelines(chunks)

    write_file(fill, target, force=force)


def write_file(fill: Callable[[Path], T], target: Path, *, force: bool = False) -> T:
    """Let a file be made beside its target, and put it in its place when all of it is on the disk.

    Whatever fails, the target is as it was.

    Args:
        fill: writes all of a file that is there and empty.
        target: the file to make; only its owner may read it.
        force: whether a file that is there is replaced.

    Returns:
        What `fill` returns.

    Raises:
        ExportError: the target is there already, or it cannot be written.
        BriefError: what `fill` raises.
    """
    if "\0" in str(target):
        raise ExportError(f"{target} is no name that a file can have; choose another.")
    if target.is_dir():
        raise ExportError(f"{target} is a folder; name a file in it.")
    if target.exists() and not target.is_file():
        raise ExportError(f"{target} is a device or a pipe; write to standard output (-) or to a file.")
    if not force and os.path.lexists(target):
        raise ExportError(f"{target} is there already; use --force to replace it or choose another name.")
    target = target.resolve() if target.is_symlink() else target  # what a link leads to, not the link
    try:
        handle, name = tempfile.mkstemp(prefix=".brief-tui-", suffix=".part", dir=target.parent)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}.") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "rb") as file:
            made = fill(part)
            os.fsync(file.fileno())
        _put(part, target, force=force)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}; nothing was changed.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return made


def _put(part: Path, target: Path, *, force: bool) -> None:
    if not force:
        try:
            # A link, unlike a rename, fails where another program has made the file meanwhile.
            target.hardlink_to(part)
        except FileExistsError:
            raise ExportError(f"{target} is there already; use --force to replace it.") from None
        except OSError:
            part.replace(target)
    else:
        part.replace(target)
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def file_name(title: str, suffix: str) -> str:
    """A file name for a title: safe on every system, never hidden, never a path.

    Args:
        title: any text.
        suffix: with its dot.
    """
    name = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode())
    name = "".join(c if c == "\t" or unicodedata.category(c)[0] != "C" else " " for c in name)
    name = _UNSAFE.sub(" ", name).strip(" .-~")
    name = name.encode()[:LONGEST].decode(errors="ignore").strip(" .-~")
    if not name or _RESERVED.match(name):
        name = f"brief {name}".strip()
    return name + suffix
