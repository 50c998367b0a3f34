"""Units of the passages that a format itself marks; what lies between them is cut as plain text is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from brief_tui.corpus.formats import Block
from brief_tui.corpus.lines import Line, Unit, find_blocks, make_unit
from brief_tui.corpus.paragraphs import find_units


def find_marked_units(text: str, lines: Sequence[Line], marked: Sequence[Block]) -> list[Unit]:
    """Cut a text into the units that its format marks, and the lines that it leaves into paragraphs.

    Args:
        text: the document's text.
        lines: its lines.
        marked: whole lines each; those that hold no sign are left out.
    """
    starts = _line_starts(text)
    found: list[Unit] = []
    taken: set[int] = set()
    for block in marked:
        first = bisect_right(starts, block.start) - 1
        last = bisect_right(starts, block.end - 1) - 1
        while first <= last and lines[first].blank:
            first += 1
        while last > first and lines[last].blank:
            last -= 1
        if first > last or first in taken:
            continue
        unit = make_unit(text, lines, first, last)
        unit.kind, unit.level, unit.marker = block.kind, block.level, block.marker
        taken.update(range(first, last + 1))
        found.append(unit)
    _number_blocks(found)
    loose = find_blocks(lines, taken)
    between = find_units(text, lines, loose)
    for unit in between:
        unit.block += len(found)
    return sorted([*found, *between], key=lambda unit: unit.first)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _number_blocks(units: Sequence[Unit]) -> None:
    """Units without a blank line between them stand in one block, as the items of a list do."""
    start = 0
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at].first != units[at - 1].last + 1:
            for unit in units[start:at]:
                unit.block, unit.of = start, at - start
            start = at
