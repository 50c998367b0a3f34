"""What an export is made of, as plain data: formats know nothing of the store, the index or the tagger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights.model import Highlight, ManualTag


class Scope(StrEnum):
    """Which excerpts an export holds."""

    HIGHLIGHTS = "highlights"
    THEMES = "themes"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of the codebook.

    Attributes:
        id: its id; highlights name it among their tags.
        name: what it is called.
        memo: what it means.
        colour: a name or `#rrggbb`; empty where it has none.
        topic: whether it is a topic rather than a theme.
        parent: id of the code above it; empty at the top.
    """

    id: str
    name: str
    memo: str = ""
    colour: str = ""
    topic: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme on a passage.

    Attributes:
        doc: id of the document.
        number: the passage's number.
        theme: id of the theme.
        score: 0 to 1.
        manual: whether the reader put it there.
        evidence: what made its cues match.
    """

    doc: str
    number: int
    theme: str
    score: float = 1.0
    manual: bool = False
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Everything that a format may need.

    Attributes:
        brief_id: id of the brief.
        title: what the brief is called.
        documents: in the brief's order.
        highlights: of any order; those of documents that are gone included.
        themes: the theme tags, manual ones merged: what counts of themes count.
        reading_list: whether the passages of the themes are excerpts too.
        codes: the codebook, parents before their children.
        manual_tags: what the reader put on and took off passages; only the lossless format keeps them.
        notes: on documents by document id, on the brief by "".
        scope: what of it is asked for, in words; empty for all.
        generated: when, UTC in ISO 8601.
        user: who marks, as other programs show it.
    """

    brief_id: str
    title: str
    documents: tuple[Document, ...]
    highlights: Sequence[Highlight] = field(default=(), repr=False)
    themes: Sequence[ThemeRow] = field(default=(), repr=False)
    reading_list: bool = True
    codes: tuple[CodeRow, ...] = ()
    manual_tags: Sequence[ManualTag] = field(default=(), repr=False)
    notes: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    generated: str = ""
    user: str = "Reader"

    @property
    def moment(self) -> datetime:
        """When it was generated, UTC without its name, for files that know none; 2000 where unknown."""
        try:
            return datetime.fromisoformat(self.generated).astimezone(UTC).replace(tzinfo=None)
        except ValueError:
            return datetime(2000, 1, 1)

    @property
    def listed(self) -> Sequence[ThemeRow]:
        """The theme tags whose passages are excerpts."""
        return self.themes if self.reading_list else ()

    def label(self, tag: str) -> str:
        """A code's name, or a free tag as it is."""
        return next((code.name for code in self.codes if code.id == tag), tag)


def narrow(
    request: ExportRequest,
    *,
    scope: Scope = Scope.BOTH,
    theme: str | None = None,
    tag: str | None = None,
    doc: str | None = None,
    wanted: Callable[[Highlight], bool] | None = None,
) -> ExportRequest:
    """The part of a request that the reader asks for.

    Args:
        request: everything.
        scope: the reader's highlights, the passages of the themes, or both.
        theme: only excerpts with this theme.
        tag: only highlights with this tag.
        doc: only excerpts of the document with this id.
        wanted: which highlights, by any other filter.
    """
    tags = {each for each in (theme, tag) if each is not None}
    documents = tuple(each for each in request.documents if doc in (None, each.id))
    ids = {each.id for each in request.documents} if doc is None else {doc}
    highlights = [
        each
        for each in request.highlights
        if scope is not Scope.THEMES
        and (doc is None or each.doc in ids)
        and tags <= set(each.tags)
        and (wanted is None or wanted(each))
    ]
    themes = [row for row in request.themes if row.doc in ids and tags <= {row.theme}]
    marks = [
        each for each in request.manual_tags if (doc is None or each.doc in ids) and tags <= {each.theme}
    ]
    notes = {of: note for of, note in request.notes.items() if doc is None or of == doc}
    words = [
        "" if scope is Scope.BOTH else f"only {scope.value}",
        f"document {documents[0].name if documents else doc}" if doc is not None else "",
        f"theme {request.label(theme)}" if theme is not None else "",
        f"tag {request.label(tag)}" if tag is not None else "",
        "a filter" if wanted is not None else "",
    ]
    return replace(
        request,
        documents=documents,
        highlights=highlights,
        themes=themes,
        reading_list=scope is not Scope.HIGHLIGHTS,
        manual_tags=marks,
        notes=notes,
        scope=", ".join(filter(None, words)),
    )
