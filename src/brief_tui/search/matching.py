"""Which passages a query matches, and where: one evaluation for both, so that marks are what matched.

A query's tree becomes a tree of `Matcher`s over posting lists. Each first names the passages that can match
(set algebra over posting lists), then says for one passage where it holds. A place is a *unit*: the whole
passage, or a sentence of it (position // 1,000), whichever AND and NOT work on. Phrases and NEAR stay
inside one sentence in either case.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Set
from dataclasses import replace
from itertools import islice

from brief_tui.search import query as q
from brief_tui.search.found import (
    EVERYWHERE,
    NOWHERE,
    Context,
    Found,
    Match,
    Matcher,
    Reach,
    by_unit,
    holds,
    reaches_of,
    spans_of,
)
from brief_tui.search.postings import STRIDE
from brief_tui.search.reader import add
from brief_tui.search.wordmatch import WordMatcher, match_word

__all__ = ["Context", "Match", "Matcher", "compile_query", "holds", "passages_of", "spans_of"]


_FEW = 16
"""Matches in a passage that are quicker looked at one by one than searched."""


def compile_query(tree: q.Query, context: Context) -> Matcher:  # noqa: PLR0911 - one a kind of node
    """The matcher of a query."""
    match tree:
        case q.Word():
            return match_word(tree, context)
        case q.Phrase():
            return _PhraseMatcher(tree, context)
        case q.Near():
            return _NearMatcher(tree, context)
        case q.And(parts=parts):
            return _AndMatcher([compile_query(part, context) for part in parts], context)
        case q.Or(parts=parts):
            return _any_of([compile_query(part, context) for part in parts])
        case q.Not(part=part):
            return _NotMatcher(compile_query(part, context), context)
        case q.Section(part=part):
            inside = Context(
                context.reader, False, context.where, context.text, field="section", cut=context.cut
            )
            return _PassagesMatcher(frozenset(passages_of(compile_query(part, inside))))
        case q.Where():
            return _PassagesMatcher(context.where(tree) & context.reader.live)
        case _:
            return _PassagesMatcher(frozenset())


def passages_of(matcher: Matcher) -> Collection[int]:
    """The passages that a matcher, made with the passage as its unit, matches."""
    if matcher.exact:
        return matcher.passages
    return [passage for passage in matcher.passages if holds(matcher.at(passage))]


def _any_of(parts: list[Matcher]) -> Matcher:
    """An OR; its plain words are gathered into one list first, which is most of a long cue's work."""
    plain = [p for p in parts if isinstance(p, WordMatcher) and not p.cased and not p.character]
    if len(plain) < 2:
        return _OrMatcher(parts)
    merged = dict(plain[0].postings)
    for part in plain[1:]:
        add(merged, part.postings)
    word = replace(plain[0], postings=merged)
    others = [p for p in parts if all(p is not word for word in plain)]
    return _OrMatcher([word, *others]) if others else word


class _PhraseMatcher:
    exact = False

    def __init__(self, phrase: q.Phrase, context: Context) -> None:
        self._unit = STRIDE if context.by_sentence else 0
        self._words = [match_word(word, context) for word in phrase.words]
        self._steps = [word.step for word in phrase.words]
        self._spelt = phrase.words
        self._within = phrase.within
        smallest = sorted((w.passages for w in self._words), key=len)
        self.passages = frozenset(smallest[0]).intersection(*smallest[1:])

    def at(self, passage: int) -> Found:
        return by_unit(self.matches(passage), self._unit)

    def reaches(self, passage: int) -> list[Reach]:
        return [(m.first, m.last, m.spans[0][0], m.spans[-1][1]) for m in self.matches(passage)]

    def matches(self, passage: int) -> list[Match]:
        """Its occurrences in order of their ends."""
        if self._within == 1 and all(word.cased is None for word in self._words):
            return self._runs(passage)
        if self._within == 1 and not self._ends(passage):
            return []
        chains = {match.last: match for match in self._words[0].matches(passage)}
        for word, step in zip(self._words[1:], self._steps[1:], strict=True):
            chains = _longer(chains, word.matches(passage), step, self._within)
            if not chains:
                return []
        found = list(chains.values())
        if self._within == 1:
            return [Match(m.first, m.last, ((m.spans[0][0], m.spans[-1][1]),)) for m in found]
        return found

    def _runs(self, passage: int) -> list[Match]:
        """The occurrences of words side by side, by their positions: a phrase may be as long as a page."""
        ends = self._ends(passage)
        if not ends:
            return []
        length = sum(self._steps[1:])
        first = {match.first: match for match in self._words[0].matches(passage)}
        last = {match.last: match for match in self._words[-1].matches(passage)}
        return [
            Match(end - length, end, ((first[end - length].spans[0][0], last[end].spans[-1][1]),))
            for end in sorted(ends)
            if (end - length) // STRIDE == end // STRIDE
        ]

    def _ends(self, passage: int) -> set[int]:
        """Where words side by side end; most passages that hold all words do not hold the phrase."""
        known: dict[q.Word, set[int]] = {}
        ends: set[int] = set()
        for word, matcher, step in zip(self._spelt, self._words, self._steps, strict=True):
            here = known.get(word)
            if here is None:
                here = known[word] = matcher.positions(passage)
            ends = {at + step for at in ends} & here if ends else here
            if not ends:
                break
        return ends


def _longer(chains: dict[int, Match], nexts: list[Match], step: int, within: int) -> dict[int, Match]:
    """Each chain of words that the next word continues, by the position where it then ends."""
    longer = {}
    for match in nexts:
        sentence = match.first // STRIDE
        for distance in range(step, step + within):
            before = chains.get(match.first - distance)
            if before is not None and before.first // STRIDE == sentence:
                longer[match.last] = Match(before.first, match.last, before.spans + match.spans)
                break
    return longer


class _NearMatcher:
    exact = False

    def __init__(self, near: q.Near, context: Context) -> None:
        self._unit = STRIDE if context.by_sentence else 0
        self._left = compile_query(near.left, context)
        self._right = compile_query(near.right, context)
        self._distance = near.distance
        self.passages = frozenset(self._left.passages) & self._right.passages

    def at(self, passage: int) -> Found:
        return by_unit(self.matches(passage), self._unit)

    def reaches(self, passage: int) -> list[Reach]:
        distance = self._distance
        rights = sorted(self._right.reaches(passage))
        longest = max((last - first for first, last, _, _ in rights), default=0)
        found = []
        for first, last, start, end in self._left.reaches(passage):
            at = bisect_left(rights, (first - distance - longest,)) if len(rights) > _FEW else 0
            for other, its_last, its_start, its_end in islice(rights, at, None):
                if other - last > distance:
                    break
                gap = other - last if other > last else first - its_last
                if 0 < gap <= distance and other // STRIDE == first // STRIDE:
                    found.append(
                        (min(first, other), max(last, its_last), min(start, its_start), max(end, its_end))
                    )
        return found

    def matches(self, passage: int) -> list[Match]:
        """Every pair that is near enough, in order."""
        if not self._may_match(passage):
            return []
        rights = sorted(_all_matches(self._right.at(passage)))
        if not rights:
            return []
        starts = [match.first for match in rights]
        longest = max(match.last - match.first for match in rights)
        found: dict[Match, None] = {}
        for left in _all_matches(self._left.at(passage)):
            lowest = left.first - self._distance - longest
            for right in rights[bisect_left(starts, lowest) :]:
                if right.first > left.last + self._distance:
                    break
                gap = max(right.first - left.last, left.first - right.last)
                if 0 < gap <= self._distance and right.first // STRIDE == left.first // STRIDE:
                    both = tuple(sorted({*left.spans, *right.spans}))
                    found[Match(min(left.first, right.first), max(left.last, right.last), both)] = None
        return sorted(found)

    def _may_match(self, passage: int) -> bool:
        """A quick look at positions alone, where both sides are words."""
        left, right = self._left, self._right
        if not (isinstance(left, WordMatcher) and isinstance(right, WordMatcher)):
            return True
        here, near = left.positions(passage), self._distance
        return any(-near <= one - other <= near for other in right.positions(passage) for one in here)


def _all_matches(found: Found) -> list[Match]:
    return [match for matches in found.units.values() for match in matches]


class _AndMatcher:
    def __init__(self, parts: list[Matcher], context: Context) -> None:
        self._parts = parts
        wanted = sorted((p.passages for p in parts if not isinstance(p, _NotMatcher)), key=len)
        denied = [p.part for p in parts if isinstance(p, _NotMatcher)]
        found = frozenset(wanted[0]).intersection(*wanted[1:]) if wanted else context.reader.live
        if not context.by_sentence:
            found = found.difference(*(part.passages for part in denied if part.exact))
        self.passages = found
        self.exact = not context.by_sentence and all(part.exact for part in parts)

    def at(self, passage: int) -> Found:
        found = [p.at(passage) if passage in p.passages else NOWHERE for p in self._parts]
        without = frozenset().union(*(f.without for f in found))
        somewhere = [f.units for f in found if not f.everywhere]
        if somewhere:
            units = set(somewhere[0]).intersection(*somewhere[1:]) - without
        else:
            units = {unit for f in found for unit in f.units} - without
        marks = {unit: [m for f in found for m in f.units.get(unit, ())] for unit in units}
        return Found(not somewhere, marks, frozenset() if somewhere else without)

    def reaches(self, passage: int) -> list[Reach]:
        return reaches_of(self.at(passage))


class _OrMatcher:
    def __init__(self, parts: list[Matcher]) -> None:
        self._parts = parts
        self.passages = frozenset().union(*(part.passages for part in parts))
        self.exact = all(part.exact for part in parts)

    def at(self, passage: int) -> Found:
        found = [part.at(passage) for part in self._parts if passage in part.passages]
        units: dict[int, list[Match]] = {}
        for f in found:
            for unit, matches in f.units.items():
                units.setdefault(unit, []).extend(matches)
        missing = [frozenset(f.without) for f in found if f.everywhere]
        without = frozenset.intersection(*missing) - units.keys() if missing else frozenset()
        return Found(bool(missing), units, without)

    def reaches(self, passage: int) -> list[Reach]:
        return [reach for part in self._parts if passage in part.passages for reach in part.reaches(passage)]


class _NotMatcher:
    def __init__(self, part: Matcher, context: Context) -> None:
        self.part = part
        self.exact = part.exact and not context.by_sentence
        self.passages = context.reader.live - part.passages if self.exact else context.reader.live

    def at(self, passage: int) -> Found:
        if passage not in self.part.passages:
            return EVERYWHERE
        found = self.part.at(passage)
        if found.everywhere:
            return Found(False, {unit: [] for unit in found.without})
        return Found(True, {}, found.units.keys())

    def reaches(self, passage: int) -> list[Reach]:  # noqa: ARG002
        return []


class _PassagesMatcher:
    exact = True

    def __init__(self, passages: Set[int]) -> None:
        self.passages = passages

    def at(self, passage: int) -> Found:
        return EVERYWHERE if passage in self.passages else NOWHERE

    def reaches(self, passage: int) -> list[Reach]:  # noqa: ARG002
        return []
