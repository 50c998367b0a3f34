"""Elsewhere while answers take long: it says so, shows what is known so far, and only the latest answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from brief_tui.children import Cancelled
from brief_tui.corpus.model import Passage
from brief_tui.search.answers import RelatedHit
from brief_tui.tui import relating

from .conftest import Opener, Settle, on_screen, reading

Hits = tuple[RelatedHit, ...]


class Slow:
    """Answers as the workspace does, but each step only once the test allows it."""

    def __init__(self, plain: Callable[..., Hits]) -> None:
        self._plain = plain
        self.began = threading.Event()
        self.may_tell, self.told = threading.Event(), threading.Event()
        self.may_end, self.ended = threading.Event(), threading.Event()
        self.was_wanted: bool | None = None

    def related(
        self, passage: Passage, *, limit: int, so_far: Callable[[Hits], object], wanted: Callable[[], bool]
    ) -> Hits:
        if self.began.is_set():  # the newer question
            return self._plain(passage, limit=limit)
        self.began.set()
        found = self._plain(passage, limit=limit)
        assert self.may_tell.wait(10)
        so_far(found)
        self.told.set()
        assert self.may_end.wait(10)
        self.was_wanted = wanted()
        self.ended.set()
        if not self.was_wanted:
            raise Cancelled
        return found


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came to be")


async def test_a_newer_question_supersedes_one_that_takes_long(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relating, "_SAY_AFTER", 0.01)
    async with reader() as (app, pilot):
        screen = reading(app)
        slow = Slow(screen.workspace.relating.related)
        monkeypatch.setattr(screen.workspace.relating, "related", slow.related)
        await pilot.press("j")
        await until(pilot, lambda: screen.elsewhere.state == "comparing all passages…")
        assert not screen.elsewhere.related
        slow.may_tell.set()
        await until(pilot, lambda: bool(screen.elsewhere.related))
        early = [each.place for each in screen.elsewhere.related]
        assert "still comparing…" in on_screen(app)
        await pilot.press("j")
        await until(pilot, lambda: [each.place for each in screen.elsewhere.related] != early)
        late = [each.place for each in screen.elsewhere.related]
        assert "comparing" not in on_screen(app)
        slow.may_end.set()
        assert slow.ended.wait(10)
        await settle(pilot)
        assert slow.was_wanted is False
        assert [each.place for each in screen.elsewhere.related] == late


async def test_what_was_still_compared_is_there_in_the_end(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        slow = Slow(screen.workspace.relating.related)
        monkeypatch.setattr(screen.workspace.relating, "related", slow.related)
        slow.may_tell.set()
        await pilot.press("j")
        await until(pilot, lambda: "still comparing…" in on_screen(app))
        slow.may_end.set()
        await settle(pilot)
        assert slow.was_wanted
        assert screen.elsewhere.related
        assert "comparing" not in on_screen(app)
