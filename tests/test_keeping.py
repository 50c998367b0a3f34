"""Notes on whole documents and on the brief, backup and restore, from the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from .conftest import Cli


def test_notes_are_kept_listed_exported_and_removed(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("note", "All five agree.\nNearly.").out == "kept the note on the brief\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Späť \udcff".encode(errors="replace"))))
    assert cli("note", "-", "--doc", "003").code == 0
    assert cli("notes", "--json").rows == [
        {"doc": None, "note": "All five agree.\nNearly."},
        {"doc": "003_13078e460e3ef369", "note": "Späť ?"},
    ]
    assert cli("notes").out.startswith("the brief\n  All five agree.\n  Nearly.\n")
    exported = cli("export", "-o", "-").out
    assert exported.index("All five agree") < exported.index("Späť")
    assert "no note" in cli("note", " ").out
    assert [row["doc"] for row in cli("notes", "--json").rows] == ["003_13078e460e3ef369"]
    assert cli("note", "x", "--doc", "nope").code == 2


def test_a_backup_and_its_restore_are_one_command_each(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("highlight", "002:10-40", "--tag", "x")
    cli("note", "All in all")
    kept = cli("highlights", "--json").rows
    file = tmp_path / "kept.sqlite3"
    assert "1 highlight and 1 note" in cli("backup", file).err
    refused = cli("backup", file)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    refused = cli("restore", file)
    assert refused.code == 2
    assert "--force" in refused.err
    cli("unhighlight", kept[0]["id"])
    assert cli("restore", file, "--force").code == 0
    assert cli("highlights", "--json").rows == kept
    monkeypatch.setenv("BRIEF_TUI_DATA_DIR", str(tmp_path / "another"))
    assert "restored 1 highlight and 1 note" in cli("restore", file).err
    assert cli("highlights", "--json").rows == kept
    brief = tmp_path / "brief"
    brief.mkdir()
    (brief / "other.txt").write_text("Other words.\n", encoding="utf-8")
    assert "another one?" in cli("restore", file, brief).err


def test_an_export_is_filtered_and_says_on_a_terminal_how_far_it_is(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("highlight", "002:10-40", "--tag", "x", "--note", "about grain")
    cli("highlight", "003:10-40")
    exported = json.loads(cli("export", "--filter", "GRAIN x", "--format", "json", "-o", "-").out)
    assert [each["note"] for each in exported["highlights"]] == ["about grain"]
    monkeypatch.setattr("brief_tui.commands.exporting._LONG", 2)
    assert "exporting" not in cli("export", "-o", tmp_path / "one.md").err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown = cli("export", "-o", tmp_path / "two.md").err
    assert "exporting" in shown and "100%" in shown
    assert "exporting" not in cli("export", "--filter", "grain", "-o", tmp_path / "three.md").err
