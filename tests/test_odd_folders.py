"""A folder of all that a file system holds: what is no document is left out in words, the rest is read."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from brief_tui.errors import BriefError
from brief_tui.workspace import Workspace

from .conftest import Cli
from .test_terminal import Terminal

NAMES = (
    b"new\nline.txt",
    b"esc\x1b[31m.txt",
    b"bad\xff\xfe.txt",
    b"bad\xff\xfd.txt",
    b"-dash.txt",
    b" lead.txt",
    b"tab\t.txt",
    "\u202egnp.txt".encode(),
    "é".encode() * 120 + b".txt",
    b"q'uo\"te$(x)`;.txt",
    b"%s%n{0}.txt",
    b"[red]x[].txt",
    b"a:b.txt",
    b"44.txt",
    b"CON.TXT",
    b"..txt.txt",
)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder of everything."""
    folder = tmp_path / "odd"
    folder.mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text("Secret words of trust.\n", "utf-8")
    (folder / "good.txt").write_text("Good title\n\nSome words of trust in Iran.\n", "utf-8")
    for name, to in {
        "leaves.txt": str(outside),
        "leaves.docx": "/etc/passwd",
        "loop1.txt": "loop2.txt",
        "loop2.txt": "loop1.txt",
        "broken.txt": "nowhere",
        "inside.txt": "good.txt",
        "up": "..",
        "here": ".",
        "zero.txt": "/dev/zero",
    }.items():
        (folder / name).symlink_to(to)
    os.mkfifo(folder / "fifo.txt")
    os.mkfifo(folder / "fifo.pdf")
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path is short
        made.bind("sock.txt")
        os.chdir(here)
    (folder / "dir.txt").mkdir()
    (folder / "sub").mkdir()
    (folder / "sub" / "x.txt").write_text("Sub title\n\nWords of trust below.\n", "utf-8")
    (folder / "sub" / "parent").symlink_to("..")
    for raw in NAMES:
        (folder / os.fsdecode(raw)).write_bytes(b"A title\n\nWords of trust in Iran here.\n")
    (folder / "null.txt").write_bytes(b"\0" * 1000)
    (folder / "empty.txt").touch()
    return folder


def test_commands_read_what_can_be_read_and_say_the_rest_each_on_a_line(cli: Cli, odd: Path) -> None:
    ran = cli("search", "trust", odd, "--json", "--limit", 50)
    assert ran.code == 0
    assert len({row["doc"] for row in ran.rows}) == len(NAMES) - 1 + 2  # without the hidden one; good, inside
    assert "Secret" not in ran.out
    said = ran.err.splitlines()
    assert all(line.startswith("brief-tui: ") for line in said)
    for name in ("leaves.txt", "leaves.docx", "loop1.txt", "loop2.txt", "broken.txt", "zero.txt"):
        assert any(name in line for line in said), name
    for name in ("fifo.txt", "fifo.pdf", "sock.txt", "null.txt", "empty.txt"):
        assert any(name in line for line in said), name
    again = cli("search", "trust", odd, "--json", "--limit", 50)
    assert again.out == ran.out
    assert "built again" not in again.err  # the index holds each name as it is
    assert {row["doc"] for row in cli("passages", odd, "--json", "--recursive").rows} > {"x"}
    for raw in NAMES:
        assert cli("passages", odd / os.fsdecode(raw)).code == 0, raw


def test_the_reader_opens_it(odd: Path, tmp_path: Path, private_places: Path) -> None:
    reader = Terminal(odd, columns=120, lines=40, folder=tmp_path)
    reader.wait_for("Words of trust")
    reader.wait_for("could not be read: 'brief-tui")  # of many notices the first, and how to have all
    reader.press("/trust\r")
    reader.wait_for("/trust")
    reader.press("mjnnnm\tl\tH")
    reader.wait_for("Highlights")
    reader.press("\x11")
    assert reader.ended() == 0
    assert not (private_places / "data" / "errors.log").exists()


def test_files_that_vanish_or_change_after_they_were_listed(odd: Path) -> None:
    with closing(Workspace.open([odd])) as workspace:
        (odd / "good.txt").unlink()
        (odd / "44.txt").unlink()
        (odd / "44.txt").mkdir()
        (odd / "a:b.txt").unlink()
        os.mkfifo(odd / "a:b.txt")
        (odd / "tab\t.txt").write_bytes(b"")
        (odd / " lead.txt").write_bytes(b"Another title\n\nOther words of trust.\n")
        texts = {document.id: document.text for document in workspace.library.documents()}
        assert texts[" lead.txt"].startswith("Another")
        assert not {"good.txt", "inside.txt", "44.txt", "a:b.txt", "tab\t.txt"} & set(texts)
        problems = workspace.problems()
        for name in ("good.txt", "inside.txt", "44.txt", "a:b.txt"):
            assert any(problem.startswith(name) for problem in problems), name
        assert len(workspace.searching.results("trust").hits) > 5
        (odd / "brief.toml").unlink(missing_ok=True)
    os.mkfifo(odd / "brief.toml")
    with pytest.raises(BriefError, match="not a plain file"):
        Workspace.open([odd])
