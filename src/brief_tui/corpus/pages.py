"""What printed pages repeat: the running lines at their head and foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from brief_tui.corpus.lines import Unit
from brief_tui.corpus.looks import numbering
from brief_tui.corpus.model import Kind

_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"\S {3,}\S")
_LONGEST = 140


def find_running_lines(text: str, units: Sequence[Unit]) -> None:
    """Mark the running lines of a paged text as boilerplate.

    They stand next to a form feed and are alike, numbers aside, on several pages; or they are set in
    columns and stand several times as they are.
    """
    edges: list[Unit] = []
    for before, after in pairwise(units):
        if "\f" in text[before.end : min(after.start, before.end + 200)]:
            edges += [u for u in (before, after) if _may_run(u)]
    alike = Counter(_shape(u) for u in edges)
    for unit in edges:
        if alike[_shape(unit)] >= 2:
            unit.kind = Kind.BOILERPLATE
    columns = [u for u in units if u.kind is None and _may_run(u) and _GAP.search(u.head)]
    same = Counter(u.head for u in columns)
    for unit in columns:
        if same[unit.head] >= 3:
            unit.kind = Kind.BOILERPLATE


def _may_run(unit: Unit) -> bool:
    if unit.first != unit.last or unit.of != 1 or unit.size > _LONGEST:
        return False
    number = numbering(unit.head)
    return number is None or number.style != "chapter"


def _shape(unit: Unit) -> str:
    return " ".join(_DIGITS.sub("#", unit.head).split())
