"""What Tab offers, asked as the shells' scripts ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Offer = Callable[..., list[str]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offer:
    """Gives what is offered after some words, the last of which is being typed."""

    def ask(*words: str) -> list[str]:
        from brief_tui.cli import run

        monkeypatch.setenv("_BRIEF_TUI_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", "\n".join(["brief-tui", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        assert run([]) == 0
        return capsys.readouterr().out.splitlines()

    return ask


def test_commands_and_paths_and_the_readers_options(offered: Offer) -> None:
    first = offered("")
    assert first[0] == "file,"
    assert {"plain,search", "plain,themes", "plain,completion"} < set(first)
    assert "plain,highlights" not in offered("s")
    assert "plain,search" not in offered("folder", "")
    assert offered("--fr")[1:] == ["plain,--fresh"]
    assert {"plain,--fresh", "plain,--recursive"} < set(offered("folder", "--"))
    assert "plain,--fresh" not in offered("search", "word", "--")


def test_what_the_brief_has(offered: Offer, tmp_path: Path) -> None:
    assert offered("themes", "--theme", "") == [
        f"plain,{theme}" for theme in ("trust_erosion", "asymmetry", "hedging_china")
    ]
    assert [each[:9] for each in offered("export", "--doc", "00")] == [f"plain,00{at}" for at in range(5)]
    assert offered("export", "--format", "bib") == ["plain,bibtex"]
    (tmp_path / "brief.toml").write_text('[[theme]]\nid = "grain"\nname = "Grain"\ncues = ["grain"]\n')
    for name in ("plain.txt", "es\x1b]0;cape.txt", "line\nbreak.txt"):
        (tmp_path / name).write_text("Grain.", encoding="utf-8")
    assert offered("themes", str(tmp_path), "--theme", "") == ["plain,grain"]
    assert offered("export", str(tmp_path), "--doc", "") == ["plain,plain"]


def test_what_cannot_be_read_offers_nothing(offered: Offer, tmp_path: Path) -> None:
    for brief in (str(tmp_path), str(tmp_path / "nowhere")):
        assert offered("themes", brief, "--theme", "") == [""]
        assert offered("export", brief, "--doc", "") == [""]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_its_shell_reads(shell: str, tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "brief_tui", "completion", shell], capture_output=True, text=True, check=True
    ).stdout
    assert f"_BRIEF_TUI_COMPLETE={shell}_complete" in made
    if shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(made)
        subprocess.run([shell, "-n", str(script)], check=True)


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which a shell finds the program."""
    program = tmp_path / "bin" / "brief-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m brief_tui "$@"\n')
    program.chmod(0o700)
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}


def test_fish_gets_whole_names_and_descriptions(installed: dict[str, str], tmp_path: Path) -> None:
    """Click's script for fish cuts them at their first comma."""
    brief = tmp_path / "brief"
    brief.mkdir()
    (brief / "rye, oats.txt").write_text("Grain.", encoding="utf-8")
    (brief / "brief.toml").write_text(
        '[[document]]\nfile = "rye, oats.txt"\ntitle = "Rye, oats, and wheat"\n', encoding="utf-8"
    )
    line = f"brief-tui export {brief} --doc ry"
    asked = installed | {"_BRIEF_TUI_COMPLETE": "fish_complete", "COMP_WORDS": line, "COMP_CWORD": "ry"}
    told = subprocess.run(["brief-tui"], env=asked, capture_output=True, text=True, check=True).stdout
    whole = "rye, oats\tRye, oats, and wheat\n"
    assert told == f"plain,{whole}"
    script = [sys.executable, "-m", "brief_tui", "completion", "fish"]
    made = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    assert 'string split --max 1 -- ","' in made
    if not shutil.which("fish"):
        return
    (tmp_path / "script").write_text(made)
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {tmp_path}/script; complete --do-complete '{line}'"],
        env=installed | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == whole


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_bash_completes_a_theme(installed: dict[str, str]) -> None:
    ask = """
    source <(brief-tui completion bash)
    COMP_WORDS=(brief-tui themes --theme hed); COMP_CWORD=3; COMP_LINE="${COMP_WORDS[*]}"
    _brief_tui_completion brief-tui
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", ask],
        env=installed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "hedging_china\n"
