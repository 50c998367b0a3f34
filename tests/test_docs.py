"""The documentation says what the program does: commands, options, keys, settings, examples, links."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from brief_tui.cli import main as program
from brief_tui.corpus.manifest import parse_manifest
from brief_tui.settings import TEMPLATE, Settings
from brief_tui.tui.actions import APP, READER, SELECTION, Action, shown_keys

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
GUIDE = README + "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))


def blocks(language: str, text: str = README) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[tuple[str, click.Command]]:
    yield from program.commands.items()


def test_two_commands_of_one_line_set_everything_up() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert re.match(
            r"python3 -m venv (\S+) && \1/bin/pip install -q -c constraints.txt \S+ && \1/bin/", line
        )
    assert lines[0].endswith("/bin/brief-tui")
    assert "pytest" in lines[1]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`(brief-tui )?{name}\b", README)


@pytest.mark.parametrize(
    "option",
    sorted(
        {
            name
            for command in (*program.commands.values(), program.reader)
            for option in command.params
            if isinstance(option, click.Option)
            for name in option.opts
        }
    ),
)
def test_every_option_is_documented(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", GUIDE)


@pytest.mark.parametrize(
    "action", [action for action in (*READER, *APP) if action.keys], ids=lambda action: action.id
)
def test_every_key_is_in_the_readme(action: Action) -> None:
    if re.fullmatch(r"theme\.[2-8]", action.id):
        pytest.skip("between 1 and 9")
    for key in shown_keys(action.keys).split():
        assert f"`{key}`" in README, f"{key} of {action.label!r}"


def test_every_key_of_selecting_is_in_the_readme() -> None:
    while_selecting = README[README.index("While selecting:") :].partition("\n\n")[0]
    for action in SELECTION:
        assert f"`{shown_keys(action.keys).split()[0]}`" in while_selecting, action.label


@pytest.mark.parametrize("script", ["reference.py", "manual.py"])
def test_the_reference_is_what_the_program_says(script: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / script))
    assert made["TARGET"].read_text(encoding="utf-8") == made["page"](), "run: python docs/reference.py"


@pytest.mark.parametrize("field", [field.name for field in msgspec.structs.fields(Settings)])
def test_every_setting_is_in_the_file_to_start_from(field: str) -> None:
    assert re.search(rf"^(# {field} = |\[{field}\])", TEMPLATE, re.MULTILINE)


def test_the_settings_file_to_start_from_says_the_defaults() -> None:
    spoken = re.sub(r"^# (?=\w+ = )", "", TEMPLATE, flags=re.MULTILINE)
    assert msgspec.toml.decode(spoken, type=Settings) == Settings()


def test_the_example_of_a_manifest_is_right() -> None:
    (toml,) = blocks("toml")
    manifest = parse_manifest(toml)
    assert [theme.id for theme in manifest.themes] == ["shortage"]
    assert [document.file for document in manifest.documents] == ["report.txt"]


def test_the_example_of_python_runs(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code.replace('"folder"', repr(str(seeds))), "README.md", "exec"), {})
    assert "“Can Russia truly protect Iran?”" in capsys.readouterr().out


def test_the_map_of_the_architecture_names_modules_that_are_there() -> None:
    source = ROOT / "src" / "brief_tui"
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("## The map") :].partition("\n## ")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    for where, what in rows:
        homes = [source / each for each in re.findall(r"`(\w+)/`", where)] or [source]
        for name in re.findall(r"`(\w+/?)`", where if homes == [source] else what):
            assert any(
                (home / name).is_dir() or (home / f"{name}.py").is_file() for home in [*homes, source]
            ), f"{name} of {where}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"`[^`\n]+`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http", "#", "mailto:")):
            assert (page.parent / target.partition("#")[0]).exists(), f"{target} in {page.name}"


@pytest.mark.parametrize(
    "picture", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda each: each.name
)
def test_every_picture_stands_alone(picture: Path) -> None:
    svg = picture.read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert not re.search(r"(href|src)\s*=|url\((?!#)", svg)
    assert not re.search(r"<text [^>]*>[^<]* [^<]*</text>", svg), "a blank that a viewer may swallow"
