"""brief-tui: several sources on one subject, read against each other, offline.

The public names are loaded when they are first asked for, so that a command pays only for what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brief_tui.api import (
        CitedPassage,
        FoundPassage,
        OpenBrief,
        RelatedPassage,
        TaggedPassage,
        open_brief,
    )
    from brief_tui.corpus.model import Document, Kind, Passage, Span
    from brief_tui.errors import BriefError

__version__ = "0.1.0"

_HOMES = {
    "brief_tui.api": (
        "CitedPassage",
        "FoundPassage",
        "OpenBrief",
        "RelatedPassage",
        "TaggedPassage",
        "open_brief",
    ),
    "brief_tui.corpus.model": ("Document", "Kind", "Passage", "Span"),
    "brief_tui.errors": ("BriefError",),
}

__all__ = [
    "BriefError",
    "CitedPassage",
    "Document",
    "FoundPassage",
    "Kind",
    "OpenBrief",
    "Passage",
    "RelatedPassage",
    "Span",
    "TaggedPassage",
    "__version__",
    "open_brief",
]


def __getattr__(name: str) -> object:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'brief_tui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
