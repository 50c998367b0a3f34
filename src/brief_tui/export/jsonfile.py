"""Our own format: everything that the store holds, so that it can be taken back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from msgspec import structs

from brief_tui.corpus.model import Document
from brief_tui.export.request import ExportRequest, ThemeRow
from brief_tui.export.text import as_json

FORMAT = "brief-tui"
VERSION = 1


def render(request: ExportRequest) -> Iterator[bytes]:
    """One object; each highlight, manual tag and theme tag on a line of its own."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "generated": request.generated,
        "brief": {"id": request.brief_id, "title": request.title},
        "scope": request.scope,
        "documents": [_document(each) for each in request.documents],
        "codes": [asdict(code) for code in request.codes],
        "notes": dict(request.notes),
    }
    yield as_json(head).removesuffix(b"}")
    yield from _list("highlights", _told(request))
    yield from _list("manual_tags", (asdict(each) for each in request.manual_tags))
    known = {each.id: each for each in request.documents}
    yield from _list("themes", (_theme(known[row.doc], row) for row in request.themes if row.doc in known))
    yield b"\n}\n"


def _told(request: ExportRequest) -> Iterator[dict[str, object]]:
    for each in request.highlights:
        yield asdict(each)
        request.advance()


def _list(name: str, items: Iterable[dict[str, object]]) -> Iterator[bytes]:
    yield f',\n"{name}":['.encode()
    separator = b"\n"
    for item in items:
        yield separator + as_json(item)
        separator = b",\n"
    yield b"\n]"


def _document(document: Document) -> dict[str, object]:
    known = document.entry.metadata
    return structs.asdict(known) | {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "language": document.language,
        "digest": document.digest,
    }


def _theme(document: Document, row: ThemeRow) -> dict[str, object]:
    passage = document.passages[row.number]
    return {
        "doc": row.doc,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "theme": row.theme,
        "score": row.score,
        "manual": row.manual,
        "evidence": [
            {"start": start, "end": end, "text": document.text[start:end]} for start, end in row.evidence
        ],
    }
