"""Where the reader is: cursors, columns, trail and jumps. Plain state, no Textual."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from brief_tui.corpus.model import Document
from brief_tui.trail import Place, Trail

_JUMPS_KEPT = 200


class Goal(Struct, frozen=True):
    """Where another screen sends the reader.

    Attributes:
        place: the passage.
        trail: what to walk from there; None leaves the trail as it is.
    """

    place: Place
    trail: Trail | None = None


class Jumps(Struct):
    """Places the reader jumped from, walked back and forward like a browser's."""

    back: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def leave(self, place: Place) -> None:
        """Remember a place before jumping away from it."""
        if not self.back or self.back[-1] != place:
            self.back.append(place)
            del self.back[:-_JUMPS_KEPT]
        self.ahead.clear()

    def step(self, here: Place, direction: int) -> Place | None:
        """The place before or after this one, or None at the end of the list."""
        source, target = (self.back, self.ahead) if direction < 0 else (self.ahead, self.back)
        while source:
            place = source.pop()
            if place != here:
                target.append(here)
                return place
        return None


class Reading(Struct):
    """The state of the reading screen.

    Attributes:
        total: documents in the brief.
        min_column: cells that a column has at least.
        active: the document that the keys act on, by its place in the brief.
        first: the leftmost document on the screen.
        wanted: how many columns the reader asked for; 0 for as many as fit.
        zoomed: whether the active document has the screen for itself.
        cursors: number of the passage under the cursor, by document.
        tops: code point at the top of the view, by document.
        trail: what `n` and `N` walk.
        folded: whether boilerplate is folded.
        filtered: whether columns show the trail's passages only.
        jumps: where the reader came from.
        linked: whether the other columns follow the cursor to their best related passage.
        numbers: whether line numbers are shown.
        aliases: whether names of one thing count as one word in the trail's search.
        bookmarks: first code points of passages with a bookmark, by document.
        read: numbers of the passages that were read, by document, once the document was.
        settled: documents of which it is known what was read in earlier sessions.
        newly_read: those that are not kept yet.
        waiting: cursor and top, as code points, of documents of the last session that were not read yet.
        waiting_trail: kind and id of the last session's trail, until index and themes are there.
    """

    total: int
    min_column: int = 34
    active: int = 0
    first: int = 0
    wanted: int = 0
    zoomed: bool = False
    cursors: dict[int, int] = field(default_factory=dict)
    tops: dict[int, int] = field(default_factory=dict)
    trail: Trail | None = None
    folded: bool = True
    filtered: bool = False
    jumps: Jumps = field(default_factory=Jumps)
    linked: bool = False
    numbers: bool = False
    aliases: bool = False
    bookmarks: dict[int, set[int]] = field(default_factory=dict)
    read: dict[int, set[int]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    newly_read: set[Place] = field(default_factory=set)
    waiting: dict[int, tuple[int, int]] = field(default_factory=dict)
    waiting_trail: tuple[str, str] = ("", "")

    @property
    def place(self) -> Place:
        """The passage under the cursor."""
        return (self.active, self.cursors.get(self.active, 0))

    def shown(self, width: int) -> range:
        """Which documents have a column on a screen of a width in cells; holds the active one in view."""
        if self.zoomed or self.total <= 1:
            return range(self.active, min(self.total, self.active + 1))
        fits = max(1, width // self.min_column)
        count = min(self.total, fits, self.wanted or fits)
        first = min(max(self.first, self.active - count + 1), self.active)
        self.first = max(0, min(first, self.total - count))
        return range(self.first, self.first + count)

    def part_of(self, shown: range) -> str:
        """Which of the documents are on the screen, as "2–4 of 9"; empty where all are."""
        if len(shown) >= self.total:
            return ""
        which = f"{shown.start + 1}" if len(shown) == 1 else f"{shown.start + 1}–{shown.stop}"
        return f"{which} of {self.total}"

    def ask_columns(self, change: int, width: int) -> None:
        """One column more or fewer than now; 0 for as many as fit."""
        now = len(self.shown(width))
        self.zoomed = False
        self.wanted = (
            0 if change == 0 else max(1, min(now + change, max(1, width // self.min_column), self.total))
        )

    def mark_read(self, at: int, numbers: Iterable[int]) -> None:
        """Take passages of a document as read."""
        known = self.read.setdefault(at, set())
        new = set(numbers) - known
        known |= new
        self.newly_read |= {(at, number) for number in new}

    def progress(self, at: int, document: Document | None) -> str:
        """How much of a document was read, as "43%"; empty before anything was."""
        read = self.read.get(at)
        if document is None or not read:
            return ""
        return f"{min(100, 100 * len(read) // max(1, document.readable))}%"

    def go(self, place: Place) -> None:
        """Put the cursor on a passage and make its document the active one."""
        self.active = place[0]
        self.cursors[place[0]] = place[1]
