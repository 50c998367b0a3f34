"""Compare: one theme or search, all sources beside each other; only what speaks to it, in reading order."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import folded, visible
from brief_tui.trail import Place, Trail
from brief_tui.tui import clipboard, trails
from brief_tui.tui.flow import excerpts
from brief_tui.tui.paint import Paint
from brief_tui.tui.painting import Painting
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.reading import Goal, Reading
from brief_tui.tui.strips import fit
from brief_tui.tui.widgets.bars import KeyHints
from brief_tui.tui.widgets.column import DocumentColumn
from brief_tui.tui.widgets.columns import Columns
from brief_tui.tui.widgets.subject import Subject
from brief_tui.workspace import Workspace

_TEXT_WIDTH = 76
_SILENT_WIDTH = 12

Direction = Literal[1, -1]


class CompareScreen(Screen["Goal | None"]):
    """Dismissed with the passage to go to and the trail that was compared, or None."""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "go",
            "Go there",
            key_display="Enter",
            id="compare.go",
            tooltip="Go there, into the whole text",
        ),
        *(
            Binding(
                str(digit),
                f"theme({digit})",
                "Theme",
                id=f"compare.theme_{digit}",
                tooltip="Compare another theme",
            )
            for digit in range(1, 10)
        ),
        Binding(
            "tab,l,right", "source(1)", "Source", key_display="Tab", id="compare.next", tooltip="Next source"
        ),
        Binding("shift+tab,h,left", "source(-1)", "Previous source", show=False, id="compare.previous"),
        Binding("y", "copy", "Copy", id="compare.copy", tooltip="Copy the passage with its citation"),
        Binding("e", "export", "Export", id="compare.export"),
        Binding("escape,c,q", "leave", "Back", key_display="Esc", id="compare.leave"),
        Binding("0", "theme(0)", "All themes", show=False, id="compare.all"),
        Binding("n", "trail(1)", "Next passage, across sources", show=False, id="compare.trail_next"),
        Binding("N,shift+n", "trail(-1)", "Previous passage", show=False, id="compare.trail_previous"),
        Binding("j,down", "move(1)", "Passage down", show=False, id="compare.down"),
        Binding("k,up", "move(-1)", "Passage up", show=False, id="compare.up"),
        Binding("space,pagedown", "page(1)", "Page down", show=False, id="compare.page_down"),
        Binding("b,pageup", "page(-1)", "Page up", show=False, id="compare.page_up"),
        Binding("g,home", "edge(-1)", "First passage", show=False, id="compare.first"),
        Binding("G,shift+g,end", "edge(1)", "Last passage", show=False, id="compare.last"),
    ]

    def __init__(
        self, workspace: Workspace, painting: Painting, glyphs: Glyphs, trail: Trail, here: Place
    ) -> None:
        """Compare along a trail; the cursor begins at the passage nearest to where the reader is."""
        super().__init__()
        self.workspace = workspace
        self.glyphs = glyphs
        self.trail = trail
        self._here = here
        self._painting = replace(painting, selection=None)
        self._sources: dict[int, list[int]] = {}
        self.reading = Reading(total=0)
        self.subject = Subject()
        self.columns = Columns(glyphs, text_width=_TEXT_WIDTH)
        self._silent = Static("", classes="compare--silent", markup=False)
        self.hints = KeyHints()

    def compose(self) -> ComposeResult:
        """Subject, columns, the sources that are silent, hints."""
        yield self.subject
        yield self.columns
        yield self._silent
        yield self.hints

    def on_mount(self) -> None:
        """Show the trail."""
        self.compare(self.trail)

    def on_resize(self) -> None:
        """As many sources as fit now."""
        self.lay_out()

    # What is compared

    def compare(self, trail: Trail) -> None:
        """Compare along another trail; the cursor stays as near as it can."""
        self.trail = trail
        if trail.kind != "search":
            self._painting.hits = {}
        trails.paint(self.workspace, self._painting, trail)
        self._sources = {}
        for place, number in trail.stops:
            self._sources.setdefault(place, []).append(number)
        places = list(self._sources)
        self.reading = Reading(total=len(places))
        for at, place in enumerate(places):
            after = (n for n in self._sources[place] if place == self._here[0] and n >= self._here[1])
            self.reading.cursors[at] = next(after, self._sources[place][0])
        later = (at for at, place in enumerate(places) if place >= self._here[0])
        self.reading.active = next(later, 0)
        for column in self.columns:
            column.show(None, (), self._paint)
        self.lay_out()
        self.refresh_bindings()

    def lay_out(self) -> None:
        """Give each source that fits a column."""
        reading, places = self.reading, list(self._sources)
        self.columns.lay_out(reading.shown(self.size.width))
        for at in self.columns.shown:
            column, place = self.columns.column(at), places[at]
            document = self.workspace.library.try_document(self.workspace.brief.entries[place].id)
            if column is None or document is None:
                continue
            numbers = self._sources[place]
            if column.document is not document:
                column.place_in_brief = place
                column.set_title(place + 1, visible(document.short))
                column.set_count(f"{len(numbers)}")
                cursor = reading.cursors[at]
                top = document.passages[cursor].start if cursor != numbers[0] else 0
                items = excerpts(document, numbers)
                column.show(
                    document, items, self._paint, marked=self._painting.marked, cursor=cursor, top=top
                )
            column.set_active(at == reading.active)
        self._say()
        self._say_silent()

    def _say_silent(self) -> None:
        """Name the sources that have nothing: a finding too. Long names are cut, so that all have a place."""
        silent = [at for at in range(len(self.workspace.brief.entries)) if at not in self._sources]
        self._silent.display = bool(silent)
        lead, gap = " Nothing on this in:  ", "   "
        room = self.size.width - len(lead) - 1
        named = silent[: max(1, room // _SILENT_WIDTH)]
        entries, short_of = self.workspace.brief.entries, self.workspace.library.short_of
        names = [f"{at + 1} {visible(short_of(entries[at].id))}" for at in named]
        if len(names) < len(silent):
            names.append(f"{len(silent) - len(names)} more")
        if sum(cell_len(name) + len(gap) for name in names) > room:
            names = [fit(name, room // len(names) - len(gap), self.glyphs.ellipsis) for name in names]
        self._silent.update(lead + gap.join(names))

    def _say(self) -> None:
        """Name the subject, what is meant by it, and how much of it there is."""
        trail, total = self.trail, self.reading.total
        memo = self.workspace.coding.codebook.codes[trail.id].memo if trail.kind == "theme" else ""
        count = len(trail.stops)
        passages = f"{count} {'passage' if count == 1 else 'passages'}"
        every = len(self.workspace.brief.entries)
        sources = f"all {every}" if total == every else f"{total} of {every}"
        facts = f"{passages} in {sources} sources" if every > 1 else f"{passages} in the only source"
        which, colour = self.reading.part_of(self.columns.shown), trails.colour_of(self._painting, trail)
        self.subject.say(visible(trail.label), colour, facts, which, folded(memo))

    def _paint(self, passage: Passage) -> Paint:
        """What is painted over a passage: in the gutter the other themes, since all have this one."""
        paint = self._painting.paint(passage)
        look = self._painting.looks.get(self.trail.id) if self.trail.kind == "theme" else None
        if look is None:
            return paint
        return replace(paint, gutter=tuple(g for g in paint.gutter if g != (look.digit, look.colour)))

    # Moving

    @property
    def column(self) -> DocumentColumn | None:
        """The column that the keys act on."""
        return self.columns.column(self.reading.active)

    @property
    def place(self) -> Place | None:
        """The passage under the cursor, or None where there is nothing to compare."""
        places = list(self._sources)
        if not places:
            return None
        return places[self.reading.active], self.reading.cursors[self.reading.active]

    def _rest_on(self, number: int) -> None:
        column = self.column
        self.reading.cursors[self.reading.active] = number
        if column is not None:
            column.set_cursor(number)
            column.show_passage(number)

    def action_move(self, direction: Direction) -> None:
        """Passage down or up."""
        number = self.column.step(direction) if self.column is not None else None
        if number is not None:
            self._rest_on(number)

    def action_page(self, direction: Direction) -> None:
        """Page down or up; the cursor comes along."""
        column = self.column
        if column is not None:
            column.scroll_rows(direction * max(1, column.body_height - 1))
            seen = column.view.passages()
            if seen:
                self.reading.cursors[self.reading.active] = seen[0]
                column.set_cursor(seen[0])

    def action_edge(self, direction: Direction) -> None:
        """First or last passage of the source."""
        column = self.column
        flow = column.view.flow if column is not None else None
        number = flow.edge(direction) if flow is not None else None
        if column is not None and number is not None:
            self._rest_on(number)
            column.to_edge(direction)

    def action_trail(self, direction: Direction) -> None:
        """Next or previous passage, across sources."""
        step = self.trail.step(self.place, direction) if self.place is not None else None
        if step is not None:
            self._point(step[0])

    def _point(self, place: Place) -> None:
        self.reading.active = list(self._sources).index(place[0])
        self.lay_out()
        self._rest_on(place[1])

    def action_source(self, direction: Direction) -> None:
        """Next or previous source."""
        if self.reading.total:
            self.reading.active = (self.reading.active + direction) % self.reading.total
            self.lay_out()

    def action_theme(self, digit: int) -> None:
        """Compare another theme."""
        theme = trails.theme_with_key(self._painting, digit)
        if theme is not None:
            self._here = self.place or self._here
            self.compare(trails.theme_trail(self.workspace, self._painting, self.glyphs, theme))

    # Leaving, taking away

    def action_go(self) -> None:
        """Into the full text at this place."""
        if self.place is not None:
            self.dismiss(Goal(self.place, self.trail))

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Copy the passage with its citation."""
        place = self.place
        if place is not None:
            document = self.workspace.library.document(self.workspace.brief.entries[place[0]].id)
            span = self.workspace.library.words_of(document.passages[place[1]])
            excerpt = self.workspace.marks.excerpt(document.id, span)
            clipboard.copy(self, excerpt, "copied with its citation", self.hints.say)

    def action_export(self) -> None:
        """Export what is compared."""
        from brief_tui.tui.screens.export import ExportScreen

        place = self.place
        self.app.push_screen(
            ExportScreen(self.workspace, self.workspace.brief.entries[place[0]].id if place else None)
        )

    @on(DocumentColumn.Pointed)
    def _pointed(self, event: DocumentColumn.Pointed) -> None:
        """Put the cursor there; into the text where it is already."""
        place = (event.column.place_in_brief, event.number)
        if place == self.place:
            self.action_go()
            return
        self._point(place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Themes that there are none of have no key."""
        if action == "theme" and parameters and isinstance(parameters[0], int):
            return parameters[0] <= len(self._painting.looks)
        return True
