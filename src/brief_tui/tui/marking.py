"""How the reading screen marks: highlights, their tags and notes, undo, and the excerpt that is copied."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from brief_tui.corpus.model import Span
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError

if TYPE_CHECKING:
    from brief_tui.highlights.model import Highlight
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.column import DocumentColumn


def show_highlights(screen: ReaderScreen) -> None:
    """Paint the highlights as the store holds them."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for highlight in screen.workspace.highlights():
        spans[highlight.doc].append(highlight.span)
    screen.painting.highlights = {doc: tuple(found) for doc, found in spans.items()}
    screen.columns.repaint()
    screen.say_where()


def mark(screen: ReaderScreen) -> None:
    """Mark the selection, else the passage under the cursor; shown once it is kept."""
    passage = screen.passage
    if passage is None:
        return
    selected = screen.painting.selection
    doc, span = selected if selected is not None else (passage.doc, screen.workspace.words_of(passage))
    try:
        screen.workspace.highlight(doc, span)
    except BriefError as error:
        screen.say_error(error)
        return
    screen.painting.selection = None
    show_highlights(screen)
    screen.hints.say("marked · u undo · e export")


def drag(screen: ReaderScreen, column: DocumentColumn, span: Span) -> None:
    """Select what the mouse was dragged over."""
    if column.document is not None:
        screen.painting.selection = (column.document.id, span)
        column.repaint()


def undo(screen: ReaderScreen) -> None:
    """Take back the last change of this window."""
    _change(screen, redo=False)


def redo(screen: ReaderScreen) -> None:
    """Bring back what was undone."""
    _change(screen, redo=True)


def _change(screen: ReaderScreen, *, redo: bool) -> None:
    try:
        change = screen.workspace.redo() if redo else screen.workspace.undo()
    except BriefError as error:
        screen.say_error(error)
        return
    if change is None:
        screen.hints.say("nothing to redo" if redo else "nothing to undo")
        return
    show_highlights(screen)
    screen.hints.say(visible(f"{'redone' if redo else 'undone'}: {change.says}"))


def copy(screen: ReaderScreen) -> None:
    """Copy the highlight, the selection or the passage under the cursor, with its citation."""
    passage = screen.passage
    if passage is None:
        return
    selected = screen.painting.selection
    found = highlight_under(screen)
    if selected is not None:
        span = selected[1]
    else:
        span = found.span if found else screen.workspace.words_of(passage)
    screen.app.copy_to_clipboard(screen.workspace.excerpt(passage.doc, span))
    screen.hints.say("copied with its citation; where a terminal refuses the clipboard, e writes a file")


def highlight_under(screen: ReaderScreen) -> Highlight | None:
    """The highlight in the passage under the cursor that was marked last, if any."""
    passage = screen.passage
    if passage is None:
        return None
    found = [
        h for h in screen.workspace.highlights() if h.doc == passage.doc and h.span.overlaps(passage.span)
    ]
    return max(found, key=lambda h: h.created, default=None)
