"""What is tried or offered when a query finds nothing: any of its words, other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from brief_tui.search import query as q
from brief_tui.search.reader import Reader


def any_of(tree: q.Query) -> q.Query | None:
    """A query for any of the words, where all of several were wanted; filters and NOT stay."""
    if not isinstance(tree, q.And) or tree.written:
        return None
    wanted = tuple(p for p in tree.parts if not isinstance(p, q.Not | q.Where | q.Section | q.Nothing))
    rest = tuple(p for p in tree.parts if isinstance(p, q.Not | q.Where | q.Section))
    if len(wanted) < 2:
        return None
    either = q.Or(wanted, boost=tree.boost)
    return q.And((either, *rest)) if rest else either


def asks_for_boilerplate(tree: q.Query) -> bool:
    """Whether a query says kind:boilerplate."""
    return any(
        isinstance(node, q.Where) and node.field == "kind" and node.value.lower() == "boilerplate"
        for node in q.walk(tree)
    )


def suggestions(tree: q.Query, reader: Reader) -> Iterator[q.Query]:
    """Other queries to try where one finds nothing, the nearest first: each may find nothing either.

    First each word that the index lacks is replaced by the commonest of the nearest words that it has; then
    the words of phrases and NEAR need stand together no more.
    """
    better = _mended(tree, reader)
    others = (_loosened(tree),) if better is None else (better, _loosened(better))
    yield from (other for other in dict.fromkeys(others) if other != tree)


def _loosened(tree: q.Query) -> q.Query:
    """The tree with the words of phrases and NEAR anywhere in the passage, in any form."""
    match tree:
        case q.Phrase(words=words, boost=boost):
            return q.And(tuple(dict.fromkeys(map(_loosened, words))), boost)
        case q.Word(how=how):
            return replace(tree, how="stem" if how == "exact" else how, cased="", step=1)
        case q.Near(left=left, right=right, boost=boost):
            return q.And((_loosened(left), _loosened(right)), boost)
        case q.And(parts=parts, boost=1.0, written=False):
            return replace(tree, parts=tuple(dict.fromkeys(_spread(map(_loosened, parts)))))
        case q.And(parts=parts) | q.Or(parts=parts):
            return replace(tree, parts=tuple(map(_loosened, parts)))
        case _:
            return tree


def _spread(parts: Iterable[q.Query]) -> Iterator[q.Query]:
    """The parts of an AND, those of an AND inside it among them."""
    for part in parts:
        if isinstance(part, q.And) and part.boost == 1.0 and not part.written:
            yield from part.parts
        else:
            yield part


def _mended(tree: q.Query, reader: Reader) -> q.Query | None:
    """The tree with words that exist; None where a word has nothing near it."""
    match tree:
        case q.Word(how="stem" | "exact" | "fuzzy"):
            return _nearest(tree, reader)
        case q.And(parts=parts) | q.Or(parts=parts):
            mended = [_mended(part, reader) for part in parts]
            known = tuple(part for part in mended if part is not None)
            return replace(tree, parts=known) if len(known) == len(parts) else None
        case q.Phrase(words=words):
            near = [_nearest(word, reader) for word in words]
            return replace(tree, words=tuple(w for w in near if w)) if all(near) else None
        case q.Near(left=left, right=right):
            one, other = _mended(left, reader), _mended(right, reader)
            return None if one is None or other is None else replace(tree, left=one, right=other)
        case _:
            return tree


def _nearest(word: q.Word, reader: Reader) -> q.Word | None:
    if reader.word(word, "text")[0]:
        return word
    lexicon = reader.lexicon("text")
    for edits in (1, 2):
        if len(word.text) > edits + 1 and (near := lexicon.fuzzy(word.text, edits)):
            best = max(near[:50], key=lambda form: len(reader.postings("text", form)))
            return replace(word, text=best, cased="")
    return None
