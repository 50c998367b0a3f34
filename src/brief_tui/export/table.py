"""Rows of text as CSV (RFC 4180): excerpts, what Readwise takes, the codebook, and counts of themes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from brief_tui.corpus.model import Document
from brief_tui.export.citation import Citation, cite
from brief_tui.export.counts import counts, pairs, themes_of
from brief_tui.export.excerpts import Excerpt, excerpts, groups
from brief_tui.export.markdown import slug
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import made_id

COLUMNS = (
    *("id", "kind", "document", "title", "author", "publisher", "date", "url", "section", "page", "line"),
    *("start", "end", "quotation", "tags", "scores", "note", "created", "modified", "state"),
)
"""Of the table of excerpts, in the CSV and in the workbook."""

ROWS = 200
"""Rows that are written at once."""


def guarded(field: str) -> str:
    """A field that no spreadsheet takes for a formula."""
    return f"'{field}" if field.startswith(("=", "+", "-", "@", "\t", "\r")) else field


def row_of(request: ExportRequest, excerpt: Excerpt) -> tuple[str, ...]:
    """An excerpt as the fields of `COLUMNS`."""
    place = excerpt.citation
    return (
        excerpt.id,
        "theme" if excerpt.themes else "highlight",
        excerpt.name,
        place.title,
        place.author,
        place.publisher,
        place.date,
        place.url,
        place.section,
        "" if place.page is None else str(place.page),
        place.place.rpartition(":")[2] if excerpt.passage is not None else "",
        str(excerpt.span.start),
        str(excerpt.span.end),
        excerpt.quotation,
        "; ".join(request.label(tag) for tag in excerpt.tags),
        "; ".join("manual" if each.manual else f"{each.score:.2f}" for each in excerpt.themes),
        excerpt.note,
        excerpt.created,
        excerpt.modified,
        ("orphaned" if excerpt.orphaned else "anchored") + ("" if excerpt.tags else " untagged"),
    )


def render(request: ExportRequest) -> Iterator[bytes]:
    """One row an excerpt, and above those of a document or of the brief one with the note on it."""
    return _csv(COLUMNS, (map(guarded, row) for row in _rows(request)))


def _rows(request: ExportRequest) -> Iterator[Sequence[str]]:
    if note := request.notes.get(""):
        yield _note(request, "", note)
    for group in groups(request):
        if note := request.notes.get(group.doc):
            yield _note(request, group.doc, note, group.document)
        for excerpt in group.excerpts:
            yield row_of(request, excerpt)


def _note(request: ExportRequest, doc: str, note: str, document: Document | None = None) -> list[str]:
    place = cite(document) if document is not None else Citation()
    known = {
        "id": made_id("note", request.brief_id, doc),
        "kind": "note",
        "document": document.name if document is not None else doc,
        **{name: getattr(place, name) for name in ("title", "author", "publisher", "date", "url")},
        "note": note,
    }
    return [known.get(name, "") for name in COLUMNS]


def render_readwise(request: ExportRequest) -> Iterator[bytes]:
    """The columns of Readwise's import; tags stand in the note as its import reads them (".tag")."""
    columns = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
    return _csv(columns, (_readwise(request, excerpt) for excerpt in excerpts(request)))


def _readwise(request: ExportRequest, excerpt: Excerpt) -> Sequence[str]:
    tags = " ".join(f".{slug(request.label(tag))}" for tag in excerpt.tags)
    orphaned = ".orphaned" if excerpt.orphaned else ""
    return (
        excerpt.quotation,
        excerpt.citation.title or excerpt.name,
        excerpt.citation.author,
        excerpt.citation.url,
        "\n".join(filter(None, (" ".join(filter(None, (tags, orphaned))), excerpt.note))),
        excerpt.citation.place.rpartition(":")[2] if excerpt.passage is not None else "",
        excerpt.created[:19].replace("T", " "),
    )


def render_matrix(request: ExportRequest) -> Iterator[bytes]:
    """Documents down, themes across: the number of passages of the theme."""
    themes, found = themes_of(request), counts(request)
    rows = (
        (
            guarded(document.name),
            guarded(document.title),
            *(str(found[document.id, theme.id]) for theme in themes),
        )
        for document in request.documents
    )
    return _csv(("document", "title", *(guarded(theme.name) for theme in themes)), rows)


def render_cooccurrence(request: ExportRequest) -> Iterator[bytes]:
    """Themes down and across: the number of passages that have both; where they are one, all of its own."""
    themes, found = themes_of(request), pairs(request)
    rows = ((guarded(one.name), *(str(found[one.id, other.id]) for other in themes)) for one in themes)
    return _csv(("theme", *(guarded(theme.name) for theme in themes)), rows)


def render_codebook(request: ExportRequest) -> Iterator[bytes]:
    """The columns of Taguette's codebook, with the number of highlights that have the code as a tag."""
    used = Counter(tag for each in request.highlights for tag in each.tags)
    rows = ((guarded(code.name), guarded(code.memo), str(used[code.id])) for code in request.codes)
    return _csv(("tag", "description", "number of highlights"), rows)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % ROWS == 0:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")
