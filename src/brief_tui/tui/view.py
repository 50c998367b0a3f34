"""The rows of a set text that are on the screen: where they begin, what they show, how they move."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from brief_tui.tui.flow import Flow, Item, Place

TOP = Place(0, 0)

Align = Literal["nearest", "top", "centre"]


class Held(Struct, frozen=True):
    """A place of a window, to come back to.

    Attributes:
        top: the row that the window began with.
        anchor: the code point there: where the window is put when its rows are others by then.
        rows: what the rows were made of: document, items and width.
    """

    top: Place
    anchor: int
    rows: tuple[str, int, int]


class View(Struct):
    """A window of some rows on a document's flow.

    Attributes:
        flow: the text set at the column's width; None while there is no text or no room for it.
        top: the row that the window begins with.
        height: rows of the window.
        frame: what stands on each row of the window; fewer where the text ends above its bottom.
    """

    flow: Flow | None = None
    top: Place = TOP
    height: int = 0
    frame: list[Place] = field(default_factory=list)
    _held: int = 0  # the anchor while there is no flow

    def reset(self, flow: Flow | None, height: int, anchor: int) -> None:
        """Show a flow with a code point at the top."""
        self.flow, self.height, self._held = flow, max(0, height), anchor
        if flow is not None:
            self.top = flow.top_for(anchor) if anchor else TOP
            if flow.items:
                self.top = flow.clamped(self.top, self.height)
        self.fill()

    def fill(self) -> None:
        """Work out the rows of the window from its top."""
        flow = self.flow
        self.frame = []
        if flow is None or not flow.items:
            return
        item, row = self.top.item, self.top.row
        height = flow.height(item)
        while len(self.frame) < self.height:
            if row >= height:
                item, row = item + 1, 0
                if item >= len(flow.items):
                    break
                height = flow.height(item)
            self.frame.append(Place(item, row))
            row += 1

    # What it shows

    def item_at(self, row: int) -> Item | None:
        """What stands on a row of the window, or None below the text."""
        if self.flow is None or not 0 <= row < len(self.frame):
            return None
        return self.flow.items[self.frame[row].item]

    def offset_at(self, row: int, cell: int) -> tuple[int, int] | None:
        """(passage, code point) at a row of the window and a cell of the text, or None beside the text."""
        item = self.item_at(row)
        if self.flow is None or item is None or item.count:
            return None
        place = self.frame[row]
        line = max(0, place.row - self.flow.lead(place.item))
        return item.first, self.flow.setting(item.first).offset_at(line, cell)

    def row_of(self, offset: int) -> int | None:
        """The row of the window that shows a code point, or None."""
        if self.flow is None or not self.flow.items:
            return None
        place = self.flow.place_of(offset)
        return self.frame.index(place) if place in self.frame else None

    def rows_of(self, numbers: set[int]) -> list[int]:
        """The rows of the window that belong to passages, blank ones above them included."""
        flow = self.flow
        if flow is None:
            return []
        return [at for at, place in enumerate(self.frame) if flow.items[place.item].first in numbers]

    def passages(self) -> list[int]:
        """Numbers of the passages of which a row is shown, in order."""
        flow = self.flow
        if flow is None:
            return []
        seen = {flow.items[p.item].first: None for p in self.frame if p.row >= flow.lead(p.item)}
        return [number for number in seen if flow.shows(number)]

    def nearest(self, offset: int) -> int | None:
        """The passage shown that begins nearest to a code point; None where there is none."""
        flow = self.flow
        if flow is None:
            return None
        passages = flow.document.passages
        return min(self.passages(), key=lambda number: abs(passages[number].start - offset), default=None)

    def hides_rest(self, number: int, direction: int) -> bool:
        """Whether a passage goes on below the window (1) or began above it (-1)."""
        flow = self.flow
        if flow is None or not self.frame or not flow.shows(number):
            return False
        item = flow.item_of(number)
        if direction > 0:
            return self.frame[-1].item == item and self.frame[-1].row < flow.height(item) - 1
        return self.frame[0].item == item and self.frame[0].row > flow.lead(item)

    def anchor(self) -> int:
        """The code point at the top: how a view is held when its width changes, and between sessions."""
        flow = self.flow
        if flow is None or not flow.items:
            return self._held
        at = min(self.top.item, len(flow.items) - 1)  # the flow may have fewer by now
        item = flow.items[at]
        row = self.top.row - flow.lead(at)
        if item.count or row <= 0:
            return flow.document.passages[item.first].start
        setting = flow.setting(item.first)
        return setting.offset(setting.rows[min(row, len(setting.rows) - 1)].start)

    def span(self) -> tuple[int, int]:
        """First code point that is shown and the one after the last."""
        flow = self.flow
        if flow is None or not self.frame:
            return 0, 0
        first, last = self.frame[0], self.frame[-1]
        item = flow.items[last.item]
        row = last.row - flow.lead(last.item)
        if item.count or row < 0:
            end = flow.document.passages[item.first + max(0, item.count - 1)].end
        else:
            setting = flow.setting(item.first)
            end = setting.offset(setting.rows[row].end)
        return (0 if first == TOP else self.anchor()), end

    # How it moves

    def scroll(self, rows: int) -> None:
        """Move by rows, held inside the text."""
        if self.flow is not None and self.flow.items:
            self.top = self.flow.clamped(self.flow.moved(self.top, rows), self.height)
            self.fill()

    def hold(self) -> Held:
        """The place to come back to."""
        return Held(self.top, self.anchor(), self._rows)

    def put_back(self, held: Held) -> None:
        """Come back to a place: to the same row, or where rows are others by now to the same words."""
        if self._rows != held.rows:
            self.show(held.anchor, "top")
            return
        self.top = held.top
        self.scroll(0)

    @property
    def _rows(self) -> tuple[str, int, int]:
        flow = self.flow
        return ("", 0, 0) if flow is None else (flow.document.digest, len(flow.items), flow.width)

    def to_edge(self, direction: Literal[1, -1]) -> None:
        """Move to the beginning (-1) or the end (1) of the text."""
        if self.flow is not None:
            self.top = self.flow.last_top(self.height) if direction > 0 else TOP
            self.fill()

    def show(self, offset: int, align: Align = "nearest") -> None:
        """Move as little as needed to show a code point's row; or put it at the top or the centre."""
        flow, rows = self.flow, self.height
        if flow is None or not flow.items or rows <= 0:
            return
        place = flow.place_of(offset)
        distance = flow.rows_between(self.top, place, rows * 2)
        if align == "nearest" and 0 <= distance < rows:
            return
        if align == "top" or (align == "nearest" and distance < 0):
            self.top = flow.moved(place, -flow.lead(place.item))
        elif align == "nearest" and distance < rows * 2:
            self.top = flow.moved(self.top, distance - rows + 1)
        else:
            self.top = flow.moved(place, -(rows // 3))
        self.fill()

    def show_passage(self, number: int, align: Align = "nearest") -> None:
        """Move as little as needed to show a passage: whole where it fits, else from its beginning."""
        if self.flow is None:
            return
        passage = self.flow.document.passages[number]
        if align == "nearest":
            if len(self.flow.setting(number).rows) <= self.height:
                self.show(passage.end - 1)
            self.show(passage.start)
        else:
            self.show(passage.start, align)

    def step(self, cursor: int, direction: Literal[1, -1]) -> int | None:
        """Move by a passage; through one longer than the window first.

        Args:
            cursor: number of the passage under the cursor.
            direction: 1 down, -1 up.

        Returns:
            The passage to rest the cursor on; None where only the window moved.
        """
        if self.flow is None or not self.flow.items:
            return None
        seen = self.passages()
        if seen and cursor not in seen:
            return seen[0 if direction > 0 else -1]
        if self.hides_rest(cursor, direction):
            self.scroll(direction * max(1, self.height - 2))
            return None
        number = self.flow.neighbour(cursor, direction)
        if number is None:
            self.scroll(direction * self.height)
        return number
