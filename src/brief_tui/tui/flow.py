"""The items that a column shows, and a view that moves over them by rows.

The view is held by (item, row of the item), never by a count of rows from the top: nothing has to be set
before it is seen, so that a document of any length opens at once and keeps its place when the width changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import islice
from threading import Lock
from typing import NamedTuple

from msgspec import Struct, field

from brief_tui.corpus.model import Document, Passage
from brief_tui.corpus.visible import folded as on_one_line
from brief_tui.tui.typeset import Setting, space_before, typeset

_KEPT_SETTINGS = 2000


class Item(NamedTuple):
    """One thing in a column: a passage, or a run of folded ones.

    Attributes:
        first: number of the (first) passage.
        count: how many passages a fold hides; 0 for a passage that is shown.
        labels: for a passage taken out of its text, what stands above it, a row each, harmless for the
            terminal; it is set apart even without any. None for one that follows the text.
    """

    first: int
    count: int = 0  # type: ignore[assignment] # nobody counts the fields of an item
    labels: tuple[str, ...] | None = None


class Place(Struct, frozen=True):
    """A row of a column: `row` counts the item's rows, blank rows and labels above it included."""

    item: int
    row: int


_plain: list[Item] = []
"""The items of passages that are shown, by number: the same for all documents, so that each is made once."""

_making = Lock()


def _shown(first: int, end: int) -> list[Item]:
    if end > len(_plain):
        with _making:
            _plain.extend(map(Item, range(len(_plain), end)))
    return _plain[first:end]


def items_of(
    document: Document, *, folded: bool, wanted: Callable[[Passage], bool] | None = None
) -> tuple[Item, ...]:
    """What a column shows of a document.

    Args:
        document: the text.
        folded: whether runs of boilerplate become one row.
        wanted: keeps only these passages, with the headings above them; None keeps all.
    """
    if wanted is not None:
        keep: set[int] = set()
        for passage in document.passages:
            if wanted(passage):
                keep.add(passage.number)
                keep.update(above.number for above in document.section(passage))
        return tuple(Item(number) for number in sorted(keep))
    items: list[Item] = []
    after = 0  # the first passage that has no item yet
    for number in document.boilerplate if folded else ():
        if items and number == after:
            items[-1] = Item(items[-1].first, items[-1].count + 1)
        else:
            items += _shown(after, number)
            items.append(Item(number, 1))
        after = number + 1
    items += _shown(after, len(document.passages))
    return tuple(items)


def nearest_shown(items: Sequence[Item], number: int) -> int | None:
    """The passage shown that is nearest to one that may be folded or filtered away; None without any."""
    at = bisect_left(items, number, key=lambda item: item.first)
    after = next((each.first for each in islice(items, at, None) if not each.count), None)
    if after == number:
        return number
    before = next((items[n].first for n in range(at - 1, -1, -1) if not items[n].count), None)
    return min((n for n in (after, before) if n is not None), key=lambda n: abs(n - number), default=None)


def excerpts(document: Document, numbers: Sequence[int]) -> tuple[Item, ...]:
    """Passages taken out of a document: each run of a section under its heading, a list under its lead-in."""
    items: list[Item] = []
    section, lead_in = "", None
    for number in numbers:
        passage = document.passages[number]
        path = document.section(passage)
        heading = on_one_line(path[-1].text) if path else ""
        labels = [heading] if heading and heading != section else []
        if passage.lead_in is not None and passage.lead_in != lead_in and passage.lead_in not in numbers:
            above = document.passages[passage.lead_in]
            labels.append(on_one_line(above.text[above.marker :]))
        follows = bool(items) and items[-1].first == number - 1 and not labels
        items.append(Item(number, labels=None if follows else tuple(labels)))
        section, lead_in = heading, passage.lead_in
    return tuple(items)


class Flow(Struct):
    """A document's items set at one width.

    Attributes:
        document: the text.
        items: what is shown of it.
        width: cells of a row of text.
        justify: whether prose ends at the right edge.
    """

    document: Document
    items: Sequence[Item]
    width: int
    justify: bool = False
    _settings: dict[int, Setting] = field(default_factory=dict)
    _firsts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._firsts = [item.first for item in self.items]

    def setting(self, number: int) -> Setting:
        """A passage set at the width; kept while it is near."""
        found = self._settings.get(number)
        if found is None:
            if len(self._settings) >= _KEPT_SETTINGS:
                self._settings.clear()
            found = self._settings[number] = typeset(
                self.document.passages[number], self.width, justify=self.justify
            )
        return found

    def space(self, item: int) -> int:
        """Blank rows above an item."""
        if item == 0:
            return 0
        before, here = self.items[item - 1], self.items[item]
        if here.labels is not None:
            return 1
        last = before.first + max(0, before.count - 1)
        if here.count or before.count:
            return 1
        return space_before(self.document.passages[here.first], self.document.passages[last])

    def lead(self, item: int) -> int:
        """Rows above an item's text: blank ones and labels."""
        return self.space(item) + len(self.items[item].labels or ())

    def height(self, item: int) -> int:
        """Rows of an item with what stands above it."""
        here = self.items[item]
        return self.lead(item) + (1 if here.count else len(self.setting(here.first).rows))

    def item_of(self, number: int) -> int:
        """The item that shows a passage, or the nearest before it (the first where there is none)."""
        return max(0, bisect_right(self._firsts, number) - 1)

    def shows(self, number: int) -> bool:
        """Whether a passage is shown, not folded and not filtered away."""
        at = bisect_left(self._firsts, number)
        return at < len(self.items) and self.items[at].first == number and not self.items[at].count

    def moved(self, place: Place, rows: int) -> Place:
        """The place some rows further down (or up, below 0), held inside the column."""
        item, row = place.item, place.row + rows
        while row < 0 and item > 0:
            item -= 1
            row += self.height(item)
        while item < len(self.items) - 1 and row >= self.height(item):
            row -= self.height(item)
            item += 1
        return Place(item, max(0, min(row, self.height(item) - 1 if self.items else 0)))

    def last_top(self, rows: int) -> Place:
        """The lowest top of a view of some rows: the one that ends with the last row."""
        if not self.items:
            return Place(0, 0)
        last = len(self.items) - 1
        return self.moved(Place(last, self.height(last) - 1), 1 - rows)

    def clamped(self, place: Place, rows: int) -> Place:
        """A top held so that the view shows no blank below the text where there is text above."""
        bottom = self.last_top(rows)
        return min(place, bottom, key=lambda p: (p.item, p.row))

    def rows_between(self, top: Place, place: Place, limit: int) -> int:
        """Rows from one place to another, negative upwards; beyond `limit` either way it stops counting."""
        if (place.item, place.row) < (top.item, top.row):
            return -self.rows_between(place, top, limit)
        total = place.row - top.row
        for item in range(top.item, place.item):
            total += self.height(item)
            if total > limit:
                break
        return total

    def place_of(self, offset: int) -> Place:
        """Where a code point of the document is shown, or the nearest item before it."""
        number = bisect_right(self.document.passages, offset, key=lambda p: p.start) - 1
        item = self.item_of(max(0, number))
        if not self.items or self.items[item].count or self.items[item].first != number:
            return Place(item, self.lead(item) if self.items else 0)
        return Place(item, self.lead(item) + self.setting(number).row_of(offset))

    def top_for(self, offset: int) -> Place:
        """The top of a view that begins at a code point: with the labels above it where it begins an item."""
        place = self.place_of(offset)
        if self.items and self.items[place.item].labels and place.row == self.lead(place.item):
            return Place(place.item, self.space(place.item))
        return place

    def neighbour(self, number: int, direction: int) -> int | None:
        """The next or previous passage that is shown, or None at the edge."""
        at = self.item_of(number)
        if direction > 0 and self.items and self.items[at].first > number:
            at -= 1
        at += direction
        while 0 <= at < len(self.items):
            if not self.items[at].count:
                return self.items[at].first
            at += direction
        return None

    def edge(self, direction: int) -> int | None:
        """The first passage that is shown (-1), or the last (1)."""
        shown = (
            item.first for item in (self.items if direction < 0 else reversed(self.items)) if not item.count
        )
        return next(shown, None)
