"""One SQLite file behind one lock: durable, private, shared with other processes, honest about failure."""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from brief_tui.errors import BriefError, StoreError
from brief_tui.highlights.migrations import migrate
from brief_tui.settings import make_private

FILE = "store.sqlite3"
PATIENCE = 30.0
"""Seconds that a write waits for those of other windows."""


class Database:
    """A store's file. Any thread may use it; each use is one short transaction.

    Attributes:
        path: the file; None in memory.
        refusal: why nothing can be written, one sentence; empty where it can.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None, refusal: str = "") -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path
        self.refusal = refusal
        self._aside = 0  # rows of ours that are no marks
        self._seen = self._data_version()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._lock, told(self.path):
            yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from that sees what is there now, as long as it is used; nobody waits for it.

        Raises:
            StoreError: the store cannot be read.
        """
        if self.path is None:
            with self.reading() as connection:
                yield connection
            return
        with told(self.path), closing(connect_for_reading(self.path)) as connection:
            yield connection

    @contextmanager
    def writing(self, *, aside: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction; when the block ends without an error it is on the disk.

        Args:
            aside: what is written is kept beside the marks: `revision` stays as it was.

        Raises:
            StoreError: nothing was written; the text says why.
        """
        if self.refusal:
            raise StoreError(self.refusal)
        with self._lock, told(self.path):
            before = self._connection.total_changes
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself when the disk is full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                if aside:
                    self._aside += self._connection.total_changes - before

    def changed(self) -> bool:
        """Whether another window or program has written since the last call."""
        with self.reading():
            version = self._data_version()
        if version == self._seen:
            return False
        self._seen = version
        return True

    def revision(self) -> tuple[int, int]:
        """What is another after each write of marks, and after each of another window."""
        with self.reading():
            return self._data_version(), self._connection.total_changes - self._aside

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file; whoever uses it afterwards gets a StoreError."""
        with self._lock:
            self._connection.close()


def folder_of(data: Path, brief: str) -> Path:
    """The folder of a brief's store.

    Args:
        data: the program's data directory.
        brief: the brief's id; whatever it holds, the folder is one inside `data`, and another for another id.
    """
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", brief)[:60]
    if safe != brief or not safe:
        safe = f"{safe}.{blake2b(brief.encode(errors='replace'), digest_size=8).hexdigest()}"
    return data / "briefs" / safe


def open_file(folder: Path) -> Database:
    """Open the store in a folder, made if it is not there; one that cannot be written is opened for reading.

    Raises:
        StoreError: there is none and none can be made, or it is not a store.
    """
    path = folder / FILE
    with told(path):
        if path.exists() and not _writable(path):
            return _open_for_reading(path)
        try:
            make_private(folder)
            path.touch(mode=0o600)
        except BriefError as error:
            raise StoreError(f"Highlights cannot be kept: {error}") from error
        connection = _connect(f"{path.resolve().as_uri()}?mode=rw")
        try:
            connection.execute("PRAGMA synchronous = FULL")
            with _alone(folder):
                connection.execute("PRAGMA journal_mode = WAL")
                migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return Database(connection, path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other process make the store meanwhile: SQLite does not wait for one that changes to WAL."""
    path = folder / "open.lock"
    path.touch(mode=0o600)
    with path.open("ab") as lock:
        # A file system without locks has one reader; what is left is SQLite's own care.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def in_memory(refusal: str = "") -> Database:
    """An empty store that is gone when closed; with a refusal it takes nothing and says so."""
    connection = _connect("file::memory:")
    migrate(connection, None)
    return Database(connection, None, refusal)


def _open_for_reading(path: Path) -> Database:
    return Database(
        connect_for_reading(path),
        path,
        f"The store {path} is read-only, so nothing can be kept; make it and its folder writable.",
    )


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection to a store's file that is not written to, wherever it lies.

    Raises:
        sqlite3.Error: it cannot be read, or is no store.
    """
    try:
        return _readable(f"{path.resolve().as_uri()}?mode=ro")
    except sqlite3.OperationalError:
        # Without leave to make the shared-memory file beside it, only a store that nobody writes can be read.
        return _readable(f"{path.resolve().as_uri()}?immutable=1")


def _readable(uri: str) -> sqlite3.Connection:
    connection = _connect(uri)
    try:
        connection.execute("SELECT 1 FROM highlights LIMIT 1").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Say what SQLite and the file system say in one sentence for the reader.

    Raises:
        StoreError: in place of sqlite3.Error and OSError.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence(error, path)) from error
    except OSError as error:
        raise StoreError(f"The store {path} cannot be used: {error.strerror}.") from error
    except UnicodeEncodeError as error:
        raise StoreError(
            "Nothing can be kept for a document whose file name is not valid UTF-8; rename the file."
        ) from error


def _sentence(error: sqlite3.Error, path: Path | None) -> str:
    # The low byte is the primary result code; the others refine it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"Nothing was kept: the disk of {path} is full or fails; free some space and try again."
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return f"Nothing was kept: {path} cannot be written; make it and its folder writable."
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return f"{path} is not a store of brief-tui or is damaged; restore a copy of it or move it away."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"Nothing was kept: another program holds {path}; close it and try again."
    return f"The store {path} cannot be used ({error}); restore a copy of it or move it away."
