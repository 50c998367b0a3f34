"""How a posting list is laid out: three arrays, instead of Whoosh's pickled blocks.

A brief's lists are short and read whole, and a pickle of many small byte strings is twice as large and many
times as slow as they are. All else is Whoosh's own codec; this is its place for such a change.
"""

from __future__ import annotations

from array import array
from itertools import accumulate, pairwise
from typing import Any

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching.mcore import ListMatcher

_WORD = 4  # bytes of a number


class ArrayCodec(W3Codec):
    """Whoosh's codec with posting lists as arrays: passages, sizes of their values, values."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> ArrayWriter:  # noqa: ARG002
        """What writes the lists of a segment."""
        return ArrayWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ArrayMatcher:
        """The list of a word, decoded."""
        offset, _ = terminfo.extent()  # the length comes back as Whoosh packed it, so it is not used
        count = terminfo.doc_frequency()
        heads = array("I", dbfile.get(offset, 2 * _WORD * count)).tolist()
        ids, sizes = heads[:count], heads[count:]
        data = dbfile.get(offset + 2 * _WORD * count, sum(sizes))
        values = [data[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]
        return ArrayMatcher(ids, [1.0] * count, values, format_, scorer=scorer, term=term, terminfo=terminfo)


class ArrayMatcher(ListMatcher):  # type: ignore[misc, unused-ignore]
    """A whole posting list in memory."""

    def __init__(self, ids: list[int], weights: list[float], values: list[bytes], *args: Any, **more: Any):
        super().__init__(ids, weights, values, *args, **more)  # type: ignore[no-untyped-call, unused-ignore]
        self.pairs = list(zip(ids, values, strict=True))


class ArrayWriter(PostingsWriter):  # type: ignore[misc, unused-ignore]
    """Writes posting lists, one after the other."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._start(None)

    def _start(self, terminfo: Any) -> None:
        self._info = terminfo
        self._ids = array("I")
        self._sizes = array("I")
        self._values: list[bytes] = []

    def start_postings(self, format_: Any, terminfo: Any) -> None:  # noqa: ARG002
        """Begin the list of a word."""
        self._start(terminfo)

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:  # noqa: ARG002
        """Add a passage to it."""
        self._ids.append(id_)
        self._sizes.append(len(vbytes))
        self._values.append(vbytes)

    def finish_postings(self) -> Any:
        """Write it, and say in Whoosh's record of the word where."""
        start = self._file.tell()
        data = b"".join((self._ids.tobytes(), self._sizes.tobytes(), *self._values))
        self._file.write(data)
        info = self._info
        info.add_block(self)
        info.set_extent(start, len(data))
        return info

    def written(self) -> bool:
        """Whether a part of the list is on its way already; never."""
        return False

    # What Whoosh's record of a word asks of a block

    @property
    def _weights(self) -> list[float]:
        return [float(len(self._ids))]

    def __len__(self) -> int:
        return len(self._ids)

    def min_id(self) -> int:
        """The first passage."""
        return self._ids[0]

    def max_id(self) -> int:
        """The last one."""
        return self._ids[-1]

    def min_length(self) -> None:
        """Lengths are not kept here."""
        return

    def max_length(self) -> int:
        """Lengths are not kept here."""
        return 0

    def max_weight(self) -> float:
        """Every posting weighs the same."""
        return 1.0
