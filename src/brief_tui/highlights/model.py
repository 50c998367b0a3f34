"""What the reader leaves in a brief as data: highlights, manual theme tags, notes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from brief_tui.corpus.model import Span

CONTEXT = 32
"""Code points of text kept before and after a quotation, by which it is found again."""


class State(StrEnum):
    """Whether a record still stands in its document."""

    ANCHORED = "anchored"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Selector:
    """A quotation and where it stood: enough to find it again after its document changed.

    Attributes:
        start: first code point in the text it was taken from.
        end: code point after its last.
        exact: the quoted text itself.
        prefix: up to 32 code points before it.
        suffix: up to 32 code points after it.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a document, kept with its words, so that it is found again.

    Attributes:
        id: a random UUID.
        doc: id of its document.
        digest: digest of the document's text that `start` and `end` count.
        start: first code point.
        end: code point after its last.
        exact: the text that stands there.
        prefix: up to 32 code points before it.
        suffix: up to 32 code points after it.
    """

    id: str
    doc: str
    digest: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def span(self) -> Span:
        """Where it stands in its document's text."""
        return Span(self.start, self.end)

    @property
    def selector(self) -> Selector:
        """By what it is found again."""
        return Selector(self.start, self.end, self.exact, self.prefix, self.suffix)


@dataclass(frozen=True, slots=True)
class Highlight(Quoted):
    """A span that the reader marked.

    Attributes:
        tags: theme ids or free words, in the reader's order, each once.
        note: the reader's words on it.
        created: when it was marked, UTC in ISO 8601.
        modified: when the reader last changed it, likewise.
        state: orphaned when its document no longer holds it; the position is then the last known.
    """

    tags: tuple[str, ...]
    note: str
    created: str
    modified: str
    state: State = State.ANCHORED


@dataclass(frozen=True, slots=True)
class ManualTag(Quoted):
    """The reader's word on whether a theme is on a passage; it wins over the cues.

    Attributes:
        theme: id of the theme.
        present: whether the reader put the theme there or took it away.
        created: when, UTC in ISO 8601.
        modified: when the reader last changed it, likewise.
        state: orphaned when its document no longer holds the passage.
    """

    theme: str
    present: bool
    created: str
    modified: str
    state: State = State.ANCHORED


@dataclass(frozen=True, slots=True)
class Change:
    """What an undo or a redo did.

    Attributes:
        says: what was undone or redone, in words: "mark “Moscow did not …”".
        docs: ids of the documents it touched; none for a note on the brief.
        ids: ids of the highlights and manual tags it touched.
    """

    says: str
    docs: frozenset[str]
    ids: tuple[str, ...]
