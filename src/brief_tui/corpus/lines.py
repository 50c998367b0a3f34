"""From text to units: lines, the blocks between blank lines, and hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from brief_tui.corpus.marks import Looks
from brief_tui.corpus.model import Kind

MARKER = re.compile(
    r"(?:[-–−*+•‣⁃◦▪▫●○■□▶►➤➢✓✔✗·∙](?:[ \t\u00a0]+\[[ xX]\])?|[oO](?=  )"
    r"|\((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})\)|\[\d{1,3}\]|(?:\d{1,3}|[a-z]|[ivx]{2,5})\)|\d{1,3}\.(?=\D))"
    r"[ \t\u00a0]+(?=\S)|[•‣◦▪●■▶►➤✓✔](?=\w)"
)
"""A list item's sign at the start of a line, with the blanks after it."""

_STRONG_MARKER = re.compile(r"[•‣⁃◦▪▫●■▶►➤➢✓✔]|\(\w{1,4}\)\s")
_TERMINAL = re.compile(r"[.!?:;…。！？：；‽؟।][\"'”’»)\]*_]*$")
_TABLE_ROW = re.compile(r"\|.*\||[+|][-=+:| ]{3,}[+|]?$|:?-{3,}:?(?:\s*\|\s*:?-{3,}:?)+$")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
_DOTS = re.compile(r"(?:\.\s?){4,}\s*\d+$")
_DRAWN = re.compile(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,}|#{3,}|(?:[*•⁂–—-]\s*){3,})$")

_MIN_WIDTH, _MAX_WIDTH, _WIDE_SCRIPT_MIN = 40, 140, 18
_FULL, _SHORT = 0.9, 0.75


class Line(NamedTuple):
    """A line without its surrounding blanks.

    Attributes:
        start: its first code point that is not blank.
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
        left = raw.lstrip()
        indent = len(raw) - len(left)
        start = at + indent
        if indent and "\t" in raw[:indent]:
            indent += 3 * raw.count("\t", 0, indent)
        lines.append(Line(start, start + len(left.rstrip()), indent))
        at += len(raw) + 1
    return lines


def find_blocks(lines: Sequence[Line], taken: Container[int] = ()) -> list[range]:
    """Runs of lines without a blank one between them.

    Args:
        lines: of the whole text.
        taken: indexes of lines that count as blank, since they belong to a unit already.
    """
    blocks: list[range] = []
    start = None
    for at, line in enumerate(lines):
        if not line.blank and at not in taken:
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


def find_units(
    text: str, lines: Sequence[Line], blocks: Sequence[range], *, soft: bool = False
) -> list[Unit]:
    """Cut the blocks into passages: one a line, or a paragraph where the lines are hard-wrapped.

    Args:
        text: the document's text.
        lines: its lines.
        blocks: runs of lines to cut.
        soft: whether a line feed means no more than a blank, as in Markdown.
    """
    units: list[Unit] = []
    for number, (block, wrapped) in enumerate(
        zip(blocks, _wrapped(text, lines, blocks, soft=soft), strict=True)
    ):
        starts = _starts(_Block(text, lines, block, wrapped))
        for first, after in zip(starts, [*starts[1:], block.stop], strict=True):
            units.append(make_unit(text, lines, first, after - 1, block=number, of=len(starts)))
    return units


def is_table_row(content: str) -> bool:
    """Whether a line is a row of a table that is drawn with bars."""
    return bool(_TABLE_ROW.match(content))


def is_drawn(content: str) -> bool:
    """Whether a line is only drawn: under a heading, or between two parts."""
    return bool(_DRAWN.match(content)) or content in {"⁂", "***"}


def is_contents_row(content: str) -> bool:
    """Whether a line is one of a table of contents: dots and a page number."""
    return bool(_DOTS.search(content[-120:]))


def unit_blocks(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """The units by the blocks they stand in."""
    start = 0
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at].block != units[start].block:
            yield units[start:at]
            start = at


class _Votes(NamedTuple):
    """How a block's line ends look: pairs of lines, how many are full, how many go on in lower case."""

    pairs: int
    full: int
    lower: int


def _wrapped(text: str, lines: Sequence[Line], blocks: Sequence[range], *, soft: bool) -> list[bool]:
    """Whether each block is hard-wrapped.

    In wrapped text a line is full: the next line's first word would not fit any more into the width of its
    surroundings; and most lines go on in the middle of a sentence. A block is judged with its neighbours.
    """
    many = [at for at, block in enumerate(blocks) if len(block) > 1]
    result = [False] * len(blocks)
    widths = [max(min(lines[i].width, 10_000) for i in blocks[at]) for at in many]
    votes: list[_Votes] = []
    if soft:
        for place, at in enumerate(many):
            result[at] = widths[place] <= _MAX_WIDTH
        return result
    for place, at in enumerate(many):
        near = [w for w in widths[max(0, place - 3) : place + 4] if w <= _MAX_WIDTH]
        votes.append(_vote(text, lines, blocks[at], max(near, default=0)))
    for place, at in enumerate(many):
        if widths[place] > _MAX_WIDTH:
            continue
        own = votes[place]
        near_votes = votes[max(0, place - 3) : place + 4]
        pairs, full, lower = (sum(column) for column in zip(*near_votes, strict=True))
        wide = _wide_script(text, lines[blocks[at][0]])
        alike = full >= 0.6 * pairs and (lower >= 0.3 * pairs or wide) and pairs > 0
        result[at] = alike and (own.pairs < 3 or own.full >= 0.5 * own.pairs)
    return result


def _vote(text: str, lines: Sequence[Line], block: range, width: int) -> _Votes:
    pairs = full = lower = 0
    wide = _wide_script(text, lines[block[0]])
    if not (_WIDE_SCRIPT_MIN if wide else _MIN_WIDTH) <= width <= _MAX_WIDTH:
        return _Votes(0, 0, 0)
    for at in block[:-1]:
        line, after = lines[at], lines[at + 1]
        content = text[line.start : min(line.end, line.start + 400)]
        if (
            is_table_row(content)
            or _COLUMNS.search(content)
            or MARKER.match(text, after.start, min(after.end, after.start + 12))
        ):
            continue
        pairs += 1
        full += line.width + 1 + (1 if wide else _first_word(text, after)) >= _FULL * width
        lower += text[after.start].islower()
    return _Votes(pairs, full, lower)


def _wide_script(text: str, line: Line) -> bool:
    """Whether a line is written without blanks between words, as Chinese and Japanese are."""
    middle = (line.start + line.end) // 2
    return any("⺀" <= c <= "鿿" or "豈" <= c <= "﫿" for c in text[middle : middle + 4])


def _first_word(text: str, line: Line) -> int:
    found = text.find(" ", line.start, min(line.end, line.start + 40))
    return (found if found >= 0 else min(line.end, line.start + 40)) - line.start


class _Block:
    """A block of lines and its measures."""

    def __init__(self, text: str, lines: Sequence[Line], block: range, wrapped: bool) -> None:
        self.text, self.lines, self.block, self.wrapped = text, lines, block, wrapped
        self.width = max(min(lines[at].width, 10_000) for at in block) if wrapped else 0
        self.margin = min(lines[at].indent for at in block)

    def content(self, at: int) -> str:
        """The beginning of a line."""
        line = self.lines[at]
        return self.text[line.start : min(line.end, line.start + 400)]

    def filled(self, at: int) -> float:
        """How much of the width a line takes with the next line's first word: 1 is as much as fits."""
        before, line = self.lines[at], self.lines[at + 1]
        return (before.width + 1 + _first_word(self.text, line)) / self.width

    @property
    def aligned(self) -> bool:
        """Whether the lines are the rows of a table that is set with blanks."""
        rows = sum(bool(_COLUMNS.search(self.content(at))) for at in self.block)
        return self.wrapped and len(self.block) > 1 and rows >= 0.7 * len(self.block)


def _starts(block: _Block) -> list[int]:
    """The lines of a block at which a passage starts."""
    starts = [block.block.start]
    if len(block.block) == 1:
        return starts
    aligned = block.aligned
    for at in block.block[1:]:
        table = is_table_row(block.content(at))
        if table and is_table_row(block.content(at - 1)):
            continue
        if table or not (aligned or (block.wrapped and _goes_on(block, at, starts[-1]))):
            starts.append(at)
    return starts


def _goes_on(block: _Block, at: int, first: int) -> bool:
    """Whether a wrapped line goes on with the paragraph that started on the line `first`."""
    content, previous = block.content(at), block.content(at - 1)
    if is_drawn(content) or is_drawn(previous) or is_contents_row(content) or is_contents_row(previous):
        return False
    before, line, start = block.lines[at - 1], block.lines[at], block.lines[first]
    filled = block.filled(at - 1)
    full = filled >= _FULL
    ended = bool(_TERMINAL.search(previous[-40:]))
    item = MARKER.match(block.content(first))
    if MARKER.match(content):
        beside = bool(item) and line.indent <= start.indent
        if _STRONG_MARKER.match(content) or not full or ended or beside or line.indent > before.indent:
            return False
    if item and line.indent <= start.indent and not full:
        return False
    if filled < _SHORT and not content[:1].islower():
        return False
    indented = line.indent - block.margin >= 2 and before.indent == block.margin
    return not (indented and not item and (ended or not full))
