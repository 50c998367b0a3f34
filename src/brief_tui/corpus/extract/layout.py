"""Lays out the parts of a structured format as a text: a paragraph a block, blank lines between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_tui.corpus.formats import Block, Page
from brief_tui.corpus.model import Kind
from brief_tui.errors import SourceError

TEXT_LIMIT = 64_000_000
"""Code points of the longest text that is taken out of a file."""

UNWANTED = re.compile("[\x00\x0c\ud800-\udfff]")
"""What no text holds that is taken out of a file: nulls, form feeds of its own, halves of surrogate pairs."""

_BLANKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_DEEPEST_ITEM = 8
_HEADS = frozenset({Kind.TITLE, Kind.HEADING})


def fold(text: str) -> str:
    """A text on one line, its blanks (hard ones aside) as single spaces."""
    return _BLANKS.sub(" ", UNWANTED.sub("", text)).strip()


def refuse_beyond_limit(size: int, name: str) -> None:
    """Say that a text is too long, where it is.

    Args:
        size: its code points so far.
        name: the file's name.

    Raises:
        SourceError: it is longer than `TEXT_LIMIT`.
    """
    if size > TEXT_LIMIT:
        raise SourceError(f"{name} holds more than 64 million characters; split it into parts.")


class Layout:
    """The text that is being laid out.

    Attributes:
        name: the file's name, for errors.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._parts: list[str] = []
        self._size = 0
        self._blocks: list[Block] = []
        self._pages: list[Page] = []
        self._turned: int | None = None
        self._expected = ""

    @property
    def count(self) -> int:
        """How many blocks there are so far."""
        return len(self._blocks)

    def add(
        self, text: str, kind: Kind | None = None, *, level: int = 0, depth: int = 0, mark: str = ""
    ) -> None:
        """Add a paragraph; one without any sign is left out.

        Args:
            text: its lines; blanks within them are folded unless it is a table.
            kind: what it is; None where the format does not say.
            level: a heading's, as the format counts them.
            depth: of a list item, from 0.
            mark: a list item's sign with the blank after it.

        Raises:
            SourceError: the text becomes too long.
        """
        raw = text.split("\n")
        lines = [UNWANTED.sub("", line).rstrip() if kind is Kind.TABLE else fold(line) for line in raw]
        body = "\n".join(line for line in lines if line and not line.isspace())
        if not body:
            self._turn_page()
            return
        if self._expected:
            title, self._expected = self._expected, ""
            if fold(body).casefold() == title.casefold():
                kind, level, mark = Kind.HEADING, 1, ""
            else:
                self.add(title, Kind.HEADING, level=1)
        beside = kind is Kind.BULLET and self._blocks and self._blocks[-1].kind is Kind.BULLET
        gap = "" if not self._blocks else "\n" if beside else "\n\n"
        if kind is Kind.TABLE:
            body = body.lstrip()
        self._append(gap + "  " * min(depth, _DEEPEST_ITEM))
        start = self._size
        self._append(mark + body)
        self._blocks.append(Block(start, self._size, kind, level, len(mark)))
        self._turn_page()

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table; one of a single column is set as paragraphs, since it only holds others.

        Args:
            rows: of cells, each on one line.

        Raises:
            SourceError: the text becomes too long.
        """
        if max(map(len, rows), default=0) > 1:
            self.add("\n".join(" | ".join(row) for row in rows if any(row)), Kind.TABLE)
            return
        for row in rows:
            self.add(" ".join(row))

    def page(self, number: int, *, after: bool = False) -> None:
        """Note that a page of the printed source begins.

        Args:
            number: the page's.
            after: whether it begins within the paragraph that is added next.
        """
        self._turn_page()
        if after:
            self._turned = number
        else:
            self._pages.append(Page(self._size, number))

    def _turn_page(self) -> None:
        if self._turned is not None:
            self._pages.append(Page(self._size, self._turned))
            self._turned = None

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        refuse_beyond_limit(self._size, self.name)

    def expect(self, title: str) -> None:
        """Give the paragraphs that come next a heading, unless the first of them is it already.

        Args:
            title: what the format's contents call them.
        """
        self._expected = title

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    def blocks(self, *, first_is_title: bool = False) -> tuple[Block, ...]:
        """The blocks, their headings' levels counted without gaps.

        Args:
            first_is_title: whether a heading above all others that stands once is the document's title.
        """
        heads = [block for block in self._blocks if block.kind in _HEADS]
        if first_is_title and heads and all(block.kind is Kind.HEADING for block in heads):
            top = min(block.level for block in heads)
            if heads[0].level == top and sum(block.level == top for block in heads) == 1:
                at = self._blocks.index(heads[0])
                self._blocks[at] = heads[0]._replace(kind=Kind.TITLE)
        return ranked(self._blocks)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Where the pages of the printed source begin."""
        self._turn_page()
        return tuple(self._pages)


def ranked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose title has level 1, and whose headings have levels from 2 without gaps."""
    levels = sorted({block.level for block in blocks if block.kind is Kind.HEADING})
    place = {level: at for at, level in enumerate(levels, start=2)}
    return tuple(
        block._replace(level=place[block.level])
        if block.kind is Kind.HEADING
        else block._replace(level=1 if block.kind is Kind.TITLE else 0)
        for block in blocks
    )
