"""Highlights of a brief whose folder was moved: found by its documents' texts, taken over when wanted."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from brief_tui.errors import StoreError
from brief_tui.highlights.database import FILE
from brief_tui.highlights.placing import Mark
from brief_tui.highlights.store import Store

ENOUGH = 0.5
"""The part of a brief's documents whose texts another brief must have had to be the same one."""


@dataclass(frozen=True, slots=True)
class Former:
    """A store that was made for these documents elsewhere.

    Attributes:
        folder: the store's folder.
        documents: how many of the brief's documents it knows by their text.
        records: how many highlights, manual theme tags and notes it holds.
    """

    folder: Path
    documents: int
    records: int


def find_former(data: Path, own: Path, digests: Mapping[str, str]) -> Former | None:
    """The store of another brief with more than half of the same texts, the fullest one; None without one.

    Args:
        data: the program's data directory.
        own: the folder of this brief's store, which is not asked.
        digests: each document's digest by its id.
    """
    found = [
        former
        for path in sorted((data / "briefs").glob(f"*/{FILE}"))
        if path.parent != own and (former := _look(path.parent, digests)) is not None
    ]
    return max(found, key=lambda former: (former.documents, former.records), default=None)


def _look(folder: Path, digests: Mapping[str, str]) -> Former | None:
    try:
        with closing(Store.open(folder, window="adopted")) as store:
            known = set(store.reading.documents().values())
            records = sum(store.held())
    except StoreError:
        return None
    same = sum(digest in known for digest in digests.values())
    return Former(folder, same, records) if records and same > ENOUGH * len(digests) else None


def adopt(store: Store, folder: Path, digests: Mapping[str, str]) -> int:
    """Copy the highlights, manual tags and notes of a former store, in one step that can be undone.

    Args:
        store: this brief's.
        folder: of the former store, which stays as it is.
        digests: each document's digest by its id; records follow the text, whatever its file is called now.

    Returns:
        How many records were taken.

    Raises:
        StoreError: the former store cannot be read, or ours cannot be written.
    """
    with closing(Store.open(folder, window="adopted")) as former:
        ids = {digest: doc for doc, digest in digests.items()}
        renamed = {doc: ids.get(digest, doc) for doc, digest in former.reading.documents().items()}
        highlights = [_renamed(each, renamed) for each in former.highlights()]
        tags = [_renamed(each, renamed) for each in former.manual_tags()]
        notes = {renamed.get(doc, doc): text for doc, text in former.notes().items()}
    return store.put(highlights, tags, notes)


def _renamed(mark: Mark, names: Mapping[str, str]) -> Mark:
    return replace(mark, doc=names.get(mark.doc, mark.doc))
