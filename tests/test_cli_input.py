"""Bad and hostile input through the command line: one clear line, exit 2, and no control of the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

HOSTILE = (
    "\x1b]0;owned\x07 \x1b[2J \x1b]52;c;cm0gLXJm\x07 \x9b31m \x90q\x9c \x1bc \x08\x08 \x7f "
    "[bold red]markup[/] [@click=app.quit]x[/] \u202egnp.exe\u202c \u2066x\u2069 \u200b \U000e0041"
)
COMMANDING = [*map(chr, range(0x20)), "\x7f", *map(chr, range(0x80, 0xA0)), "\u202e", "\u2066", "\U000e0041"]


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A folder with one good document."""
    folder = tmp_path / "brief"
    folder.mkdir()
    (folder / "good.txt").write_text("Some good words here.\n", encoding="utf-8")
    return folder


def assert_refused(done: Any, *words: str) -> None:
    assert done.code == 2
    assert done.out in {"", "[]\n"}
    assert done.err.startswith("brief-tui: ")
    assert done.err.count("\n") == 1
    for word in words:
        assert word in done.err


def test_a_path_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    for args in (("passages", tmp_path / "nowhere", "--json"), (tmp_path / "nowhere",)):
        assert_refused(cli(*args), "nowhere", "check the path")


@pytest.mark.parametrize("command", ["import", "restore"])
def test_what_is_no_plain_file_is_refused_and_not_waited_for(
    cli: Cli, brief: Path, tmp_path: Path, command: str
) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for name in ("/dev/null", "/dev/zero", tmp_path, pipe):
        assert_refused(cli(command, name, brief), str(name), "not a plain file")
    assert_refused(cli(command, tmp_path / "nowhere", brief), "nowhere", "No such file")


def test_an_empty_folder(cli: Cli, tmp_path: Path) -> None:
    assert_refused(cli("passages", tmp_path, "--json"), "holds no document", ".txt")


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "empty"), (b" \n\t\n", "empty"), (bytes(range(256)) * 9, "binary"), (b"%PDF-1.7\n\0", "binary")],
)
def test_one_bad_file_is_an_error_alone_and_a_notice_among_others(
    cli: Cli, brief: Path, content: bytes, word: str
) -> None:
    bad = brief / "bad.txt"
    bad.write_bytes(content)
    assert_refused(cli("passages", bad, "--json"), "bad.txt", word)
    for args in (("passages",), ("search", "good"), ("themes",)):
        done = cli(*args, brief, "--json")
        assert done.code == 0
        assert "bad.txt" in done.err
        assert word in done.err
        if args[0] != "themes":
            assert [row["doc"] for row in done.rows] == ["good"]


def test_a_file_above_the_limit(cli: Cli, brief: Path) -> None:
    with (brief / "huge.txt").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert_refused(cli("passages", brief / "huge.txt", "--json"), "64 MB")
    done = cli("passages", brief, "--json")
    assert (done.code, len(done.rows)) == (0, 1)


def test_bytes_that_are_no_utf_8_are_read_and_said(cli: Cli, brief: Path) -> None:
    (brief / "old.txt").write_bytes("Ein schöner Satz über große Bäume und süße Früchte.".encode("latin-1"))
    (brief / "cut.txt").write_bytes("naïve café “quoted” — déjà vu".encode()[:-1] + b"\xc3")
    done = cli("passages", brief, "--json")
    texts = {row["doc"]: row["text"] for row in done.rows}
    assert texts["old"] == "Ein schöner Satz über große Bäume und süße Früchte."
    assert texts["cut"].startswith("naïve café “quoted” — déjà v")


def test_loops_pipes_and_links_that_leave_the_folder(cli: Cli, brief: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not yours", encoding="utf-8")
    (brief / "loop").symlink_to(brief)
    (brief / "itself.txt").symlink_to(brief / "itself.txt")
    (brief / "out.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(brief / "pipe.txt")
    done = cli("passages", brief, "--recursive", "--json")
    assert done.code == 0
    assert [row["doc"] for row in done.rows] == ["good"]
    for name in ("itself.txt", "out.txt", "pipe.txt"):
        assert name in done.err


def test_a_file_that_may_not_be_read(brief: Path) -> None:
    command = [sys.executable, "-m", "brief_tui", "passages", str(brief), "--json"]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads everything")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    locked = brief / "locked.txt"
    locked.write_text("locked words", encoding="utf-8")
    locked.chmod(0)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if os.geteuid() == 0 and "setpriv:" in done.stderr:
        pytest.skip("root reads everything")
    assert done.returncode == 0
    assert "good" in done.stdout
    assert done.stderr == "brief-tui: locked.txt cannot be read: Permission denied.\n"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("title = 3", ("title",)),
        ("colour = 'x'", ("colour",)),
        ("[[document]]\nfil = 'good.txt'", ("fil", "document 1")),
        ("[[theme]]\nid = 'a'\nname = 'A'\ncues = [{ q = 'x', weight = 'heavy' }]", ("weight",)),
        ("title = 'unclosed", ("brief.toml",)),
        ("\udcff", ("brief.toml",)),
    ],
)
def test_a_wrong_manifest_names_the_field(cli: Cli, brief: Path, toml: str, words: tuple[str, ...]) -> None:
    (brief / "brief.toml").write_bytes(toml.encode("utf-8", "surrogateescape"))
    for args in (("passages",), ("search", "x"), ("info",), ()):
        assert_refused(cli(*args, brief), *words)


@pytest.mark.parametrize(
    "query", ['"open', "a (b", "a NEAR/x b", "OR", "theme:", "nofield:x AND", "-", ")", "a^^"]
)
def test_a_query_that_does_not_parse_points_at_the_place(cli: Cli, brief: Path, query: str) -> None:
    done = (
        cli("search", query, brief, "--json")
        if not query.startswith("-")
        else cli("search", "--json", "--", query, brief)
    )
    if done.code == 2:
        assert_refused(done, "character")
    else:
        assert done.code in {0, 1}


def hostile_brief(folder: Path) -> Path:
    folder.mkdir()
    # A slash and a NUL cannot stand in a name; everything else can.
    name = HOSTILE.replace("/", "")[:80] + ".txt"
    (folder / name).write_text(f"# {HOSTILE}\n\nThe word alpha. {HOSTILE}\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"The word alpha again, {HOSTILE}.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ("passages",),
        ("passages", "--json"),
        ("search", "alpha"),
        ("search", "alpha", "--json"),
        ("themes",),
        ("related", "b:1"),
        ("related", "b:1", "--json"),
        ("highlights",),
        ("highlights", "--json"),
        ("info",),
        ("export", "-o", "-", "--format", "markdown"),
        ("export", "-o", "-", "--format", "json"),
        ("export", "-o", "-", "--format", "csv"),
    ],
)
def test_nothing_commands_a_terminal(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    folder = hostile_brief(tmp_path / "hostile")
    cli("highlight", "b:0-20", folder, "--tag", HOSTILE, "--note", HOSTILE)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    done = cli(*args, folder)
    assert done.code in {0, 1}
    printed = (done.out + done.err).replace("\n", "")
    assert not [char for char in COMMANDING if char in printed]


@pytest.mark.parametrize("door", ["query", "path", "option", "place", "theme", "format"])
def test_what_was_typed_comes_back_harmless(cli: Cli, brief: Path, door: str) -> None:
    args: dict[str, tuple[str | Path, ...]] = {
        "query": ("search", f'"{HOSTILE}', brief),
        "path": ("passages", f"/{HOSTILE}"),
        "option": ("passages", f"--{HOSTILE}"),
        "place": ("related", HOSTILE, brief),
        "theme": ("themes", "--theme", HOSTILE, brief),
        "format": ("export", "--format", HOSTILE, brief),
    }
    done = cli(*args[door])
    assert_refused(done)
    assert not [char for char in COMMANDING if char in done.err.removesuffix("\n")]


def test_names_that_are_no_utf_8(brief: Path) -> None:
    (brief / os.fsdecode(b"caf\xe9.txt")).write_text("Words of a file with an odd name.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "brief_tui", "passages", str(brief), "--json"], capture_output=True, check=True
    )
    assert b"Words of a file" in done.stdout
    gone = subprocess.run(
        [sys.executable, "-m", "brief_tui", "passages", b"/caf\xe9"], capture_output=True, check=False
    )
    assert gone.returncode == 2
    assert gone.stderr.count(b"\n") == 1
    gone.stderr.decode("utf-8")
