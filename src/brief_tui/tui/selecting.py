"""Selecting by keyboard: a span with an edge that moves by sentence, word or character. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from brief_tui.corpus.model import Document, Kind, Passage, Span

Unit = Literal["sentence", "word", "character"]

_WORD = re.compile(r"\w+(?:['’\-‐‑]\w+)*")
_REACH = 400


class Selection(Struct, frozen=True):
    """What is being selected.

    Attributes:
        document: where.
        span: the selected text, never empty.
        at_end: whether the end is the edge that moves; else the start.
    """

    document: Document
    span: Span
    at_end: bool = True


def begin(document: Document, passage: Passage) -> Selection:
    """Select a passage's first sentence."""
    from brief_tui.corpus.sentences import sentences

    found = sentences(passage, document.language)
    return Selection(document, found[0] if found else passage.span)


def whole(selection: Selection) -> Selection:
    """Select all of the passages that are touched, from the first one's words to the last one's end."""
    touched = selection.document.passages_in(selection.span)
    if not touched:
        return selection
    return replace(selection, span=Span(touched[0].start + touched[0].marker, touched[-1].end))


def other_edge(selection: Selection) -> Selection:
    """Let the other edge move."""
    return replace(selection, at_end=not selection.at_end)


def move(selection: Selection, unit: Unit, direction: Literal[1, -1]) -> Selection:
    """Move the edge by one unit; where it would pass the other edge, both go to that unit.

    Args:
        selection: what is selected now.
        unit: by what it moves.
        direction: 1 onwards, -1 back.
    """
    start, end = selection.span
    edge = end if selection.at_end else start
    units = _units(selection.document, edge, unit)
    if direction > 0:
        found = next((u for u in units if (u.end if selection.at_end else u.start) > edge), None)
    else:
        before = [u for u in units if (u.end if selection.at_end else u.start) < edge]
        found = before[-1] if before else None
    if found is None:
        return selection
    moved = Span(start, found.end) if selection.at_end else Span(found.start, end)
    return replace(selection, span=moved if moved.start < moved.end else found)


def _units(document: Document, edge: int, unit: Unit) -> list[Span]:
    """The units around an edge, in order."""
    if unit == "sentence":
        return list(_sentences(document, edge))
    low = max(0, edge - _REACH)
    area = document.text[low : edge + _REACH]
    if unit == "word":
        return [Span(low + found.start(), low + found.end()) for found in _WORD.finditer(area)]
    import regex

    return [Span(low + found.start(), low + found.end()) for found in regex.finditer(r"\X", area)]


def _sentences(document: Document, edge: int) -> Iterator[Span]:
    """Sentences of the passage at an edge and of its neighbours that are no boilerplate."""
    from brief_tui.corpus.sentences import sentences

    passages = document.passages
    here = document.passages_in(Span(max(0, edge - 1), edge + 1))
    if not here:
        return
    before = next((p for p in reversed(passages[: here[0].number]) if p.kind is not Kind.BOILERPLATE), None)
    after = next((p for p in passages[here[-1].number + 1 :] if p.kind is not Kind.BOILERPLATE), None)
    for passage in (before, *here, after):
        if passage is not None:
            yield from sentences(passage, document.language)
