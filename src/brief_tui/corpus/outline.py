"""The order of a document: levels and parents of headings, levels and lead-ins of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from brief_tui.corpus.lines import Unit
from brief_tui.corpus.marks import looks
from brief_tui.corpus.model import Kind

_RANK = {"chapter": 0, "roman": 1, "plain": 2, "arabic": 3, "letter": 4, "paren1": 5, "parena": 6}


class Place(NamedTuple):
    """Where a passage stands: its level, the heading above it, and what introduces its list."""

    level: int
    heading: int | None
    lead_in: int | None


class _Open(NamedTuple):
    at: int
    style: str
    level: int


def outline(units: Sequence[Unit]) -> list[Place]:
    """The place of every unit, numbered as the units are."""
    open_headings: list[_Open] = []
    places: list[Place] = []
    items = _Items()
    content = False
    for at, unit in enumerate(units):
        if unit.kind in {Kind.TITLE, Kind.HEADING}:
            level = _open(open_headings, at, unit, content=content)
            parent = open_headings[-2].at if len(open_headings) > 1 else None
            places.append(Place(level, parent, None))
            content = False
            items.close()
        else:
            heading = open_headings[-1].at if open_headings else None
            level, lead_in = items.add(at, unit) if unit.kind is Kind.BULLET else (0, None)
            places.append(Place(level, heading, lead_in))
            content = content or unit.kind is not Kind.BOILERPLATE
            if unit.kind is not Kind.BULLET:
                items.close()
        if unit.tail.endswith((":", "：")):
            items.introduce(at, unit)
    return places


def _open(headings: list[_Open], at: int, unit: Unit, *, content: bool) -> int:
    """Close what a heading ends, open it, and tell its level.

    Args:
        headings: the open ones, outermost first.
        at: the heading.
        unit: the heading.
        content: whether text stands between it and the heading before.
    """
    if unit.kind is Kind.TITLE:
        headings[:] = [_Open(at, "title", 1)]
        return 1
    number = None if unit.level else looks(unit.head).number
    if unit.level:  # Markdown says it
        while headings and headings[-1].level >= unit.level + (
            headings[0].style == "title" and headings[0].level == 1 and unit.level == 1
        ):
            headings.pop()
        level = unit.level
        style = f"markdown{unit.level}"
    else:
        style = number.style if number else "plain"
        styles = [h.style for h in headings]
        below = not content and bool(headings) and headings[-1].style not in {"title", style}
        if style.startswith("dotted"):
            depth = int(style.removeprefix("dotted"))
            while headings and _depth(headings[-1].style) >= depth:
                headings.pop()
        elif style in styles and not (style == "plain" and below):
            del headings[len(styles) - 1 - styles[::-1].index(style) :]
        elif number and number.value > 1 and headings and _RANK.get(headings[-1].style, 9) == _RANK["plain"]:
            headings.pop()
        elif headings and _RANK.get(style, 9) < _RANK.get(headings[-1].style, -1) and style != "plain":
            while headings and _RANK.get(headings[-1].style, -1) > _RANK[style]:
                headings.pop()
        level = headings[-1].level + 1 if headings else 2
    headings.append(_Open(at, style, level))
    return level


def _depth(style: str) -> int:
    if style.startswith("dotted"):
        return int(style.removeprefix("dotted"))
    return 1 if style in {"arabic", "letter"} else 0


class _Items:
    """The list that is being read: its indents, and the lines that introduced parts of it."""

    def __init__(self) -> None:
        self._indents: list[int] = []
        self._lead: tuple[int, int, int] | None = None  # unit, indent, level; -1 where it is no item
        self._outer: int | None = None

    def introduce(self, at: int, unit: Unit) -> None:
        """Take a line that ends with a colon as the lead-in of the items below it."""
        if unit.kind is Kind.BULLET:
            self._lead = (at, unit.indent, max(0, len(self._indents) - 1))
        elif unit.kind is not Kind.BOILERPLATE:
            self._outer = at
            self._lead = None

    def add(self, at: int, unit: Unit) -> tuple[int, int | None]:
        """The level and the lead-in of the next item."""
        while self._indents and unit.indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or unit.indent > self._indents[-1]:
            self._indents.append(unit.indent)
        level = len(self._indents) - 1
        if self._lead and unit.indent < self._lead[1]:
            self._lead = None
        if unit.tail.endswith((":", "：")) and self._lead and unit.indent <= self._lead[1]:
            self._lead = None
        if self._lead:
            return level + (unit.indent == self._lead[1]), self._lead[0]
        return level, self._outer

    def close(self) -> None:
        """End the list."""
        self._indents.clear()
        self._lead = None
        self._outer = None
