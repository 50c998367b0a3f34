"""The codebook: codes at the left, the cues of one at the right, and how they fare on the brief."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.themes.account import Account
from brief_tui.themes.codebook import Code, Codebook, Cue
from brief_tui.themes.tags import Disagreement
from brief_tui.tui import codelines, recoding
from brief_tui.tui.background import hand_over
from brief_tui.tui.codelines import Empty
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.reading import Goal
from brief_tui.tui.widgets.bars import KeyHints, TrailBar
from brief_tui.tui.widgets.linelist import LineList
from brief_tui.workspace import Workspace

_NARROW = 64


class Keeper(Protocol):
    """Keeps changes of the codebook, and says so."""

    def revise(self, change: Callable[[Codebook], Codebook], said: str) -> None:
        """Change the codebook; `said` is shown once it is kept."""

    def take_back(self) -> None:
        """Undo the last change."""


class _Lines(LineList):
    """Lines that Enter opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", show=False, id="codebook.open_line"),
    ]


class CodebookScreen(Screen["Goal | None"]):
    """Dismissed with the passage to go to, or None."""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="codebook.new", tooltip="New theme or topic"),
        Binding("a", "add_cue", "Cue", id="codebook.add_cue", tooltip="New cue of the code"),
        Binding("r", "rename", "Rename", id="codebook.rename", tooltip="Rename the code"),
        Binding("c", "colour", "Colour", id="codebook.colour", tooltip="Colour of the theme"),
        Binding("m", "memo", "Memo", id="codebook.memo", tooltip="Memo of the code"),
        Binding(
            "s", "suggest", "Suggest topics", id="codebook.suggest", tooltip="Suggest topics from the texts"
        ),
        Binding("d,delete", "remove", "Remove", id="codebook.remove", tooltip="Remove the code or the cue"),
        Binding("escape,q", "leave", "Back", key_display="Esc", id="codebook.leave"),
        Binding(
            "J,shift+j,shift+down",
            "move(1)",
            "Later",
            key_display="J",
            id="codebook.later",
            tooltip="Move the code down",
        ),
        Binding(
            "K,shift+k,shift+up",
            "move(-1)",
            "Earlier",
            key_display="K",
            id="codebook.earlier",
            tooltip="Move the code up",
        ),
        Binding("u", "undo", "Undo", id="codebook.undo"),
        Binding("i", "import", "Import", id="codebook.import", tooltip="Import a codebook"),
        Binding("e", "export", "Export", id="codebook.export", tooltip="Export the codebook"),
        Binding("tab,l,right", "side(1)", "Into the cues", show=False, id="codebook.right"),
        Binding("shift+tab,h,left", "side(-1)", "Into the codes", show=False, id="codebook.left"),
    ]

    def __init__(self, workspace: Workspace, glyphs: Glyphs, keeper: Keeper) -> None:
        """Show a brief's codebook; what is changed goes to the keeper."""
        super().__init__()
        self.workspace = workspace
        self.glyphs = glyphs
        self.keeper = keeper
        self.account: Account | None = None
        self.wanted = ""  # the name of a code that is being made, on which the cursor then goes
        self.bar = TrailBar()
        self.codes = _Lines(id="codebook-codes")
        self.about = Static("", id="codebook-about", markup=False)
        self.cues = _Lines(id="codebook-cues")
        self.detail = Static("", id="codebook-detail", markup=False)
        self.hints = KeyHints()

    def compose(self) -> ComposeResult:
        """Bar; codes beside the cues of one; what is known of the cue under the cursor."""
        yield self.bar
        with Horizontal(id="codebook-body"):
            yield self.codes
            with Vertical(id="codebook-code"):
                yield self.about
                yield self.cues
        yield self.detail
        yield self.hints

    def on_mount(self) -> None:
        """Show what there is; counts as they arrive."""
        self.show()
        self.codes.focus()

    def on_resize(self) -> None:
        """Codes above the cues where both do not fit beside each other."""
        self.set_class(self.size.width < _NARROW, "-narrow")

    # What is shown

    def show(self) -> None:
        """Show the codebook as it is now, and count again off the event loop."""
        self.show_codes()
        self.run_worker(self._count, thread=True, group="account", exclusive=True)

    def _count(self) -> None:
        worker = get_current_worker()
        told: Account | str
        try:
            told = self.workspace.coding.account()
        except Cancelled:
            return
        except BriefError as error:
            told = str(error)
        if not worker.is_cancelled:
            hand_over(self, self._counted, told)

    def _counted(self, told: Account | str) -> None:
        if isinstance(told, str):
            self.account = None
            self.detail.update(visible(told))
        else:
            self.account = told
            self.show_codes()

    def show_codes(self) -> None:
        """Show all codes; the cursor stays on the one it was on, or goes to the newest."""
        codebook = self.workspace.coding.codebook
        here = _key(self.codes.data)
        lines = codelines.of_codebook(codebook, self.account, self.glyphs)
        index = next((at for at, line in enumerate(lines) if _key(line.data) == here), 0)
        for at, line in enumerate(lines):
            if isinstance(line.data, Code) and line.data.name == self.wanted:
                index, self.wanted = at, ""
        self.codes.show(lines, index=index)
        themes, topics = len(codebook.themes), len(codebook.topics)
        counts = (
            "1 theme" if themes == 1 else f"{themes} themes",
            "1 topic" if topics == 1 else f"{topics} topics",
        )
        where = "read-only" if self.workspace.brief.read_only else ""
        self.bar.say("Codebook", None, [each for each in (where, "  ".join(counts)) if each])
        self.show_code()

    def show_code(self) -> None:
        """Show memo, cues and disagreements of the code under the cursor."""
        code = self.code
        if code is None:
            topics = isinstance(self.codes.data, Empty) and self.codes.data.kind == "topic"
            self.about.update(_ABOUT_TOPICS if topics else _ABOUT_THEMES)
            self.cues.show([])
            self._say_detail()
            return
        self.about.update(codelines.about_code(code))
        lines = codelines.of_code(self.workspace, code, self.account)
        self.cues.show(lines, index=min(self.cues.index, len(lines) - 1))
        self._say_detail()

    def _say_detail(self) -> None:
        data, told, code = self.cues.data, self.account, self.code
        text: Content | str = ""
        if isinstance(data, Cue) and code is not None:
            count = told.cues.get((code.id, data.q), 0) if told is not None else None
            quality = told.quality.get((code.id, data.q)) if told is not None else None
            text = codelines.about_cue(data, count, quality)
        elif isinstance(data, Disagreement):
            text = codelines.about_disagreement(self.workspace, data)
        self.detail.update(text)

    @property
    def code(self) -> Code | None:
        """The code under the cursor."""
        return self.codes.data if isinstance(self.codes.data, Code) else None

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        if event.list is self.codes:
            self.cues.index = 0
            self.show_code()
            self.refresh_bindings()
        else:
            self._say_detail()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.list is self.codes:
            if isinstance(event.data, Empty):
                self.action_new()
            else:
                self.show_code()
                self.action_side(1)
        elif isinstance(event.data, Cue):
            recoding.write_cue(self, event.data)
        elif isinstance(event.data, Disagreement):
            decision = event.data.decision
            self.dismiss(Goal((self.workspace.library.place_of(decision.doc), decision.number)))

    def action_side(self, direction: int) -> None:
        """Into the cues, or back to the codes."""
        if direction > 0 and self.cues.data is not None:
            self.cues.focus()
        else:
            self.codes.focus()

    def action_leave(self) -> None:
        """From the cues to the codes, from there back to the texts."""
        if self.cues.has_focus:
            self.codes.focus()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What cannot be done to what is under the cursor has no key."""
        theme = self.code is not None and self.code in self.workspace.coding.codebook.themes
        if action == "suggest":
            return not theme
        if action in {"colour", "move"}:
            return theme
        if action in {"rename", "memo", "add_cue", "remove"}:
            return self.code is not None
        return True

    # What is changed, and what comes from elsewhere

    action_new = recoding.new
    action_rename = recoding.rename
    action_colour = recoding.colour
    action_memo = recoding.memo
    action_move = recoding.move
    action_remove = recoding.remove
    action_add_cue = recoding.write_cue
    action_undo = recoding.undo
    action_suggest = recoding.suggest
    action_import = recoding.take_in

    def action_export(self) -> None:
        """Write codebook, themes or highlights to a file."""
        from brief_tui.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.workspace, None))


_ABOUT_THEMES = """A theme is what you follow through the texts.
n makes one; its cues are queries that say where it is spoken of. Any search can be kept as one."""
_ABOUT_TOPICS = """A topic relates passages: what several documents speak of.
s suggests some from the texts, n makes one."""


def _key(data: object) -> str:
    """What finds a line again after a change."""
    if isinstance(data, Code):
        return data.id
    return data.kind if isinstance(data, Empty) else ""
