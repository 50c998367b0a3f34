"""How the reader marks: highlights and their painting, selecting, undo, and the copied excerpt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from textual.worker import get_current_worker

from brief_tui.corpus.model import Kind, Span
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.tui import arranging, clipboard, collector, opening, selecting, session, trails
from brief_tui.tui.background import hand_over
from brief_tui.tui.overlaps import Overlaps

if TYPE_CHECKING:
    from brief_tui.highlights.adopt import Former
    from brief_tui.highlights.model import Highlight
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.widgets.column import DocumentColumn
    from brief_tui.workspace import Workspace

FEW = 2_000
"""Highlights up to which reading them takes no longer than drawing a screen."""

# Marks


def show_marks(screen: ReaderScreen) -> None:
    """Paint the highlights, and the themes they bring, as the store holds them; many of them in a while."""
    workspace = screen.workspace
    screen.kept = workspace.marks.store.held().highlights
    if screen.kept <= FEW:
        _paint(screen, gather(workspace))
        return

    def work() -> None:
        worker = get_current_worker()
        try:
            with collector.quiet():
                found = gather(workspace)
                if workspace.coding.is_tagged:
                    workspace.coding.tags()  # which themes the highlights bring
        except BriefError as error:
            hand_over(screen, screen.say_error, error)
            return
        if not worker.is_cancelled:
            hand_over(screen, _paint, screen, found)

    screen.run_worker(work, thread=True, group="marks", exclusive=True)


def gather(workspace: Workspace) -> dict[str, Overlaps]:
    """Where the highlights stand, by document id."""
    return {doc: Overlaps(spans) for doc, spans in workspace.marks.placed_spans().items()}


def _paint(screen: ReaderScreen, highlights: Mapping[str, Overlaps]) -> None:
    screen.painting.highlights = highlights
    if screen.workspace.coding.is_tagged:
        show_tags(screen)
        session.restore_trail(screen)  # it may have waited for the marks
    else:
        screen.columns.repaint()
        arranging.say_where(screen)


def show_tags(screen: ReaderScreen) -> None:
    """Paint the theme tags as they are now."""
    evidence: dict[tuple[str, int], dict[str, tuple[Span, ...]]] = defaultdict(dict)
    manual: dict[tuple[str, int], set[str]] = defaultdict(set)
    for tag in screen.workspace.coding.tags():
        evidence[tag.key][tag.theme] = tag.evidence
        if tag.manual:
            manual[tag.key].add(tag.theme)
    screen.painting.evidence = evidence
    screen.painting.manual = {key: frozenset(themes) for key, themes in manual.items()}
    trail = screen.reading.trail
    if trail is not None and trail.kind != "search":
        screen.reading.trail = trails.again(
            screen.workspace, screen.painting, screen.glyphs, trail.kind, trail.id
        )
    trails.paint(screen.workspace, screen.painting, screen.reading.trail)
    screen.columns.repaint()
    arranging.say_where(screen)


def mark(screen: ReaderScreen) -> None:
    """Mark the selection, else the passage under the cursor; shown once it is kept."""
    passage = screen.passage
    if passage is None:
        return
    doc, span = _selected(screen) or (passage.doc, screen.workspace.library.words_of(passage))
    try:
        screen.workspace.marks.highlight(doc, span)
    except BriefError as error:
        screen.say_error(error)
        return
    stop_selecting(screen)
    show_marks(screen)
    screen.hints.say("marked · t tag · a note · u undo")


def highlight_here(screen: ReaderScreen) -> Highlight | None:
    """The highlight in the passage under the cursor that was marked last, if any."""
    passage = screen.passage
    if passage is None:
        return None
    found = screen.workspace.marks.placed_across(passage.doc, passage.span)
    return max(found, key=lambda each: each.created, default=None)


def undo(screen: ReaderScreen) -> None:
    """Take back the last mark, tag or note of this window."""
    _change(screen, "undo")


def redo(screen: ReaderScreen) -> None:
    """Bring back what was undone."""
    _change(screen, "redo")


def _change(screen: ReaderScreen, direction: Literal["undo", "redo"]) -> None:
    try:
        done = screen.workspace.marks.undo() if direction == "undo" else screen.workspace.marks.redo()
    except BriefError as error:
        screen.say_error(error)
        return
    if done is None:
        screen.hints.say(f"nothing to {direction}")
        return
    show_marks(screen)
    screen.hints.say(visible(f"{'undone' if direction == 'undo' else 'redone'}: {done.says}"))


def copy(screen: ReaderScreen) -> None:
    """Copy the selection, the highlight or the passage under the cursor, with its citation."""
    passage = screen.passage
    if passage is None:
        return
    found = highlight_here(screen)
    here = found.span if found else screen.workspace.library.words_of(passage)
    doc, span = _selected(screen) or (passage.doc, here)
    excerpt = screen.workspace.marks.excerpt(doc, span)
    clipboard.copy(screen, excerpt, "copied with its citation", screen.hints.say)


# Selecting


def start_selecting(screen: ReaderScreen) -> None:
    """Begin at the passage under the cursor, or go on with what the mouse selected."""
    passage, document = screen.passage, opening.document_at(screen, screen.reading.active)
    if passage is None or document is None or passage.kind is Kind.BOILERPLATE:
        return
    selected = _selected(screen)
    if selected is not None and selected[0] == document.id:
        screen.selection = selecting.Selection(document, selected[1])
    else:
        screen.selection = selecting.begin(document, passage)
    _show_selection(screen)
    screen.refresh_bindings()


def move_edge(screen: ReaderScreen, unit: selecting.Unit, direction: Literal[1, -1]) -> None:
    """Move the edge by one unit."""
    _select(screen, lambda selection: selecting.move(selection, unit, direction))


def other_edge(screen: ReaderScreen) -> None:
    """Let the other edge move."""
    _select(screen, selecting.other_edge)


def select_whole(screen: ReaderScreen) -> None:
    """Select the whole passage."""
    _select(screen, selecting.whole)


def _select(screen: ReaderScreen, how: Callable[[selecting.Selection], selecting.Selection]) -> None:
    """Change what is selected; the view follows the edge that moves."""
    if screen.selection is not None:
        screen.selection = how(screen.selection)
        _show_selection(screen)


def stop_selecting(screen: ReaderScreen) -> None:
    """Drop the selection."""
    screen.selection = None
    screen.painting.selection = None
    screen.columns.repaint()
    screen.refresh_bindings()


def drag(screen: ReaderScreen, column: DocumentColumn, span: Span, *, done: bool) -> None:
    """Select what the mouse was dragged over."""
    document = column.document
    if document is None:
        return
    screen.reading.active = column.place_in_brief
    screen.selection = selecting.Selection(document, span)
    screen.painting.selection = (document.id, span)
    column.repaint()
    if done:
        screen.refresh_bindings()
        screen.hints.say("selected · m marks · y copies · Esc ends")


def _show_selection(screen: ReaderScreen) -> None:
    selection, column = screen.selection, screen.column
    if selection is None or column is None:
        return
    screen.painting.selection = (selection.document.id, selection.span)
    column.repaint()
    column.ensure_visible(selection.span.end - 1 if selection.at_end else selection.span.start)


def _selected(screen: ReaderScreen) -> tuple[str, Span] | None:
    selection = screen.selection
    return None if selection is None else (selection.document.id, selection.span)


# A brief whose folder was moved


def offer_former(screen: ReaderScreen, former: Former) -> None:
    """Offer the highlights that were made while the brief's folder lay elsewhere."""
    from brief_tui.tui.screens.ask import AskScreen

    def take(wanted: bool | None) -> None:
        if not wanted:
            return
        try:
            taken = screen.workspace.marks.adopt(former, screen.workspace.library.documents())
        except BriefError as error:
            screen.say_error(error)
            return
        show_marks(screen)
        screen.hints.say(f"{taken} taken over · u undo")

    question = (
        f"{former.records} highlights, tags and notes were made on these texts while they lay in another"
        " folder. Take them over?"
    )
    screen.app.push_screen(AskScreen(question), take)
