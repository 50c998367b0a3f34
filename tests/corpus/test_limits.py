"""docs/limits.md says what the code holds to."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_tui import pruning, settings
from brief_tui.corpus import formats, long, manifest, schema
from brief_tui.corpus.extract import html, isolated, layout, package, pdf
from brief_tui.themes import imports

LIMITS = (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")
MB = 1024 * 1024


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        (f"| a document | {formats.SIZE_LIMIT // MB} MB |", formats.SIZE_LIMIT),
        (f"{layout.TEXT_LIMIT // 1_000_000} million characters", layout.TEXT_LIMIT),
        (f"| a passage | {long.LONGEST:,} characters |", long.LONGEST),
        (f"| `brief.toml` | {schema.SIZE_LIMIT // MB} MB |", schema.SIZE_LIMIT),
        (f"| what it holds | {schema.CODES_LIMIT:,} themes and topics", schema.CODES_LIMIT),
        (f", {schema.CUES_LIMIT:,} cues; aliases of", schema.CUES_LIMIT),
        (f" of {schema.NAMES_LIMIT:,} names, 100 of one thing", schema.NAMES_LIMIT),
        (f"100 elements within each other, {imports.LONGEST:,} characters of a", imports.LONGEST),
        (f"| the settings | {settings.SIZE_LIMIT // MB} MB |", settings.SIZE_LIMIT),
        (f"| {manifest.DEPTH_LIMIT} deep |", manifest.DEPTH_LIMIT),
        (f"| documents of a brief | {manifest.DOCUMENTS_LIMIT:,} |", manifest.DOCUMENTS_LIMIT),
        (f"| days without use | {pruning.DAYS} | removed |", pruning.DAYS),
        (f"| the cache as a whole | {pruning.SIZE_LIMIT // 1024 // MB} GB |", pruning.SIZE_LIMIT),
        (f"| processor time | {isolated.CPU_LIMIT} seconds |", isolated.CPU_LIMIT),
        (f"| time on the clock | {isolated.TIME_LIMIT} seconds |", isolated.TIME_LIMIT),
        (f"| memory | {isolated.MEMORY_LIMIT // 1024 // MB} GB", isolated.MEMORY_LIMIT),
        (f"| {package.ENTRIES_LIMIT:,} | refused as a zip bomb |", package.ENTRIES_LIMIT),
        (f"| {package.UNPACKED_LIMIT // MB} MB | refused as a zip bomb |", package.UNPACKED_LIMIT),
        (f"| {package.RATIO_LIMIT}, from 16 MB on |", package.RATIO_LIMIT),
        (f"| {html.ELEMENTS_LIMIT:,}, and {html.DEPTH_LIMIT} within each other |", html.ELEMENTS_LIMIT),
        (f"| pages of a PDF | {pdf.PAGES_LIMIT:,} |", pdf.PAGES_LIMIT),
    ],
)
def test_the_page_names_the_limit(words: str, limit: int) -> None:
    assert limit > 0
    assert words in LIMITS
