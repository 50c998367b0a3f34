"""Coding: the codebook of a brief, the tags its cues give, and the reader's word over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from brief_tui.corpus.library import Library
from brief_tui.corpus.manifest import Manifest
from brief_tui.corpus.model import Passage, Span
from brief_tui.errors import BriefError
from brief_tui.highlights.store import Store

if TYPE_CHECKING:
    from brief_tui.search.index import Index
    from brief_tui.themes.codebook import Code, Codebook
    from brief_tui.themes.tagger import Tagging
    from brief_tui.themes.tags import CueQuality, Decision, Disagreement, ThemeTag


class Coding:
    """Themes and topics on the passages of a brief."""

    def __init__(
        self,
        manifest: Manifest,
        library: Library,
        index: Callable[[], Index],
        store: Callable[[], Store],
        cache: Path,
    ) -> None:
        """Bring together what tags are made of; nothing is worked out yet.

        Args:
            manifest: the brief.toml that holds the codebook.
            library: the documents.
            index: opens their index.
            store: opens the store that holds the reader's word.
            cache: the private folder where tags are kept.
        """
        self._manifest = manifest
        self._library = library
        self._index = index
        self._store = store
        self._cache = cache
        self._lock = RLock()
        self._tagging: Tagging | None = None

    @cached_property
    def codebook(self) -> Codebook:
        """Themes and topics of the brief."""
        from brief_tui.themes.codebook import from_manifest

        return from_manifest(self._manifest)

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
                    self._cache,
                    self.codebook,
                    self._index(),
                    tuple(self._library.documents()),
                )
            return self._tagging

    def tags(self, theme: str | None = None) -> tuple[ThemeTag, ...]:
        """The theme tags of all passages in reading order, or those of one theme; the reader's word wins.

        Raises:
            BriefError: there is no such theme.
        """
        from brief_tui.themes.tags import merge

        wanted = None if theme is None else self.theme(theme).id
        tags = merge(
            self.tagging().themes, self.decisions(), [entry.id for entry in self._library.brief.entries]
        )
        return tuple(tag for tag in tags if wanted in {None, tag.theme})

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
        found: list[Decision] = []
        for highlight in self._store().highlights():
            for theme in themes.intersection(highlight.tags) if highlight.state is State.ANCHORED else ():
                found += [
                    Decision(theme, p.doc, p.number, True)
                    for p in self._passages_in(highlight.doc, highlight.span)
                ]
        for manual in self._store().manual_tags():
            if manual.state is State.ANCHORED:
                found += [
                    Decision(manual.theme, p.doc, p.number, manual.present)
                    for p in self._passages_in(manual.doc, manual.span)
                ]
        return tuple(found)

    def _passages_in(self, doc: str, span: Span) -> tuple[Passage, ...]:
        document = self._library.try_document(doc)
        return document.passages_in(span) if document is not None else ()
