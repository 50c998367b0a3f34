"""Search: as typed, narrowed, mended, remembered; Enter walks it, Esc puts everything back."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from brief_tui import indexing
from brief_tui.search.question import Question
from brief_tui.searching import Searching
from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.widgets.resultlines import Offer
from brief_tui.workspace import Workspace

from .conftest import Opener, Picture, Settle, on_screen, reading

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")


async def ask(pilot: Pilot[None], settle: Settle, query: str) -> None:
    """Open the search and type."""
    await pilot.press("slash", *query)
    await settle(pilot)


def places(app: ReaderApp) -> list[tuple[int, int]]:
    """The results in the list, in order."""
    found = [line.data for line in reading(app).search_panel.results.lines]
    return [cast("tuple[int, int]", data) for data in found if isinstance(data, tuple)]


def offers(app: ReaderApp) -> list[Offer]:
    """The searches that the list offers."""
    found = [line.data for line in reading(app).search_panel.results.lines]
    return [data for data in found if isinstance(data, Offer)]


# As it is typed


async def test_results_and_marks_follow_each_key(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        screen, seen = reading(app), []
        await pilot.press("slash")
        for key in "drone":
            await pilot.press(key)
            await settle(pilot)
            seen.append(len(places(app)))
        assert seen[-1] > 0 and len(set(seen)) > 1
        for (doc, _), spans in screen.painting.hits.items():
            text = screen.workspace.library.document(doc).text
            assert spans and all("drone" in text[s.start : s.end].lower() for s in spans)
        await pilot.press(*["backspace"] * 5)
        await settle(pilot)
        assert screen.painting.hits == {}


async def test_a_word_that_is_being_typed_finds_what_begins_so_and_enter_walks_it(
    reader: Opener, settle: Settle
) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "russia guar")
        shown = places(app)
        whole = reading(app).workspace.searching.results("russia guarant*", limit=None)
        assert len(shown) == whole.total > 0
        await pilot.press("enter")
        await settle(pilot)
        trail = reading(app).reading.trail
        assert trail is not None and trail.id == "russia guar*"
        assert set(trail.stops) <= set(shown)


async def test_what_is_on_the_screen_is_marked_before_anything_is_ranked(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, ranks = threading.Event(), threading.Event()
    plain = Question.results

    def held(self: Question, *args: Any, **kwargs: Any) -> Any:
        ranks.set()
        go_on.wait(10)
        return plain(self, *args, **kwargs)

    async with reader() as (app, pilot):
        screen = reading(app)
        monkeypatch.setattr(Question, "results", held)
        await pilot.press("slash", *"russia")
        while not ranks.is_set():
            await pilot.pause(0.01)
        await pilot.pause()
        assert screen.painting.hits
        shown = {(c.document.id, n) for c in screen.columns if c.document for n in c.view.passages()}
        assert set(screen.painting.hits) <= shown
        assert "…" in screen.search_panel.line.said
        go_on.set()
        await settle(pilot)
        assert len(screen.painting.hits) > len(shown)


async def test_an_older_question_is_dropped(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader() as (app, pilot):
        first, ranked = threading.Event(), []
        plain, asked = Question.results, Searching.question

        def question(self: Searching, query: str, **kwargs: Any) -> Question:
            if query == "t":
                first.wait(10)
            return asked(self, query, **kwargs)

        def results(self: Question, *args: Any, **kwargs: Any) -> Any:
            ranked.append(self.tree)
            return plain(self, *args, **kwargs)

        monkeypatch.setattr(Searching, "question", question)
        monkeypatch.setattr(Question, "results", results)
        await pilot.press("slash", "t")
        await pilot.press(*"reaty")
        while not places(app):
            await pilot.pause(0.01)
        before, began = places(app), len(ranked)
        first.set()
        await settle(pilot)
        assert places(app) == before and len(ranked) == began


async def test_the_first_results_come_at_once_and_counts_after(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, second = threading.Event(), threading.Event()
    plain = Question.results

    def held(self: Question, limit: int | None, **kwargs: Any) -> Any:
        if limit != 20:
            second.set()
            go_on.wait(10)
        return plain(self, limit, **kwargs)

    async with reader() as (app, pilot):
        await ask(pilot, settle, "russi")
        monkeypatch.setattr(Question, "results", held)
        await pilot.press("a")
        while not second.is_set():
            await pilot.pause(0.01)
        await pilot.pause()
        assert len(places(app)) == 20
        assert reading(app).search_panel.line.said == "… passages"
        assert "❶ Trust erosion …" in on_screen(app)
        go_on.set()
        await settle(pilot)
        assert len(places(app)) > 20
        total = len(reading(app).workspace.searching.results("russia", limit=None).keys)
        assert reading(app).search_panel.line.said == f"{total} passages"
        assert "…" not in on_screen(app).splitlines()[-3][-60:]


async def test_results_are_grouped_by_document_with_counts_and_sections(
    reader: Opener, settle: Settle
) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "treaty")
        documents = [at for at, _ in places(app)]
        groups = [at for i, at in enumerate(documents) if i == 0 or documents[i - 1] != at]
        assert len(groups) == len(set(groups)) > 1
        results = reading(app).workspace.searching.results("treaty", limit=None)
        text = on_screen(app)
        best = reading(app).workspace.library.place_of(results.hits[0].doc)
        assert groups[0] == best
        short = reading(app).workspace.library.document(results.hits[0].doc).short
        row = next(
            row
            for row in reversed(text.splitlines())
            if short in row and row.strip().startswith(str(best + 1))
        )
        assert row.rstrip().endswith(str(results.counts[results.hits[0].doc]))
        assert "Presidential Visits" in text


async def test_an_index_that_grows_is_asked_again(
    reader: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(f"Title {number}\n\nThe otter swam.\n", "utf-8")
    go_on, held = threading.Event(), threading.Event()

    def build(self: Workspace, progress: Any, cancelled: Any) -> None:
        def told(done: int, total: int) -> None:
            progress(done, total)
            if done > indexing.FIRST[0]:
                held.set()
                go_on.wait(10)

        with closing(Workspace.open([tmp_path])) as other:
            other.open_index(told)

    monkeypatch.setattr(indexing, "LARGE", 1)
    monkeypatch.setattr(Workspace, "_build_apart", build)
    workspace = Workspace.open([tmp_path])
    app = ReaderApp(workspace, Settings(glyphs="unicode", semantic=False), fresh=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = reading(app)
        await pilot.press("slash", *"otter")
        while not held.is_set() or "so far" not in screen.search_panel.line.said:
            await pilot.pause(0.02)
        assert screen.search_panel.line.said == "8 passages so far, in 8 of 12 documents"
        assert len(places(app)) == 8 and all(screen.painting.hits.values())
        await pilot.press("enter")
        while screen.search_panel.is_open:
            await pilot.pause(0.02)
        trail = screen.reading.trail
        assert trail is not None and len(trail.stops) == 8
        await pilot.press("slash", *"otter")
        go_on.set()
        await settle(pilot)
        assert screen.search_panel.line.said == "12 passages" and len(places(app)) == 12
        await pilot.press("escape")
        await settle(pilot)
        assert screen.reading.trail is not None
        assert len(screen.painting.hits) == len(screen.reading.trail.stops) == 12
    workspace.close()


# Facets


async def test_themes_and_the_document_narrow_the_results(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await ask(pilot, settle, "treaty")
        total = len(places(app))
        await pilot.press("down", "2")
        await settle(pilot)
        narrowed = places(app)
        assert 0 < len(narrowed) < total
        entries = screen.workspace.brief.entries
        assert all("asymmetry" in screen.painting.evidence[entries[at].id, n] for at, n in narrowed)
        assert f"[❷ Asymmetry {len(narrowed)}]" in on_screen(app)
        await pilot.press("d")
        await settle(pilot)
        assert len({at for at, _ in places(app)}) == 1
        await pilot.press("d", "2")
        await settle(pilot)
        assert len(places(app)) == total


async def test_facets_go_with_the_trail(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "treaty OR guarantee")
        await pilot.press("down", "2")
        await settle(pilot)
        narrowed = set(places(app))
        await pilot.press("enter")
        await settle(pilot)
        trail = reading(app).reading.trail
        assert trail is not None and trail.id == "(treaty OR guarantee) theme:asymmetry"
        assert set(trail.stops) <= narrowed
        assert reading(app).reading.place in narrowed
        assert not reading(app).search_panel.is_open


async def test_a_facet_can_be_clicked(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "treaty")
        total = len(places(app))
        line = reading(app).search_panel.line
        row = on_screen(app).splitlines()[line.region.y]
        await pilot.click(line, offset=(row.index("❷"), 0))
        await settle(pilot)
        assert 0 < len(places(app)) < total
        await pilot.click(line, offset=(on_screen(app).splitlines()[line.region.y].index("aliases"), 0))
        await settle(pilot)
        assert reading(app).search_panel.asked.aliases


async def test_aliases_are_off_until_they_are_switched_on(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await ask(pilot, settle, "moscow")
        assert "aliases off" in on_screen(app)
        alone = screen.search_panel.line.said
        await pilot.press("alt+a")
        await settle(pilot)
        assert "[aliases on]" in on_screen(app)
        assert screen.search_panel.line.said != alone
        await pilot.press("enter")
        await settle(pilot)
        trail = screen.reading.trail
        assert trail is not None
        with_aliases = screen.workspace.searching.results("moscow", limit=None, aliases=True)
        assert len(trail.stops) > len(screen.workspace.searching.results("moscow", limit=None).keys)
        assert set(screen.painting.hits) == with_aliases.keys
        await ask(pilot, settle, "moscow")
        assert "[aliases on]" in on_screen(app)


# Did you mean, wrong queries


@pytest.mark.parametrize("keys", [["tab"], ["down", "enter"]])
async def test_did_you_mean_is_taken(reader: Opener, settle: Settle, keys: list[str]) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await ask(pilot, settle, "gaurantees")
        assert places(app) == []
        assert "did you mean" in on_screen(app)
        await pilot.press(*keys)
        await settle(pilot)
        assert reading(app).search_panel.query_text.startswith("guarant")
        assert places(app)


async def test_nothing_found_is_said_on_enter(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "gaurantee")
        await pilot.press("enter")
        await settle(pilot)
        assert reading(app).search_panel.is_open
        assert "nothing found; Tab takes: guarantee" in on_screen(app)


async def test_a_wrong_query_is_pointed_at(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "  russia (iran OR treaty")
        assert places(app)
        await pilot.press("enter")
        await settle(pilot)
        panel = reading(app).search_panel
        assert panel.line.is_wrong and "bracket" in panel.line.said
        assert panel._input is not None and panel._input.cursor_position == len("  russia ")
        assert panel._input.has_focus
        await pilot.press("end", ")")
        await settle(pilot)
        assert not panel.line.is_wrong


@pytest.mark.parametrize(
    "query", ['"', "a AND", "(((", "theme:", "~", "NEAR/", "=", "kind:zzz", "^", "\u200f-"]
)
async def test_no_key_press_fails(reader: Opener, settle: Settle, query: str) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        await pilot.press("slash")
        panel = reading(app).search_panel
        for end in range(1, len(query) + 1):
            panel.take(query[:end])
            await settle(pilot)
            assert not panel.line.is_wrong
        await pilot.press("enter")
        await settle(pilot)
        assert panel.is_open


# History and saved searches


async def test_up_and_down_walk_the_history(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        panel = reading(app).search_panel
        for query in ("treaty", "drones"):
            await ask(pilot, settle, query)
            await pilot.press("enter")
            await settle(pilot)
        await ask(pilot, settle, "ira")
        seen = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            await settle(pilot)
            seen.append(panel.query_text)
        assert seen == ["drones", "treaty", "treaty", "drones", "ira"]
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("down")
        assert panel.results.has_focus
        await pilot.press("up")
        assert not panel.results.has_focus


async def test_searches_are_saved_listed_filtered_and_removed(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        panel = reading(app).search_panel
        await ask(pilot, settle, "treaty AND iran")
        await pilot.press("ctrl+s")
        await pilot.pause()
        app.screen.query_one("#prompt-line").value = "pacts"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await ask(pilot, settle, "")
        assert offers(app) == [
            Offer("treaty AND iran", "pacts", kept=True),
            Offer("treaty AND iran", kept=True),
        ]
        await pilot.press(*"pac")
        await settle(pilot)
        assert Offer("treaty AND iran", "pacts", kept=True) in offers(app)
        await pilot.press("tab", "g") if not panel.suggestion else await pilot.press("down", "g")
        await pilot.press("enter")
        await settle(pilot)
        assert panel.query_text == "treaty AND iran" and places(app)
        await pilot.press("ctrl+u")
        await settle(pilot)
        await pilot.press("down", "x")
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert offers(app) == []
        store = reading(app).workspace.marks.store.reading
        assert store.saved_searches() == {} and store.searches() == ()


# The screen behind


@SIZES
async def test_escape_puts_everything_back(reader: Opener, settle: Settle, size: tuple[int, int]) -> None:
    async with reader(size=size) as (app, pilot):
        screen = reading(app)
        await ask(pilot, settle, "drones")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("space", "tab", "j")
        await settle(pilot)
        screen.hints.say("")
        await pilot.pause(1)
        before, hits, place = on_screen(app), dict(screen.painting.hits), screen.reading.place
        await ask(pilot, settle, "treaty")
        await pilot.press("down", "j", "j", "j", "j", "j", "2")
        await settle(pilot)
        assert screen.painting.hits != hits and screen.reading.place != place
        await pilot.press("escape")
        await settle(pilot)
        await pilot.pause(0.05)
        assert on_screen(app) == before
        assert screen.painting.hits == hits
        assert screen.reading.place == place
        assert screen.reading.trail is not None and screen.reading.trail.id == "drones"


@SIZES
async def test_the_page_stays_readable(reader: Opener, settle: Settle, size: tuple[int, int]) -> None:
    async with reader(size=size) as (app, pilot):
        await ask(pilot, settle, "russia")
        screen = reading(app)
        assert screen.search_panel.results.size.height <= size[1] * 0.4
        assert screen.column is not None and screen.column.body_height >= 10


async def test_a_search_trail_is_taken_up_again(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await ask(pilot, settle, "treaty")
        await pilot.press("enter")
        await settle(pilot)
        trail = reading(app).reading.trail
        await pilot.press("q")
    async with reader() as (app, pilot):
        assert reading(app).reading.trail == trail
        assert reading(app).painting.hits


@SIZES
async def test_picture_of_results(
    reader: Opener, settle: Settle, picture: Picture, size: tuple[int, int]
) -> None:
    async with reader(size=size) as (app, pilot):
        await ask(pilot, settle, "guarantee* OR treaty")
        await pilot.press("down", "j", "2")
        await settle(pilot)
        picture(app)


@SIZES
async def test_picture_of_an_empty_search(
    reader: Opener, settle: Settle, picture: Picture, size: tuple[int, int]
) -> None:
    async with reader(size=size) as (app, pilot):
        store = reading(app).workspace.marks.store.reading
        store.add_search("mediat*")
        store.save_search("pacts", '"mutual defen?e" OR treaty')
        await ask(pilot, settle, "")
        picture(app)
