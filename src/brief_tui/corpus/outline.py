"""The order of a document: levels and parents of headings, levels and lead-ins of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_tui.corpus.lines import Unit
from brief_tui.corpus.looks import SECTION_NAMES, Numbering, as_letter, section_name
from brief_tui.corpus.model import Kind

# From the outermost style of numbering to the innermost; what has no rank fits anywhere.
_RANK = {"chapter": 0, "roman": 1, "plain": 2, "arabic": 3, "letter": 4, "paren1": 5, "parena": 6}
_COLONS = (":", "：")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z]+")


class Place(NamedTuple):
    """Where a passage stands.

    Attributes:
        level: depth of a heading from 1, nesting of an item from 0.
        heading: the unit of the heading above it, or None.
        lead_in: the unit that introduces its list, or None.
    """

    level: int
    heading: int | None
    lead_in: int | None


def outline(units: Sequence[Unit]) -> list[Place]:
    """The place of every unit, numbered as the units are."""
    headings = _Headings()
    items = _Items()
    places: list[Place] = []
    for at, unit in enumerate(units):
        if unit.kind in {Kind.TITLE, Kind.HEADING}:
            places.append(headings.open(at, unit))
            items.close()
        elif unit.kind is Kind.BULLET:
            level, lead_in = items.add(unit)
            places.append(Place(level, headings.last, lead_in))
        else:
            places.append(Place(0, headings.last, None))
            items.close()
        if unit.kind not in {Kind.TITLE, Kind.HEADING, Kind.BOILERPLATE, Kind.CAPTION}:
            headings.content = True
        if unit.kind is not Kind.BOILERPLATE and unit.tail.endswith(_COLONS):
            items.introduce(at, unit)
    return places


class _Open(NamedTuple):
    unit: int
    style: str
    level: int
    named: bool = False


class _Headings:
    """The headings that are open, outermost first.

    Attributes:
        content: whether text stands below the last one.
    """

    def __init__(self) -> None:
        self.content = False
        self._open: list[_Open] = []
        self._last_value: dict[str, int] = {}

    @property
    def last(self) -> int | None:
        """The unit of the innermost heading."""
        return self._open[-1].unit if self._open else None

    def open(self, at: int, unit: Unit) -> Place:
        """Close what a heading ends and open it."""
        if unit.kind is Kind.TITLE:
            self._open.clear()
            self._last_value.clear()
            style, level = "title", 1
        elif unit.level:
            style, level = "marked", max(unit.level, 1 + any(h.style == "title" for h in self._open))
            while self._open and self._open[-1].style != "title" and self._open[-1].level >= level:
                self._open.pop()
        else:
            number = self._read(unit.look.number if unit.look else None)
            style = number.style if number else "plain"
            self._close(style, number.value if number else 0)
            level = self._open[-1].level + 1 if self._open else 2
        parent = self.last
        self._open.append(_Open(at, style, level, section_name(unit.head) in SECTION_NAMES))
        self.content = False
        return Place(level, parent, None)

    def _read(self, number: Numbering | None) -> Numbering | None:
        """Tell the letters C, D, I … from Roman numbers by what went before."""
        if number is None:
            return None
        letter = as_letter(number)
        if letter:
            follows = self._last_value.get("roman") == number.value - 1
            lettered = self._last_value.get("letter") == letter.value - 1
            if lettered or not (follows or number.value == 1):
                number = letter
        self._last_value[number.style] = number.value
        return number

    def _close(self, style: str, value: int) -> None:
        """Close the headings that one of a style and number does not stand below."""
        if not self._open:
            return
        styles = [h.style for h in self._open]
        top = styles[-1]
        if style.startswith("dotted"):
            while self._open and _depth(self._open[-1].style) >= _depth(style):
                self._open.pop()
        elif style == "plain" and not self.content and top not in {"title", "plain"}:
            return  # "5. Implications", and right below it "In Syria"
        elif style in styles:
            del self._open[len(styles) - 1 - styles[::-1].index(style) :]
        elif top == "plain" and (value > 1 or (value == 1 and self.content and self._open[-1].named)):
            self._open.pop()  # it goes on with a series that began above, or stands beside "Abstract"
        else:
            while self._open and _RANK.get(style, 9) < _rank(self._open[-1].style):
                self._open.pop()


def _rank(style: str) -> int:
    return _RANK["arabic"] if style.startswith("dotted") else _RANK.get(style, -1)


def _depth(style: str) -> int:
    if style.startswith("dotted"):
        return int(style.removeprefix("dotted"))
    return 1 if style in {"arabic", "letter"} else 0


class _Lead(NamedTuple):
    unit: int
    indent: int


class _Items:
    """The list that is being read: its indents, and the lines that introduced parts of it."""

    def __init__(self) -> None:
        self._indents: list[int] = []
        self._sign = ""
        self._inner: _Lead | None = None
        self._deeper = False
        self._outer: int | None = None

    def introduce(self, at: int, unit: Unit) -> None:
        """Take a line that ends with a colon as the lead-in of the items below it."""
        self._inner, self._deeper = None, False
        if unit.kind is Kind.BULLET:
            self._inner = _Lead(at, unit.indent)
        else:
            self._outer = at

    def add(self, unit: Unit) -> tuple[int, int | None]:
        """The level and the lead-in of the next item."""
        while self._indents and unit.indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or unit.indent > self._indents[-1]:
            self._indents.append(unit.indent)
        sign = _LETTERS.sub("a", _DIGITS.sub("1", unit.head.split(maxsplit=1)[0]))
        if len(self._indents) == 1 and self._sign and sign != self._sign and not self._inner:
            self._outer = None  # another list
        if len(self._indents) == 1:
            self._sign = sign
        lead = self._inner
        if lead and self._ends(lead, unit):
            lead = self._inner = None
        level = len(self._indents) - 1
        if lead is None:
            return level, self._outer
        self._deeper = self._deeper or unit.indent > lead.indent
        return level + (unit.indent == lead.indent), lead.unit

    def _ends(self, lead: _Lead, unit: Unit) -> bool:
        """Whether an item stands no more below a lead-in: further out, or beside it where others were deeper.

        In a flat list the next lead-in ends what the last one introduced.
        """
        if unit.indent != lead.indent:
            return unit.indent < lead.indent
        return self._deeper or unit.tail.endswith(_COLONS)

    def close(self) -> None:
        """End the list."""
        self._indents.clear()
        self._sign = ""
        self._inner, self._outer = None, None
