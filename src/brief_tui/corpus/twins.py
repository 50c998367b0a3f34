"""Pull quotes: sentences set apart that say again what the text says, and the passage they repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_tui.corpus.lines import Unit
from brief_tui.corpus.marks import looks
from brief_tui.corpus.model import Kind

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_MOST_UNITS = 2_000
"""Pull quotes belong to articles; a longer document is a book and has none."""

_EMPTY = frozenset(
    "the and that this with from have has had been were was are its his her their they them will would could not "
    "for but which what when where than then there into over under about also more most only just such very "
    "it is if of in on to at by as an or be we he she you who how why our out up no so do does did".split()
)


def find_twins(text: str, units: Sequence[Unit]) -> None:
    """Mark the pull quotes of an article and name their twins.

    A pull quote stands between blank lines, six to forty words, and most of its chief words are those of
    one passage of the text, or a run of its words is.
    """
    if len(units) > _MOST_UNITS:
        return
    bodies: list[tuple[int, list[str], frozenset[str]]] = []
    for at, unit in enumerate(units):
        if unit.kind is Kind.BODY and unit.size > 80:
            words = _words(text[unit.start : min(unit.end, unit.start + 20_000)])
            bodies.append((at, words, frozenset(map(_stem, words))))
    for at, unit in enumerate(units):
        if unit.of != 1 or unit.kind not in {Kind.BODY, Kind.HEADING} or unit.size > 320:
            continue
        words = _words(unit.head)
        look = looks(unit.head)
        if not 6 <= len(words) <= 40 or look.title_case or look.number or look.colon:
            continue
        twin = _twin(at, words, bodies, whole=look.ends)
        if twin is not None:
            unit.kind, unit.twin = Kind.PULLQUOTE, twin
        elif unit.kind is Kind.HEADING and len(words) >= 12:
            unit.kind = Kind.BODY


def _twin(
    at: int, words: list[str], bodies: Sequence[tuple[int, list[str], frozenset[str]]], *, whole: bool
) -> int | None:
    """The passage that a line repeats.

    Args:
        at: the line's unit.
        words: its words.
        bodies: unit, words and stems of each passage of the text.
        whole: whether the line ends as a sentence does; then it must be repeated word for word.
    """
    chief = {_stem(w) for w in words if len(w) > 2 and w not in _EMPTY}
    best: tuple[float, int] | None = None
    phrase = f" {' '.join(words)} "
    for other, others, stems in bodies:
        if other == at or not chief:
            continue
        share = len(chief & stems) / len(chief)
        if share < 0.6 or len(others) < 1.2 * len(words):
            continue
        run = _longest_run(words, others) if share >= 0.6 else 0
        if whole and phrase not in f" {' '.join(others)} ":
            continue
        # A short line with words of the text below it is a heading; one with words of the text above is not.
        near = abs(other - at) <= 4 and len(chief) >= 5 and (other < at or len(words) >= 12)
        if (near or run >= 5) and (best is None or share + run > best[0]):
            best = (share + run, other)
    return None if best is None else best[1]


def _words(content: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(content.replace("’s ", " ").replace("'s ", " "))]


def _stem(word: str) -> str:
    return word[:6]


def _longest_run(words: list[str], others: list[str]) -> int:
    """Length of the longest run of words that both have, at most 8."""
    joined = f" {' '.join(others)} "
    longest = 0
    for at in range(len(words)):
        while (
            longest < 8
            and at + longest < len(words)
            and f" {' '.join(words[at : at + longest + 1])} " in joined
        ):
            longest += 1
    return longest
