"""Very many highlights: what reads all of them stands beside the keys, and says the same as a plain walk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Static

from brief_tui.children import Cancelled
from brief_tui.corpus.model import Span
from brief_tui.export.registry import FORMATS
from brief_tui.export.request import Scope
from brief_tui.highlights.model import Highlight
from brief_tui.highlights.store import Store
from brief_tui.tui import marking
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.exporting import Chosen, Part, preview
from brief_tui.tui.overlaps import Overlaps
from brief_tui.tui.screens import highlights
from brief_tui.tui.screens.highlights import HighlightsScreen
from brief_tui.tui.screens.reader import ReaderScreen
from brief_tui.workspace import Workspace

from .conftest import Opener, Settle, reading
from .test_marks import brief
from .test_reader import rows


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one highlight be very many."""
    for module in (marking, highlights):
        monkeypatch.setattr(module, "FEW", 0)


def title(app: ReaderApp) -> str:
    """The first line of the list of highlights."""
    return str(app.screen.query_one(".screen--title", Static).content)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), max_size=12),
    st.integers(0, 40),
    st.integers(1, 9),
)
def test_overlaps_are_those_that_share_something(
    found: list[tuple[int, int]], start: int, length: int
) -> None:
    spans = [Span(at, at + size) for at, size in sorted(found)]
    wanted = Span(start, start + length)
    assert Overlaps(spans).of(wanted) == [span for span in spans if span.overlaps(wanted)]


async def test_the_list_is_left_while_it_is_being_read(
    reader: Opener, settle: Settle, tmp_path: Path, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(brief(tmp_path / "brief"), size=(80, 24)) as (app, pilot):
        await pilot.press("j", "m", "j", "m")
        await settle(pilot)
        go_on, plain = threading.Event(), Store._stream

        def slow(self: Store, doc: str | None) -> Iterator[Highlight]:
            assert go_on.wait(20)
            yield from plain(self, doc)

        with monkeypatch.context() as patched:
            patched.setattr(Store, "_stream", slow)
            await pilot.press("H", "j", "d", "t", "slash", "x")
            assert isinstance(app.screen, HighlightsScreen)
            assert "reading 0 of 2" in title(app)
            await pilot.press("escape", "escape")
            assert isinstance(app.screen, ReaderScreen)
            go_on.set()
            await settle(pilot)
        assert len(reading(app).workspace.marks.highlights()) == 2
        await pilot.press("H")
        await settle(pilot)
        assert title(app).strip() == "Highlights  2"


async def test_very_many_are_filtered_changed_and_painted_like_a_few(
    reader: Opener, settle: Settle, tmp_path: Path, many: None
) -> None:
    async with reader(brief(tmp_path / "brief"), size=(80, 24)) as (app, pilot):
        marks = reading(app).workspace.marks
        await pilot.press("j", "m", "j", "m")
        await settle(pilot)
        assert "▎" in rows(app) and "2 highlights" in rows(app)
        await pilot.press("t", *"turning", "enter", "enter")
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        await pilot.press("slash", *"turn")
        assert title(app).strip() == "Highlights  1 of 2"
        await pilot.press("enter", "t", *"point", "enter", "enter")
        assert marks.highlights()[1].tags == ("turning", "point")
        assert "turning, point" in rows(app)
        await pilot.press("d")
        assert title(app).strip() == "Highlights  0 of 1"
        await pilot.press("u")
        assert title(app).strip() == "Highlights  1 of 2"
        await pilot.press("escape", "g")
        assert title(app).strip() == "Highlights  2"
        await pilot.press("a", *"late", "ctrl+s")
        assert marks.highlights()[0].note == "late" and "late" in rows(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("u", "u", "u", "u")
        await settle(pilot)
        assert "1 highlight" in rows(app)


async def test_what_another_window_did_is_taken_in_with_the_next_change(
    reader: Opener, settle: Settle, tmp_path: Path
) -> None:
    folder = brief(tmp_path / "brief")
    async with reader(folder, size=(80, 24)) as (app, pilot):
        await pilot.press("j", "m", "j", "m", "H")
        other = Workspace.open([folder])
        other.marks.store.remove(other.marks.highlights()[0].id)
        other.close()
        await pilot.press("d")  # it is gone already
        assert "No highlight has an id" in " ".join(each.message for each in app._notifications)
        app.clear_notifications()
        assert title(app).strip() == "Highlights  1"
        await pilot.press("u", "d")
        assert title(app).strip() == "Highlights  0"


def test_a_preview_that_nobody_waits_for_ends_among_highlights_that_it_does_not_show(tmp_path: Path) -> None:
    workspace = Workspace.open([brief(tmp_path / "brief")])
    document = workspace.library.document("one.txt")
    for passage in document.passages:
        workspace.marks.highlight("one.txt", passage.span)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    chosen = Chosen(Scope.HIGHLIGHTS, Part("the whole brief"), "nothing holds this", FORMATS["csv"])
    request = workspace.export_request()
    assert preview(request, chosen, lambda: False)[1] == 0
    with pytest.raises(Cancelled):
        preview(request, chosen, cancelled)
    workspace.close()
