"""Tagging and related passages, in one run: on the five documents and on 20,000 passages.

    python benchmarks/coding.py                       both
    python benchmarks/coding.py --passages 5000       fewer

The reference of tagging is a ranked search for each cue; that of a related passage a ranked search (BM25F)
for any of its words. Both are asked of the same index. Absolute figures are for reading only.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.search import document, line, seeds, timed  # noqa: E402
from brief_tui.corpus.manifest import read_brief  # noqa: E402
from brief_tui.corpus.model import PROSE, Document, Passage  # noqa: E402
from brief_tui.search.basis import Basis  # noqa: E402
from brief_tui.search.index import Index, Source  # noqa: E402
from brief_tui.search.related import Related  # noqa: E402
from brief_tui.themes.cache import tag_with_cache  # noqa: E402
from brief_tui.themes.codebook import Codebook, from_manifest, with_code  # noqa: E402


def many(passages: int, seed: int = 1) -> list[Document]:
    """Documents of 40 paragraphs of the seeds: every second is on a theme, which is the worst case."""
    chance = random.Random(seed)
    texts = [" ".join(p.text.split()) for d in seeds() for p in d.passages if p.kind in PROSE]
    return [document(f"{n:05}.txt", chance.choices(texts, k=40)) for n in range(passages // 40)]


def p95(work: Callable[[Passage], Any], asked: Sequence[Passage]) -> float:
    """Milliseconds of wall time that 19 of 20 calls stay under."""
    spent = []
    for passage in asked:
        start = time.perf_counter()
        work(passage)
        spent.append((time.perf_counter() - start) * 1000)
    return quantiles(spent, n=20)[-1]


def measure(name: str, documents: Sequence[Document], codebook: Codebook) -> None:
    """All figures of one brief."""
    index = Index.open(None, [Source.of(document) for document in documents])
    cues = [cue.q for code in codebook.codes.values() for cue in code.cues]
    searching, _ = timed(lambda: [index.search(cue, limit=None, aliases=codebook.aliases) for cue in cues])
    tagging, (tags, kept) = timed(lambda: tag_with_cache(None, codebook, lambda: index, documents))
    line(f"tagging, {name}", tagging, searching, "s", "its cues searched for")
    for code in (codebook.themes[0], codebook.topics[0]):
        changed = with_code(codebook, replace(code, cues=code.cues[1:]))
        again, _ = timed(partial(tag_with_cache, None, changed, lambda: index, documents, known=kept))
        line(f"tagging again, {len(code.cues)} cues of one code changed", again, tagging, "s", "tagging")
    chance = random.Random(2)
    prose = [p for d in documents for p in d.passages if p.kind in PROSE]
    asked = chance.sample(prose, min(100, len(prose)))
    searched = p95(lambda p: index.search(" OR ".join(_words(p)), limit=5), asked)
    for semantic in (False, True):
        topics = tags.topic_counts()
        related = Related(Basis(documents, topics=topics, aliases=codebook.aliases, semantic=semantic))
        related.complete()
        what = "with word vectors" if semantic else "without"
        answered = p95(partial(_related, related), asked)
        line(f"related p95, {what}, {name}", answered, searched, "ms", "BM25F")


def _related(related: Related, passage: Passage) -> object:
    return related.related(*passage.key)


def _words(passage: Passage) -> list[str]:
    return sorted({word for word in passage.text.split() if word.isalpha() and word.islower()})


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=20_000, help="of the large brief; 0 leaves it out")
    asked = parser.parse_args()
    _, manifest = read_brief([ROOT / "seeds"])
    codebook = from_manifest(manifest)
    measure("five documents", seeds(), codebook)
    if asked.passages:
        measure(f"{asked.passages:,} passages", many(asked.passages), codebook)


if __name__ == "__main__":
    main()
