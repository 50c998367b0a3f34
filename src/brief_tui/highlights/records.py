"""Between the store's rows and the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from sys import intern

import msgspec

from brief_tui.corpus.model import Span
from brief_tui.errors import StoreError
from brief_tui.highlights.anchor import selector
from brief_tui.highlights.graphemes import snap
from brief_tui.highlights.history import Record, read
from brief_tui.highlights.model import Highlight, ManualTag, State


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
    """A row as a highlight.

    Raises:
        StoreError: it is none that this program wrote.
    """
    try:
        known, state = tags(record), State(record["state"])
    except (msgspec.MsgspecError, ValueError) as error:
        raise _damaged(record) from error
    return Highlight(
        record["id"],
        intern(record["doc"]),
        intern(record["digest"]),
        *(record["start"], record["end"], record["exact"], record["prefix"], record["suffix"]),
        known,
        *(record["note"], record["created"], record["modified"]),
        state,
    )


def _damaged(record: Record) -> StoreError:
    return StoreError(f"The record {record['id']} of the store is damaged; restore a backup of it.")


def from_highlight(each: Highlight) -> Record:
    """A highlight as a row."""
    values = {name: getattr(each, name) for name in _names(Highlight)}
    return _cleaned(values | {"tags": tags_text(each.tags), "state": each.state.value})


def from_manual_tag(each: ManualTag) -> Record:
    """A manual theme tag as a row."""
    values = {name: getattr(each, name) for name in _names(ManualTag)}
    return _cleaned(values | {"present": int(each.present), "state": each.state.value})


def _cleaned(record: Record) -> Record:
    return {name: clean(value) if isinstance(value, str) else value for name, value in record.items()}


def manual_tag(record: Record) -> ManualTag:
    """A row as a manual theme tag.

    Raises:
        StoreError: it is none that this program wrote.
    """
    values = {name: record[name] for name in _names(ManualTag)}
    try:
        state = State(record["state"])
    except ValueError as error:
        raise _damaged(record) from error
    return ManualTag(**(values | {"present": bool(record["present"]), "state": state}))


@cache
def _names(form: type[Highlight] | type[ManualTag]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(form))


def rows(cursor: sqlite3.Cursor) -> Iterator[Record]:
    """What a cursor gives, by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def all_rows(connection: sqlite3.Connection, table: str, doc: str | None = None) -> Iterator[Record]:
    """A table's rows of a document, or all, by place."""
    where, values = ("", ()) if doc is None else ("WHERE doc = ?", (doc,))
    query = f'SELECT * FROM {table} {where} ORDER BY doc, start, "end", created, id'  # noqa: S608
    return rows(connection.execute(query, values))


def only(connection: sqlite3.Connection, record: str) -> Record:
    """The highlight whose id begins so.

    Raises:
        StoreError: there is none, or more than one.
    """
    if whole := read(connection, "highlight", record):
        return whole
    query = "SELECT id FROM highlights WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2"
    found = connection.execute(query, (len(record), record)).fetchall() if record else []
    if len(found) != 1:
        what = "Several highlights have ids that begin" if found else "No highlight has an id that begins"
        raise StoreError(f"{what} with {record!r}; `brief-tui highlights` lists them.")
    row = read(connection, "highlight", found[0][0])
    assert row is not None  # noqa: S101 - found in the same transaction
    return row


def columns(text: str, doc: str, digest: str, span: Span) -> Record:
    """Where a record stands, as columns.

    Raises:
        StoreError: the span holds nothing.
    """
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


def use(connection: sqlite3.Connection, tags: Iterable[str]) -> None:
    """Remember tags as used last."""
    for tag in tags:
        connection.execute(
            "INSERT OR REPLACE INTO recent_tags SELECT ?, coalesce(max(used), 0) + 1 FROM recent_tags", (tag,)
        )


def verb(before: Record, after: Record) -> str:
    """What an edit did, in words."""
    changed = [name for name in ("tags", "note") if before[name] != after[name]]
    return f"change the {' and '.join(changed)} of"


def opening(record: Record) -> str:
    """The beginning of a record's text in quotation marks."""
    words = " ".join(record["exact"][:200].split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"
