"""Where the reader was and what was read, searched and used: convenience, kept beside the marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TypeVar

import msgspec

from brief_tui.highlights.database import Database

T = TypeVar("T")

SEARCHES = 200
"""Searches that are remembered."""

_RECENT = 9
_READER = "reader"  # the name of the only state that is kept


def fingerprint(text: str) -> str:
    """What names a passage's text among those read: a change of it makes it unread again."""
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()


class Reading:
    """The reading state of one brief. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, form: type[T]) -> T | None:
        """What was saved last, or None where nothing of that form was.

        Args:
            form: a msgspec Struct or another type that msgspec reads.
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM reading_state WHERE name = ?", (_READER,)).fetchone()
        try:
            return None if row is None else msgspec.json.decode(row[0], type=form)
        except msgspec.MsgspecError:
            return None

    def save_state(self, value: object) -> None:
        """Keep a value that msgspec writes, in place of the last one."""
        with self._database.writing(aside=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO reading_state VALUES (?, ?)",
                (_READER, msgspec.json.encode(value).decode()),
            )

    def mark_read(self, doc: str, fingerprints: Iterable[str]) -> None:
        """Remember passages of a document as read."""
        with self._database.writing(aside=True) as connection:
            rows = [(doc, each) for each in fingerprints]
            connection.executemany("INSERT OR IGNORE INTO read_passages VALUES (?, ?)", rows)

    def read(self, doc: str) -> frozenset[str]:
        """Fingerprints of the passages of a document that were read."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT fingerprint FROM read_passages WHERE doc = ?", (doc,))
            return frozenset(row[0] for row in rows)

    def add_search(self, query: str) -> None:
        """Put a query first in the history."""
        with self._database.writing(aside=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO searches SELECT ?, coalesce(max(used), 0) + 1 FROM searches", (query,)
            )
            connection.execute(
                "DELETE FROM searches WHERE used <= "
                "(SELECT used FROM searches ORDER BY used DESC LIMIT 1 OFFSET ?)",
                (SEARCHES,),
            )

    def searches(self) -> tuple[str, ...]:
        """The queries of the past, latest first, each once."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT query FROM searches ORDER BY used DESC")
            return tuple(row[0] for row in rows)

    def forget_search(self, query: str) -> None:
        """Take a query out of the history."""
        with self._database.writing(aside=True) as connection:
            connection.execute("DELETE FROM searches WHERE query = ?", (query,))

    def save_search(self, name: str, query: str | None) -> None:
        """Keep a query under a name, in place of the one it had; None forgets the name."""
        with self._database.writing(aside=True) as connection:
            connection.execute("DELETE FROM saved_searches WHERE name = ?", (name,))
            if query is not None:
                connection.execute("INSERT INTO saved_searches VALUES (?, ?)", (name, query))

    def saved_searches(self) -> dict[str, str]:
        """The saved queries by name, in the order of the names."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, query FROM saved_searches ORDER BY name"))

    def recent_tags(self) -> tuple[str, ...]:
        """The tags that the reader used last, latest first: as many as there are digits to pick them."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT tag FROM recent_tags ORDER BY used DESC LIMIT ?", (_RECENT,))
            return tuple(row[0] for row in rows)

    def remember_documents(self, digests: Mapping[str, str]) -> None:
        """Remember what the brief holds, so that it is known again when its folder was moved.

        Args:
            digests: each document's digest by its id.
        """
        with self._database.writing(aside=True) as connection:
            connection.execute("DELETE FROM documents")
            connection.executemany("INSERT INTO documents VALUES (?, ?)", digests.items())

    def documents(self) -> dict[str, str]:
        """The digests of the documents that the brief held when it was last open, by id."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT doc, digest FROM documents"))
