"""What tests of themes share: briefs of a few lines, tagged as the program would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document
from brief_tui.search.index import Index
from brief_tui.search.source import Source
from brief_tui.themes.codebook import Codebook, from_manifest
from brief_tui.themes.tagger import Tagging, tag


@dataclass(frozen=True)
class Tagged:
    """A brief with its tags."""

    documents: tuple[Document, ...]
    index: Index
    codebook: Codebook
    tagging: Tagging

    def lines(self, code: str) -> list[tuple[str, int]]:
        """Document name and line of each passage that has a code."""
        documents = {document.id: document for document in self.documents}
        return [
            (documents[t.doc].name, documents[t.doc].passages[t.number].line)
            for t in (*self.tagging.themes, *self.tagging.topics)
            if t.theme == code
        ]

    def evidence(self, code: str) -> list[str]:
        """The words that each passage is tagged for."""
        texts = {document.id: document.text for document in self.documents}
        tags = (*self.tagging.themes, *self.tagging.topics)
        return [texts[t.doc][s.start : s.end] for t in tags if t.theme == code for s in t.evidence]


MakeBrief = Callable[[Mapping[str, str], str], Tagged]


@pytest.fixture
def make_brief(tmp_path: Path) -> MakeBrief:
    """A brief of files and the text of its brief.toml, read, indexed and tagged."""

    def make(files: Mapping[str, str], manifest: str) -> Tagged:
        folder = tmp_path / "brief"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "brief.toml").write_text('language = "en"\n' + manifest, encoding="utf-8")
        brief, tables = read_brief([folder])
        documents = tuple(load(entry, default_language=brief.language) for entry in brief.entries)
        index = Index.open(None, [Source.of(document) for document in documents])
        codebook = from_manifest(tables)
        return Tagged(documents, index, codebook, tag(codebook, index, documents))

    return make
