"""Export: what and in which format at the left, a live preview at the right, below where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.export.registry import FORMATS, Format
from brief_tui.export.request import ExportRequest, Scope
from brief_tui.tui import clipboard
from brief_tui.tui.background import hand_over
from brief_tui.tui.exporting import Chosen, Part, export, is_there, parts, path_of, preview
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Line, LineList
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.tui.app import ReaderApp

_SCOPES = {
    Scope.HIGHLIGHTS: "Highlights",
    Scope.THEMES: "Reading list: passages of themes",
    Scope.BOTH: "Both",
}
_HINT = "Enter writes · Tab next field · Esc closes"
_BAR = 24
_LEAST_ABOUT = 20
"""Cells below which what a format is for is not told beside its name."""


class Choices(LineList):
    """A list whose lines are picked by moving; Enter is for the whole dialog, a click is not."""

    def on_click(self, event: events.Click) -> None:
        """Pick the line under the mouse."""
        event.prevent_default()
        self._move(self._top + event.y, 1)


class ExportScreen(ModalScreen[None]):
    """Chooses, previews, writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", id="export.close"),
        Binding("tab", "app.focus_next", "Next field", show=False, id="export.next"),
        Binding("shift+tab", "app.focus_previous", "Previous field", show=False, id="export.previous"),
        Binding("ctrl+s", "write", "Write the file", id="export.write"),
    ]

    def __init__(self, workspace: Workspace, doc: str | None, *, words: str = "", form: str = "") -> None:
        """Offer the brief's parts.

        Args:
            workspace: the brief.
            doc: id of the document that the reader is in.
            words: what the excerpts are filtered by at first.
            form: name of the format that is chosen at first; one of counts comes with the themes.
        """
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-short"), (34, "-tall")]
        self.workspace = workspace
        self._doc = doc
        self._form = form
        self._request: ExportRequest | None = None
        self._named = True
        self._force = False
        self._writing = False
        self.scope = Choices(id="export-scope")
        self.part = Choices(id="export-part")
        self.words = LineField(words, placeholder="filter: words", select_on_focus=False, id="export-words")
        self.format = Choices(id="export-format")
        self.preview = Static("", markup=False)
        self.path = LineField(id="export-path", select_on_focus=False)
        self.state = Hint()
        self.title_line = Static("Export", classes="dialog--title", markup=False)

    def compose(self) -> ComposeResult:
        """What, of what, format; beside them the preview; below the path."""
        with Vertical(classes="dialog", id="export-dialog"):
            yield self.title_line
            with Horizontal(id="export-body"):
                with Vertical(id="export-choices"):
                    yield self.scope
                    yield Static("of", classes="dialog--label", markup=False)
                    yield self.part
                    yield self.words
                    yield Static("as", classes="dialog--label", markup=False)
                    yield self.format
                with VerticalScroll(id="export-preview"):
                    yield self.preview
            yield self.path
            yield self.state

    def on_mount(self) -> None:
        """Gather what there is, off the event loop."""
        scopes = _SCOPES if self.workspace.coding.codebook.themes else {Scope.HIGHLIGHTS: "Highlights"}
        first = Scope.THEMES if self._form and Scope.THEMES in scopes else Scope.HIGHLIGHTS
        lines = [self._line(self.scope, label, scope) for scope, label in scopes.items()]
        self.scope.show(lines, index=list(scopes).index(first))
        self.part.show([self._line(self.part, "the whole brief", Part("the whole brief"))])
        self.format.show(
            [
                self._line(self.format, f"{each.name:<13}", each, each.description)
                for each in FORMATS.values()
            ],
            index=list(FORMATS).index(self._form) if self._form else None,
        )
        self._name_file()
        self.preview.update("gathering what there is …")
        self.say(_HINT)
        self.scope.focus()
        self.run_worker(self._gather, thread=True, group="export-gather", exclusive=True)

    def say(self, text: str) -> None:
        """Say what happened, or what can be done."""
        self.state.say(visible(text))

    # What there is

    def _gather(self) -> None:
        worker = get_current_worker()
        try:
            request = self.workspace.export_request()
            offered = parts(request, self._doc)
        except Cancelled:
            return
        except BriefError as error:
            if not worker.is_cancelled:
                hand_over(self, self.preview.update, visible(str(error)))
            return
        if not worker.is_cancelled:
            hand_over(self, self._gathered, request, offered)

    def _gathered(self, request: ExportRequest, offered: Sequence[Part]) -> None:
        self._request = request
        self.part.show([self._line(self.part, part.label, part) for part in offered])
        self._show_preview()

    @property
    def _chosen(self) -> Chosen | None:
        scope, part, form = self.scope.data, self.part.data, self.format.data
        if isinstance(scope, Scope) and isinstance(part, Part) and isinstance(form, Format):
            return Chosen(scope, part, self.words.value.strip(), form)
        return None

    # What is chosen

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._changed()

    @on(Input.Changed, "#export-words")
    def _filtered(self) -> None:
        self._changed()

    @on(Input.Changed, "#export-path")
    def _typed(self) -> None:
        self._force = False
        if self.path.has_focus:
            self._named = False

    @on(LineList.Chosen)
    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_write()

    def _changed(self) -> None:
        self._force = False
        if self._named:
            self._name_file()
        if not self._writing:
            self.say(_HINT)
        self._show_preview()

    def _name_file(self) -> None:
        if self._chosen is not None:
            self.path.value = str(self._folder() / self._chosen.name(self.workspace.brief.title))
            self.path.cursor_position = len(self.path.value)  # of a long path the file's name is shown

    def _folder(self) -> Path:
        folder = cast("ReaderApp", self.app).settings.export_folder
        try:
            return path_of(folder) if folder else Path.cwd()
        except (BriefError, OSError):  # a folder of nobody, or one that was removed meanwhile
            return Path.home()

    def _show_preview(self) -> None:
        chosen, request = self._chosen, self._request
        if chosen is None or request is None:
            return

        def work() -> None:
            worker = get_current_worker()
            try:
                text, size = preview(request, chosen, lambda: worker.is_cancelled)
                said = f"Export {size:,} {'excerpt' if size == 1 else 'excerpts'}: {_about(chosen, size)}"
            except Cancelled:
                return
            except BriefError as error:
                text, said = str(error), "Export"
            if not worker.is_cancelled:
                hand_over(self, self._previewed, text, said)

        self.run_worker(work, thread=True, group="export-preview", exclusive=True)

    def _previewed(self, text: str, said: str) -> None:
        self.title_line.update(said)
        self.preview.update("\n".join(map(visible, text.splitlines())))

    # Writing

    def action_leave(self) -> None:
        """Stop the writing, else close."""
        if self._writing:
            self.workers.cancel_group(self, "export-write")
        else:
            self.dismiss()

    def action_write(self) -> None:
        """Write the file; a second Enter replaces one that is there."""
        chosen, request = self._chosen, self._request
        if chosen is None or request is None or self._writing:
            return
        force, target = self._force, self.path.value
        if not force and is_there(target):
            self._force = True
            self.say("this file is there already: Enter again replaces it, or change the name")
            return
        self._writing = True
        self.say("writing …")

        def work() -> None:
            worker = get_current_worker()
            try:
                written = export(
                    request,
                    chosen,
                    target,
                    force=force,
                    progress=lambda done, total: hand_over(self, self._progress, done, total),
                    cancelled=lambda: worker.is_cancelled,
                )
            except Cancelled:
                hand_over(self, self._ended, "stopped: no file was made · " + _HINT)
            except BriefError as error:
                hand_over(self, self._ended, str(error))
            else:
                hand_over(self, self._written, written)

        self.run_worker(work, thread=True, group="export-write", exclusive=True)

    def _progress(self, done: int, total: int) -> None:
        if self._writing:
            full = _BAR * done // max(1, total)
            glyphs = cast("ReaderApp", self.app).glyphs
            bar = glyphs.line * full + glyphs.ground * (_BAR - full)
            self.say(f"writing {bar} {done:,} of {total:,} · Esc stops")

    def _ended(self, said: str) -> None:
        self._writing = False
        self._force = False
        self.say(said)

    def _written(self, target: Path) -> None:
        self._writing = False
        app = self.app
        said = visible(f"Written: {target}")
        clipboard.copy(app.screen_stack[0], str(target), "its path is copied", lambda _: None)
        app.notify(f"{said} (its path is copied)", markup=False)
        self.dismiss()

    def _line(self, list_: LineList, label: str, data: object, about: str = "") -> Line:
        """A line of a list; what is picked is told by more than its ground, for terminals without colours."""
        bar = cast("ReaderApp", self.app).glyphs.bar

        def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
            mark = bar if list_.data == data else " "
            room = width - 3 - len(label)
            told = fit(about, room) if room >= _LEAST_ABOUT else ""  # the title tells it of what is picked
            return [
                (f"{mark} ", style("accent" if list_.has_focus else "dim")),
                (fit(visible(label), width - 2), style("text")),
                (told, style("dim")),
            ], []

        return Line(draw, data)


def _about(chosen: Chosen, size: int) -> str:
    """What the format is for; where there is nothing to export, how there is something."""
    if size:
        return chosen.form.description
    if chosen.words.strip():
        return "try other words, or choose more below"
    return "m highlights a passage of the text"
