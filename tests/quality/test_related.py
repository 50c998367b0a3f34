"""Related passages against hand-made judgments of 16 queries: the bars of nDCG@5."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest

from brief_tui.search import embedding
from brief_tui.search.basis import Basis
from brief_tui.search.related import Related

from .conftest import Measured

Labels = dict[str, list[dict[str, Any]]]


def ndcg(measured: Measured, labels: Labels, related: Related, depth: int = 5) -> float:
    """Mean nDCG over the queries, with 2^grade - 1 as a passage's gain."""
    total = 0.0
    numbers = {(d.name, p.line): p.key for d in measured.documents.values() for p in d.passages}
    for query in labels["related"]:
        grades = {(r["doc"], r["line"]): r["grade"] for r in query["relevant"]}
        hits = related.related(*numbers[query["doc"], query["line"]], limit=depth)
        gains = [grades.get(measured.place(*hit.key), 0.0) for hit in hits]
        total += gain(gains) / gain(sorted(grades.values(), reverse=True)[:depth])
    return total / len(labels["related"])


def gain(grades: list[float]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))


def made(measured: Measured, *, codebook: bool, semantic: bool) -> Related:
    topics: Mapping[tuple[str, int], Mapping[str, int]] = measured.tagging.topic_counts() if codebook else {}
    aliases = measured.aliases if codebook else {}
    documents = list(measured.documents.values())
    related = Related(Basis(documents, topics=topics, aliases=aliases, semantic=semantic))
    related.complete()
    return related


def test_with_the_codebook(measured: Measured, labels: Labels) -> None:
    assert ndcg(measured, labels, made(measured, codebook=True, semantic=False)) >= 0.65


def test_with_no_codebook(measured: Measured, labels: Labels) -> None:
    assert ndcg(measured, labels, made(measured, codebook=False, semantic=False)) >= 0.48


@pytest.mark.skipif(embedding.model() is None, reason="the semantic extra is not installed")
def test_with_word_vectors(measured: Measured, labels: Labels) -> None:
    assert ndcg(measured, labels, made(measured, codebook=True, semantic=True)) >= 0.71
