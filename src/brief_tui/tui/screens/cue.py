"""A cue being written: its query with weight and conditions, and below what it would tag, live."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea
from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.model import PassageKey, Span
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError, QueryError
from brief_tui.themes.codebook import Code, Cue
from brief_tui.themes.tags import THRESHOLD
from brief_tui.tui.background import hand_over
from brief_tui.tui.codelines import passage_line
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.widgets.fields import LineField, TextField
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Line, LineList, text_line
from brief_tui.workspace import Workspace

PREVIEW_AFTER = 0.15
"""Seconds without a key before the preview is worked out."""

_SHOWN = 40
_HEAVIEST = 10


class QueryArea(TextField):
    """A query of any length on several rows; Enter, which means nothing in one, keeps the cue."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            if isinstance(self.screen, CueScreen):
                self.screen.action_keep()
        else:
            await super()._on_key(event)


_Found = dict[PassageKey, tuple[Span, ...]]
"""What a cue matches: passages in reading order, with where."""


class CueScreen(ModalScreen[Cue | None]):
    """Dismissed with the cue, or None where it is left as it was."""

    AUTO_FOCUS = "QueryArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave as it was", priority=True, id="cue.leave"),
        Binding("ctrl+s", "keep", "Keep", priority=True, id="cue.keep"),
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True, id="cue.next"),
        Binding(
            "shift+tab", "app.focus_previous", "Previous field", show=False, priority=True, id="cue.previous"
        ),
        Binding("ctrl+o", "scope", "Sentence or passage", priority=True, id="cue.scope"),
    ]

    def __init__(
        self, workspace: Workspace, glyphs: Glyphs, code: Code, cue: Cue, had: Collection[PassageKey]
    ) -> None:
        """Write a cue.

        Args:
            workspace: the brief on which it is tried.
            glyphs: the symbols.
            code: whose cue it is.
            cue: what to begin with.
            had: passages that the code is on already.
        """
        super().__init__()
        self.workspace = workspace
        self.glyphs = glyphs
        self._code = code
        self._had = had
        self._scope = cue.scope
        self._timer: Timer | None = None
        self.query_area = QueryArea(
            cue.q, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", id="cue-query"
        )
        self.weight = LineField(f"{cue.weight:g}", id="cue-weight", classes="cue--short")
        self.unless = LineField(cue.unless, placeholder="nothing", id="cue-unless")
        self.requires = LineField(" ".join(cue.requires), placeholder="no other code", id="cue-requires")
        self.scope = Static("", id="cue-scope", markup=False)
        self.status = Static("", id="cue-status", markup=False)
        self.preview = LineList(id="cue-preview")

    def compose(self) -> ComposeResult:
        """Query, weight and conditions, what it matches."""
        with Vertical(classes="dialog", id="cue-dialog"):
            yield Static(f"A cue of {visible(self._code.name)}", classes="dialog--title", markup=False)
            yield self.query_area
            with Horizontal(classes="cue--row"):
                yield Static("weight", classes="cue--label", markup=False)
                yield self.weight
                yield self.scope
            with Horizontal(classes="cue--row"):
                yield Static("unless", classes="cue--label", markup=False)
                yield self.unless
            with Horizontal(classes="cue--row"):
                yield Static("requires", classes="cue--label", markup=False)
                yield self.requires
            yield self.status
            yield self.preview
            yield Hint("Enter keeps it · Tab next field · Esc leaves it as it was")

    def on_mount(self) -> None:
        """Try it at once."""
        self.preview.can_focus = False
        self.query_area.move_cursor(self.query_area.document.end)
        self._say_scope()
        self._try_soon()

    def _say_scope(self) -> None:
        where = "in one sentence" if self._scope == "sentence" else "in the whole passage"
        self.scope.update(f"all of it {where} (Ctrl+O)")

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        self._try_soon()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_keep()

    def action_scope(self) -> None:
        """All of the query in one sentence, or anywhere in the passage."""
        self._scope = "passage" if self._scope == "sentence" else "sentence"
        self._say_scope()
        self._try_soon()

    def _try_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PREVIEW_AFTER, self._try)

    def _read(self) -> Cue | str:
        """The cue as it is typed, or what is wrong with it."""
        query = " ".join(self.query_area.text.split())
        try:
            weight = float(self.weight.value.replace(",", "."))
        except ValueError:
            weight = 0
        if not query:
            return 'Type a query: words, "a phrase", dependab*, (a OR b) NEAR/6 c'
        if not 0 < weight <= _HEAVIEST:
            return f"The weight should be a number above 0, at most {_HEAVIEST}: from 0.5 a cue tags alone."
        requires = tuple(self.requires.value.replace(",", " ").split())
        unknown = [code for code in requires if code not in self.workspace.coding.codebook.codes]
        if unknown:
            return f"There is no theme or topic {unknown[0]!r}."
        return Cue(query, weight, self._scope, " ".join(self.unless.value.split()), requires)

    def _try(self) -> None:
        """Work out what the cue would match; a newer one makes the answer worthless."""
        cue = self._read()
        if isinstance(cue, str):
            self.workers.cancel_group(self, "cue")
            self._say(cue, wrong=bool(self.query_area.text.strip()))
            return

        def work() -> None:
            worker = get_current_worker()
            found: _Found | str
            try:
                found = self.workspace.coding.preview(cue)
            except Cancelled:
                return
            except QueryError:
                found = _what_is_wrong(cue)
            except BriefError as error:
                found = str(error)
            if not worker.is_cancelled:
                hand_over(self, self._tried, cue, found)

        self.run_worker(work, thread=True, group="cue", exclusive=True)

    def _tried(self, cue: Cue, found: _Found | str) -> None:
        if isinstance(found, str):
            self._say(found, wrong=True)
            return
        new = [key for key in found if key not in self._had]
        known = [key for key in found if key in self._had]
        count = len(found)
        told = f"{count} {'passage' if count == 1 else 'passages'}"
        if count:
            told += f", {len(new)} of them new to {self._code.name}"
        if cue.weight < THRESHOLD:
            told += f" · adds {cue.weight:g} to each; a passage is tagged from {THRESHOLD:g}"
        if cue.requires:
            told += " · before what it requires is asked"
        self._say(told)
        keys = [*new, *known][:_SHOWN]
        fresh = set(new)
        lines = [
            Line(passage_line(self.workspace, key, found[key], self.glyphs, new=key in fresh)) for key in keys
        ]
        if count > len(keys):
            lines.append(text_line(f"   and {count - len(keys)} more"))
        self.preview.show(lines)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.status.set_class(wrong, "-wrong")
        self.status.update(visible(text))

    def action_keep(self) -> None:
        """Keep the cue, if it can be."""
        from brief_tui.themes.codebook import check_cue

        cue = self._read()
        if isinstance(cue, str):
            self._say(cue, wrong=True)
            return
        try:
            check_cue(cue, "This cue")
        except BriefError as error:
            self._say(str(error), wrong=True)
            return
        self.dismiss(cue)


def _what_is_wrong(cue: Cue) -> str:
    """Where a cue does not parse, and why."""
    from brief_tui.search.query import parse

    for what, query in (("", cue.q), ("unless, ", cue.unless)):
        try:
            parse(query) if query else None
        except QueryError as error:
            rest = query[error.position :][:20]
            return f"{what}character {error.position + 1}{f' ({rest})' if rest else ''}: {error}"
    return "This query cannot be asked of single passages; see the help on queries."
