"""What is asked of all highlights at once, answered without making one of each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from brief_tui.corpus.model import Span
from brief_tui.highlights import records
from brief_tui.highlights.database import Database
from brief_tui.highlights.model import Highlight, State

_ANCHORED = f"state = '{State.ANCHORED.value}'"


class Survey:
    """The highlights of one brief from afar. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self) -> Iterator[tuple[str, str, Span]]:
        """Document, digest of its text and span of each highlight that is not orphaned, by place."""
        query = (
            f'SELECT doc, digest, start, "end" FROM highlights WHERE {_ANCHORED} ORDER BY doc, start, "end"'  # noqa: S608
        )
        with self._database.snapshot() as connection:
            for doc, digest, start, end in connection.execute(query):
                yield doc, digest, Span(start, end)

    def tagged(self) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
        """Document, span and tags of each highlight that is not orphaned, by place."""
        query = f'SELECT doc, start, "end", tags FROM highlights WHERE {_ANCHORED} ORDER BY doc, start, "end"'  # noqa: S608
        read: dict[str, tuple[str, ...]] = {}
        with self._database.snapshot() as connection:
            for doc, start, end, text in connection.execute(query):
                tags = read.get(text)
                if tags is None:
                    tags = read[text] = msgspec.json.decode(text, type=tuple[str, ...])
                yield doc, Span(start, end), tags

    def tags(self) -> frozenset[str]:
        """Every tag of a highlight."""
        with self._database.reading() as connection:
            texts = connection.execute("SELECT DISTINCT tags FROM highlights").fetchall()
        return frozenset(tag for (text,) in texts for tag in msgspec.json.decode(text, type=list[str]))

    def across(self, doc: str, span: Span) -> tuple[Highlight, ...]:
        """The highlights of a document that are not orphaned and share some of a span, by place."""
        query = (
            f'SELECT * FROM highlights WHERE doc = ? AND start < ? AND "end" > ? AND {_ANCHORED}'  # noqa: S608
            ' ORDER BY start, "end", created, id'
        )
        with self._database.reading() as connection:
            found = connection.execute(query, (doc, span.end, span.start))
            return tuple(map(records.highlight, records.rows(found)))
