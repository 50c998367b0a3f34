"""A file is there whole, or as it was."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brief_tui.errors import ExportError
from brief_tui.export import file_name, write


def test_written_private(tmp_path: Path) -> None:
    write([b"one", b"two"], tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"onetwo"
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.md"]


def test_a_file_that_is_there_is_refused_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    with pytest.raises(ExportError, match="--force"):
        write([b"new"], target)
    assert target.read_bytes() == b"old"
    write([b"new"], target, force=True)
    assert target.read_bytes() == b"new"


def test_one_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.md"

    def chunks() -> Iterator[bytes]:
        yield b"mine"
        target.write_bytes(b"theirs")

    with pytest.raises(ExportError, match="--force"):
        write(chunks(), target)
    assert target.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.md"]


@pytest.mark.parametrize("force", [False, True])
def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "a.md"

    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        write(chunks(), target, force=force)
    assert not [each for each in tmp_path.iterdir() if each.is_file()]


def test_folders_and_missing_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"):
        write([b""], tmp_path, force=True)
    with pytest.raises(ExportError, match="No such file"):
        write([b""], tmp_path / "no" / "a.md")


def test_pipes_stay_and_links_are_followed(tmp_path: Path) -> None:
    pipe, file, link = (tmp_path / name for name in ("pipe", "file", "link"))
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match="device or a pipe"):
        write([b"new"], pipe, force=True)
    assert pipe.is_fifo()
    link.symlink_to(file)
    with pytest.raises(ExportError, match="--force"):
        write([b"new"], link)
    write([b"new"], link, force=True)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


@given(st.text())
@example("../../etc/passwd")
@example("CON")
@example("con.txt")
@example(".hidden")
@example("-rf")
@example("a\x1b]0;title\x07b\u202etxt.exe")
@example("\ud800")
@example("é" * 500)
def test_any_title_makes_a_safe_file_name(title: str) -> None:
    name = file_name(title, ".md")
    assert name.endswith(".md")
    assert Path(name).name == name
    assert not name.startswith((".", "-", "~", " "))
    assert not set(name) & set('<>:"/\\|?*\x00')
    assert name.isprintable()
    assert len(name.encode()) < 140
    assert name.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


def test_a_plain_title_stays() -> None:
    assert file_name("Would Russia defend Iran?", ".md") == "Would Russia defend Iran.md"


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="choose another"):
        write([b"x"], tmp_path / "a\0b" / "x.md")
    assert list(tmp_path.iterdir()) == []
