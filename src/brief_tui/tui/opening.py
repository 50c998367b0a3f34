"""Texts as the screen gets them: small ones at once, of large ones the beginning while the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brief_tui.children import Cancelled
from brief_tui.corpus.model import Document
from brief_tui.tui import arranging, collector
from brief_tui.tui.background import hand_over
from brief_tui.tui.flow import items_of

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

_READ_AT_ONCE = 256 * 1024


def document_at(screen: ReaderScreen, at: int) -> Document | None:
    """The document at a place of the brief once it was read whole; a large one is read in the background."""
    library, entry = screen.workspace.library, screen.workspace.brief.entries[at]
    if library.trouble(entry.id):
        return None
    if not library.is_read(entry.id) and entry.path.stat().st_size > _READ_AT_ONCE:
        if entry.id not in screen.opening:
            screen.opening.add(entry.id)
            screen.run_worker(lambda: _read(screen, at), thread=True, group=f"read {entry.id}")
        return None
    return library.try_document(entry.id)


def beginning_at(screen: ReaderScreen, at: int) -> Document | None:
    """The beginning of a document that is being read; None where the reader is to go on further down."""
    library, doc = screen.workspace.library, screen.workspace.brief.entries[at].id
    if library.is_read(doc) or any(screen.reading.waiting.get(at, ())):
        return None
    return library.beginning(doc)


def _read(screen: ReaderScreen, at: int) -> None:
    doc = screen.workspace.brief.entries[at].id
    try:
        with collector.quiet():
            document = screen.workspace.library.try_document(doc)
            if document is not None:
                document.readable  # noqa: B018 - counted here, not while a key waits
                items_of(document, folded=screen.reading.folded)  # made here, likewise
    except Cancelled:
        return
    hand_over(screen, _arrived, screen, at, document)


def _arrived(screen: ReaderScreen, at: int, document: Document | None) -> None:
    """Put the whole in place of the beginning: the cursor keeps its passage, the view its first row."""
    column = screen.columns.column(at)
    begun = column.document if column is not None else None
    if document is not None and begun is not None and begun.passages:
        cursor = begun.passages[screen.reading.cursors.get(at, 0)]
        passage = document.passage_at(min(cursor.start, len(document.text) - 1))
        screen.reading.cursors[at] = passage.number if passage is not None else 0
    arranging.lay_out(screen)
