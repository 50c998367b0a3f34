"""Reads one document of a brief: whole, in a process of its own, or only its beginning."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from brief_tui.corpus.files import NotAFileError, read_beginning
from brief_tui.corpus.formats import PLAIN, Extracted, read_text, reader_of
from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage
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
    extracted = read_text(entry.path, cancelled=cancelled, cache=cache)
    digest = _digest(extracted.text)
    structure = _structure(extracted)

    def cut() -> tuple[Passage, ...]:
        if apart and len(extracted.text) > _LARGE and not structure:
            from brief_tui.corpus.apart import segment_apart

            return segment_apart(extracted, entry.id, cancelled=cancelled)
        return _segment(extracted, entry.id)

    passages = kept(cache, f"{digest}-{extracted.markup}{structure}", extracted.text, entry.id, cut)
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
    reader = reader_of(entry.path)
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

    return segment(
        extracted.text, doc, markup=extracted.markup, blocks=extracted.blocks, pages=extracted.pages
    )


def _to_blank_line(content: bytes, limit: int) -> bytes:
    """Content up to its last blank line, else its last line end, else its last blank; half of it at least."""
    if len(content) < limit:
        return content
    for sign in (b"\n\n", b"\r\n\r\n", b"\n", b"\r", b" "):
        cut = content.rfind(sign)
        if cut > len(content) // 2:
            return content[: cut + len(sign)]
    return content


def _digest(text: str) -> str:
    digest = blake2b(digest_size=16)
    for at in range(0, len(text), _SLICE):  # a second copy of all of it would stay in the heap
        digest.update(text[at : at + _SLICE].encode("utf-8"))
    return digest.hexdigest()


def _structure(extracted: Extracted) -> str:
    """What names the blocks and pages of a text beside the text itself; empty where it has none."""
    if not extracted.blocks and not extracted.pages:
        return ""
    return "-" + _digest(repr((extracted.blocks, extracted.pages)))


def _document(
    entry: Entry, extracted: Extracted, passages: tuple[Passage, ...], digest: str, default_language: str
) -> Document:
    known = _known(entry.metadata, extracted.metadata)
    return Document(
        entry=entry if known == entry.metadata else replace(entry, metadata=known),
        text=extracted.text,
        digest=digest,
        passages=passages,
        title=known.title or _own_title(passages) or PurePosixPath(entry.id).name,
        language=entry.metadata.language or default_language or known.language,
        encoding=extracted.encoding,
        notices=extracted.notices,
    )


def _known(told: Metadata, own: Metadata) -> Metadata:
    """What brief.toml tells of a source; where it says nothing, what the file says of itself."""
    if own == Metadata():
        return told
    return Metadata(**{name: getattr(told, name) or getattr(own, name) for name in told.__struct_fields__})


def _own_title(passages: tuple[Passage, ...]) -> str:
    for kind in (Kind.TITLE, Kind.HEADING):
        for passage in passages:
            if passage.kind is kind:
                return " ".join(passage.text.split())
    return ""
