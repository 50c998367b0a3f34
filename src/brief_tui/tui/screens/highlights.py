"""The list of highlights: filter by tag, document or text; jump, edit, remove."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.highlights.model import Highlight, State
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.widgets.bars import KeyHints
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, Styler, text_line
from brief_tui.workspace import Workspace


class HighlightsScreen(Screen[Highlight | None]):
    """Dismissed with the highlight to go to, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc", id="highlights.leave"),
        Binding("slash", "filter", "Filter", key_display="/", id="highlights.filter"),
        Binding("t", "tags", "Tags", id="highlights.tags"),
        Binding("a", "note", "Note", id="highlights.note"),
        Binding("d,delete", "remove", "Remove", id="highlights.remove"),
        Binding("u", "undo", "Undo", id="highlights.undo"),
        Binding("H,shift+h,q", "leave", "Back", show=False, id="highlights.close"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._title = Static("", classes="screen--title", markup=False)
        self._filter = Input(placeholder="filter by tag, document or text", id="highlights-filter")
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
        """Show what passes the filter, grouped by document."""
        words = self._filter.value.lower().split()
        kept = self.workspace.marks.highlights()
        found = [each for each in kept if all(word in self._text(each) for word in words)]
        self._title.update(
            f" Highlights  {len(found)} of {len(kept)}" if words else f" Highlights  {len(kept)}"
        )
        lines: list[Line] = []
        for doc, group in groupby(found, key=lambda each: each.doc):
            document = self.workspace.library.try_document(doc)
            lines += [text_line("")] if lines else []
            lines.append(text_line(f" {visible(document.short if document else doc)}", "bright"))
            for each in group:
                lines.append(Line(self._drawer(each), each))
                if each.note:
                    lines.append(text_line("      " + folded(each.note), "dim"))
        empty = "Nothing is so." if words else "No highlights yet: m marks the passage under the cursor."
        self._list.show(lines or [text_line(" " + empty, "text")], index=self._list.index)
        self.refresh_bindings()

    def _text(self, each: Highlight) -> str:
        document = self.workspace.library.try_document(each.doc)
        names = [self._label(tag) for tag in each.tags]
        return " ".join(
            [each.exact, each.note, *each.tags, *names, document.title if document else each.doc]
        ).lower()

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
        if isinstance(event.data, Highlight):
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
        from brief_tui.tui.marking import edit_tags

        if self._chosen is not None:
            edit_tags(self, self._chosen, self.show)

    def action_note(self) -> None:
        """Edit the note of the highlight under the cursor."""
        from brief_tui.tui.marking import edit_note

        if self._chosen is not None:
            edit_note(self, self._chosen, self.show)

    def action_remove(self) -> None:
        """Remove the highlight under the cursor; u brings it back."""
        if self._chosen is not None:
            try:
                self.workspace.marks.store.remove(self._chosen.id)
            except BriefError as error:
                self.say_error(error)
                return
            self.show()
            self.hints.say("removed · u undo")

    def action_undo(self) -> None:
        """Take back the last change."""
        try:
            change = self.workspace.marks.undo()
        except BriefError as error:
            self.say_error(error)
            return
        self.show()
        self.hints.say(visible(f"undone: {change.says}") if change else "nothing to undo")

    def say_error(self, error: BriefError) -> None:
        """Show what went wrong and leave everything usable."""
        self.app.notify(visible(str(error)), severity="error", markup=False, timeout=10)
