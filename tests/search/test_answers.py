"""Related passages kept from one run to the next, and word vectors without wordllama's own code."""

from __future__ import annotations

import subprocess
import sys
import threading
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from brief_tui.children import Cancelled
from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document
from brief_tui.search import answers, embedding, vectors
from brief_tui.search.answers import Answers, RelatedHit
from brief_tui.search.basis import Basis
from brief_tui.search.related import Related

TEXTS = [
    "Unmanned aircraft attacked the city.",
    "Grain was harvested early.",
    "Drones bombed a town.",
    "",
    "Zwölf Boxkämpfer — 漢字 \U0001f468\u200d\U0001f469\u200d\U0001f467",
]
MORE = pytest.mark.skipif(embedding.model() is None, reason="the semantic extra is not installed")


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Document, ...]:
    (tmp_path / "brief").mkdir()
    texts = {
        "a.txt": "Drones attacked the city.\n\nGrain was harvested.\n",
        "b.txt": "Grain was harvested early.\n\nDrones bombed a city.\n",
    }
    for name, text in texts.items():
        (tmp_path / "brief" / name).write_text(text, encoding="utf-8")
    brief, _ = read_brief([tmp_path / "brief"])
    return tuple(load(entry, default_language="en") for entry in brief.entries)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often all passages were compared."""
    times: list[int] = []
    plain = Related.__init__

    def counted(self: Related, *args: object, **kwargs: object) -> None:
        times.append(len(times))
        plain(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Related, "__init__", counted)
    return times


def ask(
    documents: tuple[Document, ...], cache: Path | None, number: int = 0, *, topics: tuple[str, ...] = ()
) -> list[tuple[str, int, float]]:
    told = {("a.txt", 0): dict.fromkeys(topics, 1)} if topics else {}
    made = Answers(Basis(documents, topics=told, semantic=False, cache=cache))
    return [(hit.doc, hit.number, hit.score) for hit in made.related("a.txt", number)]


def test_an_answer_is_kept_until_passages_or_topics_change(
    documents: tuple[Document, ...], tmp_path: Path, compared: list[int]
) -> None:
    first = ask(documents, tmp_path / "kept")
    assert first[0][:2] == ("b.txt", 1)
    assert ask(documents, tmp_path / "kept") == first
    assert len(compared) == 1
    ask(documents, tmp_path / "kept", 1)
    assert len(compared) == 2
    ask(documents, tmp_path / "kept", topics=("war",))
    assert len(compared) == 3
    assert ask(documents[:1], tmp_path / "kept") == []
    assert len(compared) == 4
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700


def test_only_the_last_answers_are_kept(
    documents: tuple[Document, ...],
    tmp_path: Path,
    compared: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "KEPT", 1)
    for number in (0, 1, 0):
        ask(documents, tmp_path / "kept", number)
    assert len(compared) == 3


@pytest.mark.parametrize(
    "damage", [lambda d: b"", lambda d: d[:-9], lambda d: d.replace(b"b.txt", b"a.txt"), lambda d: b"x" * 99]
)
def test_a_damaged_cache_is_not_believed(
    documents: tuple[Document, ...],
    tmp_path: Path,
    compared: list[int],
    damage: Callable[[bytes], bytes],
) -> None:
    first = ask(documents, tmp_path)
    file = tmp_path / "answers"
    file.write_bytes(damage(file.read_bytes()))
    assert ask(documents, tmp_path) == first
    assert len(compared) == 2


def test_no_way_to_keep_answers_is_no_trouble(documents: tuple[Document, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert ask(documents, tmp_path / "file") == ask(documents, None)


class Gate:
    """Word vectors that are made only once a test lets them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.open = threading.Event(), threading.Event()
        monkeypatch.setattr(vectors.Vectors, "of", self._of)

    def _of(self, *args: object, **kwargs: object) -> None:
        self.begun.set()
        assert self.open.wait(20)


def test_an_answer_without_word_vectors_comes_while_they_are_made(
    documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    made = Answers(Basis(documents))
    early: list[tuple[RelatedHit, ...]] = []
    with ThreadPoolExecutor() as pool:
        final = pool.submit(made.related, "a.txt", 0, so_far=early.append)
        assert gate.begun.wait(20)
        assert [hit.doc for hit in early[0]] == ["b.txt"]
        assert not made.is_ready
        gate.open.set()
        assert final.result() == early[0]
    assert made.is_ready
    made.related("a.txt", 1, so_far=early.append)
    assert len(early) == 1


def test_a_newer_question_supersedes_an_older_one(
    documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    made = Answers(Basis(documents))
    latest = 0
    asked: list[tuple[int, bool]] = []
    plain = Related.related

    def counted(self: Related, doc: str, number: int, limit: int = 5) -> tuple[RelatedHit, ...]:
        asked.append((number, self.is_complete))
        return plain(self, doc, number, limit)

    monkeypatch.setattr(Related, "related", counted)
    with ThreadPoolExecutor() as pool:
        older = pool.submit(made.related, "a.txt", 0, wanted=lambda: latest == 0)
        assert gate.begun.wait(20)
        latest = 1
        newer = pool.submit(made.related, "a.txt", 1, wanted=lambda: latest == 1)
        gate.open.set()
        with pytest.raises(Cancelled):
            older.result()
        assert [hit.doc for hit in newer.result()] == ["b.txt"]
    assert asked == [(1, True)]  # what both need was made once, by the older one


@MORE
def test_word_vectors_are_made_once_and_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vectors.Vectors.of(lambda: TEXTS, cache=tmp_path / "vectors", apart=True)
    monkeypatch.setattr(embedding, "embedded", None)
    monkeypatch.setattr(embedding, "embedded_apart", None)
    again = vectors.Vectors.of(lambda: TEXTS, cache=tmp_path / "vectors")
    assert made is not None
    assert again is not None
    likeness = made.likeness({0: 1.0})
    assert again.likeness({0: 1.0}) == likeness
    assert sorted(range(3), key=lambda at: -likeness[at]) == [0, 2, 1]
    assert likeness[0] == pytest.approx(1.0)
    assert likeness[3] == 0.0
    assert (
        vectors.Vectors.of(lambda: TEXTS[:2], key=b"other", cache=tmp_path / "vectors") is None
    )  # not kept, and cannot be made


@MORE
def test_many_vectors_are_compared_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = embedding.model()
    assert folder is not None
    numbers = embedding.embedded(TEXTS, folder)
    few = vectors.Vectors(numbers).likeness({0: 1.0, 1: 0.5})
    monkeypatch.setattr(vectors, "MANY", 1)
    assert vectors.Vectors(numbers).likeness({0: 1.0, 1: 0.5}) == pytest.approx(few, abs=1e-6)


@MORE
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"\xff" * 100, b"\x02\0\0\0\0\0\0\0{}"])
def test_a_model_that_is_none_gives_no_vectors(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = embedding.model()
    assert folder is not None
    for name in ("weights", "tokenizers"):
        (tmp_path / name).mkdir()
    tokenizer = "tokenizers/l2_supercat_tokenizer_config.json"
    (tmp_path / tokenizer).write_bytes((folder / tokenizer).read_bytes())
    (tmp_path / "weights" / "l2_supercat_256.safetensors").write_bytes(content)
    monkeypatch.setattr(embedding, "model", lambda: tmp_path)
    assert vectors.Vectors.of(lambda: TEXTS) is None


COMPARE = """
import sys, pathlib, json
from brief_tui.search import embedding
texts = json.loads(sys.argv[1])
ours = embedding.means(texts, embedding.model())
heavy = {"wordllama", "pydantic", "requests", "huggingface_hub"}.intersection(sys.modules)
import wordllama
folder = pathlib.Path(wordllama.__file__).parent
theirs = wordllama.WordLlama.load(cache_dir=folder, disable_download=True).embed(texts, norm=True)
print(sorted(heavy), float(abs(ours - theirs).max()))
"""


@MORE
def test_vectors_are_those_of_wordllama() -> None:
    import json

    texts = [text for text in TEXTS if text]
    done = subprocess.run(
        [sys.executable, "-c", COMPARE, json.dumps(texts)], capture_output=True, text=True, check=True
    )
    heavy, _, most = done.stdout.strip().rpartition(" ")
    assert heavy == "[]"
    assert float(most) < 1e-6


def test_a_text_without_words_is_like_nothing() -> None:
    made = vectors.Vectors(array("f", [0.0] * embedding.WIDTH + [1.0] + [0.0] * (embedding.WIDTH - 1)))
    assert made.likeness({1: 1.0}) == [0.0, 1.0]
