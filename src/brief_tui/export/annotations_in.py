"""W3C Web Annotations as highlights: ours, and those of other programs, whatever their positions count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from brief_tui.corpus.model import Document, Span
from brief_tui.export.annotations import SOURCE
from brief_tui.export.imports import FARTHEST, Imported, identified, utc
from brief_tui.export.text import whole
from brief_tui.highlights.anchor import anchor, selector
from brief_tui.highlights.model import Highlight, Selector, State

TYPES = ("AnnotationCollection", "AnnotationPage", "Annotation")


def is_annotations(value: Any) -> bool:
    """Whether a JSON value holds Web Annotations."""
    first = next(iter(_list(value)), None)
    return isinstance(first, dict) and any(_is(first, name) for name in TYPES)


def read_annotations(value: Any, documents: Sequence[Document]) -> Imported:
    """The highlights and notes of a collection, a page, an annotation or a list of them.

    Passages of a theme (motivation "classifying") are not the reader's marks and are left. What comments on a
    whole document of ours is the note on it; what comments on the collection is the note on the brief.
    """
    shelf = _Shelf(documents)
    found: dict[str, Highlight] = {}
    notes: dict[str, str] = {}
    skipped: list[str] = []
    wholes = {_text(each.get("id")): "" for each in _list(value) if isinstance(each, dict)}
    for annotation in _annotations(value):
        if "classifying" in _list(annotation.get("motivation")):
            continue
        of = _whole(annotation, wholes)
        if of is not None:
            notes[of] = _bodies(annotation)[1]
            continue
        highlight = _highlight(annotation, shelf)
        if highlight is None:
            skipped.append(
                f"{annotation.get('id', 'An annotation')} names no text of this brief and was left out."
            )
        else:
            found[highlight.id] = highlight
    return Imported(tuple(found.values()), notes=notes, skipped=tuple(skipped))


def _whole(annotation: dict[str, Any], wholes: Mapping[str, str]) -> str | None:
    """The id of the document that one of our notes is on, "" for the brief; None for what is no such note."""
    target = annotation.get("target")
    iri = _text(target.get("id")) if isinstance(target, dict) else ""
    if "commenting" not in _list(annotation.get("motivation")) or not iri:
        return None
    return wholes.get(iri, unquote(iri.removeprefix(SOURCE)) if iri.startswith(SOURCE) else None)


def _annotations(value: Any) -> Iterator[dict[str, Any]]:
    for each in _list(value):
        if isinstance(each, dict):
            if _is(each, "AnnotationCollection"):
                yield from _annotations(each.get("first"))
            elif _is(each, "AnnotationPage"):
                yield from _annotations(each.get("items"))
            elif _is(each, "Annotation"):
                yield each


def _highlight(annotation: dict[str, Any], shelf: _Shelf) -> Highlight | None:
    """An annotation as a highlight, orphaned where its words are not there; None where it names no text."""
    target = next((each for each in _list(annotation.get("target")) if isinstance(each, dict)), {})
    place = _placed(target, shelf)
    if place is None:
        return None
    doc, digest, state, wanted = place
    tags, note = _bodies(annotation)
    created = utc(_text(annotation.get("created")))
    return Highlight(
        id=_id(annotation),
        doc=doc,
        digest=digest,
        start=wanted.start,
        end=wanted.end,
        exact=wanted.exact,
        prefix=wanted.prefix,
        suffix=wanted.suffix,
        tags=tags,
        note=note,
        created=created,
        modified=utc(_text(annotation.get("modified")) or created),
        state=state,
    )


def _placed(target: dict[str, Any], shelf: _Shelf) -> tuple[str, str, State, Selector] | None:
    """Id and digest of the document that a target names, and whether and where it stands there."""
    quote, position = _selectors(target.get("selector"))
    if quote is None and position is None:
        return None
    source = target.get("source")
    named = chain(_list(source.get("id")), _list(source.get("via"))) if isinstance(source, dict) else [source]
    iris = [each for each in named if isinstance(each, str)]
    document = shelf.find(iris, quote)
    span = shelf.place(document, quote, position) if document is not None else None
    if document is not None and span is not None:
        return document.id, document.digest, State.ANCHORED, selector(document.text, span)
    ours = next((unquote(iri.removeprefix(SOURCE)) for iri in iris if iri.startswith(SOURCE)), "")
    if quote is None or not (document is not None or ours):
        return None
    return document.id if document else ours, "", State.ORPHANED, _at(quote, position)


def _at(quote: Selector, position: Span | None) -> Selector:
    """A quotation with the place where it is said to begin."""
    start = position.start if position is not None else 0
    return replace(quote, start=start, end=start + len(quote.exact))


def _selectors(value: Any) -> tuple[Selector | None, Span | None]:
    """The quotation and the position among selectors and what refines them."""
    quote, position = None, None
    waiting = _list(value)[:100]
    for each in waiting:
        if not isinstance(each, dict):
            continue
        if _is(each, "TextQuoteSelector") and _text(each.get("exact")):
            exact, prefix, suffix = (_text(each.get(name)) for name in ("exact", "prefix", "suffix"))
            quote = Selector(0, len(exact), exact, prefix, suffix)
        start, end = each.get("start"), each.get("end")
        if _is(each, "TextPositionSelector") and type(start) is int and type(end) is int:
            position = Span(start, end) if 0 <= start < end < FARTHEST else position
        if len(waiting) < 200:
            waiting += _list(each.get("refinedBy"))[:10]
    return quote, position


def _bodies(annotation: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    """The tags, and the other words as a note."""
    tags: list[str] = []
    notes: list[str] = [_text(annotation.get("bodyValue"))]
    for body in _list(annotation.get("body")):
        value = _text(body.get("value")) if isinstance(body, dict) else ""
        purposes = _list(body.get("purpose")) if isinstance(body, dict) else []
        if "tagging" in purposes:
            tags.append(value.strip())
        elif not {"classifying", "describing"} & {each for each in purposes if isinstance(each, str)}:
            notes.append(value)
    return tuple(dict.fromkeys(filter(None, tags))), "\n\n".join(filter(None, notes))


def _id(annotation: dict[str, Any]) -> str:
    return identified(_text(annotation.get("id")) or repr(sorted(annotation.items(), key=str)))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _is(value: dict[str, Any], name: str) -> bool:
    return name in _list(value.get("type") or value.get("@type"))


def _text(value: Any) -> str:
    return str(whole(value)).replace("\r\n", "\n") if isinstance(value, str) else ""


def _bare(iri: str) -> str:
    """An IRI without its fragment, cut by hand: `urldefrag` raises for what is no URL."""
    return iri.partition("#")[0].rstrip("/")


class _Shelf:
    """The brief's documents, found by what an annotation says of its source."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._pairs: dict[str, list[int]] = {}

    def find(self, iris: Sequence[str], quote: Selector | None) -> Document | None:
        """The document that an IRI names, else the only one that holds the quotation."""
        for iri in iris:
            name = unquote(iri.removeprefix(SOURCE))
            bare = _bare(iri)
            last = PurePosixPath(unquote(bare)).name
            for document in self._documents:
                url = _bare(document.entry.metadata.url)
                if name == document.id or (url and url == bare) or last in (document.id, document.name):
                    return document
        if quote is None:
            return self._documents[0] if len(self._documents) == 1 else None
        holding = [each for each in self._documents if quote.exact in each.text]
        return holding[0] if len(holding) == 1 else None

    def place(self, document: Document, quote: Selector | None, position: Span | None) -> Span | None:
        """Where an annotation stands: its position in code points, else in UTF-16, else its quotation."""
        text = document.text
        if position is not None:
            for span in (position, self._from_utf16(document, position)):
                there = text[span.start : span.end]
                if span.end <= len(text) and (quote is None or there == quote.exact):
                    return span
        if quote is None:
            return None
        return anchor(text, _at(quote, position))

    def _from_utf16(self, document: Document, position: Span) -> Span:
        """A span of UTF-16 code units in code points."""
        if document.id not in self._pairs:
            wide = (at for at, sign in enumerate(document.text) if sign > "\uffff")
            self._pairs[document.id] = [at + number for number, at in enumerate(wide)]
        pairs = self._pairs[document.id]
        return Span(*(unit - bisect_left(pairs, unit) for unit in position))
