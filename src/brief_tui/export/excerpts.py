"""Highlights and passages of a theme as excerpts: what every format writes, in the brief's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from brief_tui.corpus.model import Document, Passage, Span
from brief_tui.export.citation import Citation, cite
from brief_tui.export.request import ExportRequest, ThemeRow
from brief_tui.export.text import fold, made_id, paragraphs
from brief_tui.highlights.model import Highlight, State
from brief_tui.highlights.stored import stored


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
        highlight: what it is made of; None for a passage of a theme.
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
    highlight: Highlight | None = None

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
        size: how many excerpts there are; none where only a note on the document is.
        excerpts: in the order of its text, a highlight before the passage it begins with.
    """

    doc: str
    document: Document | None
    size: int
    excerpts: Iterator[Excerpt]

    @property
    def title(self) -> str:
        """How a part of an export that holds the group is headed."""
        return self.document.title if self.document else f"{self.doc} (no longer in the brief)"


def groups(request: ExportRequest) -> Iterator[Group]:
    """The documents that have excerpts or a note, in the brief's order, those that are gone at the end.

    Excerpts are made while they are read, so that a long export needs little memory.
    """
    marks = stored(request.highlights)
    themed: dict[str, list[ThemeRow]] = {}
    for row in request.listed:
        themed.setdefault(row.doc, []).append(row)
    noted = {of for of, text in request.notes.items() if of and text.strip()}
    for document in request.documents:
        size, passages = marks.sizes[document.id], _once(document, themed.pop(document.id, []))
        if size or passages or document.id in noted:
            made = _of(document, marks.of(document.id), passages)
            yield Group(document.id, document, size + len(passages), _told(request, made))
    for doc in sorted((marks.sizes.keys() | noted).difference(document.id for document in request.documents)):
        gone = (_mark(None, highlight) for highlight in marks.of(doc))
        yield Group(doc, None, marks.sizes[doc], _told(request, gone))


def excerpts(request: ExportRequest) -> Iterator[Excerpt]:
    """All excerpts, in the order of `groups`."""
    for group in groups(request):
        yield from group.excerpts


def count(request: ExportRequest) -> int:
    """How many excerpts a request has; none of them is made."""
    return sum(group.size for group in groups(request))


def _told(request: ExportRequest, made: Iterator[Excerpt]) -> Iterator[Excerpt]:
    for excerpt in made:
        yield excerpt
        request.advance()


def _once(document: Document, rows: list[ThemeRow]) -> list[tuple[Passage, tuple[ThemeRow, ...]]]:
    """The passages of theme tags with their tags, in reading order.

    A pull quote says what its twin says, so it is quoted there, once: with the tags of both, of a theme that
    both have the reader's own, else the stronger.
    """
    found: dict[int, dict[str, ThemeRow]] = {}
    for row in rows:
        twin = document.passages[row.number].twin
        if twin is not None:
            row = replace(row, number=twin, evidence=())  # noqa: PLW2901 - its evidence is in the pull quote
        themes = found.setdefault(row.number, {})
        other = themes.get(row.theme)
        if other is None or (row.manual, row.score, row.evidence) > (
            other.manual,
            other.score,
            other.evidence,
        ):
            themes[row.theme] = row
    return [(document.passages[number], tuple(found[number].values())) for number in sorted(found)]


def _of(
    document: Document,
    marks: Iterator[Highlight],
    passages: list[tuple[Passage, tuple[ThemeRow, ...]]],
) -> Iterator[Excerpt]:
    waiting = next(marks, None)
    for passage, rows in passages:
        while waiting is not None and waiting.start <= passage.start:
            yield _mark(document, waiting)
            waiting = next(marks, None)
        yield _passage(document, passage, rows)
    while waiting is not None:
        yield _mark(document, waiting)
        waiting = next(marks, None)


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
        highlight=highlight,
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
