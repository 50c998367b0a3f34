"""Trails as the reader walks them: of a theme, of all themes, of the highlights; and how they are painted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from brief_tui.corpus.model import Document
from brief_tui.trail import Trail, stops
from brief_tui.tui.painting import Painting
from brief_tui.tui.palette import Glyphs
from brief_tui.workspace import Workspace

if TYPE_CHECKING:
    from brief_tui.search.question import Question
    from brief_tui.search.results import Results

ALL_THEMES = ""
"""Stands for every theme where a theme's id is asked for."""


def theme_with_key(painting: Painting, digit: int) -> str | None:
    """The id of the theme with a key; that of all themes for 0; None where there is none."""
    if digit == 0:
        return ALL_THEMES
    return next((theme for theme, look in painting.looks.items() if look.digit == digit), None)


def theme_trail(workspace: Workspace, painting: Painting, glyphs: Glyphs, theme: str) -> Trail:
    """The trail of a theme, or of all of them."""
    found = [key for key, themes in painting.evidence.items() if (theme in themes if theme else themes)]
    where = stops(documents(workspace, {doc for doc, _ in found}), found)
    if theme == ALL_THEMES:
        return Trail("themes", theme, "All themes", where)
    digit = painting.looks[theme].digit
    mark = glyphs.digits[digit - 1] + " " if digit else ""
    return Trail("theme", theme, mark + workspace.coding.codebook.codes[theme].name, where)


def highlight_trail(workspace: Workspace, painting: Painting) -> Trail:
    """The trail of the reader's highlights: the passages in which one begins."""
    known = documents(workspace, painting.highlights)
    found = []
    for doc, (_, document) in known.items():
        reached = 0
        for span in painting.highlights[doc].spans:
            if span.start >= reached:  # else it begins in the passage that was found last
                for passage in document.passages_in(span)[:1]:
                    found.append(passage.key)
                    reached = passage.end
    return Trail("highlights", "", "Highlights", stops(known, found, all_kinds=True))


def search_trail(
    workspace: Workspace, query: str, *, aliases: bool = False, so_far: bool = False
) -> tuple[Trail, Question, Results]:
    """The trail of a search; to be made off the event loop.

    Args:
        workspace: the brief.
        query: in the query language.
        aliases: whether names of one thing count as one word.
        so_far: ask an index that is still being built for what it has; else wait for it.

    Returns:
        The trail, what was asked, and what was found: all keys, but no marks.

    Raises:
        QueryError: the query does not parse.
    """
    question = workspace.searching.question(query, aliases=aliases, so_far=so_far)
    results = question.results(1, spans=False)
    known = documents(workspace, {doc for doc, _ in results.keys})
    where = stops(known, results.keys) or stops(known, results.keys, all_kinds=True)
    return Trail("search", query, f"/{query}", where), question, results


def again(workspace: Workspace, painting: Painting, glyphs: Glyphs, kind: str, name: str) -> Trail | None:
    """The trail of a kind and id other than a search, as it is now; None where there is none of that kind."""
    if kind == "highlights":
        return highlight_trail(workspace, painting)
    if kind == "themes" or (kind == "theme" and name in painting.looks):
        return theme_trail(workspace, painting, glyphs, name)
    return None


def colour_of(painting: Painting, trail: Trail) -> str:
    """The name of the colour that marks a trail."""
    look = painting.looks.get(trail.id) if trail.kind == "theme" else None
    return look.colour if look else "blue"


def paint(workspace: Workspace, painting: Painting, trail: Trail | None) -> None:
    """Let the painting know which passages are stops, and whose evidence is underlined."""
    painting.stops, painting.trail_themes = {}, frozenset()
    if trail is None:
        return
    entries, colour = workspace.brief.entries, colour_of(painting, trail)
    painting.stops = {(entries[at].id, number): colour for at, number in trail.stops}
    if trail.kind == "theme":
        painting.trail_themes = frozenset({trail.id})
    elif trail.kind == "themes":
        painting.trail_themes = frozenset(painting.looks)


def documents(
    workspace: Workspace, wanted: Collection[str] | None = None
) -> Mapping[str, tuple[int, Document]]:
    """Documents that can be read, by id, with their place in the brief; those that are wanted, else all."""
    found: dict[str, tuple[int, Document]] = {}
    for at, entry in enumerate(workspace.brief.entries):
        asked = wanted is None or entry.id in wanted
        document = workspace.library.try_document(entry.id) if asked else None
        if document is not None:
            found[entry.id] = (at, document)
    return found
