"""Search: the input at the bottom like a pager's, the results above it, the page behind already marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from brief_tui.errors import QueryError
from brief_tui.trail import Place
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.widgets.answers import Answer, Answers
from brief_tui.tui.widgets.asked import Asked, Choices
from brief_tui.tui.widgets.facets import FacetLine
from brief_tui.tui.widgets.linelist import LineList
from brief_tui.tui.widgets.queryinput import QueryInput, ResultList
from brief_tui.tui.widgets.resultlines import Offer

if TYPE_CHECKING:
    from brief_tui.workspace import Workspace

_IN_LIST = frozenset({"facet", "only_document", "switch_aliases", "forget"})
_IN_INPUT = frozenset({"complete", "aliases"})


class SearchPanel(Vertical):
    """Says what is asked for, which result the reader looks at, and which one is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave",
            "Put back",
            key_display="Esc",
            id="search.leave",
            tooltip="Put everything back as it was",
        ),
        Binding("tab", "complete", "Did you mean, else results", show=False, id="search.complete"),
        Binding(
            "shift+tab,slash", "back", "Query", show=False, id="search.query", tooltip="Back to the query"
        ),
        *(
            Binding(str(n), f"facet({n})", "Theme", id=f"search.facet_{n}", tooltip="Only this theme")
            for n in range(1, 10)
        ),
        Binding("d", "only_document", "Document", id="search.document", tooltip="Only this document"),
        Binding(
            "a",
            "switch_aliases",
            "Aliases",
            id="search.list_aliases",
            tooltip="Count the names of one thing as one word, or not",
        ),
        Binding(
            "x,delete", "forget", "Remove", id="search.forget", tooltip="Remove the saved or recent search"
        ),
        Binding(
            "alt+a",
            "aliases",
            "Aliases",
            key_display="Alt+A",
            id="search.aliases",
            tooltip="Count the names of one thing as one word, or not",
        ),
        Binding(
            "ctrl+s",
            "save",
            "Save",
            key_display="Ctrl+S",
            id="search.save",
            tooltip="Save the search under a name",
        ),
    ]

    @dataclass
    class Typed(Message):
        """The query, or what it is narrowed to, changed."""

        asked: Asked

    @dataclass
    class Pointed(Message):
        """The reader looks at a result."""

        place: Place

    @dataclass
    class Accepted(Message):
        """The reader takes the query as the trail, and goes to a result (None: the next one)."""

        asked: Asked
        place: Place | None

    @dataclass
    class Saved(Message):
        """The reader wants to keep the query under a name."""

        query: str

    @dataclass
    class Forgotten(Message):
        """The reader takes a saved or recent search out."""

        offer: Offer

    class Left(Message):
        """The reader leaves: everything goes back as it was."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="search")
        self.answers = Answers(glyphs)
        self.results, self.line = self.answers.results, self.answers.line
        self.asked = Asked()
        self._choices = Choices()
        self._document = 0
        self._input: QueryInput | None = None

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self._input.value if self._input is not None else ""

    @property
    def suggestion(self) -> str:
        """Another query, where what is typed finds nothing."""
        return self.answers.suggestion

    @property
    def is_open(self) -> bool:
        """Whether the reader is searching."""
        return self.has_class("-open")

    # What the screen says to the panel

    def open(self, choices: Choices, place: Place, *, aliases: bool) -> None:
        """Open for a new query.

        Args:
            choices: what results can be narrowed to.
            place: where the reader is.
            aliases: whether names of one thing count as one word.
        """
        self._choices, self._document = choices, place[0]
        self.asked = Asked(aliases=aliases)
        self.add_class("-open")
        if self._input is None:
            self._input = QueryInput()
            self.mount(self.results, self.line, self._input)
        self._input.write("")
        self.show_known(self.answers.saved, self.answers.recent)
        self._input.focus()

    def close(self) -> None:
        """Close the panel."""
        self.remove_class("-open")
        self.results.show([])
        self.screen.set_focus(None)

    def show_known(self, saved: Mapping[str, str], recent: Sequence[str]) -> None:
        """Know the saved searches by name and the recent ones, and offer them while nothing is typed."""
        self.answers.saved, self.answers.recent = saved, recent
        if self._input is not None:
            self._input.recent = recent
        if self.is_open and not self.query_text.strip():
            self.answers.show_known()

    def wait(self, why: str = "") -> None:
        """Say that an answer is on its way."""
        self.answers.wait(why)
        self._offer()

    def point(self, error: QueryError) -> None:
        """Say what is wrong with the query, and put the cursor where it is."""
        self.answers.say(str(error))
        if self._input is not None:
            self._input.cursor_position = min(error.position, len(self._input.value))
            self._input.focus()

    def say(self, text: str) -> None:
        """Say why there is no answer."""
        self.answers.say(text)

    def show_results(self, workspace: Workspace, answer: Answer) -> None:
        """Show what was found; the workspace gives texts and sections."""
        moved = self.answers.show(workspace, answer, self.asked.query)
        self._offer()
        if moved:
            self._look(self.results.data)  # narrowed: the page behind follows

    def _offer(self) -> None:
        self.answers.offer(self.asked, self._choices, self._document)

    # What the reader does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the list where the list has the keys, those of the query where it has."""
        in_list, offer = self.results.has_focus, self.results.data
        valid = {
            "facet": any((theme.digit,) == parameters for theme in self._choices.themes),
            "aliases": self._choices.has_aliases,
            "switch_aliases": self._choices.has_aliases,
            "complete": bool(self.suggestion) or bool(self.results.lines),
            "forget": isinstance(offer, Offer) and offer.kept,
            "save": bool(self.query_text.strip()),
        }
        here = action not in (_IN_INPUT if in_list else _IN_LIST)
        return here and valid.get(action, True)

    def action_leave(self) -> None:
        """Leave the search."""
        self.post_message(self.Left())

    def action_back(self) -> None:
        """Back to the query."""
        if self._input is not None:
            self._input.focus()

    def action_complete(self) -> None:
        """Take what was probably meant; where there is nothing to mend, go into the results."""
        if self.suggestion:
            self.take(self.suggestion)
        else:
            self._into_results()

    @on(QueryInput.Below)
    def _below(self, event: QueryInput.Below) -> None:
        event.stop()
        self._into_results()

    def take(self, query: str) -> None:
        """Put a query in place of what is typed, and search for it."""
        if self._input is not None:
            self._input.write(query)
        self.action_back()

    def _into_results(self) -> None:
        if any(line.data is not None for line in self.results.lines):
            self.results.focus()
            self._look(self.results.data)

    def action_save(self) -> None:
        """Keep the query under a name."""
        self.post_message(self.Saved(self.query_text))

    def action_forget(self) -> None:
        """Take the saved or recent search under the cursor out."""
        if isinstance(self.results.data, Offer):
            self.post_message(self.Forgotten(self.results.data))

    def action_aliases(self) -> None:
        """Let names of one thing count as one word, or not."""
        self._ask(replace(self.asked, aliases=not self.asked.aliases))

    action_switch_aliases = action_aliases  # the same by another key, from the list

    def action_facet(self, digit: int) -> None:
        """Narrow the results to a theme, or no more."""
        for theme in self._choices.themes:
            if theme.digit == digit:
                facets = self.asked.facets.with_theme(theme.theme)
                self._ask(replace(self.asked, facets=facets))

    def action_only_document(self) -> None:
        """Narrow the results to the document of the one under the cursor, or no more."""
        doc = "" if self.asked.facets.doc else self._choices.documents[self._document]
        self._ask(replace(self.asked, facets=replace(self.asked.facets, doc=doc)))

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self._offer()
        self.post_message(self.Typed(asked))

    @on(FacetLine.Pressed)
    def _pressed(self, event: FacetLine.Pressed) -> None:
        event.stop()
        if event.action == "aliases":
            self.action_aliases()
        elif event.action == "only_document":
            self.action_only_document()
        else:
            self.action_facet(int(event.action.removeprefix("facet(").removesuffix(")")))

    @on(ResultList.Above)
    def _above(self, event: ResultList.Above) -> None:
        event.stop()
        self.action_back()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open and event.value != self.asked.query:
            before, self.asked = self.asked, replace(self.asked, query=event.value)
            self.post_message(self.Typed(self.asked))
            if bool(before.query.strip()) != bool(event.value.strip()):
                self.refresh_bindings()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted(replace(self.asked, query=event.value), None))

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._look(event.data)

    def _look(self, data: object) -> None:
        if isinstance(data, tuple):
            place = cast("Place", data)
            self._document = place[0]
            self._offer()
            self.post_message(self.Pointed(place))
        self.refresh_bindings()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if isinstance(event.data, Offer):
            self.take(event.data.query)
        elif isinstance(event.data, tuple):
            self.post_message(self.Accepted(self.asked, cast("Place", event.data)))
