"""Tags kept from one run to the next: JSON in the private cache, checked before it is believed.

A document's tags are kept by its id, its digest, how it was cut into passages and the hash of all cues; so an
edit of a document costs the tagging of that document, and an edit of a cue that of all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from brief_tui.corpus.model import Document, Span
from brief_tui.themes.codebook import Codebook
from brief_tui.themes.tagger import Tagging, tag
from brief_tui.themes.tags import CueMatch, ThemeTag

if TYPE_CHECKING:
    from brief_tui.search.index import Index

NAME = "tags.json"

VERSION = 1
"""Raise it when the same cues give other tags."""

_SEAL = 32


class _Match(msgspec.Struct, array_like=True, frozen=True):
    cue: str
    weight: float
    spans: tuple[tuple[int, int], ...]


class _Tag(msgspec.Struct, array_like=True, frozen=True):
    code: str
    number: int
    score: float
    evidence: tuple[tuple[int, int], ...]
    matches: tuple[_Match, ...]


class _Kept(msgspec.Struct, frozen=True):
    cues: str
    documents: dict[str, tuple[_Tag, ...]]


def recalled(folder: Path | None, codebook: Codebook, documents: Sequence[Document]) -> Tagging | None:
    """The tags of documents, where the cache has all of them; no index is needed for that.

    Args:
        folder: the brief's folder in the cache; None keeps nothing.
        codebook: the codes.
        documents: of the brief, in reading order.
    """
    kept = _read(folder, _hash_of_cues(codebook))
    keys = [_key(document) for document in documents]
    if not all(key in kept for key in keys):
        return None
    pairs = zip(documents, keys, strict=True)
    return _parted(codebook, [_tag(document.id, t) for document, key in pairs for t in kept[key]])


def tag_with_cache(
    folder: Path | None,
    codebook: Codebook,
    index: Callable[[], Index],
    documents: Sequence[Document],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Tagging:
    """As `tagger.tag`, reading what was tagged before and keeping what is new.

    Args:
        folder: the brief's folder in the cache; None keeps nothing.
        codebook: the codes.
        index: opens an index of these documents; asked only where something is new.
        documents: of the brief, in reading order.
        progress: called with the cues done and their number; not at all where nothing is new.

    Raises:
        ManifestError: a cue does not parse, or requires what does not exist.
    """
    cues = _hash_of_cues(codebook)
    kept = _read(folder, cues)
    keys = {document.id: _key(document) for document in documents}
    new = [document for document in documents if keys[document.id] not in kept]
    fresh = tag(codebook, index(), new, progress=progress) if new else Tagging()
    by_document: dict[str, list[ThemeTag]] = {document.id: [] for document in new}
    for found in (*fresh.themes, *fresh.topics):
        by_document[found.doc].append(found)
    tags = {
        document.id: by_document[document.id]
        if document.id in by_document
        else [_tag(document.id, t) for t in kept[keys[document.id]]]
        for document in documents
    }
    if new and folder is not None:
        packed = {keys[d.id]: tuple(map(_packed, tags[d.id])) for d in documents}
        with suppress(OSError):  # a cache that cannot be written costs time, never the tags
            _write(folder, _Kept(cues, packed))
    return _parted(codebook, [found for document in documents for found in tags[document.id]])


def _parted(codebook: Codebook, tags: Sequence[ThemeTag]) -> Tagging:
    topics = {topic.id for topic in codebook.topics}
    return Tagging(
        tuple(found for found in tags if found.theme not in topics),
        tuple(found for found in tags if found.theme in topics),
    )


def _hash_of_cues(codebook: Codebook) -> str:
    cues = [(code.id, code.cues) for code in codebook.codes.values()]
    told = msgspec.json.encode([VERSION, cues, sorted(codebook.aliases.items())])
    return blake2b(told, digest_size=16).hexdigest()


def _key(document: Document) -> str:
    """What a document's tags hang on, beside the cues."""
    cuts = [(p.start, p.end, p.kind.value, p.heading) for p in document.passages]
    told = msgspec.json.encode([document.id, document.digest, document.language, cuts])
    return blake2b(told, digest_size=16).hexdigest()


def _packed(found: ThemeTag) -> _Tag:
    matches = tuple(_Match(m.cue, m.weight, m.spans) for m in found.matches)
    return _Tag(found.theme, found.number, found.score, found.evidence, matches)


def _tag(doc: str, kept: _Tag) -> ThemeTag:
    matches = tuple(CueMatch(m.cue, m.weight, tuple(Span(*s) for s in m.spans)) for m in kept.matches)
    evidence = tuple(Span(*s) for s in kept.evidence)
    return ThemeTag(kept.code, doc, kept.number, kept.score, evidence=evidence, matches=matches)


def _read(folder: Path | None, cues: str) -> dict[str, tuple[_Tag, ...]]:
    """What was kept for these cues; nothing where the file is missing, damaged or not ours."""
    if folder is None:
        return {}
    try:
        data = (folder / NAME).read_bytes()
        if data[:_SEAL] != _seal(data[_SEAL:]):
            return {}
        kept = msgspec.json.decode(data[_SEAL:], type=_Kept)
    except (OSError, msgspec.DecodeError):
        return {}
    return kept.documents if kept.cues == cues else {}


def _write(folder: Path, kept: _Kept) -> None:
    data = msgspec.json.encode(kept)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=NAME)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_seal(data) + data)
        Path(name).replace(folder / NAME)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _seal(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SEAL // 2).hexdigest().encode()
