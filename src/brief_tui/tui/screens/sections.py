"""Sections: the headings of all documents, filtered as you type; also to a document or a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from brief_tui.corpus.model import Document, Kind, Passage
from brief_tui.corpus.visible import folded, visible
from brief_tui.errors import BriefError
from brief_tui.trail import Place
from brief_tui.tui.reading import Goal
from brief_tui.tui.strips import Piece, fit, painted
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, text_line
from brief_tui.workspace import Workspace

_LINE = re.compile(r"(?P<doc>.*):(?P<line>\d{1,9})\s*")


class SectionsScreen(ModalScreen["Goal | None"]):
    """Dismissed with the heading, document or line to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", key_display="Esc", id="sections.close"),
        Binding("down", "step(1)", "Down", show=False, id="sections.down"),
        Binding("up", "step(-1)", "Up", show=False, id="sections.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="sections.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="sections.page_up"),
    ]

    def __init__(self, workspace: Workspace, here: Place) -> None:
        """List the sections of a brief; the cursor begins on the one that the reader is in."""
        super().__init__()
        self.workspace = workspace
        self._here = here
        self._input = LineField(
            placeholder="section or document; :44 or 003:44 for a line", select_on_focus=False
        )
        self._list = LineList()

    def compose(self) -> ComposeResult:
        """Title, filter, list, hint."""
        with Vertical(classes="dialog -whole", id="sections"):
            yield Static("Sections", classes="dialog--title", markup=False)
            yield self._input
            yield self._list
            hint = "Enter goes there · ↑ ↓ move · numbers are lines · Esc closes"
            yield Hint(hint)

    def on_mount(self) -> None:
        """Show all sections."""
        self._show("")
        self._input.focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        words = wanted.lower().split()
        place = _LINE.fullmatch(wanted)
        lines = [self._line(place["doc"].strip(), int(place["line"]))] if place else self._lines(words)
        here = None if wanted else self._here_section()
        at = next((n for n, line in enumerate(lines) if line.data == here and here is not None), 0)
        self._list.show(lines or [text_line(" no section or document is called so")], index=at)

    def _lines(self, words: list[str]) -> list[Line]:
        """The documents whose name or headings hold all words, each with those headings."""
        lines: list[Line] = []
        for at, entry in enumerate(self.workspace.brief.entries):
            document = self.workspace.library.if_read(entry.id)
            name = visible(self.workspace.library.short_of(entry.id))
            named = _has(f"{at + 1} {name}", words)
            found = [each for each in _headings(document) if named or _has(folded(each.text), words)]
            if named or found:
                lines += [text_line("")] if lines else []
                # A document that is named for its sections only is not what was asked for.
                lines.append(Line(_document(at, name, words), (at, 0) if named else None))
                lines += [Line(_heading(each, words), (at, each.number)) for each in found]
        return lines

    def _line(self, doc: str, line: int) -> Line:
        """The passage on a line of a document; of the one that is read where none is named."""
        entries = self.workspace.brief.entries
        try:
            entry = self.workspace.brief.entry(doc) if doc else entries[self._here[0]]
            passage = self.workspace.library.document(entry.id).passage_on(line)
        except BriefError as error:
            return text_line(f" {visible(str(error))}", "text")
        return Line(_passage(line, passage), (self.workspace.library.place_of(entry.id), passage.number))

    def _here_section(self) -> Place:
        entry = self.workspace.brief.entries[self._here[0]]
        document = self.workspace.library.try_document(entry.id)
        headings = [each.number for each in _headings(document) if each.number <= self._here[1]]
        return (self._here[0], headings[-1] if headings else 0)

    def action_step(self, rows: int) -> None:
        """Move the list's cursor; the input keeps the keys."""
        self._list.action_step(rows)

    def action_page(self, direction: int) -> None:
        """Move the list's cursor by a page."""
        self._list.action_page(direction)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._list.action_choose()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if isinstance(event.data, tuple):
            self.dismiss(Goal(event.data))

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)


def _headings(document: Document | None) -> Iterator[Passage]:
    return (
        (passage for passage in document.passages if passage.kind is Kind.HEADING) if document else iter(())
    )


def _has(text: str, words: list[str]) -> bool:
    lower = text.lower()
    return all(word in lower for word in words)


def _marked(text: str, width: int, words: list[str], base: str, style: Styler) -> list[Piece]:
    """A text with the words in it marked."""
    shown = fit(text, width)
    lower = shown.lower()
    spans = [(lower.find(word), len(word)) for word in words if len(lower) == len(shown)]
    over = [(at, at + length, style("hit")) for at, length in spans if at >= 0]
    return painted(shown, 0, len(shown), style(base), over)


def _document(at: int, name: str, words: list[str]) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        number = f" {at + 1} "
        return [
            (number, style("accent")),
            *_marked(name, width - cell_len(number) - 1, words, "bright", style),
        ], []

    return draw


def _heading(passage: Passage, words: list[str]) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        indent = " " * min(3 + 2 * max(0, passage.level - 1), width // 3)
        line = f"  {passage.line} "
        room = width - len(indent) - len(line)
        return [(indent, style("text")), *_marked(folded(passage.text), room, words, "text", style)], [
            (line, style("dim"))
        ]

    return draw


def _passage(line: int, passage: Passage) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        lead = f" line {line}  "
        return [
            (lead, style("accent")),
            (fit(folded(passage.text), width - len(lead) - 1), style("text")),
        ], []

    return draw
