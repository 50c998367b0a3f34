"""Strings that have broken programs, in the reader: read, typed as a query, as a tag, as a note."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.strip import Strip
from textual.widgets import Input

from ..naughty import QUERIES, TEXTS
from .conftest import Opener, Settle


@pytest.mark.long
async def test_any_of_them_is_shown_typed_and_kept_and_no_row_is_longer_for_it(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    half = len(TEXTS) // 2
    for name, texts in (("a", TEXTS[:half]), ("b", TEXTS[half:])):
        text = "\n\n".join(f"{text} of trust" for text in texts)
        (folder / f"{name}.txt").write_text(f"Title {name}\n\n{text}\n", "utf-8", newline="")

    async with reader(folder, size=(100, 30)) as (app, pilot):

        def look() -> list[Strip]:
            rows = list(app.screen._compositor.render_strips())
            assert {strip.cell_length for strip in rows} == {100}
            return rows

        for _ in range(12):
            await pilot.press("space")
            for strip in look():
                assert cell_len(strip.text) == 100, strip.text
        await pilot.press("slash")
        line = app.screen.query_one(Input)
        for text in (*QUERIES, *TEXTS):
            line.value = text
            await pilot.pause()
            look()
        await settle(pilot)
        await pilot.press("escape", "escape", "g", "j")
        for text in TEXTS[::3]:
            if not text.strip():
                continue
            await pilot.press("m", "t")
            line = app.screen.query_one("#tag-filter", Input)
            line.value = text
            await pilot.pause()
            look()
            await pilot.press("tab")
            app.screen.query_one("#tag-note", Input).value = text
            await pilot.press("enter")
            await pilot.press("j")
        await settle(pilot)
        kept = app.workspace.marks.highlights()
        assert len(kept) > 5
        await pilot.press("H")
        await settle(pilot)
        look()
        assert app.is_running
