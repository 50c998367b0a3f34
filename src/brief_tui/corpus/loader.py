"""Reads one document of a brief: whole, in a process of its own, or only its beginning."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from brief_tui.corpus.files import NotAFileError, read_beginning
from brief_tui.corpus.formats import PLAIN, READERS, Extracted, read_plain, read_text
from brief_tui.corpus.model import Document, Entry, Kind, Passage
from brief_tui.corpus.packed import kept
from brief_tui.errors import SourceError

BEGINNING = 64 * 1024
"""Bytes of a large document that are shown before the rest is read."""

_LARGE = 256 * 1024
_SLICE = 1 << 18


def load(
    entry: Entry,
    *,
    default_language: str = "",
    apart: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    cache: Path | None = None,
) -> Document:
    """Read and segment a document.

    Args:
        entry: what the brief says of it.
        default_language: the brief's language, for a document that names none.
        apart: whether a large text is cut in a process of its own, so that other threads go on.
        cancelled: asked now and then while that runs; true ends it.
        cache: the private folder where passages are kept; None keeps nothing.

    Raises:
        SourceError: it cannot be read; one sentence says why.
        children.Cancelled: it was ended.
    """
    extracted = read_text(entry.path)
    digest = _digest(extracted.text)

    def cut() -> tuple[Passage, ...]:
        if apart and len(extracted.text) > _LARGE:
            from brief_tui.corpus.apart import segment_apart

            return segment_apart(extracted, entry.id, cancelled=cancelled)
        return _segment(extracted, entry.id)

    passages = kept(cache, f"{digest}-{extracted.markup}", extracted.text, entry.id, cut)
    return _document(entry, extracted, passages, digest, default_language)


def load_beginning(entry: Entry, *, default_language: str = "", limit: int = BEGINNING) -> Document | None:
    """Read and segment the beginning of a plain text, to be shown while the whole is being read.

    Its passages are the first ones of the whole as far as rules that look at the whole text allow: keep a
    place by its code point, not by its number. It has no digest, so nothing can be marked in it.

    Args:
        entry: what the brief says of it.
        default_language: the brief's language, for a document that names none.
        limit: bytes that are read.

    Returns:
        None where the beginning says nothing by itself: other formats, other encodings, no text.
    """
    reader = READERS.get(entry.path.suffix.lower(), read_plain)
    if reader not in PLAIN:
        return None
    try:
        content = read_beginning(entry.path, limit)
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
            return None
        extracted = reader(_to_blank_line(content, limit), entry.path.name)
    except (OSError, NotAFileError, SourceError):
        return None
    passages = _segment(extracted, entry.id)
    return _document(entry, extracted, passages, "", default_language) if passages else None


def _segment(extracted: Extracted, doc: str) -> tuple[Passage, ...]:
    from brief_tui.corpus.segment import segment  # its patterns take longer to compile than to use

    return segment(extracted.text, doc, markup=extracted.markup)


def _to_blank_line(content: bytes, limit: int) -> bytes:
    """Content up to its last blank line, else its last line end, else its last blank."""
    if len(content) < limit:
        return content
    for sign in (b"\n\n", b"\r\n\r\n", b"\n", b"\r", b" "):
        cut = content.rfind(sign)
        if cut > 0:
            return content[: cut + len(sign)]
    return content


def _digest(text: str) -> str:
    digest = blake2b(digest_size=16)
    for at in range(0, len(text), _SLICE):  # a second copy of all of it would stay in the heap
        digest.update(text[at : at + _SLICE].encode("utf-8"))
    return digest.hexdigest()


def _document(
    entry: Entry, extracted: Extracted, passages: tuple[Passage, ...], digest: str, default_language: str
) -> Document:
    return Document(
        entry=entry,
        text=extracted.text,
        digest=digest,
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
