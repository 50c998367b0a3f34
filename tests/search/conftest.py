"""Small made-up documents, and an index of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage
from brief_tui.search import build
from brief_tui.search.index import Index, Source

Making = Callable[..., Document]
Indexing = Callable[..., Index]


def made(
    text: str,
    *,
    doc: str = "a.txt",
    title: str = "",
    language: str = "en",
    publisher: str = "",
    kinds: Sequence[Kind] = (),
) -> Document:
    """A document whose paragraphs are its passages; "# " makes a heading, "- " a bullet."""
    passages: list[Passage] = []
    heading = None
    for number, found in enumerate(re.finditer(r"[^\n](?:.|\n(?!\n))*", text)):
        start, end = found.span()
        line = text.count("\n", 0, start) + 1
        kind, marker, level = Kind.BODY, 0, 0
        if found.group().startswith("# "):
            kind, marker, level = Kind.HEADING, 2, 2
        elif found.group().startswith("- "):
            kind, marker = Kind.BULLET, 2
        if number < len(kinds):
            kind = kinds[number]
        above = None if kind is Kind.HEADING else heading
        line_end = line + found.group().count("\n")
        passages.append(
            Passage(doc, number, start, end, line, line_end, kind, level, above, marker=marker, source=text)
        )
        if kind is Kind.HEADING:
            heading = number
    metadata = Metadata(title=title, publisher=publisher, language=language)
    return Document(
        entry=Entry(doc, Path(doc), metadata, doc.rsplit(".", 1)[0]),
        text=text,
        digest=blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        passages=tuple(passages),
        title=title,
        language=language,
    )


@pytest.fixture(autouse=True)
def any_whoosh(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests run with other Whooshes too; that one says so is tested apart."""
    monkeypatch.setattr(build, "which_whoosh", str)


@pytest.fixture(scope="session")
def make() -> Making:
    """Makes a document of a text."""
    return made


@pytest.fixture(scope="session")
def index_of() -> Indexing:
    """Makes an index, in memory, of documents or of texts."""

    def indexing(*documents: Document | str, language: str = "en") -> Index:
        read = [
            made(d, doc=f"{at:03}.txt", language=language) if isinstance(d, str) else d
            for at, d in enumerate(documents)
        ]
        return Index.open(None, [Source.of(d) for d in read])

    return indexing


@pytest.fixture(scope="session")
def find() -> Callable[..., list[list[str]]]:
    """What a query marks in each hit, in the order of the documents."""

    def finding(index: Index, query: str, **options: object) -> list[list[str]]:
        results = index.search(query, limit=None, **options)  # type: ignore[arg-type]
        sources = index.sources
        found = sorted(results.hits, key=lambda hit: (list(sources).index(hit.doc), hit.number))
        return [[sources[h.doc].load().text[a:b] for a, b in h.spans] for h in found]

    return finding
