"""The classic test collections of ranking, in their classic files, and what is measured on them.

A folder holds one folder or more of

    Cranfield   cran.all.1400  cran.qry    cranqrel
    CISI        CISI.ALL       CISI.QRY    CISI.REL
    NPL         doc-text       query-text  rlv-ass

Every judged pair counts as relevant, whatever its grade. Cranfield's queries are numbered by their order, as
its judgements do; these may have three columns (query, document, grade) or TREC's four (a 0 in second place).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries and judgements.

    Attributes:
        name: what it is called.
        documents: title and text by number.
        queries: text by number.
        relevant: numbers of the relevant documents by query.
    """

    name: str
    documents: Mapping[int, tuple[str, str]]
    queries: Mapping[int, str]
    relevant: Mapping[int, frozenset[int]]


def collections(folder: Path) -> list[Collection]:
    """The collections that lie in a folder or in folders inside it."""
    found = []
    for place in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
        names = {path.name.lower(): path for path in place.iterdir() if path.is_file()}
        if {"cran.all.1400", "cran.qry", "cranqrel"} <= names.keys():
            asked = _smart(_read(names["cran.qry"]))
            queries = {at: fields.get("W", "") for at, (_, fields) in enumerate(asked, 1)}
            found.append(
                Collection(
                    "Cranfield", _documents(names["cran.all.1400"]), queries, _pairs(names["cranqrel"])
                )
            )
        if {"cisi.all", "cisi.qry", "cisi.rel"} <= names.keys():
            queries = {number: fields.get("W", "") for number, fields in _smart(_read(names["cisi.qry"]))}
            found.append(
                Collection("CISI", _documents(names["cisi.all"]), queries, _pairs(names["cisi.rel"]))
            )
        if {"doc-text", "query-text", "rlv-ass"} <= names.keys():
            texts = {number: ("", text) for number, text in _slashed(names["doc-text"]).items()}
            judged = {
                query: frozenset(map(int, text.split())) for query, text in _slashed(names["rlv-ass"]).items()
            }
            found.append(Collection("NPL", texts, _slashed(names["query-text"]), judged))
    return found


def average_precision(ranked: Sequence[int], relevant: frozenset[int]) -> float:
    """Precision at each relevant document that was found, averaged over all relevant ones; 0 to 1."""
    found, total = 0, 0.0
    for place, document in enumerate(ranked, 1):
        if document in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def ndcg(ranked: Sequence[int], relevant: frozenset[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of the first documents, relevance being 0 or 1; 0 to 1."""
    gain = sum(1 / log2(place + 1) for place, d in enumerate(ranked[:depth], 1) if d in relevant)
    best = sum(1 / log2(place + 1) for place in range(1, min(depth, len(relevant)) + 1))
    return gain / best if best else 0.0


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _smart(text: str) -> list[tuple[int, dict[str, str]]]:
    """Records of `.I n` and fields of `.X` on lines of their own."""
    records = []
    for record in re.split(r"(?m)^\.I\s+", text)[1:]:
        number, _, rest = record.partition("\n")
        parts = re.split(r"(?m)^\.([A-Z])\s*$\n?", rest)
        fields = {name: " ".join(value.split()) for name, value in zip(parts[1::2], parts[2::2], strict=True)}
        records.append((int(number), fields))
    return records


def _documents(path: Path) -> dict[int, tuple[str, str]]:
    return {number: (f.get("T", ""), f.get("W", "")) for number, f in _smart(_read(path))}


def _pairs(path: Path) -> dict[int, frozenset[int]]:
    """Lines of query and document, whatever follows them; in TREC's form a 0 stands between the two."""
    found: dict[int, set[int]] = defaultdict(set)
    for line in _read(path).splitlines():
        columns = line.split()
        if len(columns) >= 3 and columns[1] == "0":
            del columns[1]
        if len(columns) >= 2:
            found[int(columns[0])].add(int(columns[1]))
    return {query: frozenset(documents) for query, documents in found.items()}


def _slashed(path: Path) -> dict[int, str]:
    """Records of a number, lines, and a slash."""
    found = {}
    for record in re.split(r"(?m)^\s*/\s*$", _read(path)):
        number, _, text = record.strip().partition("\n")
        if number.strip().isdigit():
            found[int(number)] = " ".join(text.split())
    return found
