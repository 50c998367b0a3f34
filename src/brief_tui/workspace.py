"""Workspace: one opened brief with its documents, index, themes, highlights and exports.

What the Python API, the command line and the reader talk to. Every part is made when it is first needed,
once, and may be asked for from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import Manifest, read_brief
from brief_tui.corpus.model import PROSE, Brief, Document, Passage, Span
from brief_tui.errors import BriefError, SourceError
from brief_tui.settings import Places, places

if TYPE_CHECKING:
    from brief_tui.export.request import ExportRequest
    from brief_tui.highlights.model import Change, Highlight
    from brief_tui.highlights.store import Store
    from brief_tui.search.index import Index, Results
    from brief_tui.search.related import Related, RelatedHit
    from brief_tui.themes.codebook import Code, Codebook
    from brief_tui.themes.tagger import Tagging
    from brief_tui.themes.tags import CueQuality, Decision, Disagreement, ThemeTag

Progress = Callable[[int, int], None]
"""Told how many documents of how many are done."""


class Workspace:
    """One opened brief.

    Attributes:
        brief: its documents, not yet read.
        manifest: its brief.toml.
        places: where the program's own files lie.
    """

    def __init__(self, brief: Brief, manifest: Manifest, where: Places) -> None:
        self.brief = brief
        self.manifest = manifest
        self.places = where
        self._lock = RLock()  # what is made once and may take long: index, tags, related
        self._reading = RLock()  # texts: one can be read while the index is being built
        self._documents: dict[str, Document | SourceError] = {}
        self._index: Index | None = None
        self._tagging: Tagging | None = None
        self._related: Related | None = None

    @classmethod
    def open(cls, paths: Sequence[Path] | None = None, *, recursive: bool = False) -> Workspace:
        """Open a brief.

        Args:
            paths: a folder, or files; None for the default brief.
            recursive: whether subfolders are searched too.

        Raises:
            BriefError: there is nothing to read, or brief.toml is wrong.
        """
        brief, manifest = read_brief(paths, recursive=recursive)
        return cls(brief, manifest, places())

    def close(self) -> None:
        """Let go of the store's file, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    # Documents

    def document(self, doc: str) -> Document:
        """A document by its id, read once.

        Raises:
            SourceError: it cannot be read.
        """
        found = self._documents.get(doc)
        if found is None:
            entry = self.brief.entries[self.place_of(doc)]
            with self._reading:
                found = self._documents.get(doc)
                if found is None:
                    try:
                        found = load(entry, default_language=self.brief.language)
                    except SourceError as error:
                        found = error
                    self._documents[doc] = found
        if isinstance(found, SourceError):
            raise found
        return found

    def try_document(self, doc: str) -> Document | None:
        """A document by its id, or None where it cannot be read (`trouble` says why) or there is none."""
        try:
            return self.document(doc)
        except (SourceError, KeyError):
            return None

    def is_read(self, doc: str) -> bool:
        """Whether reading a document would take no time."""
        return doc in self._documents

    def trouble(self, doc: str) -> str:
        """Why a document could not be read, one sentence; empty where it could, or was not tried."""
        found = self._documents.get(doc)
        return str(found) if isinstance(found, SourceError) else ""

    def documents(self) -> Iterator[Document]:
        """Every document that can be read, in order."""
        for entry in self.brief.entries:
            document = self.try_document(entry.id)
            if document is not None:
                yield document

    def problems(self) -> tuple[str, ...]:
        """What was wrong with the brief, its index and the documents read so far, a sentence each."""
        troubles = (self.trouble(entry.id) for entry in self.brief.entries)
        index = self._index.notices if self._index is not None else ()
        return (*self.brief.notices, *(trouble for trouble in troubles if trouble), *index)

    def place_of(self, doc: str) -> int:
        """A document's place in the brief, from 0.

        Raises:
            KeyError: it is not in the brief.
        """
        return self._order[doc]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {entry.id: at for at, entry in enumerate(self.brief.entries)}

    def passage(self, place: str) -> Passage:
        """The passage at "DOC:LINE".

        Raises:
            BriefError: there is no such document or line.
        """
        name, colon, line = place.rpartition(":")
        if not colon or not line.isdecimal():
            raise BriefError(f"{place!r} is no place; write a document and a line, such as 003:44.")
        return self.document(self.brief.entry(name).id).passage_on(int(line))

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        """A passage's sentences, as spans of its document's text."""
        from brief_tui.corpus.sentences import sentences

        return sentences(passage, self.document(passage.doc).language)

    def sentence_of(self, passage: Passage, offset: int) -> Span:
        """The sentence of a passage that holds a code point, else its first."""
        found = self.sentences(passage) or (passage.span,)
        return next((span for span in found if span.start <= offset < span.end), found[0])

    def words_of(self, passage: Passage) -> Span:
        """A passage without its bullet's marker: what is quoted of it."""
        return Span(passage.start + passage.marker, passage.end)

    # Index, search

    def open_index(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Index:
        """The full-text index, built or updated if need be.

        Args:
            progress: told how many documents of how many are done.
            cancelled: asked now and then; true stops the work.
        """
        with self._lock:
            if self._index is None:
                from brief_tui.search.index import Index, Source

                sources = [
                    Source(
                        doc=document.id,
                        digest=document.digest,
                        title=document.title,
                        language=document.language,
                        load=partial(self.document, document.id),
                        name=document.name,
                        publisher=document.entry.metadata.source,
                    )
                    for document in self.documents()
                ]
                self._index = Index.open(self.index_folder, sources, progress=progress, cancelled=cancelled)
            return self._index

    @property
    def index_folder(self) -> Path:
        """Where the brief's index lies: in the private cache, never among the documents."""
        return self.places.cache / "indexes" / self.brief.id

    @property
    def is_indexed(self) -> bool:
        """Whether the index is open, so that asking it takes no time."""
        return self._index is not None

    def search(self, query: str, *, limit: int | None = 20, lenient: bool = False) -> Results:
        """Passages that match a query, best first.

        Args:
            query: in the query language.
            limit: hits at most; None for all.
            lenient: take a query that does not parse (half typed) for its words.

        Raises:
            QueryError: it does not parse.
        """
        from brief_tui.search.query import parse

        return self.open_index().search(
            parse(query, lenient=lenient), limit=limit, sets=self._sets(), aliases=self.brief.aliases
        )

    def remember_search(self, query: str) -> None:
        """Put a query first in the history; a store that refuses is no reason to stop searching."""
        with suppress(BriefError):
            self.store.reading.add_search(query)

    def _sets(self) -> dict[tuple[str, str], set[tuple[str, int]]]:
        """What `theme:`, `tag:` and `note:` stand for."""
        found: dict[tuple[str, str], set[tuple[str, int]]] = {}
        for tag in self.tags():
            found.setdefault(("theme", tag.theme), set()).add((tag.doc, tag.number))
        return found

    # Themes

    @cached_property
    def codebook(self) -> Codebook:
        """Themes and topics of the brief."""
        from brief_tui.themes.codebook import from_manifest

        return from_manifest(self.manifest)

    def theme(self, theme: str) -> Code:
        """A theme by its id.

        Raises:
            BriefError: there is none; the text lists what there is.
        """
        themes = {code.id: code for code in self.codebook.themes}
        if theme not in themes:
            names = ", ".join(themes) or "none yet; a [[theme]] in brief.toml makes one"
            raise BriefError(f"There is no theme {theme!r}; the themes are: {names}.")
        return themes[theme]

    def tagging(self) -> Tagging:
        """What the cues say of the brief, themes and topics; worked out once."""
        with self._lock:
            if self._tagging is None:
                from brief_tui.themes.cache import tag_with_cache

                self._tagging = tag_with_cache(
                    self.places.cache / "tags" / self.brief.id,
                    self.codebook,
                    self.open_index(),
                    tuple(self.documents()),
                )
            return self._tagging

    def tags(self, theme: str | None = None) -> tuple[ThemeTag, ...]:
        """The theme tags of all passages in reading order, or those of one theme; the reader's word wins.

        Raises:
            BriefError: there is no such theme.
        """
        from brief_tui.themes.tags import merge

        if theme is not None and theme not in {code.id for code in self.codebook.themes}:
            names = (
                ", ".join(code.id for code in self.codebook.themes)
                or "none; write a [[theme]] into brief.toml"
            )
            raise BriefError(f"There is no theme {theme!r}; the themes are: {names}.")
        tags = merge(self.tagging().themes, self.decisions(), [entry.id for entry in self.brief.entries])
        return tuple(tag for tag in tags if theme in {None, tag.theme})

    @property
    def is_tagged(self) -> bool:
        """Whether the cues were worked out, so that asking for tags takes no time."""
        return self._tagging is not None

    def tags_of(self, passage: Passage) -> tuple[ThemeTag, ...]:
        """The theme tags of one passage, in key order."""
        return tuple(tag for tag in self.tags() if tag.key == passage.key)

    def topics_of(self, passage: Passage) -> tuple[ThemeTag, ...]:
        """The topics of one passage."""
        return tuple(tag for tag in self.tagging().topics if tag.key == passage.key)

    def set_theme(self, passage: Passage, theme: str, present: bool) -> None:
        """Put a theme on a passage or take it away, whatever the cues say; kept and undoable.

        Raises:
            BriefError: there is no such theme, or it could not be kept.
        """
        self.theme(theme)
        document = self.document(passage.doc)
        cued = any(tag.theme == theme and tag.key == passage.key for tag in self.tagging().themes)
        word = None if cued == present else present
        self.store.set_theme(
            document.text, document.id, document.digest, passage.span, theme=theme, present=word
        )

    def disagreements(self, theme: str | None = None) -> tuple[Disagreement, ...]:
        """Where the reader decided otherwise than the cues, on all themes or on one.

        Raises:
            BriefError: there is no such theme.
        """
        from brief_tui.themes.tags import disagreements

        wanted = self.theme(theme).id if theme is not None else None
        found = disagreements(self.tagging().themes, self.decisions())
        return tuple(each for each in found if wanted in {None, each.decision.theme})

    def cue_quality(self, theme: str | None = None) -> tuple[CueQuality, ...]:
        """Precision and recall of every cue, of all themes or of one, on what the reader decided.

        Raises:
            BriefError: there is no such theme.
        """
        from brief_tui.themes.tags import cue_quality

        codes = self.codebook.themes if theme is None else (self.theme(theme),)
        return cue_quality(codes, self.tagging().themes, self.decisions())

    def decisions(self) -> tuple[Decision, ...]:
        """The reader's word on themes of passages: manual theme tags, and themes among a highlight's tags."""
        from brief_tui.highlights.model import State
        from brief_tui.themes.tags import Decision

        themes = {code.id for code in self.codebook.themes}
        found: list[Decision] = []
        for highlight in self.store.highlights():
            for theme in themes.intersection(highlight.tags) if highlight.state is State.ANCHORED else ():
                found += [
                    Decision(theme, p.doc, p.number, True)
                    for p in self._passages_in(highlight.doc, highlight.span)
                ]
        for manual in self.store.manual_tags():
            if manual.state is State.ANCHORED:
                found += [
                    Decision(manual.theme, p.doc, p.number, manual.present)
                    for p in self._passages_in(manual.doc, manual.span)
                ]
        return tuple(found)

    def _passages_in(self, doc: str, span: Span) -> tuple[Passage, ...]:
        document = self.try_document(doc)
        return document.passages_in(span) if document is not None else ()

    def related(self, passage: Passage, *, limit: int = 5) -> tuple[RelatedHit, ...]:
        """Passages of other documents on the same matter, best first."""
        with self._lock:
            if self._related is None:
                from brief_tui.search.related import Related

                self._related = Related(
                    tuple(self.documents()), topics=self.tagging().topic_counts(), aliases=self.brief.aliases
                )
        return self._related.related(passage.doc, passage.number, limit=limit)

    def why(self, hit: RelatedHit) -> str:
        """What a related passage shares with the one that was asked about, in words."""
        codes = self.codebook.codes
        parts = ["topic: " + codes[topic].name.lower() for topic in hit.why.topics[:2] if topic in codes]
        if hit.why.words:
            parts.append("shared: " + ", ".join(hit.why.words))
        if hit.why.section:
            parts.append("under: " + hit.why.section)
        return " · ".join(parts)

    # Highlights

    @cached_property
    def store(self) -> Store:
        """Highlights, notes and reading state; where they cannot be opened, a store that keeps nothing."""
        from brief_tui.errors import StoreError
        from brief_tui.highlights.store import Store

        try:
            return Store.open(self.places.data / "briefs" / self.brief.id)
        except StoreError as error:
            return Store.nowhere(str(error))

    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights, by document and place."""
        return self.store.highlights()

    def highlight(self, doc: str, span: Span, *, tags: Iterable[str] = (), note: str = "") -> Highlight:
        """Mark a span of a document; returned once it is kept.

        Raises:
            StoreError: it could not be kept.
        """
        document = self.document(doc)
        return self.store.add(document.text, doc, document.digest, span, tags=tags, note=note)

    def span_of(self, place: str) -> tuple[str, Span]:
        """The document and span at "DOC:START-END", in code points.

        Raises:
            BriefError: it is no such place.
        """
        name, colon, numbers = place.rpartition(":")
        start, dash, end = numbers.partition("-")
        if not (colon and dash and start.isdecimal() and end.isdecimal()):
            raise BriefError(f"{place!r} is no range; write a document and code points, such as 003:120-245.")
        document = self.document(self.brief.entry(name).id)
        span = Span(int(start), int(end))
        if (
            not span.start < span.end <= len(document.text)
            or not document.text[span.start : span.end].strip()
        ):
            raise BriefError(f"{place} holds no text; {document.name} has {len(document.text)} code points.")
        return document.id, span

    def span_of_quote(self, name: str, quote: str) -> tuple[str, Span]:
        """The document and span of a quotation; line breaks and runs of blanks in it match any blanks.

        Raises:
            BriefError: the document does not hold it, or holds it more than once.
        """
        import re

        document = self.document(self.brief.entry(name).id)
        words = quote.split()
        if not words:
            raise BriefError("The quotation is empty; give the words to mark.")
        found = list(re.finditer(r"\s+".join(map(re.escape, words)), document.text))
        if len(found) != 1:
            how = "does not hold" if not found else f"holds {len(found)} times"
            raise BriefError(f"{document.name} {how} these words; quote a passage that stands there once.")
        return document.id, Span(*found[0].span())

    def excerpt(self, doc: str, span: Span) -> str:
        """A quotation with its citation, as it is copied: plain text."""
        from brief_tui.export.citation import cite
        from brief_tui.export.text import paragraphs

        document = self.document(doc)
        return f"“{' '.join(paragraphs(document, span))}” ({cite(document, span)})"

    def placed_highlights(self) -> tuple[Highlight, ...]:
        """The highlights that stand in their documents; those of a changed document are found again first."""
        from brief_tui.highlights.model import State

        return tuple(each for each in self.highlights() if each.state is State.ANCHORED)

    def edit_highlight(
        self, highlight: Highlight, *, tags: Iterable[str] | None = None, note: str | None = None
    ) -> Highlight:
        """Change a highlight's tags or note; what is None stays.

        Raises:
            StoreError: it could not be kept.
        """
        return self.store.edit(highlight.id, tags=tags, note=note)

    def free_tags(self) -> tuple[str, ...]:
        """Tags of highlights that are no themes, in alphabetical order."""
        themes = {code.id for code in self.codebook.themes}
        return tuple(sorted({tag for each in self.highlights() for tag in each.tags} - themes))

    def undo(self) -> Change | None:
        """Take back this window's last change of marks, tags or notes."""
        return self.store.undo()

    def redo(self) -> Change | None:
        """Bring back what was last undone."""
        return self.store.redo()

    def import_highlights(self, path: Path) -> tuple[int, tuple[str, ...]]:
        """Take in the highlights, manual tags and notes of a file that this or another program wrote.

        Returns:
            How many records were new or newer than ours, and what could not be taken, a sentence each.

        Raises:
            BriefError: the file cannot be read or holds no highlights.
            StoreError: they could not be kept; nothing was changed.
        """
        from brief_tui.export.imports import read_highlights

        documents = tuple(self.documents())
        imported = read_highlights(path, documents)
        taken = self.store.put(imported.highlights, imported.manual_tags, imported.notes)
        for document in documents:
            self.store.reattach(document)
        return taken, imported.skipped

    # Exports

    def export_request(self) -> ExportRequest:
        """Everything that an export may hold; `export.request.narrow` makes it less."""
        from datetime import UTC, datetime

        from brief_tui.export.request import CodeRow, ExportRequest, ThemeRow

        codes = [
            *(CodeRow(code.id, code.name, code.memo, code.colour) for code in self.codebook.themes),
            *(CodeRow(code.id, code.name, code.memo, topic=True) for code in self.codebook.topics),
        ]
        documents = tuple(self.documents())
        prose = {p.key for document in documents for p in document.passages if p.kind in PROSE}
        return ExportRequest(
            brief_id=self.brief.id,
            title=self.brief.title,
            documents=documents,
            highlights=self.store.highlights(),
            themes=[
                ThemeRow(tag.doc, tag.number, tag.theme, tag.score, tag.manual, tag.evidence)
                for tag in self.tags()
                if tag.key in prose
            ],
            codes=tuple(codes),
            manual_tags=self.store.manual_tags(),
            notes=self.store.notes(),
            generated=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        )
