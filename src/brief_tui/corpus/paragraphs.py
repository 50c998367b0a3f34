"""From blocks to units: a line each, or a paragraph where the lines are hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_tui.corpus.lines import MARKER, Line, Unit, is_contents_row, is_drawn, is_table_row, make_unit

_STRONG_MARKER = re.compile(r"[•‣⁃◦▪▫●■▶►➤➢✓✔]|\(\w{1,4}\)\s")
_TERMINAL = re.compile(r"[.!?:;…。！？：；‽؟।][\"'”’»)\]*_]*$")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")

_MIN_WIDTH, _MAX_WIDTH, _WIDE_SCRIPT_MIN = 40, 140, 18
_FULL, _SHORT = 0.9, 0.75


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


def _in_columns(content: str) -> bool:
    return ("   " in content or "\t" in content) and bool(_COLUMNS.search(content))


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
            or _in_columns(content)
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
        rows = sum(_in_columns(self.content(at)) for at in self.block)
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
