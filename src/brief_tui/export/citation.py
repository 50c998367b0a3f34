"""Where an excerpt comes from, in one line."""

from __future__ import annotations

from dataclasses import dataclass

from brief_tui.corpus.model import Document, Span
from brief_tui.export.text import fold


@dataclass(frozen=True, slots=True)
class Citation:
    """What is known of a place in a document; empty where nothing is.

    Attributes:
        author: who wrote it.
        title: of the document.
        publisher: who published it.
        date: when, as brief.toml says it.
        section: the headings above, outermost first, parted by " › ".
        page: of the source, where it has pages.
        place: `doc:line`, or the document's id where the place is not known.
        url: where it can be read.
    """

    author: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    section: str = ""
    page: int | None = None
    place: str = ""
    url: str = ""

    def __str__(self) -> str:
        """What is known of author, title, publisher, date, section, page or `doc:line`, in that order."""
        return ", ".join(
            filter(
                None,
                (
                    self.author,
                    f"“{self.title}”" if self.title else "",
                    self.publisher,
                    self.date,
                    f"§ {self.section}" if self.section else "",
                    f"p. {self.page}" if self.page is not None else self.place,
                ),
            )
        )


def cite(document: Document, span: Span | None = None) -> Citation:
    """The citation of a place in a document, or of the document as a whole.

    Args:
        document: the document.
        span: what is cited; its first passage gives section, page and line.
    """
    known = document.entry.metadata
    within = document.passages_in(span) if span is not None else ()
    section, page, place = "", None, document.name
    if within and span is not None:
        first = within[0]
        section = " › ".join(fold(heading.text).lstrip("# ") for heading in document.section(first))
        page = first.page
        line = first.line + document.text.count("\n", first.start, max(first.start, span.start))
        place = f"{document.name}:{line}"
    return Citation(
        author=known.author,
        title=fold(document.title),
        publisher=known.publisher,
        date=known.date,
        section=section,
        page=page,
        place=place,
        url=known.url,
    )
