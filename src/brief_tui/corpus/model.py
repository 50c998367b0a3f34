"""The words of the domain as data: Brief, Entry, Document, Passage, Span, Kind.

Every span counts Unicode code points of a document's text, end exclusive; every line number counts that
text's lines from 1. Nothing here reads files or decides anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from brief_tui.errors import BriefError

PassageKey = tuple[str, int]
"""What names a passage within its brief: its document's id, and its number there."""


class Span(NamedTuple):
    """A half-open range of a document's text, in code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Kind(StrEnum):
    """What a passage is in its document."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    BULLET = "bullet"
    PULLQUOTE = "pullquote"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    TABLE = "table"
    COMMENT = "comment"


PROSE = frozenset({Kind.BODY, Kind.BULLET, Kind.PULLQUOTE, Kind.TABLE, Kind.COMMENT})
"""What a source says: the kinds that are tagged, related and counted."""

HEADINGS = frozenset({Kind.TITLE, Kind.HEADING})
"""What names and orders it: shown in full, context for what follows, no stop of a trail."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or heading: the unit that is indexed, tagged, related and cited.

    Attributes:
        doc: id of its document.
        number: its place in `Document.passages`, from 0.
        start: first code point in the document's text.
        end: code point after its last.
        line: its first line, from 1.
        line_end: its last line, from 1.
        kind: what it is.
        level: depth of a heading, from 1 for a title; nesting of a bullet, from 0.
        heading: number of the heading whose section holds it; None before the first. For a heading
            its parent heading.
        lead_in: number of the passage that introduces its list, if any.
        twin: for a pull quote, number of the passage whose words it repeats.
        marker: length of the bullet's or numbered item's marker at its start, in code points.
        inline_heading: length of a heading at its start that shares a paragraph with the text after it
            ("1. Perceived Unreliability Russia's …"), marker included; 0 where there is none.
        page: page of the source, from 1, where the format has pages.
        source: the document's whole text (shared, never copied).
    """

    doc: str
    number: int
    start: int
    end: int
    line: int
    line_end: int
    kind: Kind
    level: int = 0
    heading: int | None = None
    lead_in: int | None = None
    twin: int | None = None
    marker: int = 0
    inline_heading: int = 0
    page: int | None = None
    source: str = field(default="", repr=False, compare=False)

    @property
    def text(self) -> str:
        """Exactly the slice of the document's text."""
        return self.source[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return Span(self.start, self.end)

    @property
    def key(self) -> PassageKey:
        """What names it within its brief."""
        return (self.doc, self.number)


class Metadata(Struct, frozen=True):
    """What is known of a source; empty where nothing is known, and never guessed."""

    title: str = ""
    short: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    accessed: str = ""
    language: str = ""

    @property
    def source(self) -> str:
        """Who published it: author and publisher, as far as they are known."""
        return f"{self.author} {self.publisher}".strip()


class Entry(Struct, frozen=True):
    """A document of the brief before it is read.

    Attributes:
        id: its path relative to the brief, with forward slashes.
        path: where it lies.
        metadata: what brief.toml says of it.
        name: `doc` in commands and output: the stem where that is unique, else the id.
    """

    id: str
    path: Path
    metadata: Metadata
    name: str


@dataclass(frozen=True)
class Document:
    """One source text, read and segmented.

    Attributes:
        entry: what the brief says of it.
        text: the decoded or extracted text: BOM dropped, line ends as a line feed.
        digest: BLAKE2b-128 of the text in UTF-8, in hexadecimal.
        passages: in reading order; they never overlap and cover every non-blank line.
        title: from brief.toml, else its first title, else its first heading, else its file name.
        language: ISO 639-1 code; empty where unknown.
        encoding: how the file was decoded.
        notices: what was lost or guessed in reading it, one sentence each.
    """

    entry: Entry
    text: str = field(repr=False)
    digest: str
    passages: tuple[Passage, ...] = field(repr=False)
    title: str
    language: str = ""
    encoding: str = "utf-8"
    notices: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def name(self) -> str:
        """The entry's name, `doc` in commands and output."""
        return self.entry.name

    @property
    def short(self) -> str:
        """A title that fits a narrow header."""
        return self.entry.metadata.short or self.title

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.passages]

    @cached_property
    def _lines(self) -> list[int]:
        return [p.line for p in self.passages]

    @cached_property
    def boilerplate(self) -> tuple[int, ...]:
        """Numbers of the passages that are boilerplate."""
        return tuple(p.number for p in self.passages if p.kind is Kind.BOILERPLATE)

    @property
    def readable(self) -> int:
        """How many passages there are to read: all but boilerplate."""
        return len(self.passages) - len(self.boilerplate)

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds a code point, or None between passages."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self.passages[at].end:
            return self.passages[at]
        return None

    def passages_in(self, span: Span) -> tuple[Passage, ...]:
        """The passages that share a code point with a span, in order."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return tuple(p for p in self.passages[first:last] if p.span.overlaps(span))

    def passage_on(self, line: int) -> Passage:
        """The passage that holds a line, from 1.

        Raises:
            BriefError: the line is blank or past the end; the text names the nearest passage.
        """
        at = bisect_right(self._lines, line) - 1
        while at > 0 and self.passages[at - 1].line_end >= line:  # a very long line has several: its first
            at -= 1
        if at >= 0 and self.passages[at].line <= line <= self.passages[at].line_end:
            return self.passages[at]
        if not self.passages:
            raise BriefError(f"{self.name} has no passages.")
        around = self.passages[max(0, at) : at + 2]
        near = min(around, key=lambda p: min(abs(p.line - line), abs(p.line_end - line)))
        raise BriefError(f"{self.name}:{line} holds no text; the nearest passage is {self.name}:{near.line}.")

    def section(self, passage: Passage) -> tuple[Passage, ...]:
        """The headings above a passage, outermost first; a title is not among them."""
        path: list[Passage] = []
        at = passage.heading
        while at is not None:
            above = self.passages[at]
            if above.kind is Kind.HEADING:
                path.append(above)
            at = above.heading
        return tuple(reversed(path))


@dataclass(frozen=True)
class Brief:
    """A folder (or files) of documents read together.

    Attributes:
        id: `id` of brief.toml, else made from the resolved path.
        title: what it is called.
        root: its folder.
        entries: its documents in reading order, not yet read.
        language: ISO 639-1 code for documents that name none; empty where unknown.
        aliases: names of one thing: a name and the words or phrases that stand for it.
        manifest: its brief.toml, or None.
        read_only: whether it may not be written to (the packaged brief).
        notices: what was wrong without stopping anything, one sentence each.
    """

    id: str
    title: str
    root: Path
    entries: tuple[Entry, ...]
    language: str = ""
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    manifest: Path | None = None
    read_only: bool = False
    notices: tuple[str, ...] = ()

    def entry(self, name: str) -> Entry:
        """The document that a reader means: its id, its name, or any unique beginning of either.

        Raises:
            BriefError: none or several documents begin so; the text lists what there is.
        """
        for entry in self.entries:
            if name in (entry.id, entry.name):
                return entry
        found = [e for e in self.entries if name and (e.id.startswith(name) or e.name.startswith(name))]
        if len(found) == 1:
            return found[0]
        names = ", ".join(e.name for e in (found or self.entries)[:8])
        what = "is the beginning of several documents" if found else "is no document of this brief"
        raise BriefError(f"{name!r} {what}; choose one of: {names}.")
