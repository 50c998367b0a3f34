"""An index that is built in a process of its own, as for a large brief."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_tui.building import build_apart
from brief_tui.children import Cancelled
from brief_tui.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them in a subfolder."""
    folder = tmp_path / "brief"
    (folder / "below").mkdir(parents=True)
    (folder / "one.txt").write_text("Grain is sold in spring.\n", encoding="utf-8")
    (folder / "below" / "two.txt").write_text("Grain is stored in autumn.\n", encoding="utf-8")
    return folder


def test_what_it_leaves_in_the_cache_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.chdir(folder.parent)
    assert build_apart([Path("brief")], recursive=True, progress=lambda *done: told.append(done))
    assert told[-1] == (2, 2)
    with_index = Workspace.open([folder], recursive=True)
    built: list[tuple[int, int]] = []
    with_index.open_index(lambda *done: built.append(done))
    assert not built, "built again"
    assert with_index.searching.results("grain").total == 2
    with_index.close()


def test_what_cannot_be_opened_there_is_for_the_caller(tmp_path: Path) -> None:
    assert not build_apart([tmp_path / "nowhere"])


def test_it_is_ended_when_nobody_wants_it_any_more(folder: Path) -> None:
    with pytest.raises(Cancelled):
        build_apart([folder], cancelled=lambda: True)
