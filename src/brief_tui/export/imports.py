"""Highlights from files: our own format, and W3C Web Annotations of any program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from brief_tui.corpus.files import read_named
from brief_tui.corpus.model import Document
from brief_tui.errors import BriefError
from brief_tui.export.jsonfile import FORMAT, VERSION
from brief_tui.export.text import made_id
from brief_tui.highlights.model import Highlight, ManualTag
from brief_tui.highlights.moves import written
from brief_tui.highlights.placing import Mark

LIMIT = 1 << 28
"""Bytes of a file that is imported, at most."""

FARTHEST = 1 << 53
"""A place beyond any text: what JSON counts exactly ends here, and SQLite's numbers do not much later."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brings.

    Attributes:
        highlights: with positions in the brief's documents, or orphaned.
        manual_tags: likewise.
        notes: on documents by document id, on the brief by "".
        skipped: what could not be taken, one sentence each.
    """

    highlights: tuple[Highlight, ...]
    manual_tags: tuple[ManualTag, ...] = ()
    notes: Mapping[str, str] | None = None
    skipped: tuple[str, ...] = ()


class _Document(msgspec.Struct):
    id: str
    digest: str = ""


class _File(msgspec.Struct):
    version: int
    highlights: list[Highlight]
    manual_tags: list[ManualTag] = []
    notes: dict[str, str] = {}
    documents: list[_Document] = []


def read_highlights(path: Path, documents: Sequence[Document]) -> Imported:
    """What a file of highlights holds, for `Store.put`.

    Args:
        path: a `json` or `jsonld` export of ours, or the annotations of another program.
        documents: of the brief; a document that has another name now is known by its text.

    Raises:
        BriefError: the file cannot be read, or it holds nothing of the kind.
    """
    content = read_named(path, LIMIT)
    if content is None:
        raise BriefError(f"{path.name} is larger than {LIMIT >> 20} MB; import it in parts.")
    return parse_highlights(content, documents, path.name)


def parse_highlights(content: bytes, documents: Sequence[Document], name: str = "the file") -> Imported:
    """The same of a file's content.

    Raises:
        BriefError: it holds no highlights, or they cannot be read.
    """
    from brief_tui.export.annotations_in import is_annotations, read_annotations

    try:
        value: Any = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
        if isinstance(value, dict) and value.get("format") == FORMAT:
            return _ours(msgspec.convert(value, _File), documents, name)
        if is_annotations(value):
            return read_annotations(value, documents)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BriefError(f"{name} is no file of highlights: {error}.") from error
    raise BriefError(f"{name} holds no highlights; import a json or jsonld export.")


def _ours(file: _File, documents: Sequence[Document], name: str) -> Imported:
    if file.version > VERSION:
        raise BriefError(f"A newer brief-tui wrote {name}; import it with that version.")
    by_id = {each.id: each for each in documents}
    by_digest = {each.digest: each for each in documents}
    highlights = [_checked(each, by_id, by_digest) for each in file.highlights if _sound(each)]
    tags = [_checked(each, by_id, by_digest) for each in file.manual_tags if _sound(each)]
    ids = {each.digest: each.id for each in documents}
    names = {each.id: ids.get(each.digest, each.id) for each in file.documents}
    notes = {doc if doc in by_id else names.get(doc, doc): text for doc, text in file.notes.items()}
    lost = len(file.highlights) + len(file.manual_tags) - len(highlights) - len(tags)
    skipped = (f"{lost} records of {name} have no sensible place and were left out.",) if lost else ()
    return Imported(tuple(highlights), tuple(tags), notes, skipped)


def _sound(mark: Highlight | ManualTag) -> bool:
    return bool(mark.id.strip() and mark.exact) and 0 <= mark.start < mark.end < FARTHEST


def _checked(mark: Mark, by_id: Mapping[str, Document], by_digest: Mapping[str, Document]) -> Mark:
    """A record with the id of its document here, and without a digest if it does not say the truth."""
    document = by_id.get(mark.doc) or by_digest.get(mark.digest)
    digest = mark.digest
    if (
        document is not None
        and digest == document.digest
        and document.text[mark.start : mark.end] != mark.exact
    ):
        digest = ""
    doc = document.id if document is not None else mark.doc
    created, modified = utc(mark.created), utc(mark.modified)
    return replace(mark, id=identified(mark.id), doc=doc, digest=digest, created=created, modified=modified)


def identified(name: str) -> str:
    """A record's id: the UUID that a name is, or one made from it."""
    try:
        return str(UUID(name.removeprefix("urn:uuid:")))
    except ValueError:
        return made_id(name)


def utc(moment: str) -> str:
    """A time as the store writes it; this moment for what is no time."""
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment):
        return moment
    try:
        when = datetime.fromisoformat(moment)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        when = datetime.now(UTC)
    return written(when)
