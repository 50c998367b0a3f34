"""Search against SQLite FTS5 (`porter unicode61`) and plain Whoosh, in one run.

    python benchmarks/search.py                       the five documents, and 20,000 passages
    python benchmarks/search.py --passages 5000       fewer
    python benchmarks/search.py --collections DIR     ranking too: see benchmarks/testsets.py

Every figure is also a ratio against a reference of the same run; absolute figures are for reading only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import Any

from whoosh import fields
from whoosh.analysis.analyzers import StemmingAnalyzer
from whoosh.index import create_in
from whoosh.qparser.default import MultifieldParser
from whoosh.qparser.syntax import AndGroup, OrGroup

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.testsets import Collection, average_precision, collections, ndcg  # noqa: E402
from brief_tui.api import open_brief  # noqa: E402
from brief_tui.corpus.loader import load  # noqa: E402
from brief_tui.corpus.manifest import read_brief  # noqa: E402
from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage  # noqa: E402
from brief_tui.search.index import Index, Source  # noqa: E402
from brief_tui.search.query import Query, any_word, parse  # noqa: E402

PLACES = ("BRIEF_TUI_CACHE_DIR", "BRIEF_TUI_DATA_DIR", "BRIEF_TUI_CONFIG_DIR")

COMMON = (
    "russia iran",
    "iran treaty",
    "the partnership",
    "russia",
    "moscow tehran security",
    "iran OR russia",
)
RARE = ("dependable", '"bank on"', "abandon*", "zangezur", "hedging beijing", "reliab* NEAR/10 partner")


def document(name: str, texts: Sequence[str], title: str = "") -> Document:
    """A document with a passage for each text."""
    whole = "\n\n".join(texts)
    passages, at, line = [], 0, 1
    for number, text in enumerate(texts):
        lines = text.count("\n")
        passages.append(
            Passage(name, number, at, at + len(text), line, line + lines, Kind.BODY, source=whole)
        )
        at += len(text) + 2
        line += lines + 2
    digest = blake2b(whole.encode(), digest_size=16).hexdigest()
    return Document(
        Entry(name, Path(name), Metadata(title=title), name), whole, digest, tuple(passages), title, "en"
    )


def seeds() -> list[Document]:
    """The five documents."""
    brief, _ = read_brief([ROOT / "seeds"])
    return [load(entry, default_language=brief.language) for entry in brief.entries]


def made_up(passages: int, seed: int = 1) -> list[Document]:
    """Documents of 40 passages of 85 words: the seeds' own, and 40,000 others as rare as words are."""
    chance = random.Random(seed)
    words = [word for d in seeds() for word in d.text.split()]
    others = [
        "".join(chance.choice("bcdfghlmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 5)))
        for _ in range(40_000)
    ]
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(others))))
    made = []
    for number in range(passages // 40):
        texts = []
        for _ in range(40):
            mixed = chance.choices(words, k=45) + chance.choices(others, cum_weights=weights, k=40)
            chance.shuffle(mixed)
            for at in range(16, len(mixed), 17):
                mixed[at - 1], mixed[at] = mixed[at - 1].rstrip(".") + ".", mixed[at].capitalize()
            texts.append(" ".join(mixed))
        made.append(document(f"{number:05}.txt", texts, f"On {others[number % len(others)]}"))
    return made


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds, and what came of it."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def p95(work: Callable[[str], Any], queries: Sequence[str], rounds: int = 7) -> float:
    """Milliseconds of wall time that 19 of 20 calls stay under, once everything has been asked before."""
    spent = []
    for turn in range(rounds + 1):
        for query in queries:
            start = time.perf_counter()
            work(query)
            if turn:
                spent.append((time.perf_counter() - start) * 1000)
    return quantiles(spent, n=20)[-1]


def line(what: str, ours: float, reference: float, unit: str, against: str) -> None:
    """One figure."""
    print(f"{what:44} {ours:9.2f} {unit:3} {ours / reference:7.2f} x {against} ({reference:.2f} {unit})")


# The references


def fts5(rows: Sequence[tuple[str, str]]) -> sqlite3.Connection:
    """SQLite's full-text search over titles and texts, in memory."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize = 'porter unicode61')")
    db.executemany("INSERT INTO t VALUES (?, ?)", rows)
    db.commit()
    return db


def ask_fts5(db: sqlite3.Connection, words: Sequence[str], joined: str, limit: int) -> list[int]:
    """Row numbers, best first."""
    asked = joined.join(f'"{word}"' for word in words)
    rows = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (asked, limit))
    return [row[0] for row in rows]


def plain_whoosh(rows: Sequence[tuple[str, str]], folder: str) -> Any:
    """A Whoosh index as its manual makes one."""
    text = fields.TEXT(analyzer=StemmingAnalyzer())
    made = create_in(folder, fields.Schema(key=fields.STORED, title=text, body=text))
    writer = made.writer()
    for number, (title, body) in enumerate(rows, 1):
        writer.add_document(key=number, title=title, body=body)
    writer.commit()
    return made


def ask_whoosh(searcher: Any, schema: Any, text: str, limit: int, *, any_of: bool = False) -> list[int]:
    """Row numbers, best first."""
    group = OrGroup if any_of else AndGroup
    query = MultifieldParser(["title", "body"], schema, group=group).parse(text)
    return [hit["key"] for hit in searcher.search(query, limit=limit)]


def words_of(text: str) -> list[str]:
    """The words of a query, operators and signs dropped."""
    return [w for w in re.findall(r"\w+", text) if w not in {"OR", "AND", "NOT", "NEAR"} and not w.isdigit()]


# What is measured


def compare(documents: Sequence[Document], what: str) -> None:
    """Building, opening, changing and asking an index of some documents."""
    rows = [(d.title, p.text) for d in documents for p in d.passages]
    size = sum(len(d.text) for d in documents) / 1e6
    print(f"\n{what}: {len(documents)} documents, {len(rows)} passages, {size:.2f} million characters")
    sources = [Source.of(d) for d in documents]
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as other:
        folder = Path(place) / "index"
        Index.open(None, sources[:1])  # imports are not what is measured
        ours, index = timed(lambda: Index.open(folder, sources))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        theirs, db = timed(lambda: fts5(rows))
        stock, whoosh = timed(lambda: plain_whoosh(rows, other))
        line("cold build (CPU)", ours, stock, "s", "plain Whoosh")
        line("cold build (CPU)", ours, theirs, "s", "FTS5")
        print(f"{'memory after the build, texts included':44} {peak:9.0f} MB")
        reopen, _ = timed(lambda: Index.open(folder, sources))
        line("reopen (CPU)", reopen * 1000, ours * 1000, "ms", "cold build")
        if len(documents) > 100:
            changed = [
                Source.of(document(documents[3].id, [*rows[0], "A new passage."])),
                *sources[:3],
                *sources[4:],
            ]
            again, _ = timed(lambda: Index.open(folder, changed))
            line("one changed document (CPU)", again, ours, "s", "cold build")
        with whoosh.searcher() as searcher:
            for name, queries in (("common words", COMMON), ("rare words", RARE)):
                mine = p95(lambda text: index.search(text, limit=20), queries)
                fts = p95(lambda text: ask_fts5(db, words_of(text), " ", 20), queries)
                old = p95(lambda text: ask_whoosh(searcher, whoosh.schema, text, 20), queries)
                line(f"first 20 with marks and counts, {name}: p95", mine, fts, "ms", "FTS5, no marks")
                line(
                    f"first 20 with marks and counts, {name}: p95", mine, old, "ms", "plain Whoosh, no marks"
                )
        db.close()
        cues = list(_cues())
        spent, _ = timed(lambda: [index.occurrences(cue) for cue in cues])
        line(f"{len(cues)} cues of the codebook (CPU)", spent, ours, "s", "cold build")


def _cues() -> Iterator[Query]:
    _, manifest = read_brief([ROOT / "seeds"])
    for cues in [*(theme.cues for theme in manifest.themes), *(topic.cues for topic in manifest.topics)]:
        for cue in cues:
            yield parse(cue if isinstance(cue, str) else cue.q)


@contextmanager
def as_folder(collection: Collection) -> Iterator[Callable[[str], list[int]]]:
    """The collection as a folder of texts with a brief.toml that says language and titles.

    It is asked through the Python API: documents by their best passage.
    """
    with tempfile.TemporaryDirectory() as place:
        had = {name: os.environ.get(name) for name in PLACES}
        os.environ.update({name: f"{place}/{name}" for name in PLACES})
        folder = Path(place) / "texts"
        folder.mkdir()
        said, has_titles = ['language = "en"'], any(title for title, _ in collection.documents.values())
        for number, (title, text) in collection.documents.items():
            name = f"{number:06}.txt"
            (folder / name).write_text(f"{text or title}\n", "utf-8")
            if has_titles:
                said.append(f'[[document]]\nfile = "{name}"\ntitle = {json.dumps(title)}')
        (folder / "brief.toml").write_text("\n".join(said), "utf-8")
        with open_brief(folder) as brief:

            def ask(text: str) -> list[int]:
                found = brief.search(text, limit=2000, any_word=True)
                return list(dict.fromkeys(int(hit.passage.document.name) for hit in found))[:1000]

            yield ask
        for name, value in had.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def rank(collection: Collection) -> None:
    """MAP and nDCG@10 when any of a query's words is asked for."""
    numbers = list(collection.documents)
    rows = [collection.documents[number] for number in numbers]
    documents = [
        document(str(n), [text or title], title) for n, (title, text) in zip(numbers, rows, strict=True)
    ]
    index = Index.open(None, [Source.of(d) for d in documents])
    db = fts5(rows)
    figures: dict[str, list[tuple[float, float]]] = {
        "ours": [],
        "ours, a folder": [],
        "FTS5": [],
        "plain Whoosh": [],
    }
    with tempfile.TemporaryDirectory() as place, as_folder(collection) as api:
        whoosh = plain_whoosh(rows, place)
        with whoosh.searcher() as searcher:
            for number, text in collection.queries.items():
                relevant = collection.relevant.get(number, frozenset())
                words = list(dict.fromkeys(word.lower() for word in re.findall(r"\w+", text)))
                if not relevant or not words:
                    continue
                ours = index.search(any_word(text), limit=1000, spans=False)
                ranked = {
                    "ours": [int(hit.doc) for hit in ours.hits],
                    "ours, a folder": api(text),
                    "FTS5": [numbers[row - 1] for row in ask_fts5(db, words, " OR ", 1000)],
                    "plain Whoosh": [
                        numbers[row - 1]
                        for row in ask_whoosh(searcher, whoosh.schema, " ".join(words), 1000, any_of=True)
                    ],
                }
                for name, found in ranked.items():
                    figures[name].append((average_precision(found, relevant), ndcg(found, relevant)))
    db.close()
    print(f"\n{collection.name}: {len(rows)} documents, {len(figures['ours'])} judged queries")
    reference = figures["FTS5"]
    for at, measure in enumerate(("MAP", "nDCG@10")):
        means = {name: sum(f[at] for f in row) / max(1, len(row)) for name, row in figures.items()}
        base = sum(f[at] for f in reference) / max(1, len(reference)) or 1.0
        print(f"{measure:8}", "   ".join(f"{n} {m:.3f} ({m / base:.3f} x)" for n, m in means.items()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=20_000, help="of the made-up brief; 0 leaves it out")
    parser.add_argument("--collections", type=Path, help="folder with Cranfield, CISI, NPL")
    options = parser.parse_args(arguments)
    compare(seeds(), "The five documents")
    if options.passages:
        compare(made_up(options.passages), "A made-up brief")
    for collection in collections(options.collections) if options.collections else []:
        rank(collection)


if __name__ == "__main__":
    main()
