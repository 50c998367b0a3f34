"""The reading screen: columns of documents, the trail over them, and what the others say below."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import visible
from brief_tui.corpus.watching import Changes
from brief_tui.errors import BriefError
from brief_tui.settings import Settings
from brief_tui.tui import (
    accepting,
    answering,
    arranging,
    asking,
    coding,
    finding,
    known,
    marking,
    moving,
    noting,
    opening,
    preparing,
    reloading,
    selecting,
    session,
    viewing,
    visiting,
    walking,
)
from brief_tui.tui.actions import MAPPING, READER, SELECTION, bindings
from brief_tui.tui.painting import Painting
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.reading import Reading
from brief_tui.tui.widgets.bars import KeyHints, TrailBar, is_too_small
from brief_tui.tui.widgets.column import DocumentColumn
from brief_tui.tui.widgets.columns import Columns
from brief_tui.tui.widgets.elsewhere import Elsewhere, Related
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from brief_tui.trail import Place
    from brief_tui.tui.view import Held
    from brief_tui.tui.widgets.searchpanel import SearchPanel

_OTHERS_EVERY = 2.0
_TALL = 34
_WHILE_SELECTING = frozenset({"mark", "copy", "undo", "redo"})


class ReaderScreen(Screen[object]):
    """Wires columns, trail, related passages, search and highlights to the workspace."""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings((*READER, *SELECTION, *MAPPING))

    def __init__(
        self, workspace: Workspace, settings: Settings, glyphs: Glyphs, *, fresh: bool = False
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = settings
        self.glyphs = glyphs
        self.reading = Reading(total=len(workspace.brief.entries), min_column=settings.min_column)
        self.painting = Painting(digits=settings.gutter_marks)
        self.trail_bar = TrailBar()
        self.columns = Columns(glyphs, text_width=settings.text_width, justify=settings.justify)
        self.finding = asking.Finding()
        self.changes: Changes | None = None
        self.elsewhere = Elsewhere(glyphs)
        self.hints = KeyHints()
        self.selection: selecting.Selection | None = None
        self.in_map: int | None = None  # the cell of the minimap that the reader is on
        self.beside: tuple[Place, Mapping[int, Held]] | None = None  # where Elsewhere was entered from
        self.progress = ""
        self.asked = 0
        self.kept = 0
        self.opening: set[str] = set()
        self.session_timer: Timer | None = None
        self._is_styled = False
        if not fresh:
            session.restore(self)

    def compose(self) -> ComposeResult:
        """Bar, columns, elsewhere, hints."""
        width, height = self.app.size
        self.columns.prepare(self.reading.shown(width))
        # Known before anything is styled: what is found out later costs a second styling of all.
        self.set_class(height < _TALL, "-short", update=False)
        for size, points in (
            (width, self.app.HORIZONTAL_BREAKPOINTS),
            (height, self.app.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(*[name for least, name in points or () if size >= least][-1:], update=False)
        yield self.trail_bar
        yield self.columns
        yield self.elsewhere
        yield self.hints

    @cached_property
    def search_panel(self) -> SearchPanel:
        """The search, made when it is first wanted: the fields to write in take a tenth of the start."""
        from brief_tui.tui.widgets.searchpanel import SearchPanel

        panel = SearchPanel(self.glyphs)
        self.mount(panel, after=self.columns)
        return panel

    def on_mount(self) -> None:
        """Text first; themes, hits and related passages as they arrive."""
        self._lay_out()
        marking.show_marks(self)
        self.call_after_refresh(preparing.prepare, self)
        self.set_interval(_OTHERS_EVERY, self._look_for_others)
        self.set_interval(reloading.LOOK_EVERY, lambda: reloading.look(self))

    def update_node_styles(self, animate: bool = True) -> None:
        """Style all again; not for the first frame, since all of it was styled as it was mounted."""
        first, self._is_styled = self.stack_updates == 1 and not self._is_styled, True
        if not first:
            super().update_node_styles(animate)

    def on_unmount(self) -> None:
        """Keep the session; what is still being read is wanted no more."""
        session.save(self, session.capture(self), session.newly_read(self))
        self.workspace.stop()

    def _look_for_others(self) -> None:
        """Show what another window or program marked meanwhile."""
        if self.workspace.marks.store.changed():
            marking.show_marks(self)
        coding.look_for_hand_edits(self)

    # Columns

    def on_resize(self) -> None:
        """As many columns as fit now."""
        self._lay_out()

    def _lay_out(self) -> None:
        self.set_class(self.app.size.height < _TALL, "-short")
        arranging.lay_out(self)

    @property
    def column(self) -> DocumentColumn | None:
        """The column that the keys act on."""
        return self.columns.column(self.reading.active)

    @property
    def passage(self) -> Passage | None:
        """The passage under the cursor."""
        document = opening.document_at(self, self.reading.active)
        flow = self.column.view.flow if self.column is not None else None
        if document is None or not document.passages or (flow is not None and not flow.items):
            return None
        return document.passages[self.reading.place[1]]

    # What the keys do: from `action_…` to the function that does it

    action_move = moving.move
    action_page = moving.page
    action_edge = moving.edge
    action_jump = moving.jump
    action_document = moving.document
    action_bookmark = moving.bookmark
    action_next_bookmark = moving.next_bookmark
    action_map = moving.map_start
    action_map_move = moving.map_move
    action_map_go = moving.map_go
    action_map_stop = moving.map_stop

    action_columns = viewing.ask_columns
    action_zoom = viewing.toggle_zoom
    action_width = viewing.next_width
    action_fold = viewing.toggle_fold
    action_link = viewing.toggle_link
    action_numbers = viewing.toggle_numbers
    action_reload = reloading.reload

    action_theme = walking.walk_theme
    action_trail = walking.step
    action_filter = walking.toggle_filter
    action_walk_highlights = walking.walk_highlights

    action_sections = visiting.sections
    action_overview = visiting.overview
    action_compare = visiting.compare
    action_highlights = visiting.highlights
    action_why = visiting.why
    action_export = visiting.export

    action_related = visiting.into_elsewhere
    action_search = finding.open_panel
    action_codebook = coding.open_codebook
    action_save_cue = coding.save_search

    action_mark = marking.mark
    action_undo = marking.undo
    action_redo = marking.redo
    action_copy = marking.copy
    action_tags = noting.tags
    action_note = noting.note
    action_notes = noting.open_notes
    action_select = marking.start_selecting
    action_select_move = marking.move_edge
    action_select_edge = marking.other_edge
    action_select_passage = marking.select_whole
    action_select_stop = marking.stop_selecting

    set_trail = walking.set_trail
    arrive = visiting.arrive
    leave_elsewhere = visiting.leave_elsewhere
    flash = moving.flash

    # Search and related passages

    def on_search_panel_typed(self, event: SearchPanel.Typed) -> None:
        """Answer what is typed."""
        answering.search(self, event.asked)

    def on_search_panel_accepted(self, event: SearchPanel.Accepted) -> None:
        """Walk the search."""
        accepting.accept(self, event.asked, event.place)

    def on_search_panel_pointed(self, event: SearchPanel.Pointed) -> None:
        """Show where a result stands."""
        finding.preview(self, event.place)

    def on_search_panel_saved(self, event: SearchPanel.Saved) -> None:
        """Keep the search under a name."""
        known.keep_search(self, event.query)

    def on_search_panel_forgotten(self, event: SearchPanel.Forgotten) -> None:
        """Forget a search."""
        known.forget_search(self, event.offer)

    def on_search_panel_left(self) -> None:
        """Put everything back as it was."""
        finding.leave(self)

    @on(Elsewhere.Chosen)
    def _chosen(self, event: Elsewhere.Chosen) -> None:
        if isinstance(event.data, Related):
            visiting.to_related(self, event.data)

    def on_key(self, event: events.Key) -> None:
        """The key of a theme that there is none of has no binding; it is answered all the same."""
        walking.miss_theme(self, event.key)

    def on_elsewhere_left(self) -> None:
        """Back to the columns."""
        self.leave_elsewhere()

    def say_error(self, error: BriefError) -> None:
        """Show what went wrong and leave everything usable."""
        self.app.notify(visible(str(error)), severity="error", markup=False, timeout=10)

    # The mouse

    @on(DocumentColumn.Pointed)
    def _pointed(self, event: DocumentColumn.Pointed) -> None:
        self.set_focus(None)
        moving.go(self, (event.column.place_in_brief, event.number), leave=False)

    @on(DocumentColumn.TagPressed)
    def _tag_pressed(self, event: DocumentColumn.TagPressed) -> None:
        self.set_focus(None)
        walking.walk_from(self, (event.column.place_in_brief, event.number), event.digit)

    @on(DocumentColumn.Dragged)
    def _dragged(self, event: DocumentColumn.Dragged) -> None:
        marking.drag(self, event.column, event.span, done=event.done)

    @on(DocumentColumn.FoldPressed)
    def _fold_pressed(self) -> None:
        viewing.toggle_fold(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Selecting and the minimap have keys of their own; themes that there are none of have no key."""
        if is_too_small(self.app.size):
            return False  # nothing moves unseen
        if action.startswith("select_"):
            return self.selection is not None
        if action.startswith("map_"):
            return self.in_map is not None
        if self.in_map is not None or (self.selection is not None and action not in _WHILE_SELECTING):
            return False
        if action == "theme" and parameters and isinstance(parameters[0], int):
            return parameters[0] <= len(self.painting.looks)
        return True
