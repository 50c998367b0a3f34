"""The store's schema, one numbered step after another; a released step is never edited."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from brief_tui.errors import StoreError

MARKS = """
CREATE TABLE highlights (
  id TEXT PRIMARY KEY, doc TEXT NOT NULL, digest TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
  prefix TEXT NOT NULL, suffix TEXT NOT NULL,
  tags TEXT NOT NULL, note TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL, state TEXT NOT NULL,
  version TEXT NOT NULL
) STRICT;
CREATE INDEX highlights_by_place ON highlights (doc, start, "end", created);
CREATE TABLE manual_tags (
  id TEXT PRIMARY KEY, doc TEXT NOT NULL, digest TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
  prefix TEXT NOT NULL, suffix TEXT NOT NULL,
  theme TEXT NOT NULL, present INTEGER NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL,
  state TEXT NOT NULL, version TEXT NOT NULL
) STRICT;
CREATE INDEX manual_tags_by_place ON manual_tags (doc, start);
CREATE TABLE notes (
  id TEXT PRIMARY KEY, text TEXT NOT NULL, modified TEXT NOT NULL, version TEXT NOT NULL
) STRICT;
CREATE TABLE steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT, window TEXT NOT NULL, says TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX steps_by_window ON steps (window, undone, id);
CREATE TABLE changes (
  step INTEGER NOT NULL REFERENCES steps (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, before TEXT, after TEXT,
  PRIMARY KEY (step, position)
) STRICT, WITHOUT ROWID;
"""

READING = """
CREATE TABLE reading_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE read_passages (
  doc TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (doc, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE TABLE searches (query TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;
CREATE TABLE saved_searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) STRICT;
CREATE TABLE recent_tags (tag TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;
CREATE TABLE documents (doc TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT;
"""

STEPS: tuple[str, ...] = (MARKS, READING)


def migrate(connection: sqlite3.Connection, path: Path | None, steps: Sequence[str] = STEPS) -> Path | None:
    """Bring a store to the newest schema, in one transaction.

    Args:
        connection: to the store, in autocommit mode.
        path: the store's file, copied beside itself before an existing one is changed; None in memory.
        steps: the schema's steps; step n makes version n of version n - 1.

    Returns:
        The copy, if one was made.

    Raises:
        StoreError: a newer brief-tui made the store.
        sqlite3.Error: the store cannot be written; it is as it was.
    """
    if _version(connection) == len(steps):
        return None
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another window may have done it while this one waited for the lock.
        version = _version(connection)
        if version > len(steps):
            raise StoreError(
                "A newer brief-tui made the store of highlights; open it with that version, "
                "or move it away to begin a new one."
            )
        copy = _copy(path, version) if path is not None and 0 < version < len(steps) else None
        for step in steps[version:]:
            for statement in filter(str.strip, step.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return copy


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy(path: Path, version: int) -> Path:
    """Copy the store, whatever still stands in its write-ahead log included."""
    copy = path.with_name(f"{path.stem}-v{version}{path.suffix}")
    copy.touch(mode=0o600)
    # A connection of its own: a backup may not read through one that holds a transaction.
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy
