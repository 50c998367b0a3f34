"""Marks: the reader's highlights on the documents of a brief, kept, changed, found again and quoted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path

from brief_tui.corpus.library import Library
from brief_tui.corpus.model import Document, Span
from brief_tui.errors import StoreError
from brief_tui.highlights.model import Change, Highlight, ManualTag, State
from brief_tui.highlights.store import Store


class Marks:
    """The highlights of a brief."""

    def __init__(
        self, library: Library, folder: Path, themes: Callable[[], Collection[str]], window: str | None
    ) -> None:
        """Bring together what marks need; the store is opened when it is first asked.

        Args:
            library: the documents.
            folder: the store's, in the data directory.
            themes: gives the ids of the codebook's themes.
            window: whose undo this is; None for the first window that is free.
        """
        self._library = library
        self._folder = folder
        self._themes = themes
        self._window = window

    @cached_property
    def store(self) -> Store:
        """Highlights, notes and reading state; where they cannot be opened, a store that keeps nothing."""
        try:
            return Store.open(self._folder, window=self._window)
        except StoreError as error:
            return Store.nowhere(str(error))

    def close(self) -> None:
        """Let go of the store's file, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights, by document and place."""
        return self.store.highlights()

    def highlight(self, doc: str, span: Span, *, tags: Iterable[str] = (), note: str = "") -> Highlight:
        """Mark a span of a document; returned once it is kept.

        Raises:
            StoreError: it could not be kept.
        """
        document = self._library.document(doc)
        return self.store.add(document.text, doc, document.digest, span, tags=tags, note=note)

    def attach(self, documents: Iterable[Document]) -> tuple[Highlight | ManualTag, ...]:
        """Find again what stands in documents that changed, and remember their texts.

        Returns:
            What is orphaned now and was not before.
        """
        documents = tuple(documents)
        known = self.store.reading.documents()
        orphaned = [each for document in documents for each in self.store.reattach(document)]
        digests = {document.id: document.digest for document in documents}
        if not self.store.refusal and any(known.get(doc) != digest for doc, digest in digests.items()):
            self.store.reading.remember_documents(digests)
        return tuple(orphaned)

    def placed_highlights(self) -> tuple[Highlight, ...]:
        """The highlights that stand in the documents as they were read; orphaned ones are left out."""
        return tuple(
            each
            for each in self.highlights()
            if each.state is State.ANCHORED and self._library.holds(each.doc, each.digest)
        )

    def edit_highlight(
        self, highlight: Highlight, *, tags: Iterable[str] | None = None, note: str | None = None
    ) -> Highlight:
        """Change a highlight's tags or note; what is None stays.

        Raises:
            StoreError: it could not be kept.
        """
        return self.store.edit(highlight.id, tags=tags, note=note)

    def free_tags(self) -> tuple[str, ...]:
        """Tags of highlights that are no themes, in alphabetical order."""
        themes = self._themes()
        return tuple(sorted({tag for each in self.highlights() for tag in each.tags} - themes))

    def excerpt(self, doc: str, span: Span) -> str:
        """A quotation with its citation, as it is copied: plain text."""
        from brief_tui.export.citation import cite
        from brief_tui.export.text import paragraphs

        document = self._library.document(doc)
        return f"“{' '.join(paragraphs(document, span))}” ({cite(document, span)})"

    def undo(self) -> Change | None:
        """Take back this window's last change of marks, tags or notes."""
        return self._found_again(self.store.undo())

    def redo(self) -> Change | None:
        """Bring back what was last undone."""
        return self._found_again(self.store.redo())

    def _found_again(self, change: Change | None) -> Change | None:
        """What comes back may count an earlier text of its document."""
        for doc in change.docs if change is not None else ():
            document = self._library.try_document(doc)
            if document is not None:
                self.store.reattach(document)
        return change

    def import_highlights(self, path: Path) -> tuple[int, tuple[str, ...]]:
        """Take in the highlights, manual tags and notes of a file that this or another program wrote.

        Returns:
            How many records were new or newer than ours, and what could not be taken, a sentence each.

        Raises:
            BriefError: the file cannot be read or holds no highlights.
            StoreError: they could not be kept; nothing was changed.
        """
        from brief_tui.export.imports import read_highlights

        documents = tuple(self._library.documents())
        imported = read_highlights(path, documents)
        taken = self.store.put(imported.highlights, imported.manual_tags, imported.notes)
        for document in documents:
            self.store.reattach(document)
        return taken, imported.skipped
