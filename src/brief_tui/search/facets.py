"""What a search is narrowed to."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class Facets(Struct, frozen=True):
    """What a search is narrowed to.

    Attributes:
        themes: ids of themes that a passage must all have.
        doc: id of the only document that is looked in; empty for all.
    """

    themes: tuple[str, ...] = ()
    doc: str = ""

    def with_theme(self, theme: str) -> Facets:
        """With a theme more; or without it, if it is among them."""
        kept = tuple(each for each in self.themes if each != theme)
        return replace(self, themes=kept if theme in self.themes else (*kept, theme))
