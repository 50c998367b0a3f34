"""Marks: the reader's highlights on the documents of a brief, kept, changed, found again and quoted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from brief_tui.corpus.library import Library
from brief_tui.corpus.model import Document, Span
from brief_tui.errors import StoreError
from brief_tui.highlights.database import folder_of
from brief_tui.highlights.model import Change, Highlight, ManualTag, State
from brief_tui.highlights.store import Store

if TYPE_CHECKING:
    from brief_tui.highlights.adopt import Former
    from brief_tui.highlights.backup import Held


class Marks:
    """The highlights of a brief."""

    def __init__(
        self, library: Library, data: Path, themes: Callable[[], Collection[str]], window: str | None
    ) -> None:
        """Bring together what marks need; the store is opened when it is first asked.

        Args:
            library: the documents.
            data: the data directory, in which each brief's store has a folder.
            themes: gives the ids of the codebook's themes.
            window: whose undo this is; None for the first window that is free.
        """
        self._library = library
        self._data = data
        self._folder = folder_of(data, library.brief.id)
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
        """Find again what stands in documents that changed since it was marked.

        Returns:
            What is orphaned now and was not before.
        """
        if self.store.refusal:
            return ()
        return tuple(each for document in documents for each in self.store.reattach(document))

    def former(self, documents: Iterable[Document]) -> Former | None:
        """The store that was made for these documents while their folder lay elsewhere; None without one.

        Their texts are remembered, so that this store can be found in its turn.
        """
        from brief_tui.highlights.adopt import find_former

        if self.store.refusal:
            return None
        digests = {document.id: document.digest for document in documents}
        known = self.store.reading.documents()
        if known == digests:
            return None
        self.store.reading.remember_documents(digests)
        held = self.store.held()
        if known or held.highlights or held.manual_tags:
            return None
        return find_former(self._data, self._folder, digests)

    def adopt(self, former: Former, documents: Iterable[Document]) -> int:
        """Take over the records of a former store, in one step that can be undone; returns how many.

        Raises:
            StoreError: they could not be read or kept.
        """
        from brief_tui.highlights.adopt import adopt

        documents = tuple(documents)
        taken = adopt(self.store, former.folder, {document.id: document.digest for document in documents})
        self.attach(documents)
        return taken

    def placed_highlights(self) -> tuple[Highlight, ...]:
        """The highlights that stand in the documents as they were read; orphaned ones are left out."""
        return tuple(
            each
            for each in self.highlights()
            if each.state is State.ANCHORED and self._library.holds(each.doc, each.digest)
        )

    def placed_spans(self) -> dict[str, tuple[Span, ...]]:
        """Where those stand, by document id and place: quickly, however many there are."""
        spans: dict[tuple[str, str], list[Span]] = {}
        for doc, digest, span in self.store.survey.places():
            spans.setdefault((doc, digest), []).append(span)
        return {
            doc: tuple(found) for (doc, digest), found in spans.items() if self._library.holds(doc, digest)
        }

    def placed_across(self, doc: str, span: Span) -> tuple[Highlight, ...]:
        """Those of a document that share some of a span, by place."""
        found = self.store.survey.across(doc, span)
        return tuple(each for each in found if self._library.holds(doc, each.digest))

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
        return tuple(sorted(self.store.survey.tags().difference(self._themes())))

    def excerpt(self, doc: str, span: Span) -> str:
        """A quotation with its citation, as it is copied: one line, which no program obeys."""
        from brief_tui.export.citation import cite
        from brief_tui.export.text import paragraphs, printable

        document = self._library.document(doc)
        return printable(f"“{' '.join(paragraphs(document, span))}” ({cite(document, span)})")

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

    def set_note(self, doc: str, text: str) -> None:
        """Keep a note on a document, by its id, or on the brief (""); an empty one is removed.

        Raises:
            StoreError: it could not be kept.
        """
        self.store.set_note(doc, text)

    def back_up(self, target: Path, *, force: bool = False) -> Held:
        """Write all that is kept of the brief to one file: marks, notes, reading state, what can be undone.

        Args:
            target: the file to make; only its owner may read it.
            force: whether a file that is there is replaced.

        Returns:
            How much it holds.

        Raises:
            BriefError: it cannot be written or read back; the target is as it was.
        """
        from brief_tui.export.write import write_file

        return write_file(self.store.back_up, target, force=force)

    def restore(self, source: Path, *, force: bool = False) -> Held:
        """Put a backup in the place of all that is kept of the brief; that is copied beside the store before.

        Args:
            source: what `back_up` wrote.
            force: whether highlights, manual tags or notes that are there are replaced.

        Returns:
            How much is kept now.

        Raises:
            StoreError: it is no sound backup, or there are records to replace; nothing was changed.
        """
        there = sum(self.store.held())
        if there and not force:
            raise StoreError(
                f"The brief has {there} highlights, manual tags and notes; use --force to put the backup in"
                " their place (they are copied beside the store), or import a json export to add to them."
            )
        found = self.store.restore(source)
        self.attach(self._library.documents())
        return found

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
