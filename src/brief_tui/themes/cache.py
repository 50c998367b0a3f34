"""Tags kept from one run to the next: JSON in the private cache, checked before it is believed.

The tags of a code in a document are kept by what they hang on: the document's id, its digest and how it was
cut into passages; the code's cues, the cues of the codes that it requires, and the aliases. So an edit of a
document costs the tagging of that document, and an edit of a code that of this code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from brief_tui.corpus.model import Document
from brief_tui.corpus.sealed import keep, recall
from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import Codebook
from brief_tui.themes.tagger import Tagging, tag
from brief_tui.themes.tags import ThemeTag

if TYPE_CHECKING:
    from brief_tui.search.index import Index

NAME = "tags.json"

VERSION = 2
"""Raise it when the same cues give other tags, or when a tag is kept in another form."""

Parts = dict[str, dict[str, tuple[ThemeTag, ...]]]
"""Tags by the key of their document, then by the mark of their code."""


class Kept(msgspec.Struct, frozen=True):
    """A tagging in the parts that it was made of: what the next one need not work out again.

    Attributes:
        parts: the tags of each code in each document.
    """

    parts: Parts = {}


def recalled(
    folder: Path | None, codebook: Codebook, documents: Sequence[Document]
) -> tuple[Tagging, Kept] | None:
    """The tags of documents, where the cache has all of them; no index is needed for that.

    Args:
        folder: the brief's folder in the cache; None keeps nothing.
        codebook: the codes.
        documents: of the brief, in reading order.
    """
    try:
        marks = _marks(codebook)
    except ManifestError:  # tagging says it
        return None
    kept = _read(folder)
    keys = [_key(document) for document in documents]
    if any(mark not in kept.parts.get(key, {}) for key in keys for mark in marks.values()):
        return None
    return _whole(codebook, marks, keys, kept.parts), kept


def tag_with_cache(
    folder: Path | None,
    codebook: Codebook,
    index: Callable[[], Index],
    documents: Sequence[Document],
    *,
    known: Kept | None = None,
) -> tuple[Tagging, Kept]:
    """As `tagger.tag`, reading what was tagged before and keeping what is new.

    Args:
        folder: the brief's folder in the cache; None keeps nothing.
        codebook: the codes.
        index: opens an index of these documents; asked only where something is new.
        documents: of the brief, in reading order.
        known: what an earlier call gave, to be asked before the file is.

    Returns:
        The tags, and what the next call may be told.

    Raises:
        ManifestError: a cue does not parse, or requires what does not exist.
    """
    marks = _marks(codebook)
    keys = {document.id: _key(document) for document in documents}
    parts = _wanted(known.parts if known is not None else _read(folder).parts, keys, marks)
    missing: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents:
        had = parts[keys[document.id]]
        codes = tuple(code for code, mark in marks.items() if mark not in had)
        if codes:
            missing[codes].append(document)
    for codes, some in missing.items():
        fresh = tag(codebook, index(), some, only=codes)
        found: dict[tuple[str, str], list[ThemeTag]] = {(d.id, code): [] for d in some for code in codes}
        for each in (*fresh.themes, *fresh.topics):
            found[each.doc, each.theme].append(each)
        for (doc, code), tags in found.items():
            parts[keys[doc]][marks[code]] = tuple(tags)
    kept = Kept(parts)
    if missing and folder is not None:
        keep(folder / NAME, msgspec.json.encode(kept))
    return _whole(codebook, marks, list(keys.values()), parts), kept


def _wanted(parts: Parts, keys: Mapping[str, str], marks: Mapping[str, str]) -> Parts:
    """Those parts that documents and codes still hang on."""
    current = set(marks.values())
    return {
        key: {mark: tags for mark, tags in parts.get(key, {}).items() if mark in current}
        for key in keys.values()
    }


def _whole(codebook: Codebook, marks: Mapping[str, str], keys: Sequence[str], parts: Parts) -> Tagging:
    def of(codes: Sequence[str]) -> tuple[ThemeTag, ...]:
        """The tags of some codes by document, passage and the order of the codes."""
        return tuple(
            found
            for key in keys
            for found in sorted((t for code in codes for t in parts[key][marks[code]]), key=_number)
        )

    return Tagging(of([code.id for code in codebook.themes]), of([code.id for code in codebook.topics]))


def _number(found: ThemeTag) -> int:
    return found.number


def _marks(codebook: Codebook) -> dict[str, str]:
    """What the tags of each code hang on, beside the document: a hash by the code's id."""
    aliases = blake2b(msgspec.json.encode(sorted(codebook.aliases.items())), digest_size=16).hexdigest()
    marks: dict[str, str] = {}
    for code in codebook.in_order():
        required = [marks[each] for cue in code.cues for each in cue.requires if each in marks]
        told = msgspec.json.encode([VERSION, code.id, code.cues, required, aliases])
        marks[code.id] = blake2b(told, digest_size=16).hexdigest()
    return marks


def _key(document: Document) -> str:
    """What a document's tags hang on, beside the codes."""
    cuts = [(p.start, p.end, p.kind.value, p.heading) for p in document.passages]
    told = msgspec.json.encode([document.id, document.digest, document.language, cuts])
    return blake2b(told, digest_size=16).hexdigest()


def _read(folder: Path | None) -> Kept:
    """What was kept; nothing where the file is missing, damaged or not ours."""
    content = recall(folder / NAME) if folder is not None else None
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(content, type=Kept) if content is not None else Kept()
    return Kept()
