"""The rows that commands print: passages, tags, hits and highlights as plain data, one contract for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from brief_tui.corpus.model import Document, Passage, Span
from brief_tui.corpus.visible import folded

if TYPE_CHECKING:
    from brief_tui.highlights.model import Highlight
    from brief_tui.search.answers import RelatedHit
    from brief_tui.search.index import Hit
    from brief_tui.themes.tags import Disagreement, ThemeTag
    from brief_tui.workspace import Workspace

Row = dict[str, Any]


def passage_row(document: Document, passage: Passage) -> Row:
    """doc, line, line_end, start, end, kind, section, text."""
    return {
        "doc": document.name,
        "line": passage.line,
        "line_end": passage.line_end,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind.value,
        "section": section_of(document, passage),
        "text": passage.text,
    }


def theme_row(workspace: Workspace, tag: ThemeTag) -> Row:
    """A passage's row and theme, score, manual, evidence."""
    document = workspace.library.document(tag.doc)
    return {
        **passage_row(document, document.passages[tag.number]),
        "theme": tag.theme,
        "score": round(tag.score, 4),
        "manual": tag.manual,
        "evidence": _spans(document, tag.evidence),
    }


def disagreement_row(workspace: Workspace, disagreement: Disagreement) -> Row:
    """A theme's row as the cues have it, and whether the reader says it is there (present), and the cues."""
    decision, matches = disagreement.decision, disagreement.matches
    document = workspace.library.document(decision.doc)
    spans = sorted({span for match in matches for span in match.spans})
    return {
        **passage_row(document, document.passages[decision.number]),
        "theme": decision.theme,
        "score": round(min(1.0, sum(match.weight for match in matches)), 4),
        "manual": True,
        "evidence": _spans(document, spans),
        "present": decision.present,
        "cues": [match.cue for match in matches],
    }


def hit_row(workspace: Workspace, hit: Hit) -> Row:
    """A passage's row and score, hits."""
    document = workspace.library.document(hit.doc)
    return {
        **passage_row(document, document.passages[hit.number]),
        "score": round(hit.score, 4),
        "hits": _spans(document, hit.spans),
    }


def related_row(workspace: Workspace, hit: RelatedHit) -> Row:
    """A passage's row and score, why."""
    document = workspace.library.document(hit.doc)
    return {
        **passage_row(document, document.passages[hit.number]),
        "score": round(hit.score, 4),
        "why": workspace.relating.why(hit),
    }


def highlight_row(workspace: Workspace, highlight: Highlight) -> Row:
    """id, doc, line, start, end, exact, prefix, suffix, tags, note, created, modified, state."""
    document = workspace.library.try_document(highlight.doc)
    return {
        "id": highlight.id,
        "doc": document.name if document else highlight.doc,
        "line": document.text.count("\n", 0, highlight.start) + 1 if document else None,
        "start": highlight.start,
        "end": highlight.end,
        "exact": highlight.exact,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "tags": list(highlight.tags),
        "note": highlight.note,
        "created": highlight.created,
        "modified": highlight.modified,
        "state": highlight.state.value,
    }


def note_rows(workspace: Workspace) -> list[Row]:
    """doc, note: of each document with a note in reading order, that on the brief first, with doc None."""
    notes = workspace.marks.store.notes()
    names = {entry.id: entry.name for entry in workspace.brief.entries}
    order = dict.fromkeys(["", *names, *notes])
    return [{"doc": names.get(doc, doc) or None, "note": notes[doc]} for doc in order if doc in notes]


def section_of(document: Document, passage: Passage) -> str:
    """The headings above a passage, outermost first."""
    return " › ".join(folded(heading.text) for heading in document.section(passage))


def _spans(document: Document, spans: Iterable[Span]) -> list[Row]:
    return [{"start": s.start, "end": s.end, "text": document.text[s.start : s.end]} for s in spans]
