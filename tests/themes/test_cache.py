"""Tags from one run to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document
from brief_tui.search.index import Index
from brief_tui.search.source import Source
from brief_tui.themes import cache
from brief_tui.themes.cache import NAME, tag_with_cache
from brief_tui.themes.codebook import Code, Codebook, Cue, with_code
from brief_tui.themes.tagger import Tagging, tag

from .conftest import MakeBrief, Tagged

CODES = """
[[theme]]
id = "t"
cues = [{ q = 'trust OR doubt', weight = 0.7 }]
[[topic]]
id = "rain"
cues = ['rain']
"""


@pytest.fixture
def brief(make_brief: MakeBrief) -> Tagged:
    return make_brief({"a.txt": "Doubt grows.\n\nRain falls.\n", "b.txt": "They trust nobody.\n"}, CODES)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The documents of each call of the tagger."""
    calls: list[list[str]] = []

    def counted(
        codebook: Codebook, index: Index, documents: Sequence[Document], **options: object
    ) -> Tagging:
        calls.append([document.name for document in documents])
        return tag(codebook, index, documents)

    monkeypatch.setattr(cache, "tag", counted)
    return calls


def test_a_second_run_tags_nothing_and_says_the_same(
    brief: Tagged, tmp_path: Path, asked: list[list[str]]
) -> None:
    opened: list[Index] = []

    def index() -> Index:
        opened.append(brief.index)
        return brief.index

    for _ in range(2):
        found = tag_with_cache(tmp_path / "tags", brief.codebook, index, brief.documents)
        assert found == brief.tagging
    assert asked == [["a", "b"]]
    assert len(opened) == 1


def test_only_a_changed_document_is_tagged_again(
    make_brief: MakeBrief, tmp_path: Path, asked: list[list[str]]
) -> None:
    before = make_brief({"a.txt": "Doubt grows.\n", "b.txt": "They trust nobody.\n"}, CODES)
    tag_with_cache(tmp_path / "tags", before.codebook, lambda: before.index, before.documents)
    after = make_brief({"b.txt": "New words.\n\nThey trust us.\n"}, CODES)
    found = tag_with_cache(tmp_path / "tags", after.codebook, lambda: after.index, after.documents)
    assert found == after.tagging
    assert asked == [["a", "b"], ["b"]]


def test_a_changed_cue_tags_all_again(brief: Tagged, tmp_path: Path, asked: list[list[str]]) -> None:
    tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)
    changed = with_code(brief.codebook, Code("t", "T", cues=(Cue("nobody"),)))
    found = tag_with_cache(tmp_path / "tags", changed, lambda: brief.index, brief.documents)
    assert [t.doc for t in found.themes] == ["b.txt"]
    assert asked == [["a", "b"], ["a", "b"]]


@pytest.mark.parametrize(
    "damage", [lambda d: b"", lambda d: d[:-9], lambda d: d.replace(b"0.7", b"0.9"), lambda d: b"x"]
)
def test_a_damaged_file_is_not_believed(
    brief: Tagged, tmp_path: Path, asked: list[list[str]], damage: object
) -> None:
    assert callable(damage)
    tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)
    file = tmp_path / "tags" / NAME
    file.write_bytes(damage(file.read_bytes()))
    assert (
        tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)
        == brief.tagging
    )
    assert len(asked) == 2


def test_it_is_private(brief: Tagged, tmp_path: Path) -> None:
    tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)
    assert (tmp_path / "tags").stat().st_mode & 0o777 == 0o700
    assert [p.name for p in (tmp_path / "tags").iterdir()] == [NAME]
    assert (tmp_path / "tags" / NAME).stat().st_mode & 0o777 == 0o600


def test_no_cache_and_no_way_to_write_one_are_no_trouble(brief: Tagged, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (None, tmp_path / "file"):
        assert tag_with_cache(folder, brief.codebook, lambda: brief.index, brief.documents) == brief.tagging


def test_one_index_can_hold_more_than_is_tagged(brief: Tagged) -> None:
    index = Index.open(None, [Source.of(document) for document in brief.documents])
    assert {t.doc for t in tag(brief.codebook, index, brief.documents[1:]).themes} == {"b.txt"}
