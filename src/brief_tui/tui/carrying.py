"""Where the reader was, carried over to documents that changed: cursors, views, bookmarks, jumps."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from brief_tui.corpus.model import Document
from brief_tui.trail import Place
from brief_tui.tui.reading import Jumps, Reading


class Shift(Struct, frozen=True, dict=True):
    """From places of a document to those of the same document as it is by now."""

    before: Document
    after: Document

    @cached_property
    def _same(self) -> tuple[int, int]:
        """How many code points at the beginning and at the end are the same."""
        old, new = self.before.text, self.after.text
        most = min(len(old), len(new))
        head = _longest(most, lambda n: old[:n] == new[:n])
        tail = _longest(most - head, lambda n: n == 0 or old[-n:] == new[-n:])
        return head, tail

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each passage's words stand by now."""
        found: dict[str, list[int]] = defaultdict(list)
        for passage in self.after.passages:
            found[passage.text].append(passage.start)
        return found

    def prepare(self) -> None:
        """Do the slow part now."""
        self._same, self._starts  # noqa: B018 - worked out and kept

    def offset(self, at: int) -> int:
        """Where a code point is now: where its passage is now, if it is anywhere; else about where it was."""
        old, new = len(self.before.text), len(self.after.text)
        head, tail = self._same
        if at < head:
            return at
        if at >= old - tail:
            return at + new - old
        passage = self.before.passage_at(at)
        starts = self._starts.get(passage.text, ()) if passage is not None else ()
        if passage is not None and starts:
            return min(starts, key=lambda start: abs(start - passage.start)) + at - passage.start
        scaled = head + (at - head) * (new - tail - head) // (old - tail - head)
        return max(0, min(scaled, new - 1))

    def number(self, number: int) -> int:
        """The passage that a passage is now, else the one that stands about where it stood."""
        if number >= len(self.before.passages) or not self.after.passages:
            return 0
        at = self.offset(self.before.passages[number].start)
        return max(0, bisect_right(self.after.passages, at, key=lambda passage: passage.start) - 1)

    def is_same(self, number: int) -> bool:
        """Whether a passage is there by now with the same words."""
        if number >= len(self.before.passages) or not self.after.passages:
            return False
        return self.after.passages[self.number(number)].text == self.before.passages[number].text


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to `most` for which something holds that holds for all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def carried(reading: Reading, moved: Mapping[int, int], shifts: Mapping[int, Shift], total: int) -> Reading:
    """The state of the reading screen for the brief as it is by now; its trail is to be made again.

    Args:
        reading: the state so far.
        moved: for each document that is still there, by its former place in the brief, its place now.
        shifts: of the documents that changed, by former place.
        total: how many documents there are now.
    """

    def place(was: Place) -> Place:
        at, number = was
        return moved[at], shifts[at].number(number) if at in shifts else number

    def offset(at: int, code_point: int) -> int:
        return shifts[at].offset(code_point) if at in shifts else code_point

    def still(at: int, number: int) -> bool:
        return at in moved and (at not in shifts or shifts[at].is_same(number))

    def near(at: int) -> int:
        """Where a document is now, or the one that took its place."""
        return moved[at] if at in moved else min(at, total - 1)

    return replace(
        reading,
        total=total,
        active=near(reading.active),
        first=near(reading.first),
        cursors={moved[at]: place((at, n))[1] for at, n in reading.cursors.items() if at in moved},
        tops={moved[at]: offset(at, top) for at, top in reading.tops.items() if at in moved},
        trail=None,
        jumps=Jumps(
            [place(was) for was in reading.jumps.back if was[0] in moved],
            [place(was) for was in reading.jumps.ahead if was[0] in moved],
        ),
        bookmarks={
            moved[at]: {offset(at, start) for start in starts}
            for at, starts in reading.bookmarks.items()
            if at in moved
        },
        read={
            moved[at]: {place((at, n))[1] for n in numbers if still(at, n)}
            for at, numbers in reading.read.items()
            if at in moved
        },
        settled={moved[at] for at in reading.settled if at in moved},
        newly_read={place(was) for was in reading.newly_read if still(*was)},
        waiting={moved[at]: places for at, places in reading.waiting.items() if at in moved},
    )
