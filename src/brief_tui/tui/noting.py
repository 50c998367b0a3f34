"""How the reader tags and notes: highlights, themes on passages, whole documents and the brief.

The functions that edit a highlight or a note serve every screen that shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.highlights.store import BRIEF
from brief_tui.tui import marking
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.highlights.model import Highlight
    from brief_tui.tui.screens.reader import ReaderScreen
    from brief_tui.tui.screens.tags import Choice, Picked
    from brief_tui.tui.widgets.bars import KeyHints

_TITLE = 60


class Marker(Protocol):
    """A screen on which highlights can be edited."""

    workspace: Workspace
    hints: KeyHints

    @property
    def app(self) -> App[object]:
        """The application."""

    def say_error(self, error: BriefError) -> None:
        """Show what went wrong."""


def tags(screen: ReaderScreen) -> None:
    """On a highlight edit its tags; elsewhere add a theme to the passage or take it away."""
    highlight = marking.highlight_here(screen)
    if highlight is not None:
        edit_tags(screen, highlight, lambda: marking.show_marks(screen))
    elif screen.passage is not None and screen.workspace.coding.codebook.themes:
        _edit_themes(screen, screen.passage)
    else:
        screen.hints.say("no themes in this brief yet: m marks a highlight, which takes any tag")


def note(screen: ReaderScreen) -> None:
    """Edit the note of the highlight under the cursor."""
    highlight = marking.highlight_here(screen)
    if highlight is None:
        screen.hints.say("a note belongs to a highlight: m marks one · A notes on the document")
    else:
        edit_note(screen, highlight, lambda: marking.show_marks(screen))


def edit_tags(screen: Marker, highlight: Highlight, done: Callable[[], None]) -> None:
    """Open the tag picker on a highlight; `done` is called once its answer is kept."""
    from brief_tui.tui.screens.tags import Choice, TagPicker

    def keep(picked: Picked | None) -> None:
        if picked is None:
            return
        try:
            screen.workspace.marks.edit_highlight(highlight, tags=picked.tags, note=picked.note)
        except BriefError as error:
            screen.say_error(error)
            return
        done()
        if (picked.tags, picked.note) != (highlight.tags, highlight.note):
            screen.hints.say("tags and note kept · u undo" if picked.note else "tags kept · u undo")

    choices = _themes(screen.workspace)
    known = {choice.tag for choice in choices}
    choices += [Choice(tag, tag) for tag in screen.workspace.marks.free_tags() if tag not in known]
    recent = screen.workspace.marks.store.reading.recent_tags()
    title = _title("Tags", highlight.exact)
    picker = TagPicker(title, choices, highlight.tags, recent=recent, note=highlight.note)
    screen.app.push_screen(picker, keep)


def edit_note(screen: Marker, highlight: Highlight, done: Callable[[], None]) -> None:
    """Open the note of a highlight; `done` is called once it is kept."""
    from brief_tui.tui.screens.note import NoteScreen

    def keep(text: str | None) -> None:
        if text is None:
            return
        try:
            screen.workspace.marks.edit_highlight(highlight, note=text)
        except BriefError as error:
            screen.say_error(error)
            return
        done()
        if text != highlight.note:
            screen.hints.say("note kept · u undo" if text else "note removed · u undo")

    screen.app.push_screen(NoteScreen(_title("Note", highlight.exact), highlight.note), keep)


def _edit_themes(screen: ReaderScreen, passage: Passage) -> None:
    from brief_tui.tui.screens.tags import TagPicker

    before = {tag.theme for tag in screen.workspace.coding.tags_of(passage)}

    def keep(picked: Picked | None) -> None:
        if picked is None:
            return
        try:
            for theme in before.symmetric_difference(picked.tags):
                screen.workspace.coding.set_theme(passage, theme, theme in picked.tags)
        except BriefError as error:
            screen.say_error(error)
            return
        marking.show_marks(screen)
        screen.hints.say("themes of the passage kept · u undo")

    choices = _themes(screen.workspace)
    chosen = [choice.tag for choice in choices if choice.tag in before]
    screen.app.push_screen(TagPicker(_title("Themes", passage.text), choices, chosen, free=False), keep)


def _themes(workspace: Workspace) -> list[Choice]:
    from brief_tui.tui.screens.tags import Choice

    return [Choice(theme.id, theme.name, theme.colour) for theme in workspace.coding.codebook.themes]


def _title(what: str, text: str) -> str:
    words = folded(text)
    return f"{what}: “{words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + '…'}”"


# Notes on whole documents and on the brief


def open_notes(screen: ReaderScreen) -> None:
    """List the brief and its documents with the notes on them; Enter edits one."""
    from brief_tui.tui.screens.pick import Option, PickScreen

    workspace = screen.workspace
    notes = workspace.marks.store.notes()
    entries = workspace.brief.entries
    options = [Option("The brief", (BRIEF,), fact=folded(notes.get(BRIEF, "")))]
    options += [
        Option(f"{at} {name_of(workspace, entry.id)}", (entry.id,), fact=folded(notes.get(entry.id, "")))
        for at, entry in enumerate(entries, 1)
    ]

    def edit(picked: tuple[object, ...] | None) -> None:
        for each in picked or ():
            if isinstance(each, tuple):
                edit_whole_note(screen, each[0], lambda: marking.show_marks(screen))

    here = (entries[screen.reading.active].id,)
    title = "Notes on the brief and on its documents; they head each export"
    screen.app.push_screen(PickScreen(title, options, at=here), edit)


def edit_whole_note(screen: Marker, doc: str, done: Callable[[], None]) -> None:
    """Open the note on a document, by its id, or on the brief; `done` is called once it is kept."""
    from brief_tui.tui.screens.note import NoteScreen

    what = name_of(screen.workspace, doc) if doc else "the brief"

    def keep(text: str | None) -> None:
        if text is None:
            return
        try:
            screen.workspace.marks.set_note(doc, text)
        except BriefError as error:
            screen.say_error(error)
            return
        done()
        screen.hints.say(f"note on {what} kept · u undo" if text else f"no note on {what} any more · u undo")

    note = screen.workspace.marks.store.notes().get(doc, "")
    screen.app.push_screen(NoteScreen(f"Note on {what}", note), keep)


def name_of(workspace: Workspace, doc: str) -> str:
    """How a document is called where there is little room; harmless for the terminal."""
    return visible(workspace.library.short_of(doc))
