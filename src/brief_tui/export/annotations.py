"""W3C Web Annotation (JSON-LD): a collection of one page, an annotation an excerpt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote
from uuid import UUID

from brief_tui.corpus.model import Document
from brief_tui.export.excerpts import Excerpt, count, excerpts
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import as_json, made_id
from brief_tui.highlights.anchor import selector
from brief_tui.highlights.model import Highlight

SOURCE = "urn:brief-tui:"
"""Before a document's id in the IRI of a document."""

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def render(request: ExportRequest) -> Iterator[bytes]:
    """The collection with its only page inside; an empty one has no page."""
    names = ("annotations", request.brief_id)
    collection, page = _urn(made_id(*names)), _urn(made_id(*names, "1"))
    notes = [
        _note(request, of, text, collection) for of, text in sorted(request.notes.items()) if text.strip()
    ]
    total = len(notes) + count(request)
    head: dict[str, object] = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": request.title,
        "generated": request.generated,
        "total": total,
    }
    if not total:
        yield as_json(head) + b"\n"
        return
    first = {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": []}
    yield as_json(head | {"last": page, "first": first}).removesuffix(b"]}}")
    made = (_annotation(request, excerpt) for excerpt in excerpts(request))
    separator = b"\n"
    for annotation in chain(notes, made):
        yield separator + as_json(annotation)
        separator = b",\n"
    yield b"\n]}}\n"


def _note(request: ExportRequest, of: str, text: str, collection: str) -> dict[str, Any]:
    """A note on a document, or on the brief, for which the collection stands."""
    known = {document.id: document for document in request.documents}
    target = _source(of, known.get(of)) if of else {"id": collection, "type": "Dataset"}
    body = {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": "commenting"}
    return {
        "id": _urn(made_id("note", request.brief_id, of)),
        "type": "Annotation",
        "motivation": "commenting",
        "body": [body],
        "target": target,
    }


def _annotation(request: ExportRequest, excerpt: Excerpt) -> dict[str, Any]:
    """A highlight, or a passage of a theme, which is classified rather than highlighted."""
    mark = excerpt.highlight
    bodies = [
        {"type": "TextualBody", "value": request.label(tag), "purpose": "classifying"}
        if mark is None
        else {"type": "TextualBody", "value": tag, "purpose": "tagging"}
        for tag in excerpt.tags
    ]
    if excerpt.note:
        note = {"type": "TextualBody", "value": excerpt.note, "format": "text/plain", "purpose": "commenting"}
        bodies.append(note)
    if excerpt.orphaned:
        words = "orphaned: its document no longer holds these words"
        bodies.append({"type": "TextualBody", "value": words, "purpose": "describing"})
    annotation: dict[str, Any] = {
        "id": _urn(excerpt.id),
        "type": "Annotation",
        "motivation": "classifying" if mark is None else "highlighting",
    }
    if excerpt.created:
        annotation |= {"created": excerpt.created, "modified": excerpt.modified}
    if bodies:
        annotation["body"] = bodies
    return annotation | {
        "target": {"source": _source(excerpt.doc, excerpt.document), "selector": _selectors(excerpt, mark)}
    }


def _source(doc: str, document: Document | None) -> dict[str, str]:
    source = {"id": SOURCE + quote(doc, errors="replace"), "type": "Text", "format": "text/plain"}
    if document is not None and document.language:
        source["language"] = document.language
    if document is not None and document.entry.metadata.url:
        source["via"] = document.entry.metadata.url
    return source


def _selectors(excerpt: Excerpt, mark: Highlight | None) -> list[dict[str, object]]:
    """The quotation with its context, and the position in code points, as the Recommendation counts them."""
    if mark is not None:
        wanted = mark.selector
    else:
        wanted = selector(excerpt.document.text if excerpt.document else "", excerpt.span)
    return [
        {
            "type": "TextQuoteSelector",
            "exact": wanted.exact,
            "prefix": wanted.prefix,
            "suffix": wanted.suffix,
        },
        {"type": "TextPositionSelector", "start": wanted.start, "end": wanted.end},
    ]


def _urn(name: str) -> str:
    try:
        return UUID(name).urn
    except ValueError:
        return UUID(made_id("id", name)).urn
