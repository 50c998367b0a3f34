"""Exports of 100,000 highlights fit into little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from brief_tui.export import FORMATS

ROOT = Path(__file__).parents[2]
MOST = 100_000
"""Kilobytes that an export may take, Python and the store included: half of what is promised, since the brief
brief takes some too; all highlights at once would take more."""What an export of so many highlights takes; they are kept for the next where none are there."""
    run = subprocess.run(
        [sys.executable, "-c", MANY, str(kept), str(out), name, str(count)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


def test_a_thousand_highlights_are_written(tmp_path: Path) -> None:
    assert memory(tmp_path / "kept", tmp_path / "out", "markdown", 1_000) < MOST


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where 100,000 highlights are kept."""
    return tmp_path_factory.mktemp("many") / "kept"


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
def test_a_hundred_thousand_highlights_fit(tmp_path: Path, many: Path, name: str) -> None:
    assert memory(many, tmp_path / "out", name, 100_000) < MOST
