"""Export: what and in which format at the left, a live preview at the right, below where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.export.registry import FORMATS, Format
from brief_tui.export.request import ExportRequest, Scope, narrow
from brief_tui.export.write import file_name, write
from brief_tui.tui.background import hand_over
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList, Styler, text_line
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.tui.app import ReaderApp

_PREVIEW_BYTES = 6000
_PREVIEW_CHUNKS = 200


@dataclass(frozen=True, slots=True)
class What:
    """A part of the brief that can be exported.

    Attributes:
        label: how the list names it.
        scope: highlights, passages of themes, or both.
        theme: only this theme.
        tag: only highlights with this tag.
        doc: only this document, by its id.
    """

    label: str
    scope: Scope = Scope.HIGHLIGHTS
    theme: str | None = None
    tag: str | None = None
    doc: str | None = None

    def of(self, request: ExportRequest) -> ExportRequest:
        """The part of everything."""
        return narrow(request, scope=self.scope, theme=self.theme, tag=self.tag, doc=self.doc)


class ExportScreen(ModalScreen[None]):
    """Chooses, previews, writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="export.close"),
        Binding("tab", "app.focus_next", "Next field", show=False, id="export.next"),
        Binding("shift+tab", "app.focus_previous", "Previous field", show=False, id="export.previous"),
        Binding("ctrl+s", "write", "Write the file", id="export.write"),
    ]

    def __init__(self, workspace: Workspace, doc: str | None) -> None:
        """Offer the brief's parts; `doc` is the id of the document that the reader is in."""
        super().__init__()
        self.workspace = workspace
        self._doc = doc
        self._request: ExportRequest | None = None
        self._named = True
        self._force = False
        self.what = LineList(id="export-what")
        self.format = LineList(id="export-format")
        self.preview = LineList(id="export-preview")
        self.path = Input(id="export-path", select_on_focus=False)
        self.state = Static("", classes="dialog--hint", markup=False)

    def compose(self) -> ComposeResult:
        """Two lists and the preview; below the path."""
        with Vertical(classes="dialog", id="export-dialog"):
            yield Static("Export", classes="dialog--title", markup=False)
            with Horizontal(id="export-body"):
                with Vertical(id="export-choices"):
                    yield self.what
                    yield Static("Format", classes="dialog--label", markup=False)
                    yield self.format
                yield self.preview
            yield self.path
            yield self.state

    def on_mount(self) -> None:
        """Gather what there is, off the event loop."""
        self.what.show([Line(_choice(part.label), part) for part in self._parts()])
        self.format.show([Line(_format(each), each) for each in FORMATS.values()])
        self._name_file()
        self.say("Enter writes · Tab moves between the fields · Esc closes")
        self.what.focus()
        self.run_worker(self._gather, thread=True, group="export-gather", exclusive=True)

    def say(self, text: str) -> None:
        """Say what happened, or what can be done."""
        self.state.update(visible(text))

    def _parts(self) -> list[What]:
        workspace = self.workspace
        parts = [What("All highlights")]
        if self._doc is not None:
            parts.append(What(f"Highlights of {workspace.library.document(self._doc).short}", doc=self._doc))
        themes = workspace.coding.codebook.themes
        named = {theme.id: theme.name for theme in themes}
        tags = dict.fromkeys(tag for highlight in workspace.marks.highlights() for tag in highlight.tags)
        parts += [What(f"Highlights tagged {named.get(tag, tag)}", tag=tag) for tag in tags]
        parts += [What(f"Reading list: {theme.name}", Scope.THEMES, theme=theme.id) for theme in themes]
        if themes:
            parts.append(What("Reading list: all themes", Scope.THEMES))
            parts.append(What("Highlights and reading lists", Scope.BOTH))
        return parts

    def _gather(self) -> None:
        worker = get_current_worker()
        try:
            request = self.workspace.export_request()
        except BriefError as error:
            if not worker.is_cancelled:
                hand_over(self, self.say, str(error))
            return
        if not worker.is_cancelled:
            hand_over(self, self._gathered, request)

    def _gathered(self, request: ExportRequest) -> None:
        self._request = request
        self._show_preview()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._force = False
        if self._named:
            self._name_file()
        self._show_preview()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_write()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_write()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._force = False
        if self.path.has_focus:
            self._named = False

    def _choice(self) -> tuple[What, Format] | None:
        what, form = self.what.data, self.format.data
        return (what, form) if isinstance(what, What) and isinstance(form, Format) else None

    def _name_file(self) -> None:
        choice = self._choice()
        if choice is not None:
            what, form = choice
            part = "" if what.label == "All highlights" else f" - {what.label}"
            name = file_name(f"{self.workspace.brief.title}{part}", form.suffix)
            self.path.value = str(self._folder() / name)

    def _folder(self) -> Path:
        folder = cast("ReaderApp", self.app).settings.export_folder
        return Path(folder).expanduser() if folder else Path.cwd()

    def _show_preview(self) -> None:
        choice, request = self._choice(), self._request
        if choice is None or request is None:
            return

        def work() -> None:
            worker = get_current_worker()
            what, form = choice
            try:
                part = what.of(request)
                chunks = list(islice(form.render(part), _PREVIEW_CHUNKS))
                text = b"".join(chunks)[:_PREVIEW_BYTES].decode("utf-8", "replace")
                count = len(part.highlights) + len(part.listed)
                said = f"{count} {'excerpt' if count == 1 else 'excerpts'}"
            except BriefError as error:
                text, said = str(error), ""
            if not worker.is_cancelled:
                hand_over(self, self._preview_ready, text, said)

        self.run_worker(work, thread=True, group="export-preview", exclusive=True)

    def _preview_ready(self, text: str, said: str) -> None:
        binary = text.startswith("PK")
        lines = ["a zip archive: it has no text to show"] if binary else text.splitlines()
        self.preview.show([text_line(said, "dim"), *(Line(_text(visible(line))) for line in lines)])

    def action_write(self) -> None:
        """Write the file; a second Enter replaces one that is there."""
        choice = self._choice()
        if choice is None or self._request is None:
            return
        what, form = choice
        target = Path(self.path.value).expanduser()
        if target.exists() and not self._force:
            self._force = True
            self.say(f"{target.name} is there already: Enter again replaces it, or change the name")
            return
        request, force = self._request, self._force

        def work() -> None:
            try:
                write(form.render(what.of(request)), target, force=force)
            except BriefError as error:
                hand_over(self, self.say, str(error))
                return
            hand_over(self, self._written, target)

        self.run_worker(work, thread=True, group="export-write", exclusive=True)

    def _written(self, target: Path) -> None:
        self.app.copy_to_clipboard(str(target))
        self.app.notify(visible(f"Written: {target} (its path is copied)"), markup=False)
        self.dismiss()


def _choice(label: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [(" " + fit(visible(label), width - 2), style("text"))], []

    return draw


def _format(form: Format) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        name = f" {form.name:<14}"
        return [(name, style("text")), (fit(form.description, width - len(name) - 1), style("dim"))], []

    return draw


def _text(line: str) -> Drawer:
    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        return [(" " + fit(line, width - 2), style("text"))], []

    return draw
