"""Finding the records of a changed document again, and keeping their new places."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TypeVar

from brief_tui.corpus.model import Document
from brief_tui.highlights import records
from brief_tui.highlights.anchor import anchor, selector
from brief_tui.highlights.database import Database
from brief_tui.highlights.history import Record
from brief_tui.highlights.model import Highlight, ManualTag, State

Mark = TypeVar("Mark", bound=Highlight | ManualTag)


def place(mark: Mark, text: str, digest: str) -> Mark:
    """A record as it stands in a document's text: where it was found again, or orphaned.

    Args:
        mark: a highlight or a manual theme tag.
        text: the document's text.
        digest: the text's digest; a record that counts the same text is returned as it is.
    """
    if mark.digest == digest and mark.state is State.ANCHORED:
        return mark
    span = anchor(text, mark.selector)
    if span is None:
        return replace(mark, state=State.ORPHANED)
    quote = selector(text, span)
    return replace(
        mark,
        digest=digest,
        start=quote.start,
        end=quote.end,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        state=State.ANCHORED,
    )


def reattach(database: Database, document: Document) -> tuple[Highlight | ManualTag, ...]:
    """Place the records of a document that count another text; returns those newly orphaned."""
    with database.reading() as connection:
        highlights = [records.highlight(row) for row in _stale(connection, "highlights", document)]
        tags = [records.manual_tag(row) for row in _stale(connection, "manual_tags", document)]
    stale: list[tuple[str, Highlight | ManualTag]] = [
        *(("highlights", each) for each in highlights),
        *(("manual_tags", each) for each in tags),
    ]
    # Looking for them takes its time, so no other window waits for it.
    moved = [
        (table, mark, placed)
        for table, mark in stale
        if (placed := place(mark, document.text, document.digest)) != mark
    ]
    if moved:
        with database.writing() as connection:
            for table, mark, placed in moved:
                _settle(connection, table, mark, placed)
    return tuple(
        placed for _, mark, placed in moved if placed.state is State.ORPHANED and mark.state is State.ANCHORED
    )


def _stale(connection: sqlite3.Connection, table: str, document: Document) -> list[Record]:
    query = f"SELECT * FROM {table} WHERE doc = ? AND (digest <> ? OR state <> 'anchored')"  # noqa: S608
    return list(records.rows(connection.execute(query, (document.id, document.digest))))


def _settle(connection: sqlite3.Connection, table: str, mark: Mark, placed: Mark) -> None:
    """Keep a new place, unless another window has found one meanwhile."""
    connection.execute(
        f"""UPDATE {table} SET digest = ?, start = ?, "end" = ?, exact = ?, prefix = ?, suffix = ?, state = ?
            WHERE id = ? AND digest = ? AND start = ? AND "end" = ?""",  # noqa: S608
        (
            placed.digest,
            *(placed.start, placed.end, placed.exact, placed.prefix, placed.suffix),
            placed.state.value,
            *(mark.id, mark.digest, mark.start, mark.end),
        ),
    )
