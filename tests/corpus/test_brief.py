"""What a brief is made of: a folder or several paths, and what brief.toml says of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from brief_tui.corpus.manifest import DEPTH_LIMIT, packaged, read_brief
from brief_tui.corpus.model import Metadata
from brief_tui.errors import BriefError, ManifestError

TOML = """
title = "Grain"
language = "de"
[[document]]
file = "./b.txt"
title = "Title"
short = "Short"
author = "Author"
publisher = "Publisher"
date = "2025"
url = "https://example.org"
accessed = "2026"
language = "fr"
[[document]]
file = 'sub\\a.txt'
title = "Below"
[aliases]
russia = ["Moscow"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, one of them in a subfolder."""
    folder = tmp_path / "brief"
    (folder / "sub").mkdir(parents=True)
    for name in ("b.txt", "c.txt", "sub/a.txt"):
        (folder / name).write_text("Some words.", encoding="utf-8")
    return folder


def ids(*paths: Path, recursive: bool = False) -> list[str]:
    return [entry.id for entry in read_brief(paths, recursive=recursive)[0].entries]


def test_brief_toml_speaks_of_the_folder_and_of_some_of_its_files_alike(folder: Path) -> None:
    (folder / "brief.toml").write_text(TOML, encoding="utf-8")
    whole, manifest = read_brief([folder])
    part, _ = read_brief([folder / "b.txt", folder / "sub" / "a.txt"])
    for brief in (whole, part):
        assert [entry.id for entry in brief.entries] == ["b.txt", "sub/a.txt"]
        assert brief.entries[0].metadata == Metadata(
            "Title", "Short", "Author", "Publisher", "2025", "https://example.org", "2026", "fr"
        )
        assert brief.entries[1].metadata == Metadata("Below")
        assert (brief.title, brief.language, brief.root) == ("Grain", "de", folder)
        assert brief.aliases == {"russia": ("Moscow",)} == dict(manifest.aliases)
        assert brief.manifest == folder / "brief.toml"
        assert not brief.read_only
        assert brief.notices == ()
    assert read_brief([folder / "brief.toml"])[0] == whole
    assert [e.id for e in read_brief([folder / "brief.toml", folder / "b.txt"])[0].entries] == ["b.txt"]


def test_what_is_named_is_what_is_read(folder: Path, tmp_path: Path) -> None:
    beside = tmp_path / "beside.txt"
    beside.write_text("More words.", encoding="utf-8")
    assert ids(folder, beside) == ["brief/b.txt", "brief/c.txt", "beside.txt"]
    assert set(ids(folder, beside, recursive=True)) == {*ids(folder, beside), "brief/sub/a.txt"}
    assert ids(folder / "sub", folder / "c.txt") == ["sub/a.txt", "c.txt"]
    assert read_brief([folder / "c.txt"])[0].title == "c"
    assert read_brief([folder / "b.txt", folder / "c.txt"])[0].title == "brief"


def test_the_same_paths_are_the_same_brief_in_any_order(folder: Path) -> None:
    b, c = folder / "b.txt", folder / "c.txt"
    same = [read_brief(paths)[0].id for paths in ([b, c], [c, b], [folder / "sub" / ".." / "b.txt", c])]
    others = [read_brief(paths)[0].id for paths in ([b], [c], [folder])]
    assert len(set(same)) == 1
    assert len({*same, *others}) == 4
    assert all(each.startswith("path-") and len(each) == 25 for each in same)


def test_the_packaged_brief_may_not_be_written_to() -> None:
    brief, _ = read_brief(None)
    assert brief.read_only
    assert brief.root == packaged().resolve()
    assert len(brief.entries) == 5


def test_what_is_left_out_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Words.", encoding="utf-8")
    (folder / "linked.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "inside.txt").symlink_to(folder / "b.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    os.mkfifo(folder / "pipe.txt")
    for name in ("README.txt", "Licence-not.txt", "license.txt", "NOTICE.txt", ".hidden.txt"):
        (folder / name).write_text("Words.", encoding="utf-8")
    brief, _ = read_brief([folder])
    assert [entry.id for entry in brief.entries] == ["b.txt", "c.txt", "inside.txt", "Licence-not.txt"]
    assert brief.notices[0] == "linked.txt is a link out of the brief's folder and was not followed."
    assert brief.notices[1] == "loop.txt is a link that leads back to itself and was not followed."
    assert brief.notices[2] == "pipe.txt is not a plain file and was left out."
    (folder / "brief.toml").write_text(
        '[[document]]\nfile = "linked.txt"\n[[document]]\nfile = "loop.txt"\n[[document]]\nfile = "b.txt"\n'
    )
    assert read_brief([folder])[0].notices == brief.notices[:2]
    (folder / "brief.toml").unlink()
    (folder / "brief.toml").symlink_to(folder / "loop.txt")
    with pytest.raises(ManifestError, match="a link that leads back to itself; put a copy"):
        read_brief([folder])


def test_nothing_to_read_names_the_first_reason(folder: Path) -> None:
    manifest = folder / "brief.toml"
    manifest.touch()
    with pytest.raises(BriefError, match=r"^None of these paths holds a document; name some files\.$"):
        read_brief([manifest, manifest])
    os.mkfifo(folder / "pipe")
    with pytest.raises(BriefError, match=r"pipe is not a plain file and was left out\.$"):
        read_brief([folder / "pipe"])
    empty = folder / "empty"
    empty.mkdir()
    with pytest.raises(BriefError, match=r"empty holds no document; put some there \(\.docx, \.epub, \.htm"):
        read_brief([empty])


def test_subfolders_are_read_to_a_depth(tmp_path: Path) -> None:
    deep = tmp_path
    for level in range(DEPTH_LIMIT + 1):
        deep /= "d"
        deep.mkdir()
        if level >= DEPTH_LIMIT - 1:
            (deep / f"{level}.txt").write_text("Words.", encoding="utf-8")
    assert [Path(each).name for each in ids(tmp_path, recursive=True)] == [f"{DEPTH_LIMIT - 1}.txt"]


def test_numbers_in_names_count_and_come_first(tmp_path: Path) -> None:
    wanted = ["2.txt", "10.txt", "a2.txt", "a10.txt", "b.txt"]
    for name in wanted:
        (tmp_path / name).write_text("Words.", encoding="utf-8")
    assert ids(tmp_path) == wanted
