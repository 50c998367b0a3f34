"""Themes against hand-made labels of two documents: the bars below which a change is not an improvement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

from brief_tui.corpus.model import PROSE
from brief_tui.themes.codebook import Cue

from .conftest import Measured

THEMES = ("trust_erosion", "asymmetry", "hedging_china")
MOST_CUES = 60
LONGEST_PHRASE = 4
"""Fixed words in a row: a longer phrase finds one writer's line, not an idea."""

Labels = dict[str, list[dict[str, Any]]]


@dataclass
class Counts:
    """What a theme's tags get right."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    clear: int = 0
    clear_found: int = 0
    shown: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@pytest.fixture(scope="module")
def counts(measured: Measured, labels: Labels) -> dict[str, Counts]:
    evidence: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for t in measured.tagging.themes:
        if measured.documents[t.doc].passages[t.number].kind in PROSE:
            text = measured.documents[t.doc].text
            evidence[t.theme, *measured.place(t.doc, t.number)] += [text[s.start : s.end] for s in t.evidence]
    found = {theme: Counts() for theme in THEMES}
    for row in labels["passages"]:
        if row["kind"] in ("heading", "title"):
            continue
        for theme, count in found.items():
            grade = row["themes"].get(theme, 0)
            shown = evidence.get((theme, row["doc"], row["line"]))
            count.right += bool(shown and grade)
            count.wrong += bool(shown and not grade)
            count.missed += bool(grade and not shown)
            count.clear += grade == 2
            count.clear_found += bool(shown and grade == 2)
            if shown and grade:
                wanted = row["evidence"][theme]
                count.shown += any(have in want or want in have for have in shown for want in wanted)
    return found


def test_macro_f1(counts: dict[str, Counts]) -> None:
    assert sum(count.f1 for count in counts.values()) / len(counts) >= 0.88


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme(counts: dict[str, Counts], theme: str) -> None:
    assert counts[theme].f1 >= 0.85


def test_core_recall(counts: dict[str, Counts]) -> None:
    assert sum(c.clear_found for c in counts.values()) / sum(c.clear for c in counts.values()) > 0.9


def test_evidence_overlaps_the_labelled_sentence(counts: dict[str, Counts]) -> None:
    assert sum(c.shown for c in counts.values()) / sum(c.right for c in counts.values()) >= 0.9


def test_evidence_lies_in_its_passage_and_is_no_longer_than_a_sentence(measured: Measured) -> None:
    for t in (*measured.tagging.themes, *measured.tagging.topics):
        passage = measured.documents[t.doc].passages[t.number]
        for span in t.evidence:
            assert passage.start <= span.start < span.end <= passage.end
            assert 3 <= span.end - span.start <= 600


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_few_cues(measured: Measured, theme: str) -> None:
    assert 1 <= len(measured.codebook.codes[theme].cues) <= MOST_CUES


def test_no_cue_is_one_writers_line(measured: Measured) -> None:
    from brief_tui.search.query import Phrase, parse, walk

    def phrases(cue: Cue) -> list[Phrase]:
        nodes = [*walk(parse(cue.q)), *(walk(parse(cue.unless)) if cue.unless else ())]
        return [node for node in nodes if isinstance(node, Phrase) and node.within == 1]

    for code in measured.codebook.codes.values():
        for cue in code.cues:
            assert all(len(phrase.words) <= LONGEST_PHRASE for phrase in phrases(cue)), cue
