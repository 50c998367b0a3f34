"""What undo and redo need: each change to a mark, tag or note with the record before and after it.

A record's `version` names its content as the reader left it. A change is taken back only where the record
still has the version that the change made: what another window changed since is skipped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from brief_tui.highlights.model import Change

Record = dict[str, Any]

TABLES = {"highlight": "highlights", "tag": "manual_tags", "note": "notes"}
PLACE = ("digest", "start", "end", "exact", "prefix", "suffix", "state")
"""What finding a record again may change without being a change of the reader's."""

KEPT = 500
"""Steps that a window can take back."""


class Move(NamedTuple):
    """One record before and after a change; None where it was not there."""

    kind: str
    before: Record | None
    after: Record | None


def read(connection: sqlite3.Connection, kind: str, record: str) -> Record | None:
    """A record as its columns, or None where there is none."""
    cursor = connection.execute(f"SELECT * FROM {TABLES[kind]} WHERE id = ?", (record,))  # noqa: S608
    row = cursor.fetchone()
    return None if row is None else dict(zip((c[0] for c in cursor.description), row, strict=True))


def write(connection: sqlite3.Connection, window: str, says: str, moves: Sequence[Move]) -> None:
    """Make changes and remember them as one step of a window; what it had undone is forgotten.

    The records that the moves bring get a new version each.
    """
    if not moves:
        return
    connection.execute("DELETE FROM steps WHERE window = ? AND undone", (window,))
    step = connection.execute("INSERT INTO steps (window, says) VALUES (?, ?)", (window, says)).lastrowid
    for position, move in enumerate(moves):
        if move.after is not None:
            move.after["version"] = uuid4().hex
        _replace(connection, move.kind, move.before, move.after)
        connection.execute(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
            (step, position, move.kind, _id(move), _encode(move.before), _encode(move.after)),
        )
    connection.execute(
        "DELETE FROM steps WHERE window = ? AND id <= "
        "(SELECT id FROM steps WHERE window = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (window, window, KEPT),
    )


def take_back(connection: sqlite3.Connection, window: str) -> Change | None:
    """Undo a window's last step that still can be undone, or None."""
    return _walk(connection, window, forward=False)


def bring_back(connection: sqlite3.Connection, window: str) -> Change | None:
    """Redo a window's last undone step that still can be redone, or None."""
    return _walk(connection, window, forward=True)


def _walk(connection: sqlite3.Connection, window: str, *, forward: bool) -> Change | None:
    query = "SELECT id, says FROM steps WHERE window = ? AND undone = ? ORDER BY id"
    steps = connection.execute(query, (window, int(forward))).fetchall()
    for step, says in steps if forward else reversed(steps):
        rows = connection.execute(
            "SELECT kind, before, after FROM changes WHERE step = ? ORDER BY position", (step,)
        ).fetchall()
        moves = [Move(kind, _decode(before), _decode(after)) for kind, before, after in rows]
        if not forward:
            moves = [Move(move.kind, move.after, move.before) for move in reversed(moves)]
        done = [move for move in moves if _make(connection, move)]
        connection.execute("UPDATE steps SET undone = ? WHERE id = ?", (int(not forward), step))
        if done:
            records = [move.after or move.before or {} for move in done]
            docs = frozenset(record["doc"] for record in records if "doc" in record)
            return Change(says, docs, tuple(record["id"] for record in records))
    return None


def _make(connection: sqlite3.Connection, move: Move) -> bool:
    """Make a remembered change where the record is as the change expects it."""
    now = read(connection, move.kind, _id(move))
    if (now and now["version"]) != (move.before and move.before["version"]):
        return False
    after = move.after
    if now and move.before and after and _same_place(move.before, after):
        # Its document may have changed since: the place where it was found again stays.
        after = after | {name: now[name] for name in PLACE if name in now}
    _replace(connection, move.kind, now, after)
    return True


def _same_place(before: Record, after: Record) -> bool:
    return all(before.get(name) == after.get(name) for name in PLACE)


def _replace(connection: sqlite3.Connection, kind: str, before: Record | None, after: Record | None) -> None:
    if after is not None:
        names = ", ".join(f'"{name}"' for name in after)
        values = ", ".join(f":{name}" for name in after)
        connection.execute(f"INSERT OR REPLACE INTO {TABLES[kind]} ({names}) VALUES ({values})", after)  # noqa: S608
    elif before is not None:
        connection.execute(f"DELETE FROM {TABLES[kind]} WHERE id = ?", (before["id"],))  # noqa: S608


def _id(move: Move) -> str:
    return str((move.after or move.before or {})["id"])


def _encode(record: Record | None) -> str | None:
    return None if record is None else msgspec.json.encode(record).decode()


def _decode(text: str | None) -> Record | None:
    return None if text is None else msgspec.json.decode(text, type=Record)
