"""What the reader should know of a search: words that match only as written, words that were left out."""

from __future__ import annotations

from collections.abc import Sequence

from brief_tui.search import query as q
from brief_tui.search.analysis import is_known
from brief_tui.search.lexicon import WIDEST

NAMED = 3
"""Documents that are named; of others the number is told."""


def unstemmed(tree: q.Query, documents: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A notice where a query's words match only as written, since nothing knows their forms.

    Args:
        tree: the query.
        documents: name and language of each document; they are named where others' forms are known.
    """
    if not any(isinstance(node, q.Word) and node.how == "stem" for node in q.walk(tree)):
        return ()
    names = [name for name, language in documents if not is_known(language)]
    if not names:
        return ()
    more = len(names) - NAMED
    which = f" in {', '.join(names[:NAMED])}" + (f" and {more} more" if more > 0 else "")
    place = which if len(names) < len(documents) else ""
    return (f"Words match only as written{place}: set `language` in brief.toml.",)


def left_out(words: Sequence[q.Word]) -> tuple[str, ...]:
    """A notice for each word of a query that stands for more words than are searched."""
    found = {
        word.text + ("~" if word.how == "fuzzy" else ""): "nearest" if word.how == "fuzzy" else "shortest"
        for word in words
    }
    return tuple(
        f"{word} stands for more than {WIDEST} words; only the {WIDEST} {which} were searched."
        for word, which in found.items()
    )
