"""What the search panel asks for, and what of it can be switched on and off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from brief_tui.search.facets import Facets
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.widgets.facets import Facet


class Asked(Struct, frozen=True):
    """What the panel asks for.

    Attributes:
        query: as it is typed.
        facets: what it is narrowed to.
        aliases: whether names of one thing count as one word.
    """

    query: str = ""
    facets: Facets = field(default_factory=Facets)
    aliases: bool = False


class ThemeFacet(Struct, frozen=True):
    """A theme that results can be narrowed to: its id, the digit of its key, its name, its colour's name."""

    theme: str
    digit: int
    name: str
    colour: str


class Choices(Struct, frozen=True):
    """What results can be narrowed to.

    Attributes:
        themes: those with a key.
        documents: ids of the documents, in order.
        has_aliases: whether the brief names things by several names.
    """

    themes: Sequence[ThemeFacet] = ()
    documents: Sequence[str] = ()
    has_aliases: bool = False


def facets_of(
    asked: Asked, choices: Choices, counts: Mapping[str, int] | None, document: int, glyphs: Glyphs
) -> Iterator[Facet]:
    """The facets as they are shown.

    Args:
        asked: what is asked for.
        choices: what there is to choose from.
        counts: passages by theme; None while they are not known.
        document: place in the brief of the document that the reader is in.
        glyphs: the symbols.
    """
    for theme in choices.themes:
        yield Facet(
            f"facet({theme.digit})",
            glyphs.digits[theme.digit - 1],
            theme.name,
            theme.theme in asked.facets.themes,
            "…" if counts is None else str(counts.get(theme.theme, 0)),
            theme.colour,
        )
    documents, doc = choices.documents, asked.facets.doc
    if len(documents) > 1:
        at = documents.index(doc) if doc in documents else document
        yield Facet("only_document", "only", "document", bool(doc), str(at + 1))
    if choices.has_aliases:
        yield Facet("aliases", f"aliases {'on' if asked.aliases else 'off'}", on=asked.aliases)
