"""The tag picker: filter as you type, recent tags on digits, Tab into the note, Enter keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from brief_tui.corpus.visible import visible
from brief_tui.tui.strips import Piece, fit
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.fields import LineField
from brief_tui.tui.widgets.hint import Hint
from brief_tui.tui.widgets.linelist import Drawer, Line, LineList

_RECENT = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A tag that can be chosen.

    Attributes:
        tag: theme id or free word.
        label: how it is shown.
        colour: its colour's name; empty for a free word.
    """

    tag: str
    label: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What the reader keeps."""

    tags: tuple[str, ...]
    note: str


class TagFilter(LineField):
    """An input that leaves digits and the space bar to the picker while it is empty."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed into the filter."""
        if not self.value and (key == "space" or (character is not None and character in "123456789")):
            return False
        return super().check_consume_key(key, character)


class TagPicker(ModalScreen[Picked | None]):
    """Chooses tags, and takes the note in the same step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave as it was", id="tags.leave"),
        Binding("down", "step(1)", "Down", show=False, priority=True, id="tags.down"),
        Binding("up", "step(-1)", "Up", show=False, priority=True, id="tags.up"),
        Binding("tab", "app.focus_next", "Note", show=False, id="tags.note"),
        Binding("space", "pick", "Pick", show=False, priority=True, id="tags.pick"),
        *(
            Binding(
                str(n),
                f"recent_digit({n})",
                f"Recent tag {n}",
                show=False,
                priority=True,
                id=f"tags.digit_{n}",
            )
            for n in range(1, 10)
        ),
        *(
            Binding(f"alt+{n}", f"recent({n})", f"Recent tag {n}", show=False, id=f"tags.recent_{n}")
            for n in range(1, 10)
        ),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        chosen: Sequence[str],
        *,
        recent: Sequence[str] = (),
        note: str | None = None,
        free: bool = True,
    ) -> None:
        """Offer tags.

        Args:
            title: what is tagged; harmless for the terminal.
            choices: what there is, in order.
            chosen: what it has now.
            recent: tags that digits pick.
            note: its note; None where it can have none.
            free: whether words that are no theme can be made up.
        """
        super().__init__()
        self._title = title
        self._choices = list(choices)
        self._chosen = list(chosen)
        known = {choice.tag for choice in self._choices}
        self._choices += [Choice(tag, tag) for tag in chosen if tag not in known]
        self._recent = [tag for tag in recent if free or tag in known][:_RECENT]
        self._note = note
        self._free = free
        self._filter = TagFilter(placeholder="filter" + (", or a new tag" if free else ""), id="tag-filter")
        self._list = LineList()
        self._hint = Hint()
        self._note_input = LineField(note or "", placeholder="note", id="tag-note")

    def compose(self) -> ComposeResult:
        """Title, filter, list, note."""
        with Vertical(classes="dialog -whole"):
            yield Static(self._title, classes="dialog--title", markup=False)
            yield self._filter
            yield self._list
            if self._note is not None:
                yield self._note_input
            yield self._hint

    def on_mount(self) -> None:
        """Show all tags; the filter has the focus."""
        self._list.can_focus = False
        self._show()
        self._filter.focus()

    def _show(self, keep: object = None) -> None:
        wanted = self._filter.value.strip().lower()
        shown = [c for c in self._choices if wanted in c.label.lower() or wanted in c.tag.lower()]
        lines = [Line(self._drawer(choice), choice) for choice in shown]
        typed = self._filter.value.strip()
        if self._free and typed and typed.lower() not in {c.tag.lower() for c in shown}:
            new = Choice(typed, f"new tag: {typed}")
            lines.append(Line(self._drawer(new), new))
        index = next((at for at, line in enumerate(lines) if line.data == keep), 0)
        self._list.show(lines, index=index)
        self._say(typed)

    def _say(self, typed: str) -> None:
        """Say what the keys do now: while a word is typed, Enter is for the word."""
        offers = ["Enter ticks it", "Enter again keeps"]
        if not typed:
            offers = ["Space ticks", "Enter keeps"]
            offers += ["Tab note"] if self._note is not None else []
            offers += [f"1-{len(self._recent)} recent"] if self._recent else []
        self._hint.say(" · ".join([*offers, "Esc leaves it"]))

    def _drawer(self, choice: Choice) -> Drawer:
        digit = self._recent.index(choice.tag) + 1 if choice.tag in self._recent else 0

        def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
            mark = "[x] " if choice.tag in self._chosen else "[ ] "
            look = style("#" + choice.colour) if choice.colour else style("text")
            right: list[Piece] = [(f"{digit} ", style("dim"))] if digit else []
            return [(" " + mark, style("dim")), (fit(visible(choice.label), width - 10), look)], right

        return draw

    @on(Input.Changed, "#tag-filter")
    def _filtered(self) -> None:
        self._show()

    @on(Input.Submitted, "#tag-filter")
    def _submitted(self) -> None:
        if self._filter.value.strip():
            self._toggle(self._list.data)
            self._filter.value = ""
        else:
            self._keep()

    @on(Input.Submitted, "#tag-note")
    def _note_submitted(self) -> None:
        self._keep()

    @on(LineList.Chosen)
    def _clicked(self, event: LineList.Chosen) -> None:
        self._toggle(event.data)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the filter is empty, digits pick recent tags and the space bar the one under the cursor."""
        if action == "recent_digit":
            return self._filter.has_focus and not self._filter.value and parameters[0] in self._digits
        if action == "pick":
            return self._filter.has_focus and not self._filter.value
        return True

    @property
    def _digits(self) -> range:
        return range(1, len(self._recent) + 1)

    def action_recent_digit(self, digit: int) -> None:
        """Add or remove a recent tag by its digit alone."""
        self.action_recent(digit)

    def action_pick(self) -> None:
        """Add or remove the tag under the cursor."""
        self._toggle(self._list.data)

    def action_step(self, rows: int) -> None:
        """Move over the tags."""
        self._list.action_step(rows)

    def action_recent(self, digit: int) -> None:
        """Add or remove a recent tag."""
        if digit in self._digits:
            tag = self._recent[digit - 1]
            self._toggle(next((c for c in self._choices if c.tag == tag), Choice(tag, tag)))

    def _toggle(self, data: object) -> None:
        if not isinstance(data, Choice):
            return
        if data.tag in self._chosen:
            self._chosen.remove(data.tag)
        else:
            self._chosen.append(data.tag)
            if data.tag not in {choice.tag for choice in self._choices}:
                self._choices.append(Choice(data.tag, data.tag))
        self._show(keep=data)

    def _keep(self) -> None:
        self.dismiss(Picked(tuple(self._chosen), self._note_input.value if self._note is not None else ""))
