"""What a change makes of records: which are new, which give way. Nothing is written here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import uuid4

from brief_tui.highlights import history, records
from brief_tui.highlights.history import Move, Record
from brief_tui.highlights.model import Highlight, ManualTag


def now() -> str:
    """This moment as the store writes it."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """A moment of UTC as the store writes it: ISO 8601 to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def taken(
    connection: sqlite3.Connection,
    highlights: Iterable[Highlight],
    manual_tags: Iterable[ManualTag],
    notes: Mapping[str, str],
) -> list[Move]:
    """Of records from elsewhere those that are new, or newer than ours; a note where there is none yet."""
    incoming = [
        *(("highlight", records.from_highlight(each)) for each in highlights),
        *(("tag", records.from_manual_tag(each)) for each in manual_tags),
    ]
    moves: dict[tuple[str, str], Move] = {}
    for kind, after in incoming:
        before = history.read(connection, kind, after["id"])
        if before is None or before["modified"] < after["modified"]:
            moves[kind, after["id"]] = Move(kind, before, after)
    for doc, text in notes.items():
        if text.strip() and history.read(connection, "note", doc) is None:
            after = {"id": records.clean(doc), "text": records.clean(text), "modified": now()}
            moves["note", doc] = Move("note", None, after)
    return list(moves.values())


def decided(connection: sqlite3.Connection, place: Record, theme: str, present: bool | None) -> list[Move]:
    """The reader's word on a theme of a passage in the place of earlier ones; None takes them away.

    Args:
        connection: to the store.
        place: where the passage stands, as columns.
        theme: the theme's id.
        present: whether the passage has the theme.
    """
    query = """SELECT id FROM manual_tags
        WHERE doc = ? AND theme = ? AND start < ? AND "end" > ? AND state = 'anchored'
        ORDER BY start"""
    found = connection.execute(query, (place["doc"], theme, place["end"], place["start"])).fetchall()
    known = [before for (each,) in found if (before := history.read(connection, "tag", each))]
    moves = [Move("tag", before, None) for before in (known if present is None else known[1:])]
    if present is not None:
        moment, before = now(), known[0] if known else None
        after = (before or {"id": str(uuid4()), "theme": records.clean(theme), "created": moment}) | place
        moves.append(Move("tag", before, after | {"present": int(present), "modified": moment}))
    return moves
