"""Search: the input at the bottom like a pager's, the results above it, the page behind already marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from brief_tui.corpus.visible import folded, visible
from brief_tui.trail import Place
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, fit, painted
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, Styler

if TYPE_CHECKING:
    from brief_tui.search.index import Hit, Results
    from brief_tui.workspace import Workspace


class SearchPanel(Vertical):
    """Says what is typed, which result the reader looks at, and which one is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave the search", key_display="Esc", id="search.leave"),
        Binding("down", "results", "Into the results", show=False, id="search.results"),
    ]

    @dataclass
    class Typed(Message):
        """The query changed."""

        query: str

    @dataclass
    class Pointed(Message):
        """The reader looks at a result."""

        place: Place

    @dataclass
    class Accepted(Message):
        """The reader takes the query as the trail, and goes to a result (None: the first)."""

        place: Place | None

    class Left(Message):
        """The reader leaves: everything goes back as it was."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="search")
        self.glyphs = glyphs
        self.came_from: Place | None = None
        self.results = LineList()
        self.status = Static("", classes="search--status", markup=False)
        self._input: Input | None = None

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self._input.value if self._input is not None else ""

    def open(self, place: Place) -> None:
        """Open for a new query; `place` is where the reader goes back to on Esc."""
        self.came_from = place
        self.add_class("-open")
        if self._input is None:
            self._input = Input(placeholder='words, "a phrase", dependab*, theme:…   Enter walks, Esc leaves')
            self._input.cursor_blink = False
            self.mount(self.results, self.status, self._input)
        self._input.value = ""
        self.results.show([])
        self.status.update("")
        self._input.focus()

    def close(self) -> None:
        """Close the panel."""
        self.remove_class("-open")
        self.screen.set_focus(None)

    def say(self, text: str) -> None:
        """Say what is wrong or worth knowing of the query."""
        self.status.update(visible(text))

    def show_results(self, workspace: Workspace, results: Results) -> None:
        """Show what was found, grouped by document with counts."""
        lines: list[Line] = []
        by_document = sorted(results.hits, key=lambda hit: workspace.library.place_of(hit.doc))
        for doc, hits in groupby(by_document, key=lambda hit: hit.doc):
            document = workspace.library.document(doc)
            at = workspace.library.place_of(doc)
            lines.append(Line(_heading(at, visible(document.short), results.counts.get(doc, 0))))
            lines += [
                Line(_result(workspace, hit, self.glyphs), (at, hit.number))
                for hit in sorted(hits, key=lambda hit: -hit.score)
            ]
        self.results.show(lines)
        said = [
            f"{results.total} {'passage' if results.total == 1 else 'passages'}" if self.query_text else ""
        ]
        said += results.notices
        if results.suggestion:
            said.append(f"did you mean: {results.suggestion}")
        self.say("  ·  ".join(word for word in said if word))

    def action_leave(self) -> None:
        """Leave the search."""
        self.post_message(self.Left())

    def action_results(self) -> None:
        """Go into the results."""
        if self.results.lines:
            self.results.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-open"):
            self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted(None))

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        if isinstance(event.data, tuple):
            self.post_message(self.Pointed(event.data))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if isinstance(event.data, tuple):
            self.post_message(self.Accepted(event.data))


def _heading(at: int, title: str, count: int) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [(f" {at + 1} ", style("accent")), (fit(title, width - 12), style("bright"))], [
            (f"{count} ", style("dim"))
        ]

    return draw


def _result(workspace: Workspace, hit: Hit, glyphs: Glyphs) -> Drawer:
    """The best sentence with its marks; the section at the right where there is room."""
    document = workspace.library.document(hit.doc)
    passage = document.passages[hit.number]
    path = document.section(passage)
    section = folded(path[-1].text) if path else ""
    sentence = workspace.library.sentence_of(passage, hit.spans[0].start if hit.spans else passage.start)
    text = visible(document.text[sentence.start : sentence.end])

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        room = width - 5
        right: list[Piece] = []
        if section and width >= 100:
            label = fit(section, width // 4)
            right = [(f"  {label} ", style("dim"))]
            room -= cell_len(right[0][0])
        first = hit.spans[0].start - sentence.start if hit.spans else 0
        start, lead = 0, ""
        if cell_len(text) > room and first > room // 2:
            start = text.find(" ", max(0, first - room // 2), first) + 1
            lead = glyphs.ellipsis + " "
        end = min(len(text), start + room)
        spans = [(span.start - sentence.start, span.end - sentence.start, style("hit")) for span in hit.spans]
        return [("    " + lead, style("dim")), *painted(text, start, end, style("text"), spans)], right

    return draw
