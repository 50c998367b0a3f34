"""The word that is still being typed: where no word is so, it stands for all words that begin so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from brief_tui.search import query as q
from brief_tui.search.reader import Reader

SHORTEST = 3
"""Letters from which a word is taken for the beginning of others."""


def ends_in_word(text: str) -> bool:
    """Whether a query ends in a word, so that more of it may follow."""
    return text[-1:].isalnum()


def completed(
    tree: q.Query, reader: Reader, is_name: Callable[[q.Query], bool], field: str = "text"
) -> q.Query:
    """The tree with its last word as a wildcard, if only longer words are found.

    Args:
        tree: of a query that ends in a word.
        reader: the index.
        is_name: whether a word has other names, and so finds what it does not say.
        field: where words are looked up.
    """
    match tree:
        case q.Word(how="stem") if not is_name(tree):
            return _beginning(tree, reader, field)
        case q.Phrase(words=words) if not is_name(tree):
            return replace(tree, words=(*words[:-1], _beginning(words[-1], reader, field)))
        case q.And(parts=parts) | q.Or(parts=parts):
            return replace(tree, parts=(*parts[:-1], completed(parts[-1], reader, is_name, field)))
        case q.Near(right=right):
            return replace(tree, right=completed(right, reader, is_name, field))
        case q.Section(part=part):
            return replace(tree, part=completed(part, reader, is_name, "section"))
        case _:
            return tree


def _beginning(word: q.Word, reader: Reader, field: str) -> q.Word:
    if word.how not in ("stem", "exact") or len(word.text) < SHORTEST or reader.word(word, field)[0]:
        return word
    longer = replace(word, text=word.text + "*", how="wild", cased=word.cased and word.cased + "*")
    return longer if reader.word(longer, field)[0] else word
