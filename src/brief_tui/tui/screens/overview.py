"""Overview: documents and themes as a table; from a cell into its first passage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.overview import Overview, survey
from brief_tui.trail import Place
from brief_tui.tui import trails
from brief_tui.tui.background import hand_over
from brief_tui.tui.heatcells import Head
from brief_tui.tui.painting import Painting
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.reading import Goal
from brief_tui.tui.widgets.bars import KeyHints, TrailBar
from brief_tui.tui.widgets.celldetail import CellDetail
from brief_tui.tui.widgets.heattable import HeatTable
from brief_tui.workspace import Workspace

_DETAIL_ROWS = 3

_LOW = 12
"""Rows below which the table has the whole screen."""


class OverviewScreen(Screen["Goal | None"]):
    """Dismissed with the passage to go to and the theme to walk, or None."""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Go there", key_display="Enter", id="overview.go"),
        Binding("s", "sort", "Sort", id="overview.sort", tooltip="Sort by the column under the cursor"),
        Binding(
            "c", "compare", "Compare", id="overview.compare", tooltip="Compare the theme under the cursor"
        ),
        Binding("e", "export", "Export", id="overview.export", tooltip="Export the counts"),
        Binding("escape,o,q", "leave", "Back", key_display="Esc", id="overview.leave"),
        Binding("j,down", "move(1, 0)", "Next document", show=False, id="overview.down"),
        Binding("k,up", "move(-1, 0)", "Previous document", show=False, id="overview.up"),
        Binding("l,right,tab", "move(0, 1)", "Next theme", show=False, id="overview.right"),
        Binding("h,left,shift+tab", "move(0, -1)", "Previous theme", show=False, id="overview.left"),
        Binding("space,pagedown", "move(8, 0)", "Page down", show=False, id="overview.page_down"),
        Binding("b,pageup", "move(-8, 0)", "Page up", show=False, id="overview.page_up"),
        Binding("g,home", "move(-1_000_000, 0)", "First document", show=False, id="overview.first"),
        Binding("G,shift+g,end", "move(1_000_000, 0)", "All sources", show=False, id="overview.last"),
        *(
            Binding(str(digit), f"theme({digit})", f"Theme {digit}", show=False, id=f"overview.theme_{digit}")
            for digit in range(1, 10)
        ),
    ]

    def __init__(self, workspace: Workspace, painting: Painting, glyphs: Glyphs, here: Place) -> None:
        """Count for a brief; the cursor begins on the document of the place the reader is at."""
        super().__init__()
        self.workspace = workspace
        self.painting = painting
        self.glyphs = glyphs
        self._here = here
        self.overview: Overview | None = None
        self.bar = TrailBar()
        self.table = HeatTable(glyphs)
        self.detail = CellDetail()
        self.hints = KeyHints()

    def compose(self) -> ComposeResult:
        """Bar, table, detail, hints."""
        yield self.bar
        yield self.table
        yield self.detail
        yield self.hints

    def on_mount(self) -> None:
        """Count, off the event loop: the themes may still be worked out."""
        self.bar.say(visible(self.workspace.brief.title), ("Overview", "", "blue"), ())
        self.detail.say("Counting …")
        self.run_worker(self._count, thread=True, group="overview", exclusive=True)

    def on_resize(self) -> None:
        """The table takes the rows it needs, the passages of a cell those that are left."""
        height = self.size.height
        room = height - 2 - (_DETAIL_ROWS if height >= _LOW else 0)
        self.table.styles.height = max(1, min(room, self.table.whole_height))
        self.call_after_refresh(self._say_cell)

    def _count(self) -> None:
        worker = get_current_worker()
        workspace = self.workspace
        try:
            overview = survey(
                trails.documents(workspace).values(),
                [theme.id for theme in workspace.coding.codebook.themes],
                [(tag.theme, tag.doc, tag.number) for tag in workspace.coding.tags()],
            )
        except BriefError as error:
            if not worker.is_cancelled:
                hand_over(self, self.detail.say, visible(str(error)))
            return
        if not worker.is_cancelled:
            hand_over(self, self._counted, overview)

    def _counted(self, overview: Overview) -> None:
        self.overview = overview
        if not overview.themes:
            self.detail.say("This brief has no themes yet: back in the text (Esc), K makes one.")
            return
        heads: list[Head] = []
        for theme in overview.themes:
            code, look = self.workspace.coding.codebook.codes[theme], self.painting.looks.get(theme)
            mark = self.glyphs.digits[look.digit - 1] if look and look.digit else ""
            heads.append(Head(theme, visible(code.name), mark, code.colour))
        self.table.show(overview, heads)
        self.on_resize()
        places = [row.place for row in overview.rows]
        self.table.point(places.index(self._here[0]) if self._here[0] in places else 0, 0)

    # The cell under the cursor

    @on(HeatTable.Moved)
    def _say_cell(self) -> None:
        overview, theme, row = self.overview, self.table.theme, self.table.document_row
        if overview is None or not overview.themes:
            return
        self._say_bar(overview)
        source = f"{row.place + 1} {visible(row.document.short)}" if row else "all sources"
        if theme is None:
            passages = row.passages if row else sum(each.passages for each in overview.rows)
            words = row.words if row else overview.words
            amount = f"{words:,} words in {passages:,} passages of prose"
            self.detail.say(source, "", amount, self._sentences())
            return
        head = self.table.heads[self.table.column]
        count = row.cells[theme].count if row else overview.count(theme)
        share = row.cells[theme].share if row else overview.share(theme)
        passages = row.passages if row else sum(each.passages for each in overview.rows)
        if count:
            amount = f"{count} of {passages} passages · {share:.0%} of the prose"
            self.detail.say(f"{head.mark} {head.name}  in  {source}", head.colour, amount, self._sentences())
        else:
            where = "this source says" if row else "the sources say"
            self.detail.say(f"{head.mark} {head.name}  in  {source}", head.colour, f"{where} nothing on it")

    def _say_bar(self, overview: Overview) -> None:
        shown, total = self.table.shown_themes, len(overview.themes)
        facts: list[str] = []
        if self.table.sorted is not None:
            column, most = self.table.sorted
            name = self.table.heads[column].name if column < total else "words"
            facts.append(f"sorted by {name}, {'most' if most else 'least'} first")
        if len(shown) < total:
            which = f"themes {shown.start + 1}–{shown.stop}" if len(shown) > 1 else f"theme {shown.stop}"
            facts.append(f"{which} of {total}")
        self.bar.say(visible(self.workspace.brief.title), ("Overview", "", "blue"), facts)

    def _passages(self) -> Iterator[Passage]:
        """The passages of the cell; of a document its first where the cursor is on its words."""
        theme, row = self.table.theme, self.table.document_row
        if not self.table.heads:
            return
        for each in (row,) if row else self.overview.rows if self.overview else ():
            passages = each.document.passages
            yield from (passages[n] for n in each.cells[theme].numbers) if theme else passages[:1]

    def _sentences(self) -> list[tuple[str, str]]:
        """Of as many of the cell's passages as there is room for: where it stands, and a telling sentence."""
        found: list[tuple[str, str]] = []
        for passage in islice(self._passages(), max(1, self.detail.size.height - 1)):
            document = self.workspace.library.document(passage.doc)
            path = document.section(passage)
            where = folded(path[-1].text) if path else ""
            if self.table.document_row is None:
                where = f"{self.workspace.library.place_of(passage.doc) + 1} {visible(document.short)}"
            evidence = self.painting.evidence.get(passage.key, {}).get(self.table.theme or "", ())
            body = passage.start + passage.inline_heading
            while body < passage.end - 1 and document.text[body].isspace():
                body += 1
            telling = next((span.start for span in evidence if span.start >= body), body)
            sentence = self.workspace.library.sentence_of(passage, telling)
            found.append((where, folded(document.text[sentence.start : sentence.end])))
        return found

    # Keys

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor over the cells."""
        self.table.move(rows, columns)

    def action_theme(self, digit: int) -> None:
        """Put the cursor on a theme's column."""
        theme = trails.theme_with_key(self.painting, digit)
        if self.overview is not None and theme in self.overview.themes:
            self.table.point(self.table.row, self.overview.themes.index(theme))

    def action_sort(self) -> None:
        """Sort by the column under the cursor."""
        if self.overview is not None:
            self.table.sort()

    @on(HeatTable.Chosen)
    def action_go(self) -> None:
        """Go to the first passage of the cell, and walk its theme."""
        passage, theme = next(self._passages(), None), self.table.theme
        if passage is None:
            self.hints.say("nothing on this here")
            return
        trail = trails.theme_trail(self.workspace, self.painting, self.glyphs, theme) if theme else None
        self.dismiss(Goal((self.workspace.library.place_of(passage.doc), passage.number), trail))

    def action_compare(self) -> None:
        """Compare what the sources say of the theme under the cursor."""
        from brief_tui.tui.screens.compare import CompareScreen

        theme = self.table.theme
        if theme is None:
            self.hints.say("move to a theme first")
            return
        trail = trails.theme_trail(self.workspace, self.painting, self.glyphs, theme)
        row = self.table.document_row
        here = (row.place if row else 0, 0)
        self.app.push_screen(
            CompareScreen(self.workspace, self.painting, self.glyphs, trail, here), self._found
        )

    def _found(self, goal: Goal | None) -> None:
        if goal is not None:
            self.dismiss(goal)

    def action_export(self) -> None:
        """Export the table: counts by document and theme; other formats can be chosen there."""
        from brief_tui.tui.screens.export import ExportScreen

        row = self.table.document_row
        here = row.document.id if row else None
        self.app.push_screen(ExportScreen(self.workspace, here, form="matrix"))

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
