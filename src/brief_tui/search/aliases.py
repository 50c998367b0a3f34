"""Names of one thing: a query's words and phrases widened by the names that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from brief_tui.search import query as q
from brief_tui.search.analysis import stemmer, tokens

Aliases = Mapping[str, tuple[str, ...]]


def widen(tree: q.Query, aliases: Aliases, languages: Iterable[str]) -> q.Query:
    """A query in which each name stands for all names of the same thing.

    Words that match by stem and whole phrases are widened; an exact, wildcard or fuzzy word means what it
    says, as do the words inside a phrase. An underscore in a name is a space.

    Args:
        tree: any query.
        aliases: a name, and the words or phrases that stand for it.
        languages: of the brief: names are recognised by stem in each.
    """
    if not aliases:
        return tree
    stems = [stemmer(language) for language in dict.fromkeys((*languages, ""))]

    def name_of(text: str) -> tuple[tuple[str, ...], ...]:
        words = [token.surface for token in tokens(text.replace("_", " ")) if token.step]
        return tuple(tuple(stem(word) for word in words) for stem in stems)

    groups: dict[tuple[str, ...], list[str]] = {}
    for name, others in aliases.items():
        same = [name, *others]
        for one in same:
            for key in name_of(one):
                groups.setdefault(key, []).extend(other for other in same if other not in groups[key])

    def widened(node: q.Query) -> q.Query:
        match node:
            case q.Word(how="stem", text=text):
                return _either(node, next((groups[key] for key in name_of(text) if key in groups), None))
            case q.Phrase(words=words, within=1) if all(w.how in ("stem", "exact") for w in words):
                text = " ".join(word.text for word in words)
                return _either(node, next((groups[key] for key in name_of(text) if key in groups), None))
            case q.And(parts=parts) | q.Or(parts=parts):
                return replace(node, parts=tuple(widened(part) for part in parts))
            case q.Near(left=left, right=right):
                return replace(node, left=widened(left), right=widened(right))
            case q.Not(part=part) | q.Section(part=part):
                return replace(node, part=widened(part))
            case _:
                return node

    return widened(tree)


def _either(node: q.Word | q.Phrase, names: list[str] | None) -> q.Query:
    """A node, or any of the names: ranked as one word, so that a rare name is not worth more."""
    if names is None:
        return node
    bare = replace(node, boost=1.0)
    others = [_as_query(name) for name in names]
    parts = tuple(dict.fromkeys((bare, *(other for other in others if other is not None))))
    return q.Or(parts, boost=node.boost, same=True)


def _as_query(name: str) -> q.Word | q.Phrase | None:
    words = tuple(q.Word(token.surface) for token in tokens(name.replace("_", " ")) if token.step)
    if not words:
        return None
    return words[0] if len(words) == 1 else q.Phrase(words)
