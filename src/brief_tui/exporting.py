"""Exporting: everything that an export of a brief may hold, brought together."""

from __future__ import annotations

from datetime import UTC, datetime

from brief_tui.coding import Coding
from brief_tui.corpus.library import Library
from brief_tui.corpus.model import PROSE
from brief_tui.export.request import CodeRow, ExportRequest, ThemeRow
from brief_tui.marks import Marks


def export_request(library: Library, coding: Coding, marks: Marks) -> ExportRequest:
    """Everything that an export may hold; `export.request.narrow` makes it less."""
    codebook, store = coding.codebook, marks.store
    documents = tuple(library.documents())
    prose = {p.key for document in documents for p in document.passages if p.kind in PROSE}
    return ExportRequest(
        brief_id=library.brief.id,
        title=library.brief.title,
        documents=documents,
        highlights=store.all_highlights,
        themes=[
            ThemeRow(tag.doc, tag.number, tag.theme, tag.score, tag.manual, tag.evidence)
            for tag in coding.tags()
            if tag.key in prose
        ],
        codes=(
            *(CodeRow(code.id, code.name, code.memo, code.colour) for code in codebook.themes),
            *(CodeRow(code.id, code.name, code.memo, topic=True) for code in codebook.topics),
        ),
        manual_tags=store.manual_tags(),
        notes=store.notes(),
        generated=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
