"""The parts of a Markdown text that plain text has not: headings, quotes, code, tables, front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from brief_tui.corpus.lines import Line, Unit, find_blocks, make_unit
from brief_tui.corpus.model import Kind
from brief_tui.corpus.paragraphs import find_units

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+$")
_KEY = re.compile(r"\w[\w-]*\s*:")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_UNDERLINES = {"=": 1, "-": 2}
_LOOKED_AT, _LONGEST_COMMENT = 400, 200
_ROW = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$|\|\s*:?-+:?\s*\|$")


def find_markdown_units(text: str, lines: Sequence[Line]) -> list[Unit]:
    """Cut a Markdown text into units; those that its signs decide have their kind and level."""
    marked = _front_matter(text, lines)
    taken: set[int] = set()
    at = marked[0].last + 1 if marked else 0
    while at < len(lines):
        found = [] if lines[at].blank else _take(text, lines, at)
        marked += found
        at = found[-1].last + 1 if found else at + 1
    for unit in marked:
        taken.update(range(unit.first, unit.last + 1))
    blocks = find_blocks(lines, taken)
    for number, unit in enumerate(marked, start=len(blocks)):
        unit.block = number
    units = [*find_units(text, lines, blocks, soft=True), *marked]
    return sorted(units, key=lambda u: u.first)


def _take(text: str, lines: Sequence[Line], at: int) -> list[Unit]:
    """The units of the construct that starts on a line; none where it is plain text."""
    content = _content(text, lines[at])
    below = _content(text, lines[at + 1]) if at + 1 < len(lines) else ""
    return _heading(text, lines, at, content, below) or _container(text, lines, at, content, below)


def _heading(text: str, lines: Sequence[Line], at: int, content: str, below: str) -> list[Unit]:
    if found := _HEADING.match(content):
        unit = _unit(text, lines, at, at, Kind.HEADING, level=len(found[1]))
        closing = _CLOSING.search(content, found.end()) if len(content) < _LOOKED_AT else None
        _cut(text, unit, found.end(), len(content) - closing.start() if closing else 0)
        return [unit]
    alone = at == 0 or lines[at - 1].blank
    underlined = len(below) >= 2 and below[0] in _UNDERLINES and not below.strip(below[0])
    if alone and underlined and len(content) <= 120:
        unit = _unit(text, lines, at, at, Kind.HEADING, level=_UNDERLINES[below[0]])
        return [unit, _unit(text, lines, at + 1, at + 1, Kind.BOILERPLATE)]
    return []


def _container(text: str, lines: Sequence[Line], at: int, content: str, below: str) -> list[Unit]:
    last, kind = at, None
    if fence := _FENCE.match(content):
        last, kind = _fence_end(text, lines, at, fence[1]), Kind.TABLE
    elif content.startswith("<!--"):
        last = _last(
            lines,
            at,
            lambda line: line - at < _LONGEST_COMMENT and not _closes_comment(text, lines[line - 1]),
        )
        kind = Kind.BOILERPLATE if _closes_comment(text, lines[last]) else None
    elif content.startswith(">"):
        last = _last(lines, at, lambda line: _quoted(text, lines[line]))
        kind = Kind.BODY if content.strip("> \t") else Kind.BOILERPLATE
    elif "|" in content and _ROW.match(below):
        last = _last(lines, at + 1, lambda line: "|" in _content(text, lines[line]))
        kind = Kind.TABLE
    return [_unit(text, lines, at, last, kind)] if kind else []


def _closes_comment(text: str, line: Line) -> bool:
    return text.endswith("-->", line.start, line.end)


def _last(lines: Sequence[Line], first: int, goes_on: Callable[[int], bool]) -> int:
    """The last line of a construct: each one after the first goes on with it and is not blank at its end."""
    last = at = first
    while at + 1 < len(lines) and goes_on(at + 1):
        at += 1
        last = last if lines[at].blank else at
    return last


def _unit(text: str, lines: Sequence[Line], first: int, last: int, kind: Kind, *, level: int = 0) -> Unit:
    unit = make_unit(text, lines, first, last)
    unit.kind, unit.level = kind, level
    return unit


def _cut(text: str, unit: Unit, before: int, after: int) -> None:
    """Leave the signs at both ends of a heading out of it."""
    unit.start += before
    unit.end -= after
    unit.head = unit.tail = text[unit.start : unit.end]
    unit.size = unit.end - unit.start


def _front_matter(text: str, lines: Sequence[Line]) -> list[Unit]:
    if _content(text, lines[0]) == "---" and len(lines) > 1 and _KEY.match(_content(text, lines[1])):
        for at in range(1, min(len(lines), 200)):
            if _content(text, lines[at]) in {"---", "..."}:
                return [_unit(text, lines, 0, at, Kind.BOILERPLATE)]
    return []


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
    return text[line.start : min(line.end, line.start + _LOOKED_AT)]
