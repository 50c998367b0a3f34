"""Edges never cut what the reader sees as one character."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Span
from brief_tui.highlights.graphemes import snap

TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("e\u0301\u200d👩🚀🇫🇷\ufe0f\u1100\u1161\r\n कि"))
)


@given(TEXT, st.integers(-2, 80), st.integers(-2, 80))
def test_snapped_edges_are_cluster_boundaries_around_the_span(text: str, one: int, other: int) -> None:
    start, end = snap(text, Span(one, other))
    boundaries = {0, *(cluster.end() for cluster in regex.finditer(r"\X", text))}
    low, high = sorted(max(0, min(each, len(text))) for each in (one, other))
    if low == high:
        assert start == end == low
    else:
        assert start in boundaries
        assert end in boundaries
        assert start <= low
        assert high <= end
        assert not any(start < each <= low or high <= each < end for each in boundaries)


def test_a_family_and_an_accent_are_taken_whole() -> None:
    family = "👩\u200d👩\u200d👧"
    assert snap(f"a{family}b", Span(2, 3)) == (1, 1 + len(family))
    assert snap("cafe\u0301s", Span(0, 4)) == (0, 5)


def test_endless_clusters_cost_little() -> None:
    text = "e" + "\u0301" * 1_000_000
    start, end = snap(text, Span(500_000, 500_001))
    assert start <= 500_000
    assert end >= 500_001
