"""The store of one brief: what the reader marked, tagged and noted, kept before it is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights import backup, history, placing, records
from brief_tui.highlights.backup import Held
from brief_tui.highlights.database import Database, in_memory, open_file
from brief_tui.highlights.history import Move, Record
from brief_tui.highlights.model import Change, Highlight, ManualTag
from brief_tui.highlights.moves import decided, now, taken
from brief_tui.highlights.reading import Reading
from brief_tui.highlights.stored import Highlights
from brief_tui.highlights.survey import Survey
from brief_tui.highlights.windows import Window, take_window

BRIEF = ""
"""The id under which the note on the brief itself is kept; a document's note has the document's id."""


class Store:
    """Highlights, manual theme tags and notes of one brief, with undo.

    What a method returns is on the disk. Any thread may use it, and several windows and programs at once:
    `changed` says when another one wrote. Every method that reads or writes may raise StoreError, with
    nothing changed and one sentence that says why.

    Attributes:
        reading: reading state, search history, recent tags: what is kept but not undone.
        survey: what is asked of all highlights at once.
    """

    def __init__(self, database: Database, window: Window) -> None:
        self._database = database
        self._window = window
        self.reading = Reading(database)
        self.survey = Survey(database)

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

    def revision(self) -> tuple[int, int]:
        """What is another after each write of marks, by whomever: whether what was made of them holds."""
        return self._database.revision()

    def close(self) -> None:
        """Let go of the file and of the window's name."""
        self._database.close()
        self._window.let_go()

    # Highlights

    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights, by document id and place.

        Positions count the text with the highlight's `digest`; `placing.place` finds one in another text.
        """
        with self._database.reading() as connection:
            return tuple(map(records.highlight, records.all_rows(connection, "highlights")))

    @property
    def all_highlights(self) -> Highlights:
        """The same, but read when they are asked for: for what looks at each once, however many there are."""
        return Highlights(self._stream)

    def _stream(self, doc: str | None) -> Iterator[Highlight]:
        """Highlights as they are at this moment, also where it takes long to go through them."""
        with self._database.snapshot() as connection:
            yield from map(records.highlight, records.all_rows(connection, "highlights", doc))

    def highlight(self, record: str) -> Highlight:
        """The highlight with an id, or with the only id that begins so.

        Raises:
            StoreError: there is none, or there are several.
        """
        with self._database.reading() as connection:
            return records.highlight(records.only(connection, record))

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
            **records.columns(text, doc, digest, span),
            "tags": records.tags_text(tags),
            "note": records.clean(note),
            "created": moment,
            "modified": moment,
        }
        with self._database.writing() as connection:
            self._write(connection, f"mark {records.opening(record)}", [Move("highlight", None, record)])
            records.use(connection, records.tags(record))
        return records.highlight(record)

    def edit(self, record: str, *, tags: Iterable[str] | None = None, note: str | None = None) -> Highlight:
        """Change a highlight's tags or note; what is None stays.

        Args:
            record: the highlight's id, or a unique beginning of it.
            tags: all of its tags.
            note: its note.
        """
        with self._database.writing() as connection:
            before = records.only(connection, record)
            after = dict(before)
            if tags is not None:
                after["tags"] = records.tags_text(tags)
            if note is not None:
                after["note"] = records.clean(note)
            if after != before:
                after["modified"] = now()
                says = f"{records.verb(before, after)} {records.opening(after)}"
                self._write(connection, says, [Move("highlight", before, after)])
                known = records.tags(before)
                records.use(connection, [tag for tag in records.tags(after) if tag not in known])
        return records.highlight(after)

    def remove(self, record: str) -> Highlight:
        """Remove a highlight, named by its id or a unique beginning of it; it can be undone."""
        with self._database.writing() as connection:
            before = records.only(connection, record)
            self._write(connection, f"remove {records.opening(before)}", [Move("highlight", before, None)])
        return records.highlight(before)

    def put(
        self,
        highlights: Iterable[Highlight],
        manual_tags: Iterable[ManualTag] = (),
        notes: Mapping[str, str] | None = None,
    ) -> int:
        """Take records from elsewhere, in one step: new ones, and those that are newer than ours.

        Args:
            highlights: with ids of their own; `reattach` their documents afterwards.
            manual_tags: likewise.
            notes: on documents by document id; taken where there is none yet.

        Returns:
            How many records were taken.
        """
        with self._database.writing() as connection:
            moves = taken(connection, highlights, manual_tags, notes or {})
            self._write(connection, f"import {len(moves)} records", moves)
        return len(moves)

    # Manual theme tags

    def manual_tags(self) -> tuple[ManualTag, ...]:
        """All manual theme tags, by document id and place."""
        with self._database.reading() as connection:
            return tuple(map(records.manual_tag, records.all_rows(connection, "manual_tags")))

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
        place = records.columns(text, doc, digest, span)
        with self._database.writing() as connection:
            moves = decided(connection, place, theme, present)
            verb = {True: "put", False: "take", None: "leave"}[present]
            where = {True: "on", False: "off", None: "to the cues on"}[present]
            self._write(connection, f"{verb} {theme} {where} {records.opening(place)}", moves)

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

    # All of it

    def held(self) -> Held:
        """How many highlights, manual theme tags and notes there are."""
        with self._database.reading() as connection:
            return backup.held(connection)

    def back_up(self, target: Path) -> Held:
        """Write everything, reading state and undo too, to an empty file; see `backup.back_up`."""
        return backup.back_up(self._database, target)

    def restore(self, source: Path) -> Held:
        """Put a backup in the place of everything; see `backup.restore`. `reattach` documents afterwards."""
        return backup.restore(self._database, source)

    # A document that changed

    def reattach(self, document: Document) -> tuple[Highlight | ManualTag, ...]:
        """Find again what stood in an earlier text of a document, and keep the new places.

        Returns:
            What is orphaned now and was not before.
        """
        return placing.reattach(self._database, document)

    def _write(self, connection: sqlite3.Connection, says: str, moves: Sequence[Move]) -> None:
        history.write(connection, self._window.name, says, moves)
