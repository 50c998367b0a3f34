"""Why a passage is tagged: each theme with its cues, their weights and the words that matched."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from brief_tui.corpus.model import Passage
from brief_tui.corpus.visible import folded, visible
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, text_line
from brief_tui.workspace import Workspace


class WhyScreen(ModalScreen[bool]):
    """Lists the themes and topics of a passage with what speaks for them.

    Dismissed with whether the reader wants to change the themes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,q", "dismiss(False)", "Close", key_display="Esc", id="why.close"),
        Binding("t", "dismiss(True)", "Change the themes", id="why.tags"),
    ]

    def __init__(self, workspace: Workspace, passage: Passage) -> None:
        super().__init__()
        self.workspace = workspace
        self.passage = passage
        self._list = LineList()

    def compose(self) -> ComposeResult:
        """Title, list, hint."""
        with Vertical(classes="dialog -whole"):
            yield Static("Why this passage is tagged", classes="dialog--title", markup=False)
            yield self._list
            hint = "tagged from a score of 0.50 on · t changes its themes · Esc closes"
            yield Hint(hint)

    def on_mount(self) -> None:
        """Gather what speaks for each theme."""
        lines: list[Line] = []
        codes = self.workspace.coding.codebook.codes
        document = self.workspace.library.document(self.passage.doc)
        for tag in self.workspace.coding.tags_of(self.passage):
            code = codes[tag.theme]
            how = "by the reader" if tag.manual else f"{tag.score:.2f}"
            lines += [text_line("")] if lines else []
            lines.append(Line(_head(visible(code.name), code.colour, how), tag))
            for match in tag.matches:
                words = " … ".join(folded(document.text[s.start : s.end]) for s in match.spans)
                lines.append(Line(_cue(visible(match.cue), f"{match.weight:.2f}")))
                lines.append(Line(_words(f"“{words}”")))
        topics = [visible(codes[tag.theme].name) for tag in self.workspace.coding.topics_of(self.passage)]
        if topics:
            lines += [text_line(""), text_line("Topics", "bright")]
            lines += [text_line(f"   {each}") for each in topics]
        none = "No theme is on this passage; t adds one."
        if not self.workspace.coding.codebook.themes:
            none = "This brief has no themes yet; K makes one."
        self._list.show(lines or [text_line(none, "text")])
        self._list.focus()


def _head(name: str, colour: str, how: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        look = style("#" + colour) if colour else style("bright")
        return [(fit(name, width - cell_len(how) - 2), look)], [(how, style("dim"))]

    return draw


def _words(text: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [("     " + fit(text, width - 6), style("text"))], []

    return draw


def _cue(query: str, weight: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [("   " + fit(query, width - 10), style("dim"))], [(weight, style("dim"))]

    return draw
