"""What the list of highlights holds: read once, filtered at each letter, changed in places."""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from msgspec import Struct, field

from brief_tui.children import Cancelled
from brief_tui.errors import StoreError
from brief_tui.highlights.model import Highlight
from brief_tui.workspace import Workspace

_TOLD_EVERY = 0.1

_SLICE = 500
"""Highlights that are read before the keys get their turn."""

_place = attrgetter("highlight.start", "highlight.end", "highlight.created", "highlight.id")


class Entry(Struct, frozen=True):
    """A highlight with all that it is found by, in small letters."""

    highlight: Highlight
    words: str


class Kept(Struct):
    """The highlights of a brief and its notes.

    Attributes:
        by_doc: the highlights by document id and place.
        notes: on documents by document id, on the brief by "".
        version: of the store, as other windows left it when this was read.
    """

    by_doc: dict[str, list[Entry]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    version: int = 0

    def __len__(self) -> int:
        return sum(map(len, self.by_doc.values()))

    def found(self, words: str) -> dict[str, list[Highlight]]:
        """The highlights that hold each of some words, as a part of one too, by document id and place."""
        return {doc: found for doc, entries in self.by_doc.items() if (found := _with(words, entries))}

    def renew(self, workspace: Workspace, ids: Iterable[str]) -> None:
        """Take in highlights as the store has them now: changed, new or gone."""
        self.notes = workspace.marks.store.notes()
        for record in ids:
            self._drop(record)
            try:
                highlight = workspace.marks.store.highlight(record)
            except StoreError:  # it was removed
                continue
            insort(self.by_doc.setdefault(highlight.doc, []), _entry(workspace, highlight), key=_place)

    def _drop(self, record: str) -> None:
        for entries in self.by_doc.values():
            for at, entry in enumerate(entries):
                if entry.highlight.id == record:
                    del entries[at]
                    return


def read(
    workspace: Workspace,
    *,
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Kept:
    """Read all highlights and notes of a brief.

    Args:
        workspace: the brief.
        progress: told now and then how many were read.
        cancelled: asked now and then; true ends it.

    Raises:
        Cancelled: `cancelled` said so.
        StoreError: they cannot be read.
    """
    store, told = workspace.marks.store, time.monotonic()
    kept = Kept(notes=store.notes(), version=store.revision()[0])
    for done, highlight in enumerate(store.all_highlights):
        if done % _SLICE == _SLICE - 1:
            if cancelled():
                raise Cancelled
            if time.monotonic() - told > _TOLD_EVERY:
                told = time.monotonic()
                progress(done + 1)
        kept.by_doc.setdefault(highlight.doc, []).append(_entry(workspace, highlight))
    return kept


def label(workspace: Workspace, tag: str) -> str:
    """A code's name, or a free tag as it is."""
    code = workspace.coding.codebook.codes.get(tag)
    return code.name if code else tag


def _entry(workspace: Workspace, highlight: Highlight) -> Entry:
    document = workspace.library.try_document(highlight.doc)
    texts = [highlight.exact, highlight.note, document.title if document else highlight.doc]
    for tag in highlight.tags:
        texts += (tag, label(workspace, tag))
    return Entry(highlight, "\n".join(texts).casefold())


def _with(words: str, entries: Sequence[Entry]) -> list[Highlight]:
    for word in words.casefold().split():
        entries = [entry for entry in entries if word in entry.words]
    return [entry.highlight for entry in entries]
