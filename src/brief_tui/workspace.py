"""Workspace: one opened brief with its documents, index, themes, highlights and exports.

What the Python API, the command line and the reader talk to. Every part is made when it is first needed,
once, and may be asked for from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from msgspec import Struct

from brief_tui.coding import Coding, Recoded
from brief_tui.corpus.library import Library
from brief_tui.corpus.manifest import Manifest, read_brief
from brief_tui.corpus.model import Brief, Document
from brief_tui.corpus.watching import Changes
from brief_tui.errors import BriefError
from brief_tui.indexing import Indexing, Progress
from brief_tui.marks import Marks
from brief_tui.recoding import Recoding
from brief_tui.relating import Relating
from brief_tui.searching import Searching
from brief_tui.settings import Places, places

if TYPE_CHECKING:
    from brief_tui.export.request import ExportRequest
    from brief_tui.search.index import Index


class Renewed(Struct, frozen=True):
    """A brief as it is on disk by now: what `Workspace.renewed` gives to `Workspace.take`."""

    library: Library
    index: Index
    recoded: Recoded


class Workspace:
    """One opened brief.

    Attributes:
        brief: its documents, not yet read.
        places: where the program's own files lie.
        library: the documents, read when they are needed.
        indexing: how the index comes to be.
        searching: queries asked of it.
        relating: what other documents say on a passage's matter.
        coding: themes and topics on their passages.
        recoding: changes of the codebook.
        marks: the reader's highlights.
    """

    def __init__(self, brief: Brief, manifest: Manifest, where: Places, *, window: str | None = None) -> None:
        self.brief = brief
        self.places = where
        self.library = Library(brief, where.cache / "passages")
        self.marks = Marks(self.library, where.data, self._theme_ids, window)
        self.coding = Coding(
            manifest,
            self.library,
            documents=self.documents,
            index=self.open_index,
            store=lambda: self.marks.store,
            cache=where.cache / "tags" / brief.id,
        )
        self.recoding = Recoding(self.coding, self.library)
        self.indexing = Indexing(self.library, self.index_folder, self._build_apart)
        self.searching = Searching(
            self.library,
            self.coding,
            self.marks,
            self.indexing,
            opened=lambda: self._index,
            index=self.open_index,
        )
        self.relating = Relating(
            self.library,
            self.coding,
            cache=where.cache / "related" / brief.id,
            cancelled=lambda: self._stopped,
        )
        self._lock = RLock()  # what is made once and may take long
        self._attached = False
        self._index: Index | None = None
        self._paths: tuple[Path, ...] = ()
        self._recursive = False
        self._stopped = False

    @classmethod
    def open(
        cls, paths: Sequence[Path] | None = None, *, recursive: bool = False, window: str | None = None
    ) -> Workspace:
        """Open a brief.

        Args:
            paths: a folder, or files; None for the default brief.
            recursive: whether subfolders are searched too.
            window: whose undo this is; None for the first window on the brief that is free.

        Raises:
            BriefError: there is nothing to read, or brief.toml is wrong.
        """
        where = places()
        brief, manifest = read_brief(paths, recursive=recursive, cache=where.cache / "manifests")
        workspace = cls(brief, manifest, where, window=window)
        workspace._paths, workspace._recursive = tuple(paths or ()), recursive
        return workspace

    def stop(self) -> None:
        """End what is still being read or built; what asked for it gets `children.Cancelled`."""
        self._stopped = True
        self.library.stop()

    def close(self) -> None:
        """Let go of the store's file, if it was opened."""
        self.marks.close()

    def tidy(self) -> int:
        """Remove from the cache what was not used for long, at most once a day; what this brief uses stays.

        Returns:
            How many things were removed. To be called when nobody waits for anything.
        """
        from brief_tui import pruning
        from brief_tui.corpus.sealed import use

        for kind in ("indexes", "tags", "related"):
            use(self.places.cache / kind / self.brief.id)
        return pruning.prune(self.places.cache)

    def _theme_ids(self) -> set[str]:
        return {code.id for code in self.coding.codebook.themes}

    def go_on_in_copy(self) -> bool:
        """Go on in the reader's own copy of a brief that may not be written to; made if there is none.

        Index, highlights and what was read stay: a copy has the brief's id and its documents.

        Returns:
            Whether the codebook is the same; that of an earlier copy may have been changed.

        Raises:
            BriefError: it cannot be made, is wrong, or has other documents by now.
        """
        from filecmp import cmp

        from brief_tui.revising import copy_of

        folder = copy_of(self.brief, self.places.data)
        brief, _ = read_brief([folder])
        pairs = list(zip(self.brief.entries, brief.entries, strict=False))
        same = len(pairs) == len(self.brief.entries) == len(brief.entries) and brief.id == self.brief.id
        if not same or not all(a.id == b.id and cmp(a.path, b.path, shallow=False) for a, b in pairs):
            raise BriefError(f"Your copy has other documents by now; open it with: brief-tui {folder}")
        self.brief = self.library.brief = brief
        self._paths, self._recursive = (folder,), False
        return not self.recoding.look_again()

    def problems(self) -> tuple[str, ...]:
        """What was wrong with the brief, its index and the documents read so far, a sentence each."""
        troubles = (self.library.trouble(entry.id) for entry in self.brief.entries)
        index = self._index.notices if self._index is not None else ()
        return (*self.brief.notices, *(trouble for trouble in troubles if trouble), *index)

    def documents(self) -> tuple[Document, ...]:
        """Every document that can be read, in order; marks on those that changed are found again before."""
        documents = tuple(self.library.documents())
        with self._lock:
            if not self._attached:
                self.marks.attach(documents)
                self._attached = True
        return documents

    def export_request(self) -> ExportRequest:
        """Everything that an export may hold; `export.request.narrow` makes it less."""
        from brief_tui.exporting import export_request

        return export_request(self.library, self.coding, self.marks)

    # Index

    def open_index(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Index:
        """The full-text index, built or updated if need be.

        Args:
            progress: told how many documents of how many are done.
            cancelled: asked now and then; true stops the work.
        """
        with self._lock:
            if self._index is None:
                self._index = self.indexing.open(self.library, progress, cancelled)
                self.documents()
            return self._index

    @property
    def index_folder(self) -> Path:
        """Where the brief's index lies: in the private cache, never among the documents."""
        return self.places.cache / "indexes" / self.brief.id

    @property
    def is_indexed(self) -> bool:
        """Whether the index is open, so that asking it takes no time."""
        return self._index is not None

    def _build_apart(self, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
        from brief_tui.building import build_apart

        build_apart(
            self._paths,
            recursive=self._recursive,
            progress=progress,
            cancelled=lambda: self._stopped or cancelled(),
        )

    # What changed on disk

    def changes(self) -> Changes:
        """What is otherwise on disk than it was read; to be asked off the event loop."""
        found = Changes(changed=self.library.changed())
        try:
            now, _ = self._listed()
        except BriefError:  # brief.toml is being written, say
            return found
        before, after = ({entry.id for entry in brief.entries} for brief in (self.brief, now))
        return Changes(
            found.changed,
            tuple(entry.id for entry in now.entries if entry.id not in before),
            tuple(entry.id for entry in self.brief.entries if entry.id not in after),
            _said_of(self.brief, after) != _said_of(now, before),
        )

    def _listed(self) -> tuple[Brief, Manifest]:
        """The brief as its folder is now; under the id that it was opened with."""
        there = [path for path in self._paths if path.exists()]
        brief, manifest = read_brief(there or self._paths or None, recursive=self._recursive)
        return replace(brief, id=self.brief.id), manifest

    def renewed(self) -> Renewed:
        """The brief as it is on disk now, read, indexed and tagged where it changed.

        To be made off the event loop. This workspace stays as it is until it is told to `take` it.

        Raises:
            BriefError: there is nothing to read any more, or brief.toml is wrong.
            children.Cancelled: the workspace was stopped.
        """
        brief, manifest = self._listed()
        library = self.library.renewed(brief)
        had = {document.id: document for document in self.library.documents()}
        documents = tuple(library.documents())
        index = self.indexing.open(library, None, lambda: self._stopped)
        recoded = self.coding.renewed(manifest, index, documents)
        self.marks.attach(each for each in documents if had.get(each.id) is not each)
        return Renewed(library, index, recoded)

    def take(self, renewed: Renewed) -> None:
        """Be the brief as it was found to be now; takes no time."""
        self.brief = renewed.library.brief
        self.library.become(renewed.library)
        self._index = renewed.index
        self.coding.take(renewed.recoded)


def _said_of(brief: Brief, others: Collection[str]) -> object:
    """What brief.toml says of a brief, and of those of its documents that another has too."""
    entries = [(entry.id, entry.metadata) for entry in brief.entries if entry.id in others]
    return brief.title, brief.language, brief.aliases, entries
