"""What may import what, and what a command loads: no more than it uses, each in a process of its own."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import brief_tui
from brief_tui.tui.relating import RELATED_ASKED
from brief_tui.workspace import Workspace

SHOW = """
import sys
from brief_tui.cli import run
code = run(sys.argv[1:])
sys.stderr.write("\\n".join(["", "LOADED", *sys.modules]))
raise SystemExit(code)
"""


MODULES = {f"brief_tui.{each.name}" for each in pkgutil.iter_modules(brief_tui.__path__)}
CONTRACTS = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]


def test_the_contracts_speak_of_every_module() -> None:
    layers, no_textual, no_whoosh = CONTRACTS
    assert set(re.findall(r"[\w.]+", " ".join(layers["layers"]))) == MODULES
    reader = {"brief_tui.__main__", "brief_tui.cli", "brief_tui.launch", "brief_tui.tui"}
    assert set(no_textual["source_modules"]) == MODULES - reader
    assert set(no_whoosh["source_modules"]) == MODULES - {"brief_tui.search"}


def loaded_by(*args: str) -> set[str]:
    """The top-level packages and our own modules that a command line loads."""
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *args], capture_output=True, text=True, encoding="utf-8", check=True
    )
    names = done.stderr.partition("\nLOADED\n")[2].splitlines()
    return {name if name.startswith("brief_tui") else name.partition(".")[0] for name in names}


@pytest.fixture
def output(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return str(tmp_path / "out")


@pytest.mark.parametrize(
    "args",
    [
        ("passages", "--json"),
        ("search", "alliance"),
        ("themes", "--json"),
        ("related", "003:19"),
        ("highlights",),
        ("highlight", "002:10-40"),
        ("index",),
        ("info",),
        ("config",),
        ("--help",),
    ],
)
def test_no_command_but_the_reader_loads_textual(args: tuple[str, ...]) -> None:
    assert not loaded_by(*args) & {"textual", "rich", "brief_tui.tui"}


@pytest.mark.parametrize("form", ["markdown", "html", "csv", "json", "jsonld", "qdpx", "bibtex"])
def test_no_export_loads_textual(form: str, output: str) -> None:
    assert not loaded_by("export", "--format", form, "-o", output) & {"textual", "rich", "brief_tui.tui"}


@pytest.mark.parametrize("args", [("passages",), ("highlights",), ("info",), ("config",)])
def test_what_asks_nothing_of_the_index_loads_no_whoosh(args: tuple[str, ...]) -> None:
    assert not loaded_by(*args) & {"whoosh", "brief_tui.search", "jinja2", "numpy", "wordllama"}


def test_passages_need_no_codebook_and_no_export() -> None:
    assert not loaded_by("passages") & {"brief_tui.themes.tagger", "brief_tui.export", "tomlkit"}


def test_the_package_itself_loads_nothing() -> None:
    before = "import sys; before = set(sys.modules); import brief_tui; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", before], capture_output=True, text=True, check=True)
    heavy = {"whoosh", "textual", "rich", "click", "msgspec", "sqlite3", "jinja2", "brief_tui.api", "asyncio"}
    assert not heavy & set(done.stdout.split())


SCREEN = """
import asyncio, sys
from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.workspace import Workspace

async def main():
    app = ReaderApp(Workspace.open(), Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        before = set(sys.modules)
        while not app.screen.elsewhere.related:
            await pilot.pause(0.01)
        print(*before)
        print(*sys.modules)

asyncio.run(main())
"""


def test_the_first_screen_of_a_brief_that_was_read_before_loads_little() -> None:
    workspace = Workspace.open()
    first = next(workspace.library.documents()).passages[0]
    workspace.coding.tags()
    workspace.relating.related(first, limit=RELATED_ASKED)
    workspace.close()
    done = subprocess.run([sys.executable, "-c", SCREEN], capture_output=True, text=True, check=True)
    text, complete = (set(line.split()) for line in done.stdout.splitlines())
    extras = {"wordllama", "pydantic", "requests", "huggingface_hub", "tokenizers", "numpy"}
    assert not complete & {*extras, "regex", "whoosh.index", "brief_tui.search.related", "jinja2", "tomlkit"}
    assert not text & {"tomllib", "brief_tui.tui.widgets.searchpanel", "textual.widgets._text_area"}
