"""A text document (.docx) with quotations and citations in styles of their own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from brief_tui.export.archive import add, streamed
from brief_tui.export.excerpts import Excerpt, groups
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import fold, printable
from brief_tui.export.xml import element

BODY = "word/document.xml"
STYLES = {"Excerpt": "Quote", "Citation": "Normal", "Tags": "Normal", "Note": "Normal"}
"""Our paragraph styles, each with the style that it is based on."""


def render(request: ExportRequest) -> Iterator[bytes]:
    """The excerpts by document: each a quotation, its citation, its tags and its note.

    The styles are python-docx's; the paragraphs are written one by one, since a document of many of them
    would not fit into memory.
    """

    def fill(file: IO[bytes]) -> None:
        with zipfile.ZipFile(io.BytesIO(_empty(request))) as frame, zipfile.ZipFile(file, "w") as archive:
            for name in frame.namelist():
                content = frame.read(name)
                add(archive, name, _text(request, content) if name == BODY else [content])

    return streamed(fill)


def _empty(request: ExportRequest) -> bytes:
    """A document with the styles and without a paragraph."""
    from docx import Document

    document = Document()
    for name, base in STYLES.items():
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles[base]
        _shape(style, name)
    known = document.core_properties
    known.title, known.author = printable(request.title)[:255], printable(request.user)[:255]
    known.comments, known.last_modified_by = "", known.author
    known.created = known.modified = request.moment
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _shape(style: Any, name: str) -> None:
    from docx.shared import Pt

    style.paragraph_format.space_after = Pt(2 if name in {"Excerpt", "Citation"} else 10)
    if name == "Excerpt":
        style.paragraph_format.left_indent = Pt(18)
        style.paragraph_format.keep_with_next = True
    else:
        style.font.size = Pt(9)


def render_text(request: ExportRequest) -> Iterator[bytes]:
    """The document's words, without its styles."""
    return (f"{printable(text)}\n\n".encode() for _, text in _paragraphs(request))


def _text(request: ExportRequest, frame: bytes) -> Iterator[str | bytes]:
    """The document's body: our paragraphs before the section's properties, which end it."""
    before, end, after = frame.partition(b"<w:sectPr")
    yield before
    for style, text in _paragraphs(request):
        yield _paragraph(style, text)
    yield end + after


def _paragraphs(request: ExportRequest) -> Iterator[tuple[str, str]]:
    """The paragraphs: each the name of its style, and its text."""
    yield "Title", request.title
    if note := request.notes.get(""):
        yield "Note", note
    for group in groups(request):
        yield "Heading1", group.title
        if note := request.notes.get(group.doc):
            yield "Note", note
        for excerpt in group.excerpts:
            yield from _excerpt(request, excerpt)


def _excerpt(request: ExportRequest, excerpt: Excerpt) -> Iterator[tuple[str, str]]:
    for line in excerpt.paragraphs:
        yield "Excerpt", line
    yield "Citation", f"— {excerpt.citation}"
    tags = "; ".join(fold(request.label(tag)) for tag in excerpt.tags) or "none (untagged)"
    lost = ". Orphaned: its document no longer holds these words" if excerpt.orphaned else ""
    yield "Tags", f"Tags: {tags}{lost}"
    if excerpt.note:
        yield "Note", excerpt.note


def _paragraph(style: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    name = element("w:pStyle", **{"w:val": style})
    return f"<w:p><w:pPr>{name}</w:pPr><w:r>{'<w:br/>'.join(map(_run, lines))}</w:r></w:p>"


def _run(line: str) -> str:
    if not line:
        return ""
    return element("w:t", printable(line), **{"xml:space": "preserve"})
