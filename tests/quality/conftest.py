"""The default brief, read, indexed and tagged once for all measurements, and the hand-made labels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document
from brief_tui.search.index import Index
from brief_tui.search.source import Source
from brief_tui.themes.codebook import Codebook, from_manifest
from brief_tui.themes.tagger import Tagging, tag

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measured:
    """What is measured."""

    documents: Mapping[str, Document]
    codebook: Codebook
    tagging: Tagging
    aliases: Mapping[str, tuple[str, ...]]

    def place(self, doc: str, number: int) -> tuple[str, int]:
        """A passage's document name and line."""
        document = self.documents[doc]
        return document.name, document.passages[number].line


@pytest.fixture(scope="session")
def measured() -> Measured:
    """The default brief."""
    brief, manifest = read_brief([HERE.parent.parent / "seeds"])
    documents = [load(entry, default_language=brief.language) for entry in brief.entries]
    index = Index.open(None, [Source.of(document) for document in documents])
    codebook = from_manifest(manifest)
    return Measured({d.id: d for d in documents}, codebook, tag(codebook, index, documents), brief.aliases)


@pytest.fixture(scope="session")
def labels() -> dict[str, list[dict[str, Any]]]:
    """The labelled rows: `passages`, one a line of two documents, and `related`, one a query."""
    return {name: json.loads((HERE / f"{name}.json").read_text("utf-8")) for name in ("passages", "related")}
