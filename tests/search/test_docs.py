"""docs/query.md says what the queries find; they are run. And the readers of the test collections."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.search.index import Index, Source
from brief_tui.search.query import FIELDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "query.md").read_text("utf-8")
ROW = re.compile(r"^\| (`[^|]+`) \|.*\| (\d+) \|$", re.MULTILINE)
EXAMPLES = [
    (query, int(found)) for queries, found in ROW.findall(PAGE) for query in re.findall("`([^`]+)`", queries)
]


@pytest.fixture(scope="module")
def index() -> Index:
    brief, _ = read_brief([ROOT / "seeds"])
    documents = [load(entry, default_language=brief.language) for entry in brief.entries]
    return Index.open(None, [Source.of(document) for document in documents])


@pytest.mark.parametrize(("query", "passages"), EXAMPLES)
def test_an_example_finds_what_the_page_says(index: Index, query: str, passages: int) -> None:
    results = index.search(query)
    assert results.total == passages
    assert not results.notices


def test_the_page_names_every_field() -> None:
    assert len(EXAMPLES) > 25
    for field in FIELDS:
        assert f"`{field}:" in PAGE or f" {field}:" in PAGE


@pytest.fixture(scope="module")
def testsets() -> Any:
    spec = importlib.util.spec_from_file_location("testsets", ROOT / "benchmarks" / "testsets.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["testsets"] = module
    spec.loader.exec_module(module)
    return module


FILES = {
    "cran/cran.all.1400": ".I 1\n.T\nwings .\n.A\nb\n.W\nwings in\nflow .\n.I 2\n.T\nheat\n.W\nheat of it\n",
    "cran/cran.qry": ".I 004\n.W\nwhat of (wings . ?\n.I 009\n.W\nheat\n",
    "cran/cranqrel": "1 1 2\n2 2 -1\n2 1 3 \n",
    "cisi/CISI.ALL": ".I 1\n.T\nOn books\n.W\nBooks are read.\n.X\n1\t5\t1\n.I 2\n.T\nNone\n.W\nOther.\n",
    "cisi/CISI.QRY": ".I 1\n.W\nbooks\n.I 3\n.T\nT\n.W\nother things\n",
    "cisi/CISI.REL": "     1      1\t0\t0.000000\n     3      2\t0\t0.000000\n",
    "npl/doc-text": "1\nradio waves\nand more\n   /\n2\nvalves\n   /\n   /\n",
    "npl/query-text": "1\nwaves of radio\n/\n2\nvalves\n/\n",
    "npl/rlv-ass": "1\n   1    2\n   /\n2\n 2\n   /\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_collections_are_read_in_their_classic_files(testsets: Any, folder: Path) -> None:
    cisi, cran, npl = testsets.collections(folder)
    assert cran.documents == {1: ("wings .", "wings in flow ."), 2: ("heat", "heat of it")}
    assert (cran.queries, cran.relevant) == ({1: "what of (wings . ?", 2: "heat"}, {1: {1}, 2: {1, 2}})
    assert cisi.documents[1] == ("On books", "Books are read.")
    assert (cisi.queries, cisi.relevant) == ({1: "books", 3: "other things"}, {1: {1}, 3: {2}})
    assert npl.documents == {1: ("", "radio waves and more"), 2: ("", "valves")}
    assert (npl.queries[1], npl.relevant) == ("waves of radio", {1: {1, 2}, 2: {2}})


def test_judgements_may_have_the_columns_of_trec(testsets: Any, folder: Path) -> None:
    (folder / "cran" / "cranqrel").write_text("1 0 1 2\n2 0 2 -1\n2 0 1 3\n")
    _, cran, _ = testsets.collections(folder)
    assert cran.relevant == {1: {1}, 2: {1, 2}}


def test_measures(testsets: Any) -> None:
    assert testsets.average_precision([3, 1, 2], frozenset({1, 2})) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert testsets.ndcg([1, 2], frozenset({1, 2})) == pytest.approx(1.0)
    assert testsets.ndcg([3, 4], frozenset({1})) == 0.0


def test_the_benchmark_ranks_a_collection(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    for name in [name for name in sys.modules if name.split(".")[0] == "benchmarks"]:
        monkeypatch.delitem(sys.modules, name)
    from benchmarks import search
    from benchmarks.testsets import collections

    for collection in collections(folder):
        search.rank(collection)
    printed = capsys.readouterr().out
    assert printed.count("MAP") == printed.count("nDCG@10") == 3
    assert "Cranfield: 2 documents, 2 judged queries" in printed
    figures = re.findall(r"ours ([\d.]+) .*?ours, a folder ([\d.]+) ", printed)
    assert len(figures) == 6 and all(float(figure) >= 0.5 for pair in figures for figure in pair)
    assert all(ours == folder for ours, folder in figures)  # the same texts, read from files
