"""Names of one thing: a query's words and phrases widened by the names that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

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
    known = tuple(dict.fromkeys((*languages, "")))
    groups = _groups(tuple(aliases.items()), known)

    def either(node: q.Word | q.Phrase, text: str) -> q.Query:
        names = next((groups[key] for key in _stems(text, known) if key in groups), None)
        return (
            node if names is None else _either(node, dict.fromkeys(each for same in names for each in same))
        )

    def widened(node: q.Query) -> q.Query:
        match node:
            case q.Word(how="stem", text=text):
                return either(node, text)
            case q.Phrase(words=words, within=1) if all(w.how in ("stem", "exact") for w in words):
                return either(node, " ".join(word.text for word in words))
            case q.And(parts=parts) | q.Or(parts=parts):
                return replace(node, parts=tuple(widened(part) for part in parts))
            case q.Near(left=left, right=right):
                return replace(node, left=widened(left), right=widened(right))
            case q.Not(part=part) | q.Section(part=part):
                return replace(node, part=widened(part))
            case _:
                return node

    return widened(tree)


@lru_cache(maxsize=8)  # each cue asks for the same
def _groups(
    aliases: tuple[tuple[str, tuple[str, ...]], ...], languages: tuple[str, ...]
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The names of one thing by the stems of each of them; a name may stand for several things."""
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for name, others in aliases:
        same = tuple(dict.fromkeys((name, *others)))
        for key in dict.fromkeys(key for one in same for key in _stems(one, languages)):
            groups.setdefault(key, []).append(same)
    return groups


def _stems(text: str, languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    words = [token.surface for token in tokens(text.replace("_", " ")) if token.step]
    return tuple(tuple(map(stemmer(language), words)) for language in languages)


def _either(node: q.Word | q.Phrase, names: Iterable[str]) -> q.Query:
    """A node, or any of the names: ranked as one word, so that a rare name is not worth more."""
    bare = replace(node, boost=1.0)
    others = [_as_query(name) for name in names]
    parts = tuple(dict.fromkeys((bare, *(other for other in others if other is not None))))
    return q.Or(parts, boost=node.boost, same=True)


def _as_query(name: str) -> q.Word | q.Phrase | None:
    words = tuple(q.Word(token.surface) for token in tokens(name.replace("_", " ")) if token.step)
    if not words:
        return None
    return words[0] if len(words) == 1 else q.Phrase(words)
