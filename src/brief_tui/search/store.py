"""A brief's index in the cache: written whole, checked whole before anything is read from it.

Whoosh reads its files with pickle, and a flipped bit in its table of contents can give wrong answers in
silence. So a manifest names every file with its size and BLAKE2b, files are replaced and never edited, and
what was checked is held in memory: nothing that happens to the folder afterwards reaches an open index.
No file is synced to disk on purpose: what a power cut tears is found by its checksum and built again.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import msgspec

MANIFEST = "manifest.json"
LOCK = "lock"
_OURS = ("MAIN_", "_MAIN_")  # how Whoosh names its files

LARGE = 1 << 20
"""Bytes from which posting lists are not held in memory, but mapped from a private copy without a name."""

POSTINGS = ".pst"
"""How Whoosh names the files with posting lists: those that are read by place alone."""

_PIECE = 1 << 20

Content = bytes | mmap.mmap
"""What a file of the index holds."""


class DamagedError(Exception):
    """What is in the folder cannot be used; the text says why, to be put after "The search index "."""


class DocumentState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an indexed document was, so that a changed one is known.

    Attributes:
        doc: its id.
        digest: of its text.
        fingerprint: of what else the index took from it.
        language: that its sentences were cut by and its words are stemmed by.
        count: its passages.
    """

    doc: str
    digest: str
    fingerprint: str
    language: str
    count: int


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a manifest says."""

    stamp: str
    documents: tuple[DocumentState, ...]
    files: dict[str, tuple[int, str]]


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seal: str
    contents: msgspec.Raw


def read(folder: Path, stamp: str) -> tuple[Contents, dict[str, Content]] | None:
    """The manifest and every file that it names, all of them checked.

    Args:
        folder: the brief's folder in the cache.
        stamp: what made the index must have been (versions of analyzer, schema, Whoosh).

    Returns:
        None where there is no index yet.

    Raises:
        DamagedError: it is stale, truncated, corrupt, foreign or not readable.
    """
    for _ in range(5):
        try:
            sealed = (folder / MANIFEST).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DamagedError(f"cannot be read ({error.strerror})") from error
        _check_owner(folder)
        contents = _open_seal(sealed)
        if contents.stamp != stamp:
            raise DamagedError("was made by another version")
        try:
            return contents, {name: _checked(folder / name, *is_) for name, is_ in contents.files.items()}
        except DamagedError:
            # A writer may have put a newer index in place while this one was being read.
            with contextlib.suppress(OSError):
                if (folder / MANIFEST).read_bytes() != sealed:
                    continue
            raise
    raise DamagedError("keeps changing")


def contents(folder: Path, stamp: str) -> Contents | None:
    """What the manifest says, the files themselves unread; None where there is none.

    Raises:
        DamagedError: it cannot be used.
    """
    sealed = seal(folder)
    if not sealed:
        return None
    found = _open_seal(sealed)
    if found.stamp != stamp:
        raise DamagedError("was made by another version")
    return found


def seal(folder: Path) -> bytes:
    """The manifest as it lies there, to see whether it changed; nothing where there is none."""
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError:
        return b""


def write(folder: Path, contents: Contents, files: Mapping[str, Content]) -> None:
    """Put an index in place of the one in the folder; readers see the old one or the new one, whole.

    Only the holder of `lock` may call it.

    Args:
        folder: the brief's folder in the cache.
        contents: as the manifest; its `files` are made from `files`.
        files: every file of the index; those that the manifest in place names already are left alone.

    Raises:
        OSError: it cannot be written; the old index is still whole.
    """
    known = {name: (len(data), _digest(data)) for name, data in files.items()}
    try:
        held = _open_seal(seal(folder)).files
    except DamagedError:
        held = {}
    fresh = {name: data for name, data in files.items() if held.get(name) != known[name]}
    raw = msgspec.json.encode(msgspec.structs.replace(contents, files=known))
    written: list[Path] = []
    try:
        for name, data in fresh.items():
            written.append(folder / name)
            _replace(folder / name, data)
        _replace(folder / MANIFEST, msgspec.json.encode(_Sealed(_digest(raw), msgspec.Raw(raw))))
    except OSError:
        _remove(written)
        raise
    ours = (path for path in folder.iterdir() if path.name.startswith(_OURS) or path.name.endswith(".part"))
    _remove(path for path in ours if path.name not in files)


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[bool]:
    """Whether this process is the one that may write; the system frees a dead process's lock."""
    import fcntl

    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _digest(data: Content) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _open_seal(data: bytes) -> Contents:
    try:
        sealed = msgspec.json.decode(data, type=_Sealed)
        if _digest(bytes(sealed.contents)) != sealed.seal:
            raise DamagedError("is damaged (its manifest)")
        contents = msgspec.json.decode(sealed.contents, type=Contents)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError("is damaged (its manifest)") from error
    if any("/" in name or not name.startswith(_OURS) for name in contents.files):
        raise DamagedError("is foreign (its manifest)")
    return contents


def _check_owner(folder: Path) -> None:
    """Nobody else may have written what pickle is going to read."""
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise DamagedError("lies in a folder that others can write to")


def _checked(path: Path, size: int, digest: str) -> Content:
    try:
        with path.open("rb") as file:
            if (
                path.suffix == POSTINGS
                and size >= LARGE
                and (copy := _mapped_copy(file, size, digest)) is not None
            ):
                return copy
            file.seek(0)
            data = file.read(size + 1)
    except FileNotFoundError as error:
        raise DamagedError(f"lacks the file {path.name}") from error
    except OSError as error:
        raise DamagedError(f"cannot be read ({error.strerror})") from error
    if len(data) != size or _digest(data) != digest:
        raise DamagedError(f"is damaged (the file {path.name})")
    return data


def _mapped_copy(file: BinaryIO, size: int, digest: str) -> mmap.mmap | None:
    """A private copy of a file that is as it should be; None where it is not or no copy can be made."""
    found = blake2b(digest_size=16)
    try:
        with tempfile.TemporaryFile(dir=Path(file.name).parent) as copy:
            while piece := file.read(_PIECE):
                found.update(piece)
                copy.write(piece)
            if copy.tell() != size or found.hexdigest() != digest:
                return None
            copy.flush()
            return mmap.mmap(copy.fileno(), size, access=mmap.ACCESS_READ)
    except OSError:
        return None


def _replace(path: Path, data: Content) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(21, "Is a directory", str(path))
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
