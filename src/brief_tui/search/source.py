"""What the index is told of a document before it reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brief_tui.corpus.model import Document


@dataclass(frozen=True, slots=True)
class Source:
    """What the index needs to know of a document.

    Attributes:
        doc: its id.
        digest: of its text, as `Document.digest`: when it changes, the document is read and indexed again.
        title: as `Document.title`; it counts in ranking.
        language: ISO 639-1 code, empty where unknown.
        load: reads it; called only when it must be indexed, or its characters compared.
        name: what `doc:` may say beside the id.
        publisher: what `source:` looks in: author, publisher.
        only: numbers of the passages to index; all of them if None.
    """

    doc: str
    digest: str
    title: str
    language: str
    load: Callable[[], Document]
    name: str = ""
    publisher: str = ""
    only: Sequence[int] | None = None

    @classmethod
    def of(cls, document: Document) -> Source:
        """The source of a document that is already read."""
        return cls(
            doc=document.id,
            digest=document.digest,
            title=document.title,
            language=document.language,
            load=lambda: document,
            name=document.name,
            publisher=document.entry.metadata.source,
        )
