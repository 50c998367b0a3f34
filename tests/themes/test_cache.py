"""Tags from one run to the next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document
from brief_tui.search.index import Index
from brief_tui.search.source import Source
from brief_tui.themes import cache
from brief_tui.themes.cache import NAME, Kept, tag_with_cache
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


Asked = list[tuple[list[str], list[str]]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The documents and the codes of each call of the tagger."""
    calls: Asked = []

    def counted(
        codebook: Codebook,
        index: Index,
        documents: Sequence[Document],
        *,
        only: Collection[str] | None = None,
    ) -> Tagging:
        calls.append(([document.name for document in documents], list(only or ())))
        return tag(codebook, index, documents, only=only)

    monkeypatch.setattr(cache, "tag", counted)
    return calls


def test_a_second_run_tags_nothing_and_says_the_same(brief: Tagged, tmp_path: Path, asked: Asked) -> None:
    opened: list[Index] = []

    def index() -> Index:
        opened.append(brief.index)
        return brief.index

    for _ in range(2):
        found, _ = tag_with_cache(tmp_path / "tags", brief.codebook, index, brief.documents)
        assert found == brief.tagging
    assert asked == [(["a", "b"], ["t", "rain"])]
    assert len(opened) == 1


def test_only_a_changed_document_is_tagged_again(make_brief: MakeBrief, tmp_path: Path, asked: Asked) -> None:
    before = make_brief({"a.txt": "Doubt grows.\n", "b.txt": "They trust nobody.\n"}, CODES)
    tag_with_cache(tmp_path / "tags", before.codebook, lambda: before.index, before.documents)
    after = make_brief({"b.txt": "New words.\n\nThey trust us.\n"}, CODES)
    found, _ = tag_with_cache(tmp_path / "tags", after.codebook, lambda: after.index, after.documents)
    assert found == after.tagging
    assert [documents for documents, _ in asked] == [["a", "b"], ["b"]]


def test_a_changed_code_is_tagged_again_and_no_other(brief: Tagged, tmp_path: Path, asked: Asked) -> None:
    folder = tmp_path / "tags"
    _, kept = tag_with_cache(folder, brief.codebook, lambda: brief.index, brief.documents)
    changed = with_code(brief.codebook, Code("t", "T", cues=(Cue("nobody"),)))
    for known in (None, kept):  # what was written, what is in memory
        found, _ = tag_with_cache(folder, changed, lambda: brief.index, brief.documents, known=known)
        assert [t.doc for t in found.themes] == ["b.txt"]
        assert found.topics == brief.tagging.topics
    assert [codes for _, codes in asked] == [["t", "rain"], ["t"], ["t"]]


REQUIRING = """
[[theme]]
id = "t"
cues = ['trust', { q = 'grows', requires = ["rain"] }]
[[theme]]
id = "u"
cues = ['doubt NOT rain', { q = 'nobody', weight = 0.4 }]
[[topic]]
id = "rain"
cues = ['rain', { q = 'doubt AND grows', scope = "passage" }]
"""

CUES = st.builds(
    Cue,
    st.sampled_from(
        ["trust", "doubt", "rain", "nobody NEAR/3 trust", "doubt AND grows", "doubt -grows", "trust~"]
    ),
    weight=st.sampled_from([0.3, 0.5, 1.0]),
    scope=st.sampled_from(["sentence", "passage"]),
    unless=st.sampled_from(["", "nobody", "rain OR grows"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["t", "u", "rain"]), st.lists(CUES, max_size=3)), max_size=4))
def test_after_any_changes_the_tags_are_those_of_tagging_all(
    make_brief: MakeBrief, changes: list[tuple[str, list[Cue]]]
) -> None:
    files = {
        "a.txt": "Doubt grows.\n\nRain falls. Trust grows.\n",
        "b.txt": "They trust nobody.\n\nDoubt. It grows.\n",
    }
    brief = make_brief(files, REQUIRING)
    codebook = brief.codebook
    kept: Kept | None = None
    for code_id, cues in [("", []), *changes]:
        if code_id:
            codebook = with_code(codebook, replace(codebook.codes[code_id], cues=tuple(cues)))
        found, kept = tag_with_cache(None, codebook, lambda: brief.index, brief.documents, known=kept)
        assert found == tag(codebook, brief.index, brief.documents)


@pytest.mark.parametrize(
    "damage", [lambda d: b"", lambda d: d[:-9], lambda d: d.replace(b"0.7", b"0.9"), lambda d: b"x"]
)
def test_a_damaged_file_is_not_believed(brief: Tagged, tmp_path: Path, asked: Asked, damage: object) -> None:
    assert callable(damage)
    tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)
    file = tmp_path / "tags" / NAME
    file.write_bytes(damage(file.read_bytes()))
    assert (
        tag_with_cache(tmp_path / "tags", brief.codebook, lambda: brief.index, brief.documents)[0]
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
        found, _ = tag_with_cache(folder, brief.codebook, lambda: brief.index, brief.documents)
        assert found == brief.tagging


def test_one_index_can_hold_more_than_is_tagged(brief: Tagged) -> None:
    index = Index.open(None, [Source.of(document) for document in brief.documents])
    assert {t.doc for t in tag(brief.codebook, index, brief.documents[1:]).themes} == {"b.txt"}
