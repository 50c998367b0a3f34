"""From the paths a reader names to a brief: which files are its documents, and what they are called."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from brief_tui.corpus import formats
from brief_tui.corpus.model import Brief, Entry, Metadata
from brief_tui.corpus.schema import (
    FILE_NAME,
    CueEntry,
    CueTable,
    DocumentTable,
    Manifest,
    ThemeTable,
    TopicTable,
    parse_manifest,
    read_manifest,
)
from brief_tui.errors import BriefError, ManifestError

__all__ = [
    "FILE_NAME",
    "CueEntry",
    "CueTable",
    "DocumentTable",
    "Manifest",
    "ThemeTable",
    "TopicTable",
    "packaged",
    "parse_manifest",
    "read_brief",
    "read_manifest",
]

DEPTH_LIMIT = 32

DOCUMENTS_LIMIT = 10_000
"""Documents of a brief at most."""


def read_brief(
    paths: Sequence[Path] | None, *, recursive: bool = False, cache: Path | None = None
) -> tuple[Brief, Manifest]:
    """Find a brief's documents without reading them.

    Args:
        paths: a folder, or files (and folders) to read together; None for the packaged brief. Files of
            one folder get what that folder's brief.toml says of them.
        recursive: whether subfolders are searched too.
        cache: the private folder where what brief.toml held is kept; None keeps nothing.

    Returns:
        The brief, its notices saying what was left out and why, and its brief.toml (empty without one).

    Raises:
        ManifestError: brief.toml is wrong.
        BriefError: a path is missing, there is no document, or there are too many.
    """
    if paths is None:
        return _read_folder(packaged(), recursive=False, read_only=True, cache=cache)
    if not paths:
        raise BriefError("No path is named; name a folder or some files.")
    paths = [p.parent if p.name == FILE_NAME and len(paths) == 1 else p for p in paths]
    for path in paths:
        if not os.path.lexists(path):
            raise BriefError(f"There is no file or folder {path}; check the path.")
    if len(paths) == 1 and paths[0].is_dir():
        return _read_folder(paths[0], recursive=recursive, read_only=False, cache=cache)
    return _read_files(paths, recursive=recursive, cache=cache)


def packaged() -> Path:
    """The folder of the packaged brief: inside the installed package, else the checkout's."""
    package = Path(__file__).parent.parent
    inside = package / "seeds"
    return inside if inside.is_dir() else package.parent.parent / "seeds"


def _read_folder(
    folder: Path, *, recursive: bool, read_only: bool, cache: Path | None
) -> tuple[Brief, Manifest]:
    root = folder.resolve()
    notices: list[str] = []
    manifest, where = _manifest_of(root, cache)
    if manifest.documents:
        _check_count(len(manifest.documents), root)
        files = _listed(root, manifest.documents, notices)
    else:
        files = _scan(root, root, notices, recursive=recursive)
    if not files:
        suffixes = ", ".join(sorted(formats.READERS))
        raise BriefError(
            notices[0] if notices else f"The folder {folder} holds no document; put some there ({suffixes})."
        )
    brief = Brief(
        id=manifest.id or _id_of([root]),
        title=manifest.title or root.name or str(root),
        root=root,
        entries=_entries(files, manifest.documents),
        language=manifest.language,
        aliases=dict(manifest.aliases),
        manifest=where,
        read_only=read_only,
        notices=tuple(notices),
    )
    return brief, manifest


def _read_files(paths: Sequence[Path], *, recursive: bool, cache: Path | None) -> tuple[Brief, Manifest]:
    # A link that the reader names is followed; its own place in the folder is what names it.
    placed = [path.parent.resolve() / path.name for path in paths]
    root = Path(os.path.commonpath([p if p.is_dir() else p.parent for p in placed]))
    notices: list[str] = []
    files: dict[str, Path] = {}
    for path, given in zip(placed, paths, strict=True):
        if path.is_dir():
            files.update(_scan(root, path.resolve(), notices, recursive=recursive))
        elif path.name != FILE_NAME and _usable(path, str(given), notices):
            files[_relative(path, root)] = path
    if not files:
        raise BriefError(notices[0] if notices else "None of these paths holds a document; name some files.")
    _check_count(len(files), root)
    manifest, where = _manifest_of(root, cache)
    brief = Brief(
        id=_id_of(files.values()),
        title=manifest.title
        or (next(iter(files.values())).stem if len(files) == 1 else root.name or str(root)),
        root=root,
        entries=_entries(files, manifest.documents),
        language=manifest.language,
        aliases=dict(manifest.aliases),
        manifest=where,
        notices=tuple(notices),
    )
    return brief, manifest


def _manifest_of(root: Path, cache: Path | None) -> tuple[Manifest, Path | None]:
    path = root / FILE_NAME
    if not os.path.lexists(path):
        return Manifest(), None
    if wrong := _wrong_link(path, root):
        raise ManifestError(f"{path} is {wrong}; put a copy of the file there.")
    return read_manifest(path, cache), path


def _listed(root: Path, tables: Iterable[DocumentTable], notices: list[str]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for table in tables:
        path = root.joinpath(*table.file.replace("\\", "/").split("/"))
        if wrong := _wrong_link(path, root):
            notices.append(f"{table.file} is {wrong} and was not followed.")
        elif _usable(path, table.file, notices):
            files[_relative(path, root)] = path
    return files


def _usable(path: Path, called: str, notices: list[str]) -> bool:
    """Whether a file that was named can be a document; a notice says why not, or how it will be read."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        notices.append(f"{called} cannot be read: {error.strerror}.")
        return False
    if not stat.S_ISREG(mode):
        notices.append(f"{called} is not a plain file and was left out.")
        return False
    if path.suffix.lower() not in formats.READERS:
        notices.append(f"{called} is of no known format and is read as plain text.")
    return True


def _scan(root: Path, folder: Path, notices: list[str], *, recursive: bool) -> dict[str, Path]:
    """The documents below a folder in natural order, by their path relative to the root."""
    found: dict[str, Path] = {}
    pending = [(folder, 0)]
    while pending:
        current, depth = pending.pop()
        try:
            with os.scandir(current) as entries:
                names = sorted(_candidates(entries, folder), key=lambda e: e.name)
        except OSError as error:
            shown = "The folder" if current == root else _relative(current, root)
            notices.append(f"{shown} cannot be read: {error.strerror}.")
            continue
        for entry in names:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if recursive and depth < DEPTH_LIMIT:
                    pending.append((path, depth + 1))
            elif path.suffix.lower() in formats.READERS and _scannable(entry, root, notices):
                found[_relative(path, root)] = path
        _check_count(len(found), folder)
    return dict(sorted(found.items(), key=lambda item: _natural(item[0])))


def _candidates(entries: Iterable[os.DirEntry[str]], folder: Path) -> Iterator[os.DirEntry[str]]:
    """What of a folder may be a document or hold some, by its name alone: there may be a million."""
    count = 0
    for entry in entries:
        if _excluded(entry.name):
            continue
        if os.path.splitext(entry.name)[1].lower() in formats.READERS:  # noqa: PTH122 - no Path for each
            count += 1
            _check_count(count, folder)
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            yield entry


def _check_count(count: int, folder: Path) -> None:
    if count > DOCUMENTS_LIMIT:
        raise BriefError(
            f"{folder} holds more than {DOCUMENTS_LIMIT:,} documents, too many to be read together; "
            "name some of them, or move some into a folder of their own."
        )


def _scannable(entry: os.DirEntry[str], root: Path, notices: list[str]) -> bool:
    path = Path(entry.path)
    name = _relative(path, root)
    if entry.is_symlink() and (wrong := _wrong_link(path, root)):
        notices.append(f"{name} is {wrong} and was not followed.")
        return False
    try:
        regular = stat.S_ISREG(entry.stat().st_mode)
    except OSError as error:
        notices.append(f"{name} cannot be read: {error.strerror}.")
        return False
    if not regular:
        notices.append(f"{name} is not a plain file and was left out.")
    return regular


def _excluded(name: str) -> bool:
    return (
        name.startswith(".") or name == FILE_NAME or name.upper().startswith(("README", "LICENSE", "NOTICE"))
    )


def _wrong_link(path: Path, root: Path) -> str:
    """What of a path forbids to follow it, in words; empty for one that stays below the root."""
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "a link that leads back to itself"
    inside = Path(os.path.realpath(path)).is_relative_to(root)
    return "" if inside else "a link out of the brief's folder"


def _relative(path: Path, root: Path) -> str:
    """The path from the root with forward slashes; what is no UTF-8 in it is shown as bytes."""
    relative = path.relative_to(root).as_posix()
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A sort key that puts "part 2" before "part 10", folders among their neighbours."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts], name


def _id_of(paths: Iterable[Path]) -> str:
    digest = blake2b(digest_size=10)
    for path in sorted(os.fsencode(p) for p in paths):
        digest.update(path + b"\0")
    return f"path-{digest.hexdigest()}"


def _entries(files: dict[str, Path], tables: Iterable[DocumentTable]) -> tuple[Entry, ...]:
    known = {table.file.replace("\\", "/").removeprefix("./"): table for table in tables}
    stems = Counter(Path(name).stem for name in files)
    return tuple(
        Entry(
            id=name,
            path=path,
            metadata=_metadata(known.get(name)),
            name=Path(name).stem if stems[Path(name).stem] == 1 else name,
        )
        for name, path in files.items()
    )


def _metadata(table: DocumentTable | None) -> Metadata:
    return msgspec.convert(table, Metadata, from_attributes=True) if table else Metadata()
