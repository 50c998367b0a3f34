"""REFI-QDA 1.0: a project (.qdpx) and a codebook (.qdc), for NVivo, MAXQDA, ATLAS.ti, QualCoder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from brief_tui.corpus.model import Document
from brief_tui.errors import ExportError
from brief_tui.export.archive import add, streamed
from brief_tui.export.codes import Code, codes_of
from brief_tui.export.excerpts import Excerpt, groups
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import fold, made_id
from brief_tui.export.xml import attributes, element, plain

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CUES = "brief-tui"
"""The user to whom automatic theme tags are put down."""


def render(request: ExportRequest) -> Iterator[bytes]:
    """A project: an archive of project.qde and one text file a document, which its positions count."""

    def fill(file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            add(archive, "project.qde", _project(request))
            for document in request.documents:
                add(archive, f"sources/{_file(request, document)}", [document.text])

    return streamed(fill)


def render_project(request: ExportRequest) -> Iterator[bytes]:
    """What stands in the archive's project.qde."""
    return (piece.encode("utf-8", "replace") for piece in _project(request))


def render_codebook(request: ExportRequest) -> Iterator[bytes]:
    """A codebook; its codes have the ids that they have in the project.

    Raises:
        ExportError: the brief has no codes, and the format knows no empty codebook.
    """
    codes = codes_of(request, free=False)
    if not codes:
        raise ExportError(
            "This brief has no themes or topics to export; add [[theme]] tables to its brief.toml."
        )
    yield f'{HEADER}<CodeBook xmlns="{CODEBOOK}" origin="{_origin()}">\n<Codes>\n'.encode()
    yield from (piece.encode() for piece in _codes(codes, None))
    yield b"</Codes>\n</CodeBook>\n"


def _origin() -> str:
    from brief_tui import __version__

    return f"brief-tui {__version__}"


def _guid(request: ExportRequest, what: str, *names: str) -> str:
    """An id that the same thing has in every export of the brief."""
    return made_id("refi", request.brief_id, what, *names)


def _file(request: ExportRequest, document: Document) -> str:
    return f"{_guid(request, 'text', document.id)}.txt"


def _when(moment: str) -> str:
    """A time as the schema takes it, or "" where none is known."""
    return moment if moment[:4].isdigit() else ""


def _project(request: ExportRequest) -> Iterator[str]:
    codes = codes_of(request, free=True)
    reader, cues = _guid(request, "user", "reader"), _guid(request, "user", "cues")
    automatic = any(not row.manual for row in request.listed)
    yield (
        HEADER
        + "<Project"
        + attributes(
            xmlns=PROJECT,
            name=plain(fold(request.title)) or "brief",
            origin=_origin(),
            creatingUserGUID=reader,
            creationDateTime=_when(request.generated),
        )
    )
    yield ">\n<Users>\n" + element("User", guid=reader, name=plain(fold(request.user)))
    yield element("User", guid=cues, name=CUES) if automatic else ""
    yield "</Users>\n"
    if codes:
        yield "<CodeBook>\n<Codes>\n"
        yield from _codes(codes, None)
        yield "</Codes>\n</CodeBook>\n"
    by_tag = {code.tag: code.guid for code in codes}
    found = {group.doc: group.excerpts for group in groups(request)}
    lost: list[Excerpt] = []
    if request.documents:
        yield "<Sources>\n"
        for document in request.documents:
            own = found.pop(document.id, iter(()))
            yield from _source(request, document, own, by_tag, lost)
        yield "</Sources>\n"
    lost += (excerpt for own in found.values() for excerpt in own)
    yield from _notes(request, lost)


def _codes(codes: Sequence[Code], parent: str | None) -> Iterator[str]:
    for code in codes:
        if code.parent == parent:
            yield (
                "<Code"
                + attributes(guid=code.guid, name=code.name, isCodable="true", color=code.colour)
                + ">"
            )
            yield element("Description", plain(code.memo)) if code.memo else ""
            yield from _codes(codes, code.tag)
            yield "</Code>\n"


def _source(
    request: ExportRequest,
    document: Document,
    excerpts: Iterator[Excerpt],
    codes: dict[str, str],
    lost: list[Excerpt],
) -> Iterator[str]:
    """A document with its selections; what is orphaned is added to `lost`, for the notes."""
    guid = _guid(request, "source", document.id)
    yield "<TextSource" + attributes(
        guid=guid,
        name=plain(fold(document.title)) or document.name,
        plainTextPath=f"internal://{_file(request, document)}",
        creatingUser=_guid(request, "user", "reader"),
        creationDateTime=_when(request.generated),
    )
    yield ">\n"
    notes = [_guid(request, "note", document.id)] if request.notes.get(document.id, "").strip() else []
    for excerpt in excerpts:
        if excerpt.orphaned:
            lost.append(excerpt)
            notes.append(_note_id(request, excerpt))
        else:
            yield from _selection(request, excerpt, codes)
    yield from (element("NoteRef", targetGUID=each) for each in notes)
    yield "</TextSource>\n"


def _selection(request: ExportRequest, excerpt: Excerpt, codes: dict[str, str]) -> Iterator[str]:
    """A selection: its description, which is the note, stands before its codings."""
    reader, cues = _guid(request, "user", "reader"), _guid(request, "user", "cues")
    automatic = {row.theme for row in excerpt.themes if not row.manual}
    created = _when(excerpt.created) or _when(request.generated)
    yield "<PlainTextSelection" + attributes(
        guid=_guid(request, "selection", excerpt.id),
        name=plain(excerpt.quotation[:80]),
        startPosition=str(excerpt.span.start),
        endPosition=str(excerpt.span.end),
        creatingUser=cues if automatic and len(automatic) == len(excerpt.themes) else reader,
        creationDateTime=created,
        modifyingUser=reader if _when(excerpt.modified) else "",
        modifiedDateTime=_when(excerpt.modified),
    )
    yield ">"
    yield element("Description", plain(excerpt.note)) if excerpt.note else ""
    for tag in excerpt.tags or ("",):
        yield "<Coding" + attributes(
            guid=_guid(request, "coding", excerpt.id, tag),
            creatingUser=cues if tag in automatic else reader,
            creationDateTime=created,
        )
        yield ">" + element("CodeRef", targetGUID=codes[tag]) + "</Coding>"
    yield "</PlainTextSelection>\n"


def _note_id(request: ExportRequest, excerpt: Excerpt) -> str:
    return _guid(request, "orphan", excerpt.id)


def _notes(request: ExportRequest, lost: Sequence[Excerpt]) -> Iterator[str]:
    """Notes on documents and on the brief, and orphaned highlights, which have no place to be selected."""
    known = {document.id for document in request.documents}
    notes: list[tuple[str, str, str]] = []
    loose: list[str] = []
    for of, text in request.notes.items():
        if text.strip():
            notes.append((_guid(request, "note", of), f"Note on {of or 'the brief'}", text))
            loose += [] if of in known else [notes[-1][0]]
    for excerpt in lost:
        tags = "; ".join(request.label(tag) for tag in excerpt.tags) or "none (untagged)"
        words = f"“{excerpt.quotation}”\n— {excerpt.citation}\nTags: {tags}\n{excerpt.note}"
        notes.append((_note_id(request, excerpt), f"Orphaned highlight: {excerpt.quotation[:60]}", words))
        loose += [] if excerpt.doc in known else [notes[-1][0]]
    if notes:
        yield "<Notes>\n"
        for guid, name, text in notes:
            yield "<Note" + attributes(
                guid=guid,
                name=plain(fold(name)),
                creatingUser=_guid(request, "user", "reader"),
                creationDateTime=_when(request.generated),
            )
            yield ">" + element("PlainTextContent", plain(text)) + "</Note>\n"
        yield "</Notes>\n"
    yield from (element("NoteRef", targetGUID=guid) for guid in loose)
    yield "</Project>\n"
