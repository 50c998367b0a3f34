"""Highlights that are read when they are asked for, so that any number of them takes little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, overload

from brief_tui.highlights.model import Highlight


class Highlights(Sequence[Highlight]):
    """Highlights by document id and place. Each walk over them reads them anew, as they are then."""

    def __init__(
        self,
        read: Callable[[str | None], Iterable[Highlight]],
        wanted: Callable[[Highlight], bool] | None = None,
    ) -> None:
        """Read highlights from somewhere.

        Args:
            read: gives those of a document, by its id, or all; by document id and place.
            wanted: which of them are meant; None for all.
        """
        self._read = read
        self._wanted = wanted

    def of(self, doc: str | None) -> Iterator[Highlight]:
        """The highlights of a document, or all."""
        found = self._read(doc)
        return iter(found) if self._wanted is None else filter(self._wanted, found)

    def where(self, wanted: Callable[[Highlight], bool]) -> Highlights:
        """Those of them that are wanted."""
        before = self._wanted
        return Highlights(
            self._read, wanted if before is None else lambda each: before(each) and wanted(each)
        )

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many there are, by document id; counted once."""
        return Counter(each.doc for each in self)

    def __iter__(self) -> Iterator[Highlight]:
        return self.of(None)

    def __len__(self) -> int:
        return self.sizes.total()

    @overload
    def __getitem__(self, index: int) -> Highlight: ...
    @overload
    def __getitem__(self, index: slice) -> list[Highlight]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return list(self)[index]
        found = next(islice(self, index if index >= 0 else len(self) + index, None), None)
        if found is None:
            raise IndexError(index)
        return found


def stored(highlights: Sequence[Highlight]) -> Highlights:
    """Highlights that are in memory, in any order, behind the same walks."""
    if isinstance(highlights, Highlights):
        return highlights
    by_doc: dict[str | None, list[Highlight]] = {}
    for each in sorted(highlights, key=attrgetter("doc", "start", "end", "created", "id")):
        by_doc.setdefault(each.doc, []).append(each)
        by_doc.setdefault(None, []).append(each)
    return Highlights(lambda doc: by_doc.get(doc, ()))
