"""What the program writes is its owner's alone, and nothing of it lies among the documents."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Cli
from .test_terminal import Terminal


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Files get all the rights that whoever makes them asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, str]:
    """The rights of a folder and of all in it, where they are not the owner's alone."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & 0o077 or (path.is_file() and mode & 0o111):
            found[str(path.relative_to(folder))] = oct(mode)
    return found


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """What is in a folder, when it was changed and how large it is."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.usefixtures("open_umask")
def test_all_that_is_made_is_private_and_apart_from_the_documents(
    cli: Cli, tmp_path: Path, private_places: Path
) -> None:
    brief = tmp_path / "brief"
    brief.mkdir(mode=0o755)
    for name in "abc":
        (brief / f"{name}.txt").write_text(
            f"Title {name}\n\nOf trust in Iran, text {name}, with words.\n", "utf-8"
        )
    (brief / "page.html").write_text(
        "<html><body><h1>Page</h1><p>Of trust in Iran too.</p></body></html>", "utf-8"
    )
    (brief / "brief.toml").write_text('[[theme]]\nid = "t"\nname = "T"\ncues = ["trust"]\n', "utf-8")
    before, out = state(brief), tmp_path / "out"
    out.mkdir(mode=0o700)
    for line in (
        ("index", brief),
        ("themes", brief),
        ("search", "iran", brief),
        ("related", "a:3", brief),
        ("highlight", "a", brief, "--quote", "with words"),
        ("highlight", "001:0-20"),
        ("export", brief, "--format", "json", "-o", out / "x.json"),
        ("export", brief, "--format", "xlsx", "-o", out / "x.xlsx"),
        ("export", brief, "--format", "qdpx", "-o", out / "x.qdpx"),
        ("backup", out / "x.backup", brief),
        ("config", "--init"),
    ):
        ran = cli(*line)
        assert ran.code == 0, ran.err
    (out / "codes.csv").write_text("tag,description\nother,\n", "utf-8")
    (out / "codes.csv").chmod(0o600)
    assert cli("import", out / "codes.csv").code == 0  # makes a copy of the default brief
    reader = Terminal(brief, columns=100, lines=30, folder=out)
    reader.wait_for("Title a")
    reader.press("/iran\r")
    reader.wait_for("/iran")
    reader.press("jmu")
    reader.pass_time(1.5)  # the session is kept a second later
    reader.press("\x11")
    assert reader.ended() == 0
    assert state(brief) == before
    assert not rights(private_places)
    assert not rights(out)
    kept = {path.name for path in private_places.rglob("*")}
    assert {"settings.toml"} < kept
    assert any("text-" in name for name in kept)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief", "out", "places"]
