"""Every operator, alone and combined, on the five documents, against plain regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document, Kind, Passage
from brief_tui.search.index import Index, Source
from brief_tui.search.query import parse

SEEDS = Path(__file__).parents[2] / "seeds"
Found = list[tuple[int, int]]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    brief, _ = read_brief([SEEDS])
    return [load(entry, default_language=brief.language) for entry in brief.entries]


@pytest.fixture(scope="module")
def index(documents: list[Document]) -> Index:
    return Index.open(None, [Source.of(document) for document in documents])


def spans(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Passage], Found]:
    """What a pattern finds in a passage."""

    def finding(passage: Passage) -> Found:
        found = re.finditer(pattern, passage.text, flags)
        return [(passage.start + m.start(), passage.start + m.end()) for m in found]

    return finding


def every(*parts: Callable[[Passage], Found]) -> Callable[[Passage], Found]:
    def finding(passage: Passage) -> Found:
        found = [part(passage) for part in parts]
        return sorted(span for row in found for span in row) if all(found) else []

    return finding


def some(*parts: Callable[[Passage], Found]) -> Callable[[Passage], Found]:
    return lambda passage: sorted(span for part in parts for span in part(passage))


def without(
    part: Callable[[Passage], Found], other: Callable[[Passage], Found]
) -> Callable[[Passage], Found]:
    return lambda passage: [] if other(passage) else part(passage)


RUSSIA, IRAN = spans(r"\bRussia\b"), spans(r"\bIran\b")
DEFENCE = spans(r"\bdefen[cs](?:e|es|ive)\b")
TREATY = spans(r"\btreat(?:y|ies)\b")
GUARANTEE = spans(r"\bguarantee(?:s|d|ing)?\b")
MUTUAL = spans(r"\bmutual\s+defen[cs]e\b")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("treaty", TREATY),
        ("guarantee", GUARANTEE),
        ("defence", DEFENCE),
        ("=guarantee", spans(r"\bguarantee\b")),
        ("dependab*", spans(r"\bdependab\w*")),
        ("*ability", spans(r"\b\w*ability\b")),
        ("defen?e", spans(r"\bdefen\we\b")),
        ('"mutual defen?e"', MUTUAL),
        ('"bank on"', spans(r"\bbank\s+on\b")),
        ("gaurantee~", spans(r"\bguarantee[sd]?\b")),
        ('"US"', spans(r"\bUS\b|\bU\.S\.", 0)),
        ('"U.S."', spans(r"\bUS\b|\bU\.S\.", 0)),
        ('"Middle East"', spans(r"\bMiddle\s+East\b", 0)),
        ('"middle east"', spans(r"\bmiddle\s+east\b")),
        ("S-300", spans(r"\bS[-‑]300\b")),
        ("su-*", spans(r"\bSu[-‑]\w+")),
        ("one-sided", spans(r"\bone[-‑]sided\b")),
        ('"belt road"~3', spans(r"\bBelt(?=\W+\S+\W+Road)|(?<=Belt and )Road|(?<=Belt & )Road")),
        ("russia iran", every(RUSSIA, IRAN)),
        ("russia AND iran", every(RUSSIA, IRAN)),
        ("russia -iran", without(RUSSIA, IRAN)),
        ("russia NOT iran", without(RUSSIA, IRAN)),
        ("treaty OR guarantee", some(TREATY, GUARANTEE)),
        ("(treaty OR guarantee) russia", every(some(TREATY, GUARANTEE), RUSSIA)),
        ("(treaty OR guarantee) -(russia OR iran)", without(some(TREATY, GUARANTEE), some(RUSSIA, IRAN))),
        ('"mutual defen?e" -"article 5"', without(MUTUAL, spans(r"\barticle 5\b"))),
        ("treaty^3 OR dependab*", some(TREATY, spans(r"\bdependab\w*"))),
        ("(treaty iran)^2 OR =dependable", some(every(TREATY, IRAN), spans(r"\bdependable\b"))),
        ("treaty doc:003", lambda p: TREATY(p) if p.doc.startswith("003") else []),
        ("treaty -doc:003", lambda p: [] if p.doc.startswith("003") else TREATY(p)),
        ("treaty kind:bullet", lambda p: TREATY(p) if p.kind is Kind.BULLET else []),
        ("russia kind:heading", lambda p: RUSSIA(p) if p.kind is Kind.HEADING else []),
    ],
)
def test_an_operator_finds_and_marks_what_a_pattern_finds(
    documents: list[Document], index: Index, query: str, expected: Callable[[Passage], Found]
) -> None:
    passages = [p for d in documents for p in d.passages if p.kind is not Kind.BOILERPLATE]
    wanted = {p.key: found for p in passages if (found := expected(p))}
    hits = index.search(query, limit=None).hits
    assert {hit.key: [tuple(span) for span in hit.spans] for hit in hits} == wanted
    assert wanted, "the query is to find something"


def test_section_finds_what_stands_under_a_heading(documents: list[Document], index: Index) -> None:
    by_id = {document.id: document for document in documents}
    hits = index.search("section:trust", limit=None).hits
    assert len(hits) > 1
    for hit in hits:
        document = by_id[hit.doc]
        passage = document.passages[hit.number]
        above = " ".join(p.text for p in (*document.section(passage), passage))
        assert re.search(r"\btrust\b", above, re.IGNORECASE)


def test_near_stays_in_the_sentence(documents: list[Document], index: Index) -> None:
    by_id = {document.id: document for document in documents}
    found = index.occurrences(parse("(doubt* OR question*) NEAR/6 (commit* OR guarantee*)"))
    assert found
    for (doc, _), row in found.items():
        for occurrence in row:
            first, *_, last = occurrence.spans
            between = by_id[doc].text[first.start : last.end]
            assert len(between.split()) <= 7
            assert re.match(r"doubt|question|commit|guarantee", between, re.IGNORECASE)


def test_boilerplate_is_found_only_when_it_is_asked_for(documents: list[Document], index: Index) -> None:
    everything = [p for d in documents for p in d.passages]
    kinds = {p.key: p.kind for p in everything}
    assert Kind.BOILERPLATE in kinds.values()
    for query in ("read", "iran OR the", "-zebra", "doc:001"):
        assert all(kinds[h.key] is not Kind.BOILERPLATE for h in index.search(query, limit=None).hits)
    asked = index.search("kind:boilerplate", limit=None)
    assert asked.keys == {key for key, kind in kinds.items() if kind is Kind.BOILERPLATE}
    assert not {key for key in index.occurrences(parse("read")) if kinds[key] is Kind.BOILERPLATE}


def test_the_names_of_one_thing(index: Index) -> None:
    brief, _ = read_brief([SEEDS])
    plain = index.search("russia", limit=None).keys
    widened = index.search("russia", limit=None, aliases=brief.aliases).keys
    kremlin = index.search("kremlin OR moscow", limit=None).keys
    assert plain < widened
    assert kremlin <= widened


@pytest.mark.parametrize("query", ["xqzzyq", '"iran zebra"', "treaty AND zebra"])
def test_nothing_is_found(index: Index, query: str) -> None:
    assert index.search(query).total == 0
