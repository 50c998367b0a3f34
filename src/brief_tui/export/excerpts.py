"""Highlights and passages of a theme as excerpts: what every format writes, in the brief's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from brief_tui.corpus.model import Document, Passage, Span
from brief_tui.export.citation import Citation, cite
from brief_tui.export.request import ExportRequest, ThemeRow
from brief_tui.export.text import fold, made_id, paragraphs
from brief_tui.highlights.model import Highlight, State


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation with its citation, tags and note.

    Attributes:
        id: the highlight's; for a passage of a theme one made from its place and words.
        doc: id of the document.
        document: None where it is not in the brief any more.
        passage: that its beginning stands in; None where it has no place.
        span: where it stands; its last known place where it is orphaned.
        exact: the quoted text as it stands there.
        paragraphs: the same to read: one line a passage, without the markers of bullets.
        citation: where it comes from.
        tags: ids of codes and free words.
        note: the reader's words.
        created: UTC in ISO 8601; empty for a passage of a theme.
        modified: likewise.
        orphaned: whether its document no longer holds it.
        themes: for a passage of a theme its theme tags; none for a highlight.
    """

    id: str
    doc: str
    document: Document | None
    passage: Passage | None
    span: Span
    exact: str
    paragraphs: tuple[str, ...]
    citation: Citation
    tags: tuple[str, ...]
    note: str = ""
    created: str = ""
    modified: str = ""
    orphaned: bool = False
    themes: tuple[ThemeRow, ...] = ()

    @property
    def quotation(self) -> str:
        """The quoted text on one line."""
        return " ".join(self.paragraphs)

    @property
    def name(self) -> str:
        """The document as commands and output name it."""
        return self.document.name if self.document else self.doc


class Group(NamedTuple):
    """The excerpts of one document.

    Attributes:
        doc: id of the document.
        document: None where it is not in the brief any more.
        excerpts: in the order of its text, a highlight before the passage it begins with.
    """

    doc: str
    document: Document | None
    excerpts: Iterator[Excerpt]


def groups(request: ExportRequest) -> Iterator[Group]:
    """The documents that have excerpts, in the brief's order, those that are gone at the end.

    Excerpts are made while they are read, so that a long export needs little memory.
    """
    marks: dict[str, list[Highlight]] = {}
    for highlight in request.highlights:
        marks.setdefault(highlight.doc, []).append(highlight)
    themed: dict[str, list[ThemeRow]] = {}
    for row in request.listed:
        themed.setdefault(row.doc, []).append(row)
    for document in request.documents:
        own, rows = marks.pop(document.id, []), themed.pop(document.id, [])
        if own or rows:
            yield Group(document.id, document, _of(document, own, rows))
    for doc in sorted(marks):
        yield Group(doc, None, (_mark(None, highlight) for highlight in _sorted(marks[doc])))


def excerpts(request: ExportRequest) -> Iterator[Excerpt]:
    """All excerpts, in the order of `groups`."""
    for group in groups(request):
        yield from group.excerpts


def _of(document: Document, marks: list[Highlight], rows: list[ThemeRow]) -> Iterator[Excerpt]:
    rows.sort(key=attrgetter("number"))
    waiting = _sorted(marks)
    at = 0
    for number, own in groupby(rows, key=attrgetter("number")):
        passage = document.passages[number]
        while at < len(waiting) and waiting[at].start <= passage.start:
            yield _mark(document, waiting[at])
            at += 1
        yield _passage(document, passage, tuple(own))
    for highlight in waiting[at:]:
        yield _mark(document, highlight)


def _sorted(marks: list[Highlight]) -> list[Highlight]:
    return sorted(marks, key=attrgetter("start", "end", "created", "id"))


def _mark(document: Document | None, highlight: Highlight) -> Excerpt:
    placed = (
        document is not None and highlight.state is State.ANCHORED and highlight.digest == document.digest
    )
    if document is not None and placed:
        within = document.passages_in(highlight.span)
        words, citation = paragraphs(document, highlight.span), cite(document, highlight.span)
    else:
        within, words = (), (fold(highlight.exact),)
        citation = cite(document) if document is not None else Citation(place=highlight.doc)
    return Excerpt(
        id=highlight.id,
        doc=highlight.doc,
        document=document,
        passage=within[0] if within else None,
        span=highlight.span,
        exact=highlight.exact,
        paragraphs=words,
        citation=citation,
        tags=highlight.tags,
        note=highlight.note,
        created=highlight.created,
        modified=highlight.modified,
        orphaned=not placed,
    )


def _passage(document: Document, passage: Passage, rows: tuple[ThemeRow, ...]) -> Excerpt:
    return Excerpt(
        id=made_id("passage", document.id, str(passage.start), passage.text),
        doc=document.id,
        document=document,
        passage=passage,
        span=passage.span,
        exact=passage.text,
        paragraphs=paragraphs(document, passage.span),
        citation=cite(document, passage.span),
        tags=tuple(row.theme for row in rows),
        themes=rows,
    )
