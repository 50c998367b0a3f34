"""What every test shares: the seeds, and places of its own for what the program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

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
