"""A document and a store to mark it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage
from brief_tui.highlights.store import Store

TEXT = "Moscow did not come to help.\n\nTehran 🛡️ drew its own conclusions.\n"


def document(text: str, doc: str = "a.txt") -> Document:
    """A document of one passage a paragraph."""
    passages, start = [], 0
    for number, part in enumerate(part for part in text.split("\n\n") if part.strip()):
        start = text.index(part, start)
        line = text.count("\n", 0, start) + 1
        passages.append(
            Passage(
                doc, number, start, start + len(part), line, line + part.count("\n"), Kind.BODY, source=text
            )
        )
    entry = Entry(doc, Path(doc), Metadata(title="A"), Path(doc).stem)
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    return Document(entry, text, digest, tuple(passages), "A")


@pytest.fixture
def make() -> Callable[..., Document]:
    return document


@pytest.fixture
def doc() -> Document:
    return document(TEXT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "briefs" / "one"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder)
    yield opened
    opened.close()
