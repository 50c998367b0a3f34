"""The list of highlights and notes: filter by tag, document or text; jump, edit, remove, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.export.request import holds
from brief_tui.highlights.model import Change, Highlight, State
from brief_tui.highlights.store import BRIEF
from brief_tui.tui import collector, kept
from brief_tui.tui.background import hand_over
from brief_tui.tui.kept import Kept
from brief_tui.tui.marking import FEW
from brief_tui.tui.noting import edit_note, edit_tags, edit_whole_note, name_of
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.bars import KeyHints
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, MadeLines, text_line
from brief_tui.workspace import Workspace

_MANY = 100
"""Changed highlights from which on all are read anew."""


@dataclass(frozen=True, slots=True)
class WholeNote:
    """What the line of a note on a document, or on the brief, stands for."""

    doc: str


Item = Highlight | str | Line
"""What a line is made of: a highlight, the note below one, or what stands for itself."""


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
        self._kept: Kept | None = None  # while it is being read
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
        self._list.focus()
        self._read()

    def _read(self) -> None:
        """Read what is kept; much of it off the event loop, told how far it is."""
        count = self.workspace.marks.store.held().highlights
        if count <= FEW:
            self._take(kept.read(self.workspace))
            return
        self._say_reading(0, count)

        def work() -> None:
            worker = get_current_worker()
            try:
                with collector.quiet():
                    found = kept.read(
                        self.workspace,
                        progress=lambda done: hand_over(self, self._say_reading, done, count),
                        cancelled=lambda: worker.is_cancelled,
                    )
            except Cancelled:
                return
            except BriefError as error:
                hand_over(self, self.say_error, error)
                return
            if not worker.is_cancelled:
                hand_over(self, self._take, found)

        self.run_worker(work, thread=True, group="highlights", exclusive=True)

    def _say_reading(self, done: int, count: int) -> None:
        self._title.update(f" Highlights  reading {done:,} of {count:,}")

    def _take(self, found: Kept) -> None:
        self._kept = found
        self.show()

    def changed(self, ids: Sequence[str] = ()) -> None:
        """Show what was changed here.

        Args:
            ids: of the highlights that changed, were removed or came back.
        """
        version = self.workspace.marks.store.revision()[0]  # another once another window wrote
        if self._kept is None or len(ids) > _MANY or self._kept.version != version:
            self._read()
        else:
            self._kept.renew(self.workspace, ids)
            self.show()

    def show(self) -> None:
        """Show what passes the filter, by document in the brief's order, each below its note."""
        if self._kept is None:
            return
        words, notes = self._filter.value, self._kept.notes
        found = self._kept.found(words)
        noted = {doc for doc, note in notes.items() if holds(words, note, name_of(self.workspace, doc))}
        count, number = len(self._kept), sum(map(len, found.values()))
        self._title.update(f" Highlights  {number} of {count}" if words.strip() else f" Highlights  {count}")
        order = dict.fromkeys([BRIEF, *(e.id for e in self.workspace.brief.entries), *found, *sorted(noted)])
        items: list[Item] = []
        for doc in order:
            own = found.get(doc, ())
            if own or doc in noted:
                items += [text_line("")] if items else []
                heading = name_of(self.workspace, doc) if doc else "The brief"
                items.append(text_line(f" {heading}", "bright"))
                if doc in noted:
                    items.append(Line(_note(notes[doc]), WholeNote(doc)))
                for each in own:
                    items.append(each)
                    if each.note:
                        items.append(each.note)
        empty = "No highlights yet: m marks the passage under the cursor."
        if words.strip():
            empty = "No highlight or note holds this: Esc drops the filter."
        lines = MadeLines(items or [text_line(" " + empty, "text")], self._line)
        self._list.show(lines, index=self._list.index)
        self.refresh_bindings()

    def _line(self, item: Item) -> Line:
        if isinstance(item, Highlight):
            return Line(self._drawer(item), item)
        return text_line("      " + folded(item), "dim") if isinstance(item, str) else item

    def _drawer(self, each: Highlight) -> Drawer:
        tags = visible(", ".join(kept.label(self.workspace, tag) for tag in each.tags))
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
            edit_tags(self, self._chosen, partial(self.changed, (self._chosen.id,)))

    def action_note(self) -> None:
        """Edit the note under the cursor: of a highlight, on a document or on the brief."""
        data = self._list.data
        if isinstance(data, WholeNote):
            edit_whole_note(self, data.doc, self.changed)
        elif isinstance(data, Highlight):
            edit_note(self, data, partial(self.changed, (data.id,)))

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
            self._read()
            return
        self.changed((data.id,) if isinstance(data, Highlight) else ())
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
        self.changed(change.ids if change else ())
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
