"""The parts of a Markdown text that plain text has not: headings, quotes, code, tables, front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_tui.corpus.lines import Line, Unit, find_blocks, find_units, make_unit
from brief_tui.corpus.model import Kind

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_UNDERLINES = {"=": 1, "-": 2}
_ROW = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$|\|\s*:?-+:?\s*\|$")


def find_markdown_units(text: str, lines: Sequence[Line]) -> list[Unit]:
    """Cut a Markdown text into units; those that its signs decide have their kind and level."""
    marked: list[Unit] = []
    taken: set[int] = set()
    at = _front_matter(text, lines, marked)
    while at < len(lines):
        after = at + 1
        if not lines[at].blank:
            after = _take(text, lines, at, marked)
        at = after
    for unit in marked:
        taken.update(range(unit.first, unit.last + 1))
    blocks = find_blocks(lines, taken)
    for number, unit in enumerate(marked, start=len(blocks)):
        unit.block = number
    units = [*find_units(text, lines, blocks, soft=True), *marked]
    return sorted(units, key=lambda u: u.first)


def _take(text: str, lines: Sequence[Line], at: int, marked: list[Unit]) -> int:
    """Take the construct that starts on a line, if one does; returns the line to go on with."""
    content = _content(text, lines[at])
    if fence := _FENCE.match(content):
        return _add(text, lines, at, _fence_end(text, lines, at, fence[1]), marked, Kind.TABLE)
    if content.startswith("<!--"):
        last = at
        while last + 1 < len(lines) and "-->" not in _content(text, lines[last]):
            last += 1
        return _add(text, lines, at, last, marked, Kind.BOILERPLATE)
    if content.startswith(">"):
        last = at
        while last + 1 < len(lines) and _quoted(text, lines[last + 1]):
            last += 1
        if content.strip("> \t"):
            return _add(text, lines, at, last, marked, Kind.BODY)
        return _add(text, lines, at, at, marked, Kind.BOILERPLATE)
    if found := _HEADING.match(content):
        after = _add(text, lines, at, at, marked, Kind.HEADING, len(found[1]))
        closing = _CLOSING.search(content)
        _cut(text, marked[-1], found.end(), len(content) - closing.start() if closing else 0)
        return after
    below = _content(text, lines[at + 1]) if at + 1 < len(lines) else ""
    if "|" in content and _ROW.match(below):
        last = at + 1
        while last + 1 < len(lines) and "|" in _content(text, lines[last + 1]):
            last += 1
        return _add(text, lines, at, last, marked, Kind.TABLE)
    alone = at == 0 or lines[at - 1].blank
    if (
        alone
        and len(content) <= 120
        and len(below) >= 2
        and below[0] in _UNDERLINES
        and not below.strip(below[0])
    ):
        _add(text, lines, at, at, marked, Kind.HEADING, _UNDERLINES[below[0]])
        return _add(text, lines, at + 1, at + 1, marked, Kind.BOILERPLATE)
    return at + 1


def _add(
    text: str, lines: Sequence[Line], first: int, last: int, marked: list[Unit], kind: Kind, level: int = 0
) -> int:
    unit = make_unit(text, lines, first, last, 0)
    unit.kind, unit.level = kind, level
    marked.append(unit)
    return last + 1


def _cut(text: str, unit: Unit, before: int, after: int) -> None:
    """Leave the signs at both ends of a heading out of it."""
    unit.start += before
    unit.end -= after
    unit.head = unit.tail = text[unit.start : unit.end]
    unit.size = unit.end - unit.start


def _front_matter(text: str, lines: Sequence[Line], marked: list[Unit]) -> int:
    if not lines or _content(text, lines[0]) != "---":
        return 0
    for at in range(1, min(len(lines), 200)):
        if _content(text, lines[at]) in {"---", "..."}:
            return _add(text, lines, 0, at, marked, Kind.BOILERPLATE)
    return 0


def _fence_end(text: str, lines: Sequence[Line], at: int, fence: str) -> int:
    """The line that closes a fence; without one, the last line that is not blank."""
    last = at
    for below in range(at + 1, len(lines)):
        content = _content(text, lines[below])
        if content.startswith(fence) and not content.strip(fence[0]):
            return below
        if content:
            last = below
    return last


def _quoted(text: str, line: Line) -> bool:
    content = _content(text, line)
    return content.startswith(">") and bool(content.strip("> \t"))


def _content(text: str, line: Line) -> str:
    return text[line.start : min(line.end, line.start + 400)]
