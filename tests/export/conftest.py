"""A request of two documents, and what hypothesis needs to make others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage, Span
from brief_tui.export import CodeRow, ExportRequest, ThemeRow
from brief_tui.export.text import made_id
from brief_tui.highlights.anchor import selector
from brief_tui.highlights.graphemes import snap
from brief_tui.highlights.model import Highlight, State

WHEN = "2026-01-02T03:04:05.678Z"


def document(text: str, doc: str = "001_a.txt", **known: str) -> Document:
    """A document of one passage a paragraph; one that begins with "#" is a heading, with "- " a bullet."""
    passages: list[Passage] = []
    start, heading = 0, None
    for part in text.split("\n\n"):
        at = text.index(part, start)
        start = at + len(part)
        if not part.strip():
            continue
        kind = Kind.HEADING if part.startswith("#") else Kind.BULLET if part.startswith("- ") else Kind.BODY
        line, number = text.count("\n", 0, at) + 1, len(passages)
        above = None if kind is Kind.HEADING else heading
        marker = 2 if kind is Kind.BULLET else 0
        passages.append(
            Passage(
                *(doc, number, at, start, line, line + part.count("\n"), kind, 1),
                heading=above,
                marker=marker,
                source=text,
            )
        )
        heading = number if kind is Kind.HEADING else heading
    metadata = Metadata(**({"title": "On help"} | known))
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    return Document(
        Entry(doc, Path(doc), metadata, Path(doc).stem), text, digest, tuple(passages), metadata.title or doc
    )


def highlight(
    doc: Document, start: int, end: int, *tags: str, note: str = "", state: State = State.ANCHORED
) -> Highlight:
    """A highlight as the store would make it."""
    quote = selector(doc.text, snap(doc.text, Span(start, end)))
    name = made_id(doc.id, str(start), str(end), *tags, note)
    return Highlight(
        *(name, doc.id, doc.digest, quote.start, quote.end, quote.exact, quote.prefix, quote.suffix),
        *(tags, note, WHEN, WHEN, state),
    )


def make_request(
    documents: Sequence[Document], highlights: Sequence[Highlight], **more: object
) -> ExportRequest:
    codes = (
        CodeRow("trust", "Trust erosion", "Loss of trust.", "red"),
        CodeRow("asym", "Asymmetry", "", "#4682b4"),
        CodeRow("defence", "Mutual defence", topic=True),
    )
    values: dict[str, object] = {
        "brief_id": "test-brief",
        "title": "Who helps whom?",
        "documents": tuple(documents),
        "highlights": tuple(highlights),
        "codes": codes,
        "generated": WHEN,
    }
    return ExportRequest(**(values | more))  # type: ignore[arg-type]


FIRST = """# Promises

Moscow did not come to help.
It had *promised* to.

- Tehran 🛡️ drew its own conclusions, 安全 first.

=SUM(A1) is not a formula here.
"""
SECOND = "Beijing watched, and 2. said <b>nothing</b> & waited.\n"


@pytest.fixture
def request_() -> ExportRequest:
    """Two documents; highlights with and without tags, one orphaned, one of a document that is gone."""
    one = document(
        FIRST, author="A. Author", publisher="The Paper", date="2025-06-30", url="https://example.org/1"
    )
    two = document(SECOND, "002_b.txt", title="On silence")
    gone = document("What was said here is gone.", "003_gone.txt")
    highlights = [
        highlight(
            one,
            FIRST.index("- Tehran"),
            FIRST.index(" first"),
            "trust",
            "free word",
            note="A *note*\n\n# of two",
        ),
        highlight(one, FIRST.index("Moscow"), FIRST.index("\n\n- ")),
        highlight(one, FIRST.index("=SUM"), FIRST.index(" is not"), note="=1+1"),
        highlight(two, 0, 7, "asym", state=State.ORPHANED),
        highlight(gone, 0, 4, "trust"),
    ]
    themes = [
        ThemeRow(one.id, 1, "trust", 0.9, evidence=(Span(FIRST.index("not come"), FIRST.index(" to help")),)),
        ThemeRow(one.id, 1, "asym", 1.0, manual=True),
        ThemeRow(two.id, 0, "asym", 0.5),
    ]
    return make_request(
        [one, two], highlights, themes=themes, notes={"": "All in all.", one.id: "A *strong* text."}
    )


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture(scope="session")
def make_highlight() -> Callable[..., Highlight]:
    return highlight


@pytest.fixture(scope="session")
def make() -> Callable[..., ExportRequest]:
    return make_request
