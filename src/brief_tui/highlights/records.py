"""Between the store's rows and the model, and finding the rows of a changed document again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from sys import intern
from typing import TypeVar

import msgspec

from brief_tui.corpus.model import Document
from brief_tui.errors import StoreError
from brief_tui.highlights.anchor import anchor, selector
from brief_tui.highlights.database import Database, told
from brief_tui.highlights.history import Record
from brief_tui.highlights.model import Highlight, ManualTag, State

Mark = TypeVar("Mark", bound=Highlight | ManualTag)


def clean(text: str) -> str:
    """A reader's words without what no UTF-8 file can hold (half of a surrogate pair)."""
    return text.encode("utf-8", "replace").decode()


def tags_text(tags: Iterable[str]) -> str:
    """Tags as a column: without blanks around them, empty ones and repetitions."""
    return msgspec.json.encode(
        list(dict.fromkeys(tag for each in tags if (tag := clean(each).strip())))
    ).decode()


def tags(record: Record) -> tuple[str, ...]:
    """The tags of a highlight's row."""
    return tuple(msgspec.json.decode(record["tags"], type=list[str]))


def highlight(record: Record) -> Highlight:
    """A row as a highlight."""
    shared = {"doc": intern(record["doc"]), "digest": intern(record["digest"])}
    values = {name: record[name] for name in _names(Highlight)} | shared
    return Highlight(**(values | {"tags": tags(record), "state": State(record["state"])}))


def from_highlight(each: Highlight) -> Record:
    """A highlight as a row."""
    texts = {"note": clean(each.note), "tags": tags_text(each.tags), "state": each.state.value}
    return {name: getattr(each, name) for name in _names(Highlight)} | texts


def manual_tag(record: Record) -> ManualTag:
    """A row as a manual theme tag."""
    values = {name: record[name] for name in _names(ManualTag)}
    return ManualTag(**(values | {"present": bool(record["present"]), "state": State(record["state"])}))


def _names(form: type[Highlight] | type[ManualTag]) -> list[str]:
    return [each.name for each in fields(form)]


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
        stale: list[tuple[str, Highlight | ManualTag]] = [
            *(("highlights", highlight(row)) for row in _stale(connection, "highlights", document)),
            *(("manual_tags", manual_tag(row)) for row in _stale(connection, "manual_tags", document)),
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
    cursor = connection.execute(
        f"SELECT * FROM {table} WHERE doc = ? AND (digest <> ? OR state <> 'anchored')",  # noqa: S608
        (document.id, document.digest),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


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


def backup(database: Database, target: Path) -> None:
    """Copy a store to a new file, whole, while it is in use."""
    if target.exists():
        raise StoreError(f"{target} is there already; choose another name for the copy.")
    with told(target):
        target.touch(mode=0o600, exist_ok=False)
        copy = sqlite3.connect(target)
        try:
            with database.reading() as connection:
                connection.backup(copy)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        finally:
            copy.close()
