"""The Python API: an opened brief whose passages know their citation.

    import brief_tui

    brief = brief_tui.open_brief("folder")
    for hit in brief.search('"mutual defense" OR guarantee*', limit=10):
        print(hit.passage.citation, hit.score)

Spans are code points of a document's text, end exclusive. Whatever can go wrong is a `BriefError` whose text
is a sentence to show.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from brief_tui.corpus.model import Document, Kind, Passage, Span
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.export.citation import Citation
    from brief_tui.highlights.model import Highlight

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage together with its document, so that it can be cited.

    Attributes:
        document: what it stands in.
        passage: its place there.
    """

    document: Document = field(repr=False)
    passage: Passage

    @property
    def doc(self) -> str:
        """The document's name, as commands print it."""
        return self.document.name

    @property
    def line(self) -> int:
        """Its first line, from 1."""
        return self.passage.line

    @property
    def kind(self) -> Kind:
        """What it is in its document."""
        return self.passage.kind

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return self.passage.span

    @property
    def text(self) -> str:
        """Exactly the slice of the document's text."""
        return self.passage.text

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above it, outermost first."""
        return tuple(heading.text for heading in self.document.section(self.passage))

    @property
    def citation(self) -> Citation:
        """Where it comes from; `str()` of it is one line."""
        from brief_tui.export.citation import cite

        return cite(self.document, self.passage.span)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that a search found.

    Attributes:
        passage: the passage.
        score: 0 or more; higher is better; only scores of one search compare.
        spans: what matched, in the document's text.
    """

    passage: CitedPassage
    score: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RelatedPassage:
    """What another document says on the same matter.

    Attributes:
        passage: the passage.
        score: 0 to 1; higher is better.
        sentence: its sentence that is nearest to what was asked about.
        why: what the two share, in words.
    """

    passage: CitedPassage
    score: float
    sentence: Span
    why: str


@dataclass(frozen=True, slots=True)
class TaggedPassage:
    """A theme on a passage.

    Attributes:
        passage: the passage.
        theme: the theme's id.
        score: sum of the weights of the cues that matched, at most 1; a cue alone needs 0.5 to tag.
        manual: whether the reader put it there.
        evidence: the spans that made the cues match.
    """

    passage: CitedPassage
    theme: str
    score: float
    manual: bool
    evidence: tuple[Span, ...]


class OpenBrief:
    """A brief opened from Python. Use it in a `with` statement, or close it, to let go of its files at once.

    Attributes:
        workspace: what the command line and the reader work with: everything else there is.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __enter__(self) -> OpenBrief:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the brief's files."""
        self.workspace.close()

    @property
    def title(self) -> str:
        """What the brief is called."""
        return self.workspace.brief.title

    def documents(self) -> tuple[Document, ...]:
        """The documents that can be read, in order; `problems` says what cannot."""
        return tuple(self.workspace.library.documents())

    def problems(self) -> tuple[str, ...]:
        """What was wrong with the brief and the documents read so far, a sentence each."""
        return self.workspace.problems()

    def passages(self) -> Iterator[CitedPassage]:
        """Every passage of every document, in reading order."""
        for document in self.workspace.library.documents():
            for passage in document.passages:
                yield CitedPassage(document, passage)

    def passage(self, place: str) -> CitedPassage:
        """The passage at a place.

        Args:
            place: "DOC:LINE": a document's name or a beginning of it that no other has, and a line from 1.

        Raises:
            BriefError: there is no such document or line.
        """
        return self._cited(*self.workspace.library.passage(place).key)

    def search(
        self, query: str, *, limit: int | None = 20, aliases: bool = False, any_word: bool = False
    ) -> tuple[FoundPassage, ...]:
        """Passages that match a query, best first.

        Args:
            query: in the query language; or with `any_word` a text without operators, such as a question.
            limit: passages at most; None for all.
            aliases: whether the names of one thing that brief.toml lists count as one word.
            any_word: whether a passage need hold only one of the words.

        Raises:
            QueryError: the query does not parse.
        """
        results = self.workspace.searching.results(query, limit=limit, aliases=aliases, any_word=any_word)
        return tuple(FoundPassage(self._cited(*hit.key), hit.score, hit.spans) for hit in results.hits)

    def tags(self, theme: str | None = None) -> tuple[TaggedPassage, ...]:
        """The themes on passages in reading order; the reader's word wins over the cues.

        Args:
            theme: only this theme, by its id.

        Raises:
            BriefError: there is no such theme.
        """
        return tuple(
            TaggedPassage(self._cited(*tag.key), tag.theme, tag.score, tag.manual, tag.evidence)
            for tag in self.workspace.coding.tags(theme)
        )

    def related(self, passage: CitedPassage | Passage, *, limit: int = 5) -> tuple[RelatedPassage, ...]:
        """What the other documents say on the matter of a passage, best first.

        Args:
            passage: of this brief.
            limit: passages at most.
        """
        asked = passage.passage if isinstance(passage, CitedPassage) else passage
        return tuple(
            RelatedPassage(
                self._cited(hit.doc, hit.number), hit.score, hit.sentence, self.workspace.relating.why(hit)
            )
            for hit in self.workspace.relating.related(asked, limit=limit)
        )

    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights, by document and place."""
        self.workspace.marks.attach(self.workspace.library.documents())
        return self.workspace.marks.highlights()

    def highlight(
        self, passage: CitedPassage, *, span: Span | None = None, tags: Iterable[str] = (), note: str = ""
    ) -> Highlight:
        """Mark a passage, or a part of its document; returned once it is kept.

        Args:
            passage: what is marked, without its bullet.
            span: a span of the passage's document to mark instead.
            tags: theme ids or free words.
            note: the reader's own words.

        Raises:
            StoreError: it could not be kept.
        """
        marked = span if span is not None else self.workspace.library.words_of(passage.passage)
        return self.workspace.marks.highlight(passage.document.id, marked, tags=tags, note=note)

    def _cited(self, doc: str, number: int) -> CitedPassage:
        document = self.workspace.library.document(doc)
        return CitedPassage(document, document.passages[number])


def open_brief(brief: PathLike | Sequence[PathLike] | None = None, *, recursive: bool = False) -> OpenBrief:
    """Open a brief.

    Args:
        brief: a folder, a file, or several files; None for the brief that comes with the program.
        recursive: whether subfolders are searched too.

    Raises:
        BriefError: there is nothing to read, or brief.toml is wrong.
    """
    if brief is None:
        paths = None
    elif isinstance(brief, str | os.PathLike):
        paths = [Path(brief)]
    else:
        paths = [Path(each) for each in brief]
    return OpenBrief(Workspace.open(paths, recursive=recursive))
