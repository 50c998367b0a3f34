"""Lines, the blocks between blank lines, and units: passages in the making."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from brief_tui.corpus.looks import Looks
from brief_tui.corpus.model import Kind

MARKER = re.compile(
    r"(?:[-–−*+•‣⁃◦▪▫●○■□▶►➤➢✓✔✗·∙](?:[ \t\u00a0]+\[[ xX]\])?|[oO](?=  )"
    r"|\((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})\)|\[\d{1,3}\]|(?:\d{1,3}|[a-z]|[ivx]{2,5})\)|\d{1,3}\.(?=\D))"
    r"[ \t\u00a0]+(?=\S)|[•‣◦▪●■▶►➤✓✔](?=\w)"
)
"""A list item's sign at the start of a line, with the blanks after it."""

_TABLE_ROW = re.compile(r"\|.*\||[+|][-=+:| ]{3,}[+|]?$|:?-{3,}:?(?:\s*\|\s*:?-{3,}:?)+$")
_DOTS = re.compile(r"(?:\.\s?){4,}\s*\d+$")
_DRAWN = re.compile(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,}|#{3,}|(?:[*•⁂–—-]\s*){3,})$")


class Line(NamedTuple):
    """A line without its surrounding blanks.

    Attributes:
        start: its first code point that is not blank; of no meaning for a blank line.
        end: code point after the last that is not blank; `start` for a blank line.
        indent: blanks before `start`, a tab as four.
    """

    start: int
    end: int
    indent: int

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.start == self.end

    @property
    def width(self) -> int:
        """From the margin to its end."""
        return self.indent + self.end - self.start


_EMPTY = Line(0, 0, 0)  # one for all: a text may be millions of blank lines


@dataclass(slots=True)
class Unit:
    """A passage in the making: consecutive lines of one block.

    Attributes:
        first: index of its first line, from 0.
        last: index of its last line.
        start: its first code point.
        end: code point after its last.
        indent: blanks before its first line.
        block: number of the block it stands in.
        of: how many units its block has.
        head: at most its first 600 code points, blanks folded.
        tail: at most its last 80 code points.
        size: its length in code points.
        kind: None until it is decided.
        level: as in `Passage`.
        marker: as in `Passage`.
        inline: length of an inline heading, 0 for none.
        twin: unit that a pull quote repeats.
        look: how it looks, if it is short enough for a heading.
    """

    first: int
    last: int
    start: int
    end: int
    indent: int
    block: int
    of: int = 1
    head: str = ""
    tail: str = ""
    size: int = 0
    kind: Kind | None = None
    level: int = 0
    marker: int = 0
    inline: int = 0
    twin: int | None = None
    look: Looks | None = None


def read_lines(text: str) -> list[Line]:
    """Every line of a text, which are parted by line feeds alone."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        if not raw:
            lines.append(_EMPTY)
            at += 1
            continue
        left = raw.lstrip()
        indent = len(raw) - len(left)
        start = at + indent
        if indent and "\t" in raw[:indent]:
            indent += 3 * raw.count("\t", 0, indent)
        lines.append(Line(start, start + len(left.rstrip()), indent))
        at += len(raw) + 1
    return lines


def find_blocks(lines: Sequence[Line], taken: Collection[int] = ()) -> list[range]:
    """Runs of lines without a blank one between them.

    Args:
        lines: of the whole text.
        taken: indexes of lines that count as blank, since they belong to a unit already.
    """
    blocks: list[range] = []
    start = None
    for at, (first, end, _) in enumerate(lines):
        if first != end and not (taken and at in taken):
            start = at if start is None else start
        elif start is not None:
            blocks.append(range(start, at))
            start = None
    if start is not None:
        blocks.append(range(start, len(lines)))
    return blocks


def make_unit(
    text: str, lines: Sequence[Line], first: int, last: int, *, block: int = 0, of: int = 1
) -> Unit:
    """A unit of consecutive lines, its kind not yet decided."""
    start, end = lines[first].start, lines[last].end
    head = text[start : min(end, start + 600)]
    return Unit(
        first,
        last,
        start,
        end,
        lines[first].indent,
        block,
        of=of,
        head=" ".join(head.split()) if last > first else head,
        tail=text[max(start, end - 80) : end],
        size=end - start,
    )


def is_table_row(content: str) -> bool:
    """Whether a line is a row of a table that is drawn with bars."""
    return bool(_TABLE_ROW.match(content))


def is_drawn(content: str) -> bool:
    """Whether a line is only drawn: under a heading, or between two parts."""
    return bool(_DRAWN.match(content)) or content in {"⁂", "***"}


def is_contents_row(content: str) -> bool:
    """Whether a line is one of a table of contents: dots and a page number."""
    return content[-1:].isdecimal() and bool(_DOTS.search(content[-120:]))


def unit_blocks(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """The units by the blocks they stand in."""
    start = 0
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at].block != units[start].block:
            yield units[start:at]
            start = at
