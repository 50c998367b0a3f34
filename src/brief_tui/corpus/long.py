"""Cuts what is too long to be one passage: a text without line ends, a table in a line, a dump."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from brief_tui.corpus.lines import Line, Unit

LONGEST = 20_000
"""Code points of a passage at most: seven pages; what is longer could be neither set nor cited as one."""

_REACH = 4_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|[。！？]\s*")
_BLANKS = re.compile(r"\s+")
_JOINS = "\u200d\ufe0e\ufe0f"


def cut_long(text: str, lines: Sequence[Line], units: Sequence[Unit]) -> list[Unit]:
    """The units, with those that are too long cut into several at the ends of sentences, else between words.

    The parts of one line all stand on that line: the only case in which a line belongs to several passages.
    """
    found: list[Unit] = []
    for unit in units:
        if unit.size <= LONGEST:
            found.append(unit)
            continue
        found += _parts(text, unit, [line.start for line in lines[unit.first : unit.last + 1]])
    return found


def _parts(text: str, unit: Unit, starts: Sequence[int]) -> Iterator[Unit]:
    """Units that together hold the words of a long one."""
    start = unit.start
    while start < unit.end:
        end, after = unit.end, unit.end
        if end - start > LONGEST:
            end, after = _cut(text, start + LONGEST)
        head = text[start : min(end, start + 600)]
        yield Unit(
            first=unit.first + bisect_right(starts, start) - 1,
            last=unit.first + bisect_right(starts, end - 1) - 1,
            start=start,
            end=end,
            indent=unit.indent,
            block=unit.block,
            of=unit.of,
            head=" ".join(head.split()),
            tail=text[max(start, end - 80) : end],
            size=end - start,
            kind=unit.kind,
            level=unit.level,
            marker=unit.marker if start == unit.start else 0,
        )
        start = after


def _cut(text: str, limit: int) -> tuple[int, int]:
    """Where a part ends, near its limit, and where the next begins."""
    for pattern in (_SENTENCE_END, _BLANKS):
        last = None
        for last in pattern.finditer(text, limit - _REACH, limit):  # noqa: B007 - the last one is wanted
            pass
        if last is not None and last.end() < limit:
            return last.start() + len(last[0].rstrip()), last.end()
    at = next((at for at in range(limit, limit - _REACH, -1) if not _joined(text, at)), limit)
    return at, at


def _joined(text: str, at: int) -> bool:
    """Whether a cut before a character would part what is shown as one."""
    return bool(unicodedata.combining(text[at])) or text[at] in _JOINS or text[at - 1] in _JOINS
