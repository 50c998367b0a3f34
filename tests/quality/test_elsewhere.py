"""The default themes on other partners of other powers: texts in which the idea is told without its words.

`elsewhere/*.txt` were written for this, each paragraph labelled while it was written: `T2A1|…` is clearly
trust erosion and touches asymmetry, `H` is hedging toward China, `-|` none, `#|` a heading. docs/codebook.md
says which were looked at while the cues were widened. The floor is what all of them together must reach.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import PROSE
from brief_tui.search.index import Index
from brief_tui.search.source import Source
from brief_tui.themes.tagger import tag

from .conftest import Measured

THEMES = {"T": "trust_erosion", "A": "asymmetry", "H": "hedging_china"}
TEXTS = Path(__file__).parent / "elsewhere"


@pytest.fixture(scope="module")
def scores(
    measured: Measured, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each theme over all texts."""
    folder = tmp_path_factory.mktemp("elsewhere")
    labels: dict[tuple[str, int], set[str]] = {}
    for file in TEXTS.glob("*.txt"):
        rows = [line.split("|", 1) for line in file.read_text("utf-8").splitlines()]
        (folder / file.name).write_text("\n\n".join(text for _, text in rows) + "\n", "utf-8")
        for at, (label, _) in enumerate(rows):
            if label != "#":
                labels[file.stem, 2 * at + 1] = {THEMES[letter] for letter in re.findall("[TAH]", label)}
    documents = [load(entry, default_language="en") for entry in read_brief([folder])[0].entries]
    index = Index.open(None, [Source.of(document) for document in documents])
    by_id = {document.id: document for document in documents}
    tagged: dict[tuple[str, int], set[str]] = {}
    for found in tag(measured.codebook, index, documents).themes:
        passage = by_id[found.doc].passages[found.number]
        if passage.kind in PROSE:
            tagged.setdefault((by_id[found.doc].name, passage.line), set()).add(found.theme)
    figures = {}
    for theme in THEMES.values():
        wanted = {place for place, themes in labels.items() if theme in themes}
        got = {place for place, themes in tagged.items() if theme in themes}
        precision, recall = len(wanted & got) / len(got), len(wanted & got) / len(wanted)
        figures[theme] = (precision, recall, 2 * precision * recall / (precision + recall))
    return figures


def test_themes_are_found_where_their_words_are_not(scores: dict[str, tuple[float, float, float]]) -> None:
    assert sum(f1 for _, _, f1 in scores.values()) / len(scores) >= 0.75, scores


@pytest.mark.parametrize("theme", THEMES.values())
def test_what_is_tagged_is_mostly_right(scores: dict[str, tuple[float, float, float]], theme: str) -> None:
    assert scores[theme][0] >= 0.8, scores
