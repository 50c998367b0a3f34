"""Reads one document of a brief."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import PurePosixPath

from brief_tui.corpus.formats import read_text
from brief_tui.corpus.model import Document, Entry, Kind, Passage
from brief_tui.corpus.segment import segment


def load(entry: Entry, *, default_language: str = "") -> Document:
    """Read and segment a document.

    Args:
        entry: what the brief says of it.
        default_language: the brief's language, for a document that names none.

    Raises:
        SourceError: it cannot be read; one sentence says why.
    """
    extracted = read_text(entry.path)
    passages = segment(extracted.text, entry.id, markup=extracted.markup)
    return Document(
        entry=entry,
        text=extracted.text,
        digest=blake2b(extracted.text.encode("utf-8"), digest_size=16).hexdigest(),
        passages=passages,
        title=entry.metadata.title or _own_title(passages) or PurePosixPath(entry.id).name,
        language=entry.metadata.language or default_language,
        encoding=extracted.encoding,
        notices=extracted.notices,
    )


def _own_title(passages: tuple[Passage, ...]) -> str:
    for kind in (Kind.TITLE, Kind.HEADING):
        for passage in passages:
            if passage.kind is kind:
                return " ".join(passage.text.split())
    return ""
