"""What the search panel shows: the list of results or of known searches, and the line of facets below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from brief_tui.corpus.visible import visible
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.widgets.asked import Asked, Choices, facets_of
from brief_tui.tui.widgets.facets import FacetLine
from brief_tui.tui.widgets.linelist import text_line
from brief_tui.tui.widgets.queryinput import ResultList
from brief_tui.tui.widgets.resultlines import known_lines, result_lines, saved_lines

if TYPE_CHECKING:
    from brief_tui.search.results import Results
    from brief_tui.workspace import Workspace


_NOTHING = " No passage holds this: word*, wor?d and word~ find other forms and spellings."


class Answer(Struct, frozen=True):
    """What was found, as far as it is known.

    Attributes:
        results: the passages.
        counts: passages by theme; None while they are not known.
        counted: whether the counts of the results are to be shown yet.
        so_far: what is to be said of an index that does not hold all documents yet.
    """

    results: Results
    counts: Mapping[str, int] | None = None
    counted: bool = True
    so_far: str = ""


class Answers:
    """Fills the two widgets.

    Attributes:
        results: the list.
        line: the facets, with how many were found.
        suggestion: another query that finds something, where this one finds nothing.
        saved: saved searches by name.
        recent: the queries from before, the latest first.
    """

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._counts: Mapping[str, int] | None = None
        self.results = ResultList()
        self.line = FacetLine()
        self.suggestion = ""
        self.saved: Mapping[str, str] = {}
        self.recent: Sequence[str] = ()

    def offer(self, asked: Asked, choices: Choices, document: int) -> None:
        """Show the facets as they are now; `document` is the place of the one that the reader is in."""
        self.line.offer(list(facets_of(asked, choices, self._counts, document, self._glyphs)))

    def show_known(self) -> None:
        """Offer the saved and the recent searches."""
        self.suggestion = ""
        self.results.show(known_lines(self.saved, self.recent), index=self.results.index)
        self.line.say("")
        self.line.offer([])

    def wait(self, why: str) -> None:
        """Say that an answer is on its way."""
        self._counts = None
        self.line.say(why or "…")

    def say(self, text: str) -> None:
        """Say what is wrong, or why there is no answer."""
        self.line.say(visible(text), wrong=True)

    def show(self, workspace: Workspace, answer: Answer, typed: str) -> bool:
        """Show what was found, and saved searches whose name holds what is typed.

        Returns:
            Whether the reader, who is in the list, looks at another result by now.
        """
        results, self._counts = answer.results, answer.counts
        self.suggestion = results.suggestion
        had = self.results.data if self.results.has_focus else None
        lines = [
            *saved_lines(self.saved, typed),
            *result_lines(workspace, results, self._glyphs, counted=answer.counted),
        ]
        if not (results.total or lines or answer.so_far):
            lines = [text_line(_NOTHING)]
        first = next((at for at, line in enumerate(lines) if isinstance(line.data, tuple)), 0)
        same = (at for at, line in enumerate(lines) if had is not None and line.data == had)
        self.results.show(lines, index=next(same, first))
        total = results.total
        many = "nothing found" if not total else "1 passage" if total == 1 else f"{total:,} passages"
        self.line.say((many if answer.counted or not total else "… passages") + answer.so_far)
        return had is not None and self.results.data != had
