"""Pull quotes: sentences set apart that say again what the text says, and the passage they repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_tui.corpus.lines import Unit
from brief_tui.corpus.looks import looks, words
from brief_tui.corpus.model import Kind

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_MOST_UNITS = 800
"""Pull quotes belong to articles; a longer document is a book and has none."""

_EMPTY = words(
    "the and that this with from have has had been were was are its his her their they them will would "
    "could not for but which what when where than then there into over under about also more most only "
    "just such very it is if of in on to at by as an or be we he she you who how why our out up no so "
    "do does did"
)


class _Said(NamedTuple):
    """The words of a unit: in order, joined by blanks, and cut to their stems."""

    unit: int
    words: list[str]
    joined: str
    stems: frozenset[str]


def find_twins(text: str, units: Sequence[Unit]) -> None:
    """Mark the pull quotes of an article and name their twins.

    A pull quote stands between blank lines and has six to forty words; most of its chief words are those
    of a passage just above it, or a run of five of its words is one of a passage anywhere.
    """
    if len(units) > _MOST_UNITS:
        return
    bodies = [
        _said(at, text[unit.start : min(unit.end, unit.start + 20_000)])
        for at, unit in enumerate(units)
        if unit.kind is Kind.BODY and unit.size > 80
    ]
    for at, unit in enumerate(units):
        if unit.of != 1 or unit.kind not in {Kind.BODY, Kind.HEADING} or unit.size > 320:
            continue
        look = unit.look or looks(unit.head)
        if not 6 <= look.words <= 40 or look.title_case or look.number or look.colon:
            continue
        unit.twin = _twin(_said(at, unit.head), bodies, whole=look.ends)
        if unit.twin is not None:
            unit.kind = Kind.PULLQUOTE


def _twin(quote: _Said, bodies: Sequence[_Said], *, whole: bool) -> int | None:
    """The passage that a line repeats.

    Args:
        quote: the line.
        bodies: the passages of the text.
        whole: whether the line ends as a sentence does; then it must be repeated word for word.
    """
    chief = {_stem(w) for w in quote.words if len(w) > 2 and w not in _EMPTY}
    best, twin = 0.0, None
    for body in bodies:
        share = len(chief & body.stems) / len(chief) if chief else 0.0
        longer = len(body.words) >= 1.2 * len(quote.words)
        if (
            body.unit == quote.unit
            or share < 0.6
            or not longer
            or (whole and quote.joined not in body.joined)
        ):
            continue
        # A short line that shares words with the text below it is a heading, with the text above it a quote.
        above = body.unit < quote.unit or len(quote.words) >= 12
        near = above and abs(body.unit - quote.unit) <= 4 and len(chief) >= 5
        run = _longest_run(quote.words, body.joined)
        if (near or run >= 5) and share + run > best:
            best, twin = share + run, body.unit
    return twin


def _said(unit: int, content: str) -> _Said:
    said = [w.casefold() for w in _WORD.findall(content.replace("’s ", " ").replace("'s ", " "))]
    return _Said(unit, said, f" {' '.join(said)} ", frozenset(map(_stem, said)))


def _stem(word: str) -> str:
    return word[:6]


def _longest_run(said: Sequence[str], joined: str) -> int:
    """Length of the longest run of words, at most eight, that stands in a joined text."""
    longest = 0
    for at in range(len(said)):
        while (
            longest < 8
            and at + longest < len(said)
            and f" {' '.join(said[at : at + longest + 1])} " in joined
        ):
            longest += 1
    return longest
