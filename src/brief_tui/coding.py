"""Coding: the codebook of a brief, the tags its cues give, and the reader's word over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from msgspec import Struct

from brief_tui.corpus.library import Library
from brief_tui.corpus.manifest import Manifest
from brief_tui.corpus.model import Document, Passage, PassageKey, Span
from brief_tui.errors import BriefError
from brief_tui.highlights.store import Store
from brief_tui.trail import stops

if TYPE_CHECKING:
    from brief_tui.search.index import Index
    from brief_tui.themes.account import Account
    from brief_tui.themes.cache import Kept
    from brief_tui.themes.codebook import Code, Codebook, Cue
    from brief_tui.themes.merged import Merged
    from brief_tui.themes.tagger import Tagging
    from brief_tui.themes.tags import CueQuality, Decision, Disagreement, ThemeTag


class Recoded(Struct, frozen=True):
    """A codebook and what it says, in place of another: what `Coding.renewed` gives to `Coding.take`."""

    had: Codebook
    codebook: Codebook
    tagging: Tagging
    kept: Kept


class Coding:
    """Themes and topics on the passages of a brief."""

    def __init__(
        self,
        manifest: Manifest,
        library: Library,
        *,
        documents: Callable[[], tuple[Document, ...]],
        index: Callable[[], Index],
        store: Callable[[], Store],
        cache: Path,
    ) -> None:
        """Bring together what tags are made of; nothing is worked out yet.

        Args:
            manifest: the brief.toml that holds the codebook.
            library: the documents.
            documents: reads them all, and finds their marks again.
            index: opens their index.
            store: opens the store that holds the reader's word.
            cache: the private folder where tags are kept.
        """
        self._manifest = manifest
        self._library = library
        self._documents = documents
        self._index = index
        self._store = store
        self._cache = cache
        self._lock = RLock()  # what is made once: codebook, tagging, merged
        self._codebook: Codebook | None = None
        self._tagging: Tagging | None = None
        self._kept: Kept | None = None  # what tags were made of, so that a change costs only what it changes
        self._merged: Merged | None = None

    @property
    def codebook(self) -> Codebook:
        """Themes and topics of the brief; never waits once it was read."""
        if self._codebook is not None:
            return self._codebook
        with self._lock:
            if self._codebook is None:
                from brief_tui.themes.codebook import from_manifest

                self._codebook = from_manifest(self._manifest)
            return self._codebook

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
                self._tagging = self._tag(self.codebook)
            return self._tagging

    def recall(self) -> bool:
        """Take the tags from the cache, where it has those of all documents; whether they are there now."""
        with self._lock:
            if self._tagging is None:
                from brief_tui.themes.cache import recalled

                found = recalled(self._cache, self.codebook, self._documents())
                if found is not None:
                    self._tagging, self._kept = found
            return self._tagging is not None

    def _tag(self, codebook: Codebook) -> Tagging:
        from brief_tui.themes.cache import tag_with_cache

        while True:
            documents = self._documents()
            tagging, kept = tag_with_cache(self._cache, codebook, self._index, documents, known=self._kept)
            if documents == tuple(self._library.documents()):  # else some were read anew meanwhile
                self._kept = kept
                return tagging

    def renewed(self, manifest: Manifest, index: Index, documents: Iterable[Document]) -> Recoded:
        """What brief.toml's codebook by now says of documents as they are now; `take` makes it ours.

        Raises:
            ManifestError: one of its cues does not parse.
        """
        from brief_tui.themes.cache import tag_with_cache
        from brief_tui.themes.codebook import from_manifest

        had, now = self.codebook, from_manifest(manifest)
        codebook = had if had == now else now
        tagging, kept = tag_with_cache(
            self._cache, codebook, lambda: index, tuple(documents), known=self._kept
        )
        return Recoded(had, codebook, tagging, kept)

    def take(self, recoded: Recoded) -> None:
        """Take what `renewed` gave; where the codebook was changed since, tags are worked out when asked."""
        if self._codebook is recoded.had:
            self._codebook, self._tagging, self._kept = recoded.codebook, recoded.tagging, recoded.kept
        else:
            self._tagging = None

    def tags(self, theme: str | None = None) -> tuple[ThemeTag, ...]:
        """The theme tags of all passages in reading order, or those of one theme; the reader's word wins.

        Raises:
            BriefError: there is no such theme.
        """
        wanted = None if theme is None else self.theme(theme).id
        tags = self._merge().tags
        return tags if wanted is None else tuple(tag for tag in tags if tag.theme == wanted)

    def _merge(self) -> Merged:
        """Tags and the reader's word together, made again only where one of them is another."""
        from brief_tui.themes.merged import Merged, by_passage
        from brief_tui.themes.tags import merge

        tagging, revision = self.tagging(), self._store().revision()
        had = self._merged
        if had is not None and had.tagging is tagging and had.revision == revision:
            return had
        decisions = self.decisions()
        if had is not None and had.tagging is tagging and had.decisions == decisions:
            merged = replace(had, revision=revision)
        else:
            tags = merge(tagging.themes, decisions, [entry.id for entry in self._library.brief.entries])
            merged = Merged(tagging, revision, decisions, tags, by_passage(tags), by_passage(tagging.topics))
        self._merged = merged
        return merged

    @property
    def is_tagged(self) -> bool:
        """Whether the cues were worked out, so that asking for tags takes no time."""
        return self._tagging is not None

    def tags_of(self, passage: Passage) -> tuple[ThemeTag, ...]:
        """The theme tags of one passage, in key order."""
        return self._merge().themes.get(passage.key, ())

    def topics_of(self, passage: Passage) -> tuple[ThemeTag, ...]:
        """The topics of one passage."""
        return self._merge().topics.get(passage.key, ())

    def passages_with(self, code: str) -> frozenset[PassageKey]:
        """The passages that a theme or a topic is on; none as long as the cues are not worked out."""
        tags = self._merge().with_topics if self.is_tagged else ()
        return frozenset(tag.key for tag in tags if tag.theme == code)

    def set_theme(self, passage: Passage, theme: str, present: bool) -> None:
        """Put a theme on a passage or take it away, whatever the cues say; kept and undoable.

        Raises:
            BriefError: there is no such theme, or it could not be kept.
        """
        self.theme(theme)
        document = self._library.document(passage.doc)
        cued = any(tag.theme == theme and tag.key == passage.key for tag in self.tagging().themes)
        word = None if cued == present else present
        self._store().set_theme(
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
        # Once a theme and passage, the last one: 100,000 highlights are no more decisions than passages.
        found: dict[tuple[str, str, int], bool] = {}
        for doc, span, tags in self._store().survey.tagged():
            for theme in themes.intersection(tags):
                for p in self._passages_in(doc, span):
                    found[theme, p.doc, p.number] = True
        for manual in self._store().manual_tags():
            if manual.state is State.ANCHORED and manual.theme in themes:
                for p in self._passages_in(manual.doc, manual.span):
                    found[manual.theme, p.doc, p.number] = manual.present
        return tuple(Decision(*key, present) for key, present in found.items())

    def _passages_in(self, doc: str, span: Span) -> tuple[Passage, ...]:
        document = self._library.try_document(doc)
        return document.passages_in(span) if document is not None else ()

    def change_to(self, codebook: Codebook) -> None:
        """Go on with another codebook, tagging again what it says otherwise; off the event loop.

        Until it returns, codebook and tags are those from before.

        Raises:
            ManifestError: one of its cues does not parse; codebook and tags stay as they were.
        """
        had, tagging = self.codebook, self._tagging
        if tagging is None or codebook.said != had.said:  # else only names and looks changed
            tagging = self._tag(codebook)
        with self._lock:
            self._codebook, self._tagging = codebook, tagging

    def change_untagged(self, codebook: Codebook) -> None:
        """Go on with another codebook without tags: one of its cues does not parse."""
        with self._lock:
            self._codebook, self._tagging = codebook, None

    def preview(self, cue: Cue) -> dict[PassageKey, tuple[Span, ...]]:
        """The passages that a cue alone would match, with where; off the event loop.

        Raises:
            QueryError: the cue does not parse.
        """
        from brief_tui.themes.tagger import preview

        documents = tuple(self._library.documents())
        return preview(cue, self._index(), documents, aliases=self.codebook.aliases)

    def account(self) -> Account:
        """What each code and cue tags, and where the reader says otherwise; off the event loop."""
        from brief_tui.themes.account import account

        merged, library = self._merge(), self._library
        places = {document.id: (library.place_of(document.id), document) for document in library.documents()}
        automatic = (*merged.tagging.themes, *merged.tagging.topics)
        return account(
            self.codebook,
            automatic,
            merged.with_topics,
            merged.decisions,
            lambda keys: len(stops(places, keys)),
        )
