"""What an export is made of, as plain data: formats know nothing of the store, the index or the tagger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights.model import Highlight, ManualTag
from brief_tui.highlights.stored import stored


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
        advance: called after each excerpt that was made, to say how far an export is; what it raises ends it.
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
    advance: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)

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


def holds(words: str, *texts: str) -> bool:
    """Whether each of some words stands somewhere in the texts, as a part of one too; case does not count."""
    there = "\n".join(texts).casefold()
    return all(word in there for word in words.casefold().split())


def narrow(
    request: ExportRequest,
    *,
    scope: Scope = Scope.BOTH,
    theme: str | None = None,
    tag: str | None = None,
    doc: str | None = None,
    words: str = "",
) -> ExportRequest:
    """The part of a request that the reader asks for.

    Args:
        request: everything.
        scope: the reader's highlights, the passages of the themes, or both.
        theme: only excerpts with this theme.
        tag: only highlights with this tag.
        doc: only excerpts of the document with this id.
        words: only excerpts that have each of these words in their text, note, tags or document's title.
    """
    tags = {each for each in (theme, tag) if each is not None}
    documents = tuple(each for each in request.documents if doc in (None, each.id))
    known = {each.id: each for each in request.documents}

    def within(place: str) -> bool:
        return doc in (None, place)

    def spoken(place: str, named: Sequence[str], *texts: str) -> bool:
        """Whether the words stand in texts, in the tags that are named, or in the title of a document."""
        title = known[place].title if place in known else place
        return not words or holds(words, title, *texts, *named, *map(request.label, named))

    def wanted(mark: Highlight) -> bool:
        return (
            within(mark.doc) and tags <= set(mark.tags) and spoken(mark.doc, mark.tags, mark.exact, mark.note)
        )

    highlights = stored(request.highlights if scope is not Scope.THEMES else ())
    if doc is not None or tags or words:
        highlights = highlights.where(wanted)
    themes = [
        row
        for row in request.themes
        if row.doc in known and within(row.doc) and tags <= {row.theme}
        if spoken(row.doc, (row.theme,), known[row.doc].passages[row.number].text)
    ]
    name = documents[0].name if doc is not None and documents else doc
    return replace(
        request,
        documents=documents,
        highlights=highlights,
        themes=themes,
        reading_list=scope is not Scope.HIGHLIGHTS,
        manual_tags=[each for each in request.manual_tags if within(each.doc) and tags <= {each.theme}],
        notes={of: note for of, note in request.notes.items() if within(of)},
        scope=_in_words(request, scope, theme=theme, tag=tag, doc=name, words=words),
    )


def _in_words(
    request: ExportRequest,
    scope: Scope,
    *,
    theme: str | None,
    tag: str | None,
    doc: str | None,
    words: str,
) -> str:
    """What was asked for, as the export says it; empty for all. `doc` is the document's name."""
    parts = [
        "" if scope is Scope.BOTH else f"only {scope.value}",
        f"document {doc}" if doc is not None else "",
        f"theme {request.label(theme)}" if theme is not None else "",
        f"tag {request.label(tag)}" if tag is not None else "",
        f"with the words {words}" if words else "",
    ]
    return ", ".join(filter(None, parts))
