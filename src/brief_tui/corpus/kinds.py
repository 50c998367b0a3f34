"""What each passage is: first by its looks, then by its place and its neighbours.

The rules read typography and structure (numbers, case, length, end signs, blank lines, repetition, place),
not the subject. They run in a fixed order, and what one has decided the next leave alone, save where they
say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_tui.corpus import apparatus, furniture, headings
from brief_tui.corpus.lines import MARKER, Unit, is_contents_row, is_drawn, is_table_row
from brief_tui.corpus.looks import ENOUGH, looks
from brief_tui.corpus.model import Kind

_COLUMNS = re.compile(r"\S(?: {3,}|[ ]*\t)[ ]*\S")


def classify(text: str, units: Sequence[Unit], *, headings_known: bool = False) -> None:
    """Decide the kind, marker and inline heading of every unit.

    Args:
        text: the document's text.
        units: in reading order; those whose kind is set already keep it.
        headings_known: whether those that are headings are all that there are.
    """
    for unit in units:
        unit.look = looks(unit.head) if unit.size <= ENOUGH else None
    _by_looks(text, units)
    apparatus.find_profiles(units)
    apparatus.find_captions(units)
    if not headings_known:
        headings.find_numbered(text, units)
        headings.find_plain(units)
        headings.find_titles(units)
    apparatus.find_repeats(units)
    apparatus.find_link_titles(units)
    apparatus.find_tail(units)
    for unit in units:
        unit.kind = unit.kind or Kind.BODY


def _by_looks(text: str, units: Sequence[Unit]) -> None:
    """Decide what a line alone tells: furniture, tables, items with a sign."""
    dates = [u.size <= 60 and furniture.is_date(u.head) for u in units]
    dated = sum(dates) < 3
    paged = sum(u.of == 1 and furniture.is_page_number(u.head) for u in units if u.size <= 6) >= 3
    for unit, date in zip(units, dates, strict=True):
        if unit.kind:
            continue
        short = unit.look is not None
        if (
            is_drawn(unit.head)
            or (short and (furniture.is_furniture(unit.head) or is_contents_row(unit.tail)))
            or (dated and date)
            or (paged and unit.of == 1 and furniture.is_page_number(unit.head))
        ):
            unit.kind = Kind.BOILERPLATE
        elif _is_table(text, unit):
            unit.kind = Kind.TABLE
        else:
            found = MARKER.match(text, unit.start, min(unit.end, unit.start + 16))
            if found and not found[0].lstrip("([")[0].isdigit() and not found[0].rstrip().endswith(")"):
                unit.marker = found.end() - unit.start
                unit.kind = Kind.BULLET


def _is_table(text: str, unit: Unit) -> bool:
    start = text[unit.start : min(unit.end, unit.start + 4_000)]
    if is_table_row(start.partition("\n")[0]) or start.count("\t") >= 2:
        return True
    if "\n" not in start:
        return False
    rows = start.split("\n")
    return sum(bool(_COLUMNS.search(row)) for row in rows) >= 0.7 * len(rows)
