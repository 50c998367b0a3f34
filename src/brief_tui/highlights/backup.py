"""A store as one file that is whole: made while it is in use, and taken back."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from brief_tui.corpus.files import check_plain
from brief_tui.errors import StoreError
from brief_tui.highlights import records
from brief_tui.highlights.database import Database, connect_for_reading, told
from brief_tui.highlights.migrations import migrate


class Held(NamedTuple):
    """How many records of which kind a store holds."""

    highlights: int
    manual_tags: int
    notes: int


def held(connection: sqlite3.Connection) -> Held:
    """What a store holds."""
    tables = ("highlights", "manual_tags", "notes")
    return Held(*(connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in tables))  # noqa: S608


def back_up(database: Database, target: Path) -> Held:
    """Write all that a store holds, of this moment, to a new SQLite file without a log beside it.

    Args:
        database: the store; others may go on reading and writing.
        target: a file that is there and empty.

    Returns:
        What it holds.

    Raises:
        StoreError: the store cannot be read, or what was written is not the same.
    """
    if database.path is None:
        raise StoreError(database.refusal or "There is no store to back up.")
    with told(database.path):
        source = connect_for_reading(database.path)
    with told(target), closing(source), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # A copy that fails is thrown away, and nothing beside it stays.
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        return _check(copy, target.name)


def restore(database: Database, source: Path) -> Held:
    """Put a backup in the place of all that a store holds, in one step, also for other windows.

    Args:
        database: the store. What it held is copied beside it before (see `before_restore`).
        source: what `back_up` wrote, or another store's file; it stays as it is.

    Returns:
        What the store holds now.

    Raises:
        StoreError: it is no sound store, a newer brief-tui made it, or it cannot be kept; nothing changed.
        BriefError: it is no plain file or cannot be read; nothing changed.
    """
    if database.path is None or database.refusal:
        raise StoreError(database.refusal or "There is no store to restore into.")
    with told(database.path), _copied(source, database.path.parent) as copy:
        migrate(copy, None)
        found = _check(copy, source.name)
        with database.reading() as connection:
            if any(held(connection)):
                _keep(database, before_restore(database.path))
            copy.backup(connection)
        return found


def before_restore(path: Path) -> Path:
    """Where a store's content is kept when a backup takes its place; that of the last time only."""
    return path.with_name(f"{path.stem}-before-restore{path.suffix}")


def _keep(database: Database, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    os.close(handle)
    try:
        back_up(database, Path(name))
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _copied(source: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of a store's file, which may be changed; gone afterwards."""
    check_plain(source)  # SQLite would wait for whoever writes into a named pipe
    try:
        opened = connect_for_reading(source)
    except (sqlite3.Error, OSError) as error:
        raise _refusal(source.name) from error
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        with closing(opened), closing(sqlite3.connect(name, isolation_level=None)) as copy:
            opened.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            yield copy
    finally:
        Path(name).unlink(missing_ok=True)


def _refusal(name: str) -> StoreError:
    return StoreError(f"{name} is no backup of brief-tui, or is damaged; choose another.")


def _check(connection: sqlite3.Connection, name: str) -> Held:
    """What a copy of a store holds, once it was read from end to end.

    Raises:
        StoreError: it is damaged, or holds what no store of ours does.
    """
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        whole = not connection.execute("PRAGMA foreign_key_check").fetchall()
        if not sound or not whole or _schema(connection) != _our_schema():
            raise _refusal(name)
        for row in records.all_rows(connection, "highlights"):
            records.highlight(row)
        for row in records.all_rows(connection, "manual_tags"):
            records.manual_tag(row)
    except (StoreError, ValueError, sqlite3.DatabaseError) as error:
        raise _refusal(name) from error
    return held(connection)


def _our_schema() -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, None)
        return _schema(fresh)


def _schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
