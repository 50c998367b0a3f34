"""The store of one brief: what the reader marked, tagged and noted, kept before it is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from brief_tui.corpus.model import Document, Span
from brief_tui.errors import StoreError
from brief_tui.highlights import history, records
from brief_tui.highlights.anchor import selector
from brief_tui.highlights.database import Database, in_memory, open_file
from brief_tui.highlights.graphemes import snap
from brief_tui.highlights.history import Move, Record
from brief_tui.highlights.model import Change, Highlight, ManualTag, State
from brief_tui.highlights.reading import Reading
from brief_tui.highlights.windows import Window, take_window

BRIEF = ""
"""The id under which the note on the brief itself is kept; a document's note has the document's id."""


def now() -> str:
    """This moment, UTC in ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """Highlights, manual theme tags and notes of one brief, with undo.

    What a method returns is on the disk. Any thread may use it, and several windows and programs at once:
    `changed` says when another one wrote. Every method that reads or writes may raise StoreError, with
    nothing changed and one sentence that says why.

    Attributes:
        reading: reading state, search history, recent tags: what is kept but not undone.
    """

    def __init__(self, database: Database, window: Window) -> None:
        self._database = database
        self._window = window
        self.reading = Reading(database)

    @classmethod
    def open(cls, folder: Path, *, window: str | None = None) -> Store:
        """Open the store in a folder, made with the folder if it is not there.

        Args:
            folder: the brief's own in the data directory.
            window: whose undo this is; by default the first window on the brief that is free.

        Raises:
            StoreError: it cannot be made, or it is not a store.
        """
        database = open_file(folder)
        return cls(database, take_window(folder) if window is None else Window(window))

    @classmethod
    def nowhere(cls, refusal: str) -> Store:
        """An empty store that keeps nothing, for a reader whose own cannot be opened.

        Args:
            refusal: the sentence of the StoreError that every attempt to write raises.
        """
        return cls(in_memory(refusal), Window("1"))

    @property
    def path(self) -> Path | None:
        """The store's file, or None for one that is nowhere."""
        return self._database.path

    @property
    def refusal(self) -> str:
        """Why nothing can be kept, one sentence; empty where it can."""
        return self._database.refusal

    def changed(self) -> bool:
        """Whether another window or program has written since the last call."""
        return self._database.changed()

    def close(self) -> None:
        """Let go of the file and of the window's name."""
        self._database.close()
        self._window.let_go()

    # Highlights

    def highlights(self, doc: str | None = None) -> tuple[Highlight, ...]:
        """The highlights of a document, or of all, by document id and place.

        Positions count the text with the highlight's `digest`; `place` finds one in a text that differs.
        """
        with self._database.reading() as connection:
            return tuple(map(records.highlight, _rows(connection, "highlights", doc)))

    def highlight(self, record: str) -> Highlight:
        """The highlight with an id, or with the only id that begins so.

        Raises:
            StoreError: there is none, or there are several.
        """
        with self._database.reading() as connection:
            return records.highlight(_only(connection, record))

    def add(
        self, text: str, doc: str, digest: str, span: Span, *, tags: Iterable[str] = (), note: str = ""
    ) -> Highlight:
        """Mark a span and keep it.

        Args:
            text: the document's text.
            doc: the document's id.
            digest: the text's digest.
            span: what to mark; its edges are moved out to whole characters.
            tags: theme ids or free words.
            note: the reader's words.

        Returns:
            The highlight as it was kept.

        Raises:
            StoreError: the span is empty, or nothing can be kept.
        """
        moment = now()
        record: Record = {
            "id": str(uuid4()),
            **_place(text, doc, digest, span),
            "tags": records.tags_text(tags),
            "note": records.clean(note),
            "created": moment,
            "modified": moment,
        }
        with self._database.writing() as connection:
            self._write(connection, f"mark {_brief(record)}", [Move("highlight", None, record)])
            _use(connection, records.tags(record))
        return records.highlight(record)

    def edit(
        self,
        record: str,
        *,
        tags: Iterable[str] | None = None,
        note: str | None = None,
        text: str = "",
        digest: str = "",
        span: Span | None = None,
    ) -> Highlight:
        """Change a highlight's tags, note or edges; what is None stays.

        Args:
            record: the highlight's id, or a unique beginning of it.
            tags: all of its tags.
            note: its note.
            text: with a span, the document's text.
            digest: with a span, the text's digest.
            span: its new edges.
        """
        with self._database.writing() as connection:
            before = _only(connection, record)
            after = dict(before)
            if tags is not None:
                after["tags"] = records.tags_text(tags)
            if note is not None:
                after["note"] = records.clean(note)
            if span is not None:
                after |= _place(text, before["doc"], digest, span)
            if after != before:
                after["modified"] = now()
                self._write(
                    connection, f"{_verb(before, after)} {_brief(after)}", [Move("highlight", before, after)]
                )
                _use(connection, [tag for tag in records.tags(after) if tag not in records.tags(before)])
        return records.highlight(after)

    def remove(self, record: str) -> Highlight:
        """Remove a highlight, named by its id or a unique beginning of it; it can be undone."""
        with self._database.writing() as connection:
            before = _only(connection, record)
            self._write(connection, f"remove {_brief(before)}", [Move("highlight", before, None)])
        return records.highlight(before)

    def put(self, highlights: Iterable[Highlight]) -> int:
        """Take highlights from elsewhere, in one step: new ones, and those that are newer than ours.

        Returns:
            How many were taken.
        """
        with self._database.writing() as connection:
            moves: dict[str, Move] = {}
            for each in highlights:
                after = records.from_highlight(each)
                before = history.read(connection, "highlight", each.id)
                if before is None or before["modified"] < each.modified:
                    moves[each.id] = Move("highlight", before, after)
            self._write(connection, f"import {len(moves)} highlights", list(moves.values()))
        return len(moves)

    # Manual theme tags

    def manual_tags(self, doc: str | None = None) -> tuple[ManualTag, ...]:
        """The manual theme tags of a document, or of all, by document id and place."""
        with self._database.reading() as connection:
            return tuple(map(records.manual_tag, _rows(connection, "manual_tags", doc)))

    def set_theme(
        self, text: str, doc: str, digest: str, span: Span, *, theme: str, present: bool | None
    ) -> None:
        """Put a theme on a passage or take it away, whatever the cues say; None leaves it to them again.

        Args:
            text: the document's text.
            doc: the document's id.
            digest: the text's digest.
            span: the passage's.
            theme: the theme's id.
            present: whether the passage has the theme.
        """
        place = _place(text, doc, digest, span)
        with self._database.writing() as connection:
            query = """SELECT id FROM manual_tags
                WHERE doc = ? AND theme = ? AND start < ? AND "end" > ? AND state = 'anchored'
                ORDER BY start"""
            found = connection.execute(query, (doc, theme, place["end"], place["start"])).fetchall()
            known = [before for (each,) in found if (before := history.read(connection, "tag", each))]
            moves = [Move("tag", before, None) for before in (known if present is None else known[1:])]
            if present is not None:
                moment, before = now(), known[0] if known else None
                after = (
                    before or {"id": str(uuid4()), "theme": records.clean(theme), "created": moment}
                ) | place
                moves.append(Move("tag", before, after | {"present": int(present), "modified": moment}))
            verb = {True: "put", False: "take", None: "leave"}[present]
            where = {True: "on", False: "off", None: "to the cues on"}[present]
            self._write(connection, f"{verb} {theme} {where} {_brief(place)}", moves)

    # Notes

    def notes(self) -> dict[str, str]:
        """The notes on documents by document id, that on the brief by `BRIEF`."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT id, text FROM notes ORDER BY id"))

    def set_note(self, doc: str, text: str) -> None:
        """Keep a note on a document, or on the brief (`BRIEF`); an empty one is removed."""
        with self._database.writing() as connection:
            before = history.read(connection, "note", doc)
            after: Record | None = {"id": doc, "text": records.clean(text), "modified": now()}
            if not text.strip():
                after = None
            if before != after and (before or {}).get("text") != (after or {}).get("text"):
                self._write(connection, f"note on {doc or 'the brief'}", [Move("note", before, after)])

    # Undo

    def undo(self) -> Change | None:
        """Take back this window's last change that no other window has changed since, or None.

        What comes back may count the document's text of an earlier time: `reattach` the documents named.
        """
        with self._database.writing() as connection:
            return history.take_back(connection, self._window.name)

    def redo(self) -> Change | None:
        """Bring back what was last undone, likewise, or None."""
        with self._database.writing() as connection:
            return history.bring_back(connection, self._window.name)

    # A document that changed

    def reattach(self, document: Document) -> tuple[Highlight | ManualTag, ...]:
        """Find again what stood in an earlier text of a document, and keep the new places.

        Returns:
            What is orphaned now and was not before.
        """
        return records.reattach(self._database, document)

    # Safety copies

    def backup(self, target: Path) -> None:
        """Copy the store to a new file, whole, while it is in use.

        Raises:
            StoreError: the target exists or cannot be written.
        """
        records.backup(self._database, target)

    def _write(self, connection: sqlite3.Connection, says: str, moves: Sequence[Move]) -> None:
        history.write(connection, self._window.name, says, moves)


def _rows(connection: sqlite3.Connection, table: str, doc: str | None) -> Iterator[Record]:
    where, values = ("", ()) if doc is None else ("WHERE doc = ?", (doc,))
    query = f'SELECT * FROM {table} {where} ORDER BY doc, start, "end", created, id'  # noqa: S608
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _only(connection: sqlite3.Connection, record: str) -> Record:
    """The highlight whose id begins so."""
    query = "SELECT id FROM highlights WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2"
    found = connection.execute(query, (len(record), record)).fetchall() if record else []
    if len(found) != 1:
        what = "Several highlights have ids that begin" if found else "No highlight has an id that begins"
        raise StoreError(f"{what} with {record!r}; `brief-tui highlights` lists them.")
    row = history.read(connection, "highlight", found[0][0])
    assert row is not None  # noqa: S101  # found in the same transaction
    return row


def _place(text: str, doc: str, digest: str, span: Span) -> Record:
    """Where a record stands, as columns."""
    there = snap(text, span)
    if there.start == there.end:
        raise StoreError("Nothing is selected; select some text first.")
    quote = selector(text, there)
    return {
        "doc": doc,
        "digest": digest,
        "start": quote.start,
        "end": quote.end,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "state": State.ANCHORED.value,
    }


def _use(connection: sqlite3.Connection, tags: Iterable[str]) -> None:
    """Remember tags as used last."""
    for tag in tags:
        connection.execute(
            "INSERT OR REPLACE INTO recent_tags SELECT ?, coalesce(max(used), 0) + 1 FROM recent_tags", (tag,)
        )


def _verb(before: dict[str, Any], after: dict[str, Any]) -> str:
    changed = [
        word
        for word, name in (("tags", "tags"), ("note", "note"), ("edges", "exact"))
        if before[name] != after[name]
    ]
    return f"change the {' and '.join(changed) or 'place'} of"


def _brief(record: dict[str, Any]) -> str:
    """The beginning of a record's text in quotation marks."""
    words = " ".join(record["exact"][:200].split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"
