"""The settings file: typed, with errors that name the field, and private."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from brief_tui.errors import BriefError, ManifestError
from brief_tui.settings import Settings, make_private, places, read_settings, write_template


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_the_template_says_every_setting_and_changes_none() -> None:
    path = places().settings
    write_template(path)
    assert read_settings(path) == Settings()
    text = path.read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Settings):
        assert field.name in text
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(BriefError, match="there already"):
        write_template(path)


def test_every_value_of_the_template_is_the_default(tmp_path: Path) -> None:
    path = places().settings
    write_template(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    active = [line[2:] if line.startswith("# ") and " = " in line else line for line in lines]
    told = tmp_path / "told.toml"
    told.write_text("\n".join(active), encoding="utf-8")
    assert read_settings(told) == Settings(keys={"trail.next": "n"})


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("text_width = 'wide'", "text_width"),
        ("text_width = 3", "text_width"),
        ("glyphs = 'emoji'", "glyphs"),
        ("colour = 'red'", "colour"),
        ("[keys]\n'trail.next' = 5", "keys"),
        ("theme = ", "settings.toml"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, text: str, field: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=field):
        read_settings(path)


@pytest.mark.parametrize(
    "text", ["text_width = " + "9" * 5000, "theme = " + "[" * 2000, "keys." + "a." * 3000 + "a = 1"]
)
def test_what_overruns_python_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(ManifestError, match="move it away"):
        read_settings(tmp_path / "settings.toml")


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    for path in (tmp_path / "settings.toml", Path("/dev/zero"), tmp_path):
        with pytest.raises(ManifestError, match="not a plain file"):
            read_settings(path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00theme")
    with pytest.raises(ManifestError):
        read_settings(path)


def test_private_folders_are_private_whatever_they_were(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True, mode=0o755)
    assert make_private(folder).stat().st_mode & 0o777 == 0o700


def test_a_place_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BriefError, match="cannot be made"):
        make_private(tmp_path / "file" / "folder")
