"""The lines of the search panel: results by document, searches to take up again, and how to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len

from brief_tui.corpus.model import Span
from brief_tui.corpus.visible import folded, visible
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, fit, in_view, painted
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.linelist import Drawer, Line, text_line

if TYPE_CHECKING:
    from brief_tui.search.results import Hit, Results
    from brief_tui.workspace import Workspace

_EXAMPLES = (
    ("words", "all of them, in any form", "=word  this form only"),
    ('"a phrase"', "in this order", 'a NEAR/8 b  "a b"~5  not far apart'),
    ("a OR b  -c", "either, without c", "dependab*  defen?e  fuzzy~"),
    ("theme:id doc:003", "within a theme, a document", "section: kind: tag: note:"),
)
_RECENT = 30
_SAVED = 3


class Offer(Struct, frozen=True):
    """A query that can be taken up with Enter.

    Attributes:
        query: its text.
        name: what it was saved under; empty for a recent one or a suggestion.
        kept: whether it was kept and can be taken out: saved or recent.
    """

    query: str
    name: str = ""
    kept: bool = False


def known_lines(saved: Mapping[str, str], recent: Sequence[str]) -> list[Line]:
    """What an empty query offers: saved searches, recent ones, else how to ask."""
    lines: list[Line] = []
    if saved:
        lines.append(text_line(" Saved searches", "accent"))
        lines += [_saved_line(name, query) for name, query in saved.items()]
    if recent:
        lines.append(text_line(" Recent searches", "accent"))
        lines += [
            Line(_columns("   ", visible(query), ""), Offer(query, kept=True)) for query in recent[:_RECENT]
        ]
    return lines or [Line(_example(*row)) for row in _EXAMPLES]


def saved_lines(saved: Mapping[str, str], typed: str) -> list[Line]:
    """The first saved searches whose name holds what is typed."""
    wanted = typed.strip().casefold()
    names = [name for name in saved if wanted in name.casefold()][:_SAVED]
    return [_saved_line(name, saved[name]) for name in names]


def _saved_line(name: str, query: str) -> Line:
    return Line(_columns("   ", visible(name), visible(query)), Offer(query, name, kept=True))


def result_lines(workspace: Workspace, results: Results, glyphs: Glyphs, *, counted: bool) -> Iterator[Line]:
    """Notices, then the results grouped by document, the document with the best of them first.

    Args:
        workspace: gives texts and sections.
        results: what was found.
        glyphs: the symbols.
        counted: whether the counts are there; "…" until then.
    """
    for notice in results.notices:
        yield Line(_notice(visible(notice)))
    if results.suggestion:
        yield Line(_columns(" did you mean ", visible(results.suggestion), "Tab"), Offer(results.suggestion))
    groups: dict[str, list[Hit]] = defaultdict(list)
    for hit in results.hits:
        groups[hit.doc].append(hit)
    for doc, hits in groups.items():
        at = workspace.library.place_of(doc)
        count = str(results.counts.get(doc, 0)) if counted else "…"
        yield Line(_heading(at, visible(workspace.library.document(doc).short), count))
        for hit in hits:
            yield Line(_result(workspace, hit, glyphs), (at, hit.number))


def _notice(text: str) -> Drawer:
    return lambda width, style: ([(" " + fit(text, width - 2), style("dim"))], [])


def _example(query: str, meaning: str, more: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        left: list[Piece] = [(f" {query:<18}", style("text")), (f"{meaning:<28}", style("dim"))]
        return left, ([(f"{more} ", style("dim"))] if width >= 50 + cell_len(more) else [])

    return draw


def _columns(before: str, text: str, after: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        room = width - len(before) - 2
        shown = fit(text, max(room // 2, room - cell_len(after) - 2) if after else room)
        right = fit(after, room - cell_len(shown) - 2)
        return [(before, style("dim")), (shown, style("text"))], [(right + " ", style("dim"))]

    return draw


def _heading(at: int, title: str, count: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [(f" {at + 1} ", style("accent")), (fit(title, width - 12), style("bright"))], [
            (f"{count} ", style("dim"))
        ]

    return draw


def _result(workspace: Workspace, hit: Hit, glyphs: Glyphs) -> Drawer:
    """The best sentence with its marks, and the section at the right; worked out when it is first seen."""

    @cache
    def parts() -> tuple[str, str, list[Span]]:
        document = workspace.library.document(hit.doc)
        passage = document.passages[hit.number]
        path = document.section(passage)
        sentence = _best_sentence(workspace.library.sentences(passage) or (passage.span,), hit.spans)
        spans = [Span(s.start - sentence.start, s.end - sentence.start) for s in hit.spans]
        section = folded(path[-1].text) if path else ""
        return visible(document.text[sentence.start : sentence.end]), section, spans

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        text, section, spans = parts()
        room = width - 5
        right: list[Piece] = []
        if section and width >= 72:
            label = fit(section, width // 4)
            right = [(f"  {label} ", style("dim"))]
            room -= cell_len(right[0][0])
        first = next((s.start for s in spans if s.start >= 0), 0)
        start, end, lead, tail = in_view(text, first, room, glyphs.ellipsis)
        marked = [(a, b, style("hit")) for a, b in spans]
        shown = painted(text, start, end, style("text"), marked)
        return [("    " + lead, style("dim")), *shown, (tail, style("dim"))], right

    return draw


def _best_sentence(sentences: Sequence[Span], spans: Sequence[Span]) -> Span:
    """The sentence in which the most was found; of several the first."""
    return max(sentences, key=lambda sentence: sum(sentence.overlaps(span) for span in spans))
