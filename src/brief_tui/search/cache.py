"""From the cache folder to an index that is up to date, whatever state the folder is in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import ExitStack
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from brief_tui.errors import BriefError
from brief_tui.search import build, store
from brief_tui.search.build import Built
from brief_tui.search.source import Source
from brief_tui.settings import make_private

PATIENCE = 3.0
"""Seconds to wait for another process that is writing the same index."""

Grown = tuple[Built, tuple[str, ...], bool]


def grow(
    folder: Path | None,
    sources: Sequence[Source],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Grown]:
    """The index of some documents, each time that more of them are in it.

    Yields:
        The index, notices for the reader, and whether it holds all documents; at least once.
    """
    notices = [notice] if (notice := build.which_whoosh()) else []
    inside = None if folder is None else place(folder)
    before = b"" if inside is None else store.seal(inside)
    built, damaged = _read(inside, notices)
    if _holds(built.documents, sources):
        built.reader.lexicon("text")  # the first query shall not wait for it
        yield built, tuple(notices), True
        return
    with ExitStack() as stack:
        mine = folder is not None and inside is not None and _lock(folder, inside, stack, notices)
        if inside is not None and not damaged and store.seal(inside) != before:
            built, _ = _read(inside, notices)  # another process has brought it up to date meanwhile
        unread: tuple[str, ...] = ()
        changed = False
        for more in build.update(built, sources, progress=progress, cancelled=cancelled):
            built, changed, unread = more, True, more.notices
            if not _holds(built.documents, sources):
                # Others can ask it while it grows; where this process is ended, the next one goes on here.
                mine = mine and inside is not None and _write(inside, built, notices)
                yield built, (*notices, *unread), False
        if mine and inside is not None and changed:
            _write(inside, built, notices)
        built.reader.lexicon("text")
        stopped = cancelled is not None and cancelled()
        yield built, (*notices, *unread), not stopped


def place(folder: Path) -> Path:
    """Where in a brief's folder the index of this version lies, so that versions do not undo each other."""
    return folder / blake2b(build.stamp().encode(), digest_size=6).hexdigest()


def is_current(folder: Path, sources: Sequence[Source]) -> bool:
    """Whether the cache says that it holds the documents as they are; quick at any size."""
    try:
        contents = store.contents(place(folder), build.stamp())
    except store.DamagedError:
        return False
    return contents is not None and _holds(contents.documents, sources)


def holds_all_of(folder: Path, docs: Set[str]) -> bool:
    """Whether the cache says that it holds some documents, as they are or as they were."""
    try:
        contents = store.contents(place(folder), build.stamp())
    except store.DamagedError:
        return False
    return contents is not None and docs <= {state.doc for state in contents.documents}


def manifest_of(folder: Path) -> tuple[int, int] | None:
    """Something that is another each time the index in the cache is another; None where there is none."""
    try:
        told = (place(folder) / store.MANIFEST).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino


def peek(folder: Path, wanted: Callable[[store.DocumentState], bool]) -> Built:
    """What the cache holds now of the documents that are wanted, while another process may be writing it."""
    built, _ = _read(place(folder), [])
    kept = tuple(state for state in built.documents if wanted(state))
    return (
        built if kept == built.documents else replace(built, documents=kept, reader=built.reader.only(kept))
    )


def _holds(documents: Sequence[store.DocumentState], sources: Sequence[Source]) -> bool:
    fresh, gone = build.outdated(documents, sources)
    return not fresh and not gone


def _read(folder: Path | None, notices: list[str]) -> tuple[Built, bool]:
    """The index in the folder, or an empty one; and whether there is one that cannot be used."""
    if folder is None:
        return build.empty(), False
    try:
        found = store.read(folder, build.stamp())
        if found is None:
            return build.empty(), False
        contents, files = found
        try:
            return build.open_files(files, contents.documents), False
        except Exception as error:
            # Whoosh raises whatever a file makes it stumble over.
            raise store.DamagedError("cannot be opened") from error
    except store.DamagedError as error:
        notice = f"The search index {error}; it is built again."
        if notice not in notices:
            notices.append(notice)
        return build.empty(), True


def _lock(folder: Path, inside: Path, stack: ExitStack, notices: list[str]) -> bool:
    """Whether this process may write the index; waits a little for another that does."""
    try:
        make_private(folder)
        make_private(inside)
        until = time.monotonic() + PATIENCE
        while True:
            attempt = ExitStack()
            if attempt.enter_context(store.lock(inside)):
                stack.push(attempt)
                return True
            attempt.close()
            if time.monotonic() >= until:
                notices.append(
                    "Another window is writing the search index; this one keeps its own in memory."
                )
                return False
            time.sleep(0.02)
    except (OSError, BriefError) as error:
        notices.append(_not_written(error))
        return False


def _write(folder: Path, built: Built, notices: list[str]) -> bool:
    try:
        store.write(folder, store.Contents(build.stamp(), built.documents, {}), built.files)
    except OSError as error:
        notices.append(_not_written(error))
        return False
    return True


def _not_written(error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
    return f"The search index is kept in memory only, since the cache cannot be written ({why})."
