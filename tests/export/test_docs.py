"""The guide names every format."""

from __future__ import annotations

import re
from pathlib import Path

from brief_tui.export import FORMATS

GUIDE = Path(__file__).parents[2] / "docs" / "exports.md"


def test_each_format_has_its_part_of_the_guide() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\S+)$", text, re.MULTILINE)) == set(FORMATS)
