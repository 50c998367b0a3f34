"""The list of highlights and notes: filter by tag, document or text; jump, edit, remove, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.export.request import holds
from brief_tui.highlights.model import Change, Highlight, State
from brief_tui.highlights.store import BRIEF
from brief_tui.tui.noting import edit_note, edit_tags, edit_whole_note, name_of
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.widgets.bars import KeyHints
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, Styler, text_line
from brief_tui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WholeNote:
    """What the line of a note on a document, or on the brief, stands for."""

    doc: str


class HighlightsScreen(Screen[Highlight | None]):
    """Dismissed with the highlight to go to, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,H,shift+h,q", "leave", "Back", key_display="Esc", id="highlights.leave"),
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            id="highlights.filter",
            tooltip="Filter by tag, document or text",
        ),
        Binding("t", "tags", "Tags", id="highlights.tags", tooltip="Tags of the highlight"),
        Binding("a", "note", "Note", id="highlights.note", tooltip="The note"),
        Binding(
            "d,delete", "remove", "Remove", id="highlights.remove", tooltip="Remove the highlight or the note"
        ),
        Binding("u", "undo", "Undo", id="highlights.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="highlights.redo"),
        Binding("e", "export", "Export", id="highlights.export", tooltip="Export what is listed"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._title = Static("", classes="screen--title", markup=False)
        self._filter = LineField(placeholder="filter by tag, document or text", id="highlights-filter")
        self._list = LineList()
        self.hints = KeyHints()

    def compose(self) -> ComposeResult:
        """Title, list, filter, hints."""
        yield self._title
        yield self._list
        yield self._filter
        yield self.hints

    def on_mount(self) -> None:
        """Show all."""
        self._filter.display = False
        self.show()
        self._list.focus()

    def show(self) -> None:
        """Show what passes the filter, by document in the brief's order, each below its note."""
        marks = self.workspace.marks
        words, kept, notes = self._filter.value, marks.highlights(), marks.store.notes()
        found = [each for each in kept if holds(words, *self._texts(each))]
        noted = {doc for doc, note in notes.items() if holds(words, note, name_of(self.workspace, doc))}
        self._title.update(
            f" Highlights  {len(found)} of {len(kept)}" if words.strip() else f" Highlights  {len(kept)}"
        )
        by_doc: dict[str, list[Highlight]] = {}
        for each in found:
            by_doc.setdefault(each.doc, []).append(each)
        order = dict.fromkeys([BRIEF, *(e.id for e in self.workspace.brief.entries), *by_doc, *sorted(noted)])
        lines: list[Line] = []
        for doc in order:
            own = by_doc.get(doc, [])
            if own or doc in noted:
                lines += [text_line("")] if lines else []
                heading = name_of(self.workspace, doc) if doc else "The brief"
                lines.append(text_line(f" {heading}", "bright"))
                if doc in noted:
                    lines.append(Line(_note(notes[doc]), WholeNote(doc)))
                for each in own:
                    lines += self._lines_of(each)
        empty = (
            "Nothing is so." if words.strip() else "No highlights yet: m marks the passage under the cursor."
        )
        self._list.show(lines or [text_line(" " + empty, "text")], index=self._list.index)
        self.refresh_bindings()

    def _lines_of(self, each: Highlight) -> list[Line]:
        note = [text_line("      " + folded(each.note), "dim")] if each.note else []
        return [Line(self._drawer(each), each), *note]

    def _texts(self, each: Highlight) -> Iterator[str]:
        document = self.workspace.library.try_document(each.doc)
        yield from (each.exact, each.note, document.title if document else each.doc)
        for tag in each.tags:
            yield from (tag, self._label(tag))

    def _label(self, tag: str) -> str:
        code = self.workspace.coding.codebook.codes.get(tag)
        return code.name if code else tag

    def _drawer(self, each: Highlight) -> Drawer:
        tags = visible(", ".join(self._label(tag) for tag in each.tags))
        text = folded(each.exact)
        orphaned = each.state is State.ORPHANED

        def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
            label = "orphaned  " + tags if orphaned else tags
            right: list[Piece] = [(f"  {fit(label, width // 3)} ", style("accent"))] if label else []
            room = width - 4 - sum(len(piece) for piece, _ in right)
            return [("    " + fit(text, room), style("dim" if orphaned else "text"))], right

        return draw

    @property
    def _chosen(self) -> Highlight | None:
        data = self._list.data
        return data if isinstance(data, Highlight) else None

    @on(LineList.Chosen)
    def _go(self, event: LineList.Chosen) -> None:
        if isinstance(event.data, WholeNote):
            self.action_note()
        elif isinstance(event.data, Highlight):
            if event.data.state is State.ORPHANED:
                self.hints.say("its document no longer holds it; it is kept and exported as orphaned")
            else:
                self.dismiss(event.data)

    @on(Input.Changed)
    def _filtered(self) -> None:
        self.show()

    @on(Input.Submitted)
    def _taken(self) -> None:
        self._list.focus()

    def action_filter(self) -> None:
        """Type a filter."""
        self._filter.display = True
        self._filter.focus()

    def action_leave(self) -> None:
        """Drop the filter, else go back."""
        if self._filter.display:
            self._filter.value = ""
            self._filter.display = False
            self._list.focus()
        else:
            self.dismiss(None)

    def action_tags(self) -> None:
        """Edit the tags and the note of the highlight under the cursor."""
        if self._chosen is not None:
            edit_tags(self, self._chosen, self.show)

    def action_note(self) -> None:
        """Edit the note under the cursor: of a highlight, on a document or on the brief."""
        data = self._list.data
        if isinstance(data, WholeNote):
            edit_whole_note(self, data.doc, self.show)
        elif isinstance(data, Highlight):
            edit_note(self, data, self.show)

    def action_remove(self) -> None:
        """Remove the highlight or the note under the cursor; u brings it back."""
        data = self._list.data
        try:
            if isinstance(data, WholeNote):
                self.workspace.marks.set_note(data.doc, "")
            elif isinstance(data, Highlight):
                self.workspace.marks.store.remove(data.id)
            else:
                return
        except BriefError as error:
            self.say_error(error)
            return
        self.show()
        self.hints.say("removed · u undo")

    def action_undo(self) -> None:
        """Take back the last change."""
        self._change(self.workspace.marks.undo, "undo")

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self._change(self.workspace.marks.redo, "redo")

    def _change(self, make: Callable[[], Change | None], what: str) -> None:
        try:
            change = make()
        except BriefError as error:
            self.say_error(error)
            return
        self.show()
        self.hints.say(visible(f"{what}ne: {change.says}") if change else f"nothing to {what}")

    def action_export(self) -> None:
        """Export what the filter shows."""
        from brief_tui.tui.screens.export import ExportScreen

        doc = self._list.data.doc if isinstance(self._list.data, Highlight | WholeNote) else None
        self.app.push_screen(ExportScreen(self.workspace, doc or None, words=self._filter.value.strip()))

    def say_error(self, error: BriefError) -> None:
        """Show what went wrong and leave everything usable."""
        self.app.notify(visible(str(error)), severity="error", markup=False, timeout=10)


def _note(text: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [("    ", style("dim")), (fit(f"Note: {folded(text)}", width - 5), style("accent"))], []

    return draw
