"""No network, ever: every command and the reader, watched by an audit hook in them and in their processes."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from brief_tui.cli import main
from brief_tui.export.registry import FORMATS

from .test_terminal import Terminal

WATCH = """
import os, sys

def _watch(event, args, told=os.environ["TOLD"]):
    if not event.startswith(("socket.", "http.", "urllib.", "ftplib.", "smtplib.", "ssl.")):
        return
    if event == "socket.__new__" and args[1] == 1:  # AF_UNIX: the pipe by which asyncio wakes itself
        return
    with open(told, "a") as file:  # where nothing can be written to it, it is there all the same
        file.write(f"{event} {args[1:]!r} {sys.argv[:2]!r:.200}\\n")
    raise PermissionError("no network")

sys.addaudithook(_watch)

class _Without:
    def __init__(self, finder):
        self.finder = finder

    def __getattr__(self, name):
        return getattr(self.finder, name)

    def find_spec(self, name, *rest):
        if name.partition(".")[0] not in os.environ["WITHOUT"].split():
            return self.finder.find_spec(name, *rest)

sys.meta_path[:] = map(_Without, sys.meta_path)
with open(os.environ["STARTED"], "a") as file:
    file.write(" ".join(sys.orig_argv) + "\\n")
"""

EXTRAS = "wordllama numpy pypdf docx trafilatura lxml xlsxwriter"

LINES: tuple[tuple[str, ...], ...] = (
    ("passages", "{brief}"),
    ("themes",),
    ("search", "iran", "{brief}", "--json"),
    ("related", "001:20"),
    ("highlight", "a", "{brief}", "--quote", "what they share"),
    ("highlights", "{brief}"),
    ("note", "{brief}", "--text", "a note"),
    ("notes", "{brief}"),
    ("unhighlight", "x", "{brief}"),
    *(("export", "--scope", "both", "--format", name, "-o", "{out}." + name) for name in FORMATS),
    ("import", "{out}.json"),
    ("backup", "{out}.backup"),
    ("restore", "{out}.backup"),
    ("index", "{brief}"),
    ("info",),
    ("config",),
    ("completion", "bash"),
    ("--help",),
)

RUN = """
import sys
from brief_tui.cli import run
for line in sys.argv[1:]:
    run(line.split("|"))
"""


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief of several formats."""
    folder = tmp_path / "brief"
    folder.mkdir()
    words = "What they say of Iran and of trust in it, and what they share. " * 4
    (folder / "a.txt").write_text(f"A text\n\n{words}\n", "utf-8")
    (folder / "b.md").write_text(f"# Another\n\n![x](http://example.org/x.png) {words}\n", "utf-8")
    (folder / "c.html").write_text(
        "<html><head><title>A page</title><link rel=stylesheet href=http://example.org/x.css>"
        f"<script src=http://example.org/x.js></script></head><body><img src=http://example.org/y.png><p>{words}</p>"
        f"<iframe src=http://example.org/></iframe><p>{words}</p></body></html>",
        "utf-8",
    )
    with zipfile.ZipFile(folder / "d.docx", "w") as archive:
        archive.writestr(
            "word/document.xml", '<!DOCTYPE x [<!ENTITY y SYSTEM "http://example.org/y">]><x>&y;</x>'
        )
    return folder


@pytest.fixture(
    params=["", pytest.param(EXTRAS, marks=pytest.mark.long)], ids=["with extras", "without extras"]
)
def watched(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have every Python that is started watched; where it tells what it saw."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH, "utf-8")
    source = Path(__file__).parents[1] / "src"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(hooks), str(source))))
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    monkeypatch.setenv("STARTED", str(tmp_path / "started"))
    monkeypatch.setenv("WITHOUT", request.param)
    return tmp_path / "told"


def test_no_command_asks_the_network(watched: Path, brief: Path, tmp_path: Path) -> None:
    assert {line[0] for line in LINES} >= {name for name in main.commands if not main.commands[name].hidden}
    lines = ["|".join(line).format(brief=brief, out=tmp_path / "out") for line in LINES]
    ran = subprocess.run([sys.executable, "-c", RUN, *lines], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert not watched.exists(), watched.read_text("utf-8")
    assert "brief_tui.corpus.extract.isolated" in (tmp_path / "started").read_text("utf-8")
    assert (tmp_path / "out.html").exists()


def test_the_reader_does_not_ask_it(watched: Path, brief: Path, tmp_path: Path) -> None:
    reader = Terminal(brief, columns=120, lines=40, folder=tmp_path)
    reader.wait_for("A text", "Another")
    reader.press("/iran")
    reader.wait_for("passages")
    reader.press("\rmo")
    reader.pass_time(0.3)
    reader.press("\x1b")
    reader.pass_time(0.1)
    reader.press("rj")
    reader.pass_time(0.5)
    reader.press("\x1b")
    reader.pass_time(0.1)
    reader.press("e")
    reader.pass_time(0.3)
    reader.press("\x11")
    assert reader.ended() == 0
    assert not watched.exists(), watched.read_text("utf-8")
    assert "brief_tui.corpus.extract.isolated" in (tmp_path / "started").read_text("utf-8")


def test_the_watch_sees_what_it_is_for(watched: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    assert (
        subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, check=False).returncode == 1
    )
    assert watched.exists()
