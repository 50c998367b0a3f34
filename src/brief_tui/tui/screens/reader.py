"""The reading screen: columns of documents, the trail over them, and what the others say below."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import visible
from brief_tui.corpus.watching import Changes
from brief_tui.errors import BriefError
from brief_tui.highlights.model import Highlight
from brief_tui.settings import Settings
from brief_tui.trail import Place, Trail
from brief_tui.tui import (
    arranging,
    coding,
    finding,
    marking,
    moving,
    opening,
    preparing,
    reloading,
    selecting,
    session,
    trails,
)
from brief_tui.tui.actions import MAPPING, READER, SELECTION, bindings
from brief_tui.tui.painting import Painting
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.reading import Goal, Reading
from brief_tui.tui.widgets.bars import KeyHints, TrailBar
from brief_tui.tui.widgets.column import DocumentColumn
from brief_tui.tui.widgets.columns import Columns
from brief_tui.tui.widgets.elsewhere import Elsewhere, Related
from brief_tui.tui.widgets.searchpanel import SearchPanel
from brief_tui.workspace import Workspace

_FLASH_FOR = 0.8
_OTHERS_EVERY = 2.0
_WIDTHS = (52, 76, 120)
_TALL = 34
_LEAST = Size(24, 8)
_TOO_SMALL = f"Too small: needs {_LEAST.width}x{_LEAST.height}"
_WHILE_SELECTING = frozenset({"mark", "copy", "undo", "redo"})

Direction = Literal[1, -1]


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
        self.search_panel = SearchPanel(glyphs)
        self.finding = finding.Finding()
        self.changes: Changes | None = None
        self.elsewhere = Elsewhere(glyphs)
        self.hints = KeyHints()
        self.selection: selecting.Selection | None = None
        self.in_map: int | None = None  # the cell of the minimap that the reader is on
        self.progress = ""
        self.asked = 0
        self.kept = 0
        self.opening: set[str] = set()
        self.session_timer: Timer | None = None
        if not fresh:
            session.restore(self)

    def compose(self) -> ComposeResult:
        """Bar, columns, search, elsewhere, hints."""
        self.columns.prepare(self.reading.shown(self.app.size.width))
        yield self.trail_bar
        yield self.columns
        yield self.search_panel
        yield self.elsewhere
        yield self.hints
        yield Static(_TOO_SMALL, id="too-small", markup=False)

    def on_mount(self) -> None:
        """Text first; themes, hits and related passages as they arrive."""
        self._lay_out()
        marking.show_marks(self)
        self.call_after_refresh(preparing.prepare, self)
        self.set_interval(_OTHERS_EVERY, self._look_for_others)
        self.set_interval(reloading.LOOK_EVERY, lambda: reloading.look(self))

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
        width, height = self.app.size
        self.set_class(height < _TALL, "-short")
        self.set_class(width < _LEAST.width or height < _LEAST.height, "-tiny")
        arranging.lay_out(self)

    @property
    def column(self) -> DocumentColumn | None:
        """The column that the keys act on."""
        return self.columns.column(self.reading.active)

    @property
    def passage(self) -> Passage | None:
        """The passage under the cursor."""
        document = opening.document_at(self, self.reading.active)
        return document.passages[self.reading.place[1]] if document and document.passages else None

    # Moving

    def action_move(self, direction: Direction) -> None:
        """Passage down or up; through a passage longer than the screen first."""
        moving.move(self, direction)

    def action_page(self, direction: Direction) -> None:
        """Page down or up; the cursor comes along."""
        moving.page(self, direction)

    def action_edge(self, direction: Direction) -> None:
        """Top or bottom of the document."""
        moving.edge(self, direction)

    def action_jump(self, direction: Direction) -> None:
        """Back where the reader was, or forward again."""
        moving.jump(self, direction)

    def action_bookmark(self) -> None:
        """Put a bookmark on the passage, or take it away."""
        moving.bookmark(self)

    def action_next_bookmark(self) -> None:
        """Go to the next bookmark, across documents."""
        moving.next_bookmark(self)

    def action_document(self, direction: Direction) -> None:
        """Next or previous document."""
        total = self.reading.total
        self.reading.active = (self.reading.active + direction) % total
        arranging.lay_out(self)
        moving.cursor_moved(self)

    def action_columns(self, change: int) -> None:
        """More, fewer, or as many columns as fit."""
        self.reading.ask_columns(change, self.size.width)
        arranging.lay_out(self)

    def action_zoom(self) -> None:
        """One document, or all that fit."""
        self.reading.zoomed = not self.reading.zoomed
        arranging.lay_out(self)

    def action_width(self) -> None:
        """The next text width."""
        wider = [width for width in _WIDTHS if width > self.columns.text_width]
        self.columns.set_text_width(wider[0] if wider else _WIDTHS[0])
        self.hints.say(f"text up to {self.columns.text_width} cells wide")

    def action_fold(self) -> None:
        """Fold or unfold boilerplate."""
        self.reading.folded = not self.reading.folded
        arranging.refill(self)
        self.hints.say("boilerplate folded" if self.reading.folded else "boilerplate unfolded")

    def action_reload(self) -> None:
        """Read again what changed on disk."""
        reloading.reload(self)

    def action_link(self) -> None:
        """Let the other columns follow the cursor, or stay."""
        self.reading.linked = not self.reading.linked
        self.hints.say("columns follow the cursor" if self.reading.linked else "columns stay where they are")
        moving.cursor_moved(self)

    def action_numbers(self) -> None:
        """Show line numbers, or hide them."""
        self.reading.numbers = not self.reading.numbers
        self.columns.set_numbers(self.reading.numbers)
        session.keep_soon(self)

    def arrive(self, goal: Goal | None) -> None:
        """Go where another screen sent the reader; None: stay."""
        if goal is not None:
            if goal.trail is not None:
                self.set_trail(goal.trail)
            moving.go(self, goal.place, align="centre")
            self.flash(goal.place)

    def action_sections(self) -> None:
        """To a section, a document or a line."""
        from brief_tui.tui.screens.sections import SectionsScreen

        self.app.push_screen(SectionsScreen(self.workspace, self.reading.place), self.arrive)

    def action_overview(self) -> None:
        """Documents and themes as a table."""
        from brief_tui.tui.screens.overview import OverviewScreen

        screen = OverviewScreen(self.workspace, self.painting, self.glyphs, self.reading.place)
        self.app.push_screen(screen, self.arrive)

    def action_compare(self) -> None:
        """One theme or search, all sources beside each other."""
        from brief_tui.tui.screens.compare import CompareScreen

        themes, trail = list(self.painting.looks), self.reading.trail
        if trail is None and themes:
            trail = trails.theme_trail(self.workspace, self.painting, self.glyphs, themes[0])
        if trail is None:
            self.hints.say("nothing to compare yet: press / to search")
        elif trail.kind != "search" and not self.workspace.coding.is_tagged:
            self.hints.say("the themes are still being worked out")
        else:
            screen = CompareScreen(self.workspace, self.painting, self.glyphs, trail, self.reading.place)
            self.app.push_screen(screen, self.arrive)

    def action_map(self) -> None:
        """Into the minimap."""
        moving.map_start(self)

    def action_map_move(self, direction: Direction) -> None:
        """Down or up the minimap."""
        moving.map_move(self, direction)

    def action_map_go(self) -> None:
        """Go to the place that the minimap shows."""
        moving.map_stop(self, there=True)

    def action_map_stop(self) -> None:
        """Leave the minimap, back to the cursor."""
        moving.map_stop(self, there=False)

    # Trails

    def set_trail(self, trail: Trail | None) -> None:
        """Walk another trail; the cursor stays."""
        self.reading.trail = trail
        trails.paint(self.workspace, self.painting, trail)
        if self.reading.filtered:
            arranging.refill(self)
        self.columns.repaint()
        arranging.say_where(self)

    def action_theme(self, digit: int) -> None:
        """Make a theme the trail and go to its next passage; 0 for all themes."""
        theme = trails.theme_with_key(self.painting, digit)
        if theme is not None:
            self.set_trail(trails.theme_trail(self.workspace, self.painting, self.glyphs, theme))
            self.action_trail(1)

    def action_trail(self, direction: Direction) -> None:
        """The next or previous passage of the trail, across documents."""
        trail = self.reading.trail
        step = trail.step(self.reading.place, direction) if trail else None
        if step is None:
            self.hints.say(
                "no trail yet: press a theme's number, or / to search"
                if trail is None
                else "the trail is empty"
            )
            return
        place, wrapped = step
        moving.go(self, place)
        if wrapped:
            self.hints.say("around to the first passage" if direction > 0 else "around to the last passage")

    def action_filter(self) -> None:
        """Only the trail's passages, or all."""
        if self.reading.trail is None:
            self.hints.say("no trail yet: press a theme's number, or / to search")
            return
        self.reading.filtered = not self.reading.filtered
        arranging.refill(self)

    # Search and related passages

    def action_search(self) -> None:
        """Search as you type."""
        finding.open_panel(self)

    @on(SearchPanel.Typed)
    def _typed(self, event: SearchPanel.Typed) -> None:
        finding.search(self, event.asked)

    @on(SearchPanel.Accepted)
    def _accepted(self, event: SearchPanel.Accepted) -> None:
        finding.accept(self, event.asked, event.place)

    @on(SearchPanel.Pointed)
    def _previewed(self, event: SearchPanel.Pointed) -> None:
        finding.preview(self, event.place)

    @on(SearchPanel.Saved)
    def _search_saved(self, event: SearchPanel.Saved) -> None:
        finding.keep_search(self, event.query)

    @on(SearchPanel.Forgotten)
    def _search_forgotten(self, event: SearchPanel.Forgotten) -> None:
        finding.forget_search(self, event.offer)

    @on(SearchPanel.Left)
    def _left(self) -> None:
        finding.leave(self)

    def action_related(self) -> None:
        """Into the passages elsewhere; from there Enter goes to one."""
        if self.elsewhere.related:
            self.elsewhere.add_class("-open")
            self.elsewhere.focus()
        else:
            self.hints.say(self.elsewhere.state or "nothing on this elsewhere")

    @on(Elsewhere.Chosen)
    def _chosen(self, event: Elsewhere.Chosen) -> None:
        if isinstance(event.data, Related):
            self.leave_elsewhere()
            moving.go(self, event.data.place, align="centre")
            self.flash(event.data.place)

    def leave_elsewhere(self) -> None:
        """Back to the columns."""
        self.set_focus(None)
        self.elsewhere.remove_class("-open")

    def key_escape(self) -> None:
        """Leave what is open."""
        if self.elsewhere.has_focus:
            self.leave_elsewhere()

    def flash(self, place: Place) -> None:
        """Let a passage light up once, so that the eye finds it."""
        column = self.columns.column(place[0])
        if column is not None:
            column.set_flash(place[1])
            self.set_timer(_FLASH_FOR, lambda: column.set_flash(None))

    # Highlights

    def action_mark(self) -> None:
        """Mark the selection, else the passage."""
        marking.mark(self)

    def action_undo(self) -> None:
        """Take back the last mark, tag or note."""
        marking.change(self, "undo")

    def action_redo(self) -> None:
        """Bring back what was undone."""
        marking.change(self, "redo")

    def action_copy(self) -> None:
        """Copy the excerpt with its citation."""
        marking.copy(self)

    def action_tags(self) -> None:
        """Tags of the highlight, or a theme on the passage."""
        marking.tags(self)

    def action_note(self) -> None:
        """Note on the highlight."""
        marking.note(self)

    def action_why(self) -> None:
        """Why the passage is tagged."""
        if not self.workspace.coding.is_tagged:
            self.hints.say("the themes are still being worked out")
        elif self.passage is not None:
            from brief_tui.tui.screens.why import WhyScreen

            self.app.push_screen(WhyScreen(self.workspace, self.passage))

    def action_highlights(self) -> None:
        """The list of highlights."""
        from brief_tui.tui.screens.highlights import HighlightsScreen

        self.app.push_screen(HighlightsScreen(self.workspace), self._go_to_highlight)

    def _go_to_highlight(self, highlight: Highlight | None) -> None:
        marking.show_marks(self)
        if highlight is not None:
            document = self.workspace.library.document(highlight.doc)
            passages = document.passages_in(highlight.span)
            if passages:
                place = (self.workspace.library.place_of(highlight.doc), passages[0].number)
                moving.go(self, place, align="centre")
                self.flash(place)

    def action_walk_highlights(self) -> None:
        """Make the highlights the trail."""
        self.set_trail(trails.highlight_trail(self.workspace))
        self.action_trail(1)

    # Selecting

    def action_select(self) -> None:
        """Select by sentence, word and character."""
        marking.start_selecting(self)

    def action_select_move(self, unit: selecting.Unit, direction: Direction) -> None:
        """Move the edge by one unit."""
        marking.select(self, lambda selection: selecting.move(selection, unit, direction))

    def action_select_edge(self) -> None:
        """Let the other edge move."""
        marking.select(self, selecting.other_edge)

    def action_select_passage(self) -> None:
        """Select the whole passage."""
        marking.select(self, selecting.whole)

    def action_select_stop(self) -> None:
        """Drop the selection."""
        marking.stop_selecting(self)

    def action_codebook(self) -> None:
        """Themes, topics and their cues."""
        coding.open_codebook(self)

    def action_save_cue(self) -> None:
        """Keep the search as a cue."""
        coding.save_search(self)

    def action_export(self) -> None:
        """Export highlights and themes."""
        from brief_tui.tui.screens.export import ExportScreen

        passage = self.passage
        self.app.push_screen(ExportScreen(self.workspace, passage.doc if passage else None))

    def say_error(self, error: BriefError) -> None:
        """Show what went wrong and leave everything usable."""
        self.app.notify(visible(str(error)), severity="error", markup=False, timeout=10)

    # The mouse

    @on(DocumentColumn.Pointed)
    def _pointed(self, event: DocumentColumn.Pointed) -> None:
        self.set_focus(None)
        moving.go(self, (event.column.place_in_brief, event.number), leave=False)

    @on(DocumentColumn.Dragged)
    def _dragged(self, event: DocumentColumn.Dragged) -> None:
        marking.drag(self, event.column, event.span, done=event.done)

    @on(DocumentColumn.FoldPressed)
    def _fold_pressed(self) -> None:
        self.action_fold()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Selecting and the minimap have keys of their own; themes that there are none of have no key."""
        if action.startswith("select_"):
            return self.selection is not None
        if action.startswith("map_"):
            return self.in_map is not None
        if self.in_map is not None or (self.selection is not None and action not in _WHILE_SELECTING):
            return False
        if action == "theme" and parameters and isinstance(parameters[0], int):
            return parameters[0] <= len(self.painting.looks)
        return True
