"""How many passages of which document have which themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from brief_tui.corpus.model import Passage, PassageKey
from brief_tui.export.request import CodeRow, ExportRequest
from brief_tui.highlights.model import State


def themes_of(request: ExportRequest) -> tuple[CodeRow, ...]:
    """The themes of the codebook, without its topics."""
    return tuple(code for code in request.codes if not code.topic)


def counts(request: ExportRequest) -> Counter[tuple[str, str]]:
    """The number of passages by document id and theme id."""
    return Counter((doc, theme) for (doc, _), themes in _passages(request).items() for theme in themes)


def pairs(request: ExportRequest) -> Counter[tuple[str, str]]:
    """The number of passages by two theme ids, in either order; by one twice, all of that theme."""
    found = _passages(request).values()
    return Counter((one, other) for themes in found for one in themes for other in themes)


def _passages(request: ExportRequest) -> dict[PassageKey, set[str]]:
    """The themes of each passage; a pull quote counts as the passage whose words it repeats."""
    known = {document.id: document for document in request.documents}
    themes = {theme.id for theme in themes_of(request)}
    found: dict[PassageKey, set[str]] = {}

    def add(passages: Iterable[Passage], ids: Iterable[str]) -> None:
        for passage in passages:
            number = passage.number if passage.twin is None else passage.twin
            found.setdefault((passage.doc, number), set()).update(themes.intersection(ids))

    for row in request.themes:
        if row.doc in known:
            add((known[row.doc].passages[row.number],), (row.theme,))
    for mark in request.highlights:
        document = known.get(mark.doc)
        if document is not None and mark.state is State.ANCHORED and mark.digest == document.digest:
            add(document.passages_in(mark.span), mark.tags)
    return found
