"""A long session leaves memory and the store as they should be; the benchmark runs it at full length."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import long_use


@pytest.mark.long
async def test_memory_stays_and_the_store_holds_what_was_shown(tmp_path: Path) -> None:
    first, last = await long_use.run(300, 3, tmp_path, told=lambda _: None)
    assert last < first * 1.5  # half of so short a session still fills what is meant to be filled
