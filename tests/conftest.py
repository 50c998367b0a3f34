"""What every test shares: the seeds, and places of its own for what the program writes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("no clock", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("no clock")  # a busy machine fails no test; what CI tried can be tried again

ROOT = Path(__file__).parent.parent


@pytest.fixture
def seeds() -> Path:
    """The folder of the default brief."""
    return ROOT / "seeds"


@pytest.fixture(autouse=True)
def private_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the developer's own cache, store and settings out of every test."""
    places = tmp_path / "places"
    for name in ("CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"BRIEF_TUI_{name}_DIR", str(places / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return places


@dataclass(frozen=True)
class Ran:
    """What a command line did: its exit code, and what it wrote to standard output and error."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as the rows of a JSON array."""
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line in this process."""

    def call(*args: str | Path) -> Ran:
        from brief_tui.cli import run

        capsys.readouterr()
        code = run([str(arg) for arg in args])
        return Ran(code, *capsys.readouterr())

    return call
