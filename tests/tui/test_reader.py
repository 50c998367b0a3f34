"""The reading screen: every key of the reader does what help says, on the real five documents."""

from __future__ import annotations

import itertools
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual import events
from textual.screen import Screen

from brief_tui.corpus.model import Kind
from brief_tui.tui import moving, opening
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.widgets.searchpanel import SearchPanel

from .conftest import Opener, Settle, reading, said

SELF_EXPLAINING = {"ReaderScreen", "HelpScreen", "AskScreen", "PromptScreen"}
"""Screens whose keys help tells elsewhere, or that say all of them themselves."""


def row(app: ReaderApp, y: int) -> str:
    """A row of the screen as text."""
    screen = app.screen
    strips = screen._compositor.render_strips()
    return strips[y].text


def rows(app: ReaderApp) -> str:
    """The whole screen as text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 2), ((120, 40), 3), ((200, 50), 5), ((56, 24), 1)])
async def test_as_many_columns_as_fit(reader: Opener, size: tuple[int, int], columns: int) -> None:
    async with reader(size=size) as (app, _):
        assert len(list(reading(app).columns)) == columns
        shown = f"1–{columns} of 5" if columns > 1 else "1 of 5"
        assert (shown in row(app, 0)) == (columns < 5)


async def test_every_document_is_reachable_with_tab(reader: Opener, settle: Settle) -> None:
    async with reader(size=(80, 24)) as (app, pilot):
        seen = []
        for _ in range(5):
            screen = reading(app)
            assert screen.column is not None and screen.column.document is not None
            seen.append(screen.column.document.short)
            assert screen.column.document.short[:12] in row(app, 1)
            await pilot.press("tab")
        assert len(set(seen)) == 5
        await pilot.press("shift+tab", "h", "left")
        assert reading(app).reading.active == 2


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_passage_down_and_up(reader: Opener, down: str, up: str) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press(down, down)
        assert reading(app).reading.place == (0, 2)
        await pilot.press(up)
        assert reading(app).reading.place == (0, 1)


async def test_a_passage_longer_than_the_screen_is_read_to_its_end_first(reader: Opener) -> None:
    async with reader(size=(60, 14)) as (app, pilot):
        screen = reading(app)
        before = screen.reading.place
        column = screen.column
        assert column is not None
        top = column.view.anchor()
        await pilot.press("j")
        assert screen.reading.place == before
        assert column.view.anchor() > top


@pytest.mark.parametrize(("down", "up"), [("space", "b"), ("pagedown", "pageup")])
async def test_pages(reader: Opener, down: str, up: str) -> None:
    async with reader(size=(120, 40)) as (app, pilot):
        column = reading(app).column
        assert column is not None
        await pilot.press(down)
        page = column.view.anchor()
        assert page > 0
        await pilot.press(up)
        assert column.view.anchor() == 0


async def test_bottom_and_top_and_back(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        assert screen.column is not None and screen.column.document is not None
        await pilot.press("G")
        assert screen.reading.place[1] == len(screen.column.document.passages) - 1
        assert "outcomes." in rows(app)
        await pilot.press("g")
        assert screen.reading.place == (0, 0)
        await pilot.press("backspace")
        assert screen.reading.place[1] == len(screen.column.document.passages) - 1
        await pilot.press("right_square_bracket")
        assert screen.reading.place == (0, 0)


async def test_columns_zoom_and_width(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        columns = reading(app).columns
        await pilot.press("minus", "minus")
        assert len(columns.shown) == 3
        await pilot.press("plus")
        assert len(columns.shown) == 4
        await pilot.press("equals_sign")
        assert len(columns.shown) == 5
        await pilot.press("tab", "z")
        assert columns.shown == range(1, 2)
        width = columns.text_width
        await pilot.press("w")
        assert columns.text_width != width
        await pilot.press("z")
        assert len(columns.shown) == 5


async def test_a_theme_is_walked_across_documents_and_around(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.press("2")
        trail = screen.reading.trail
        assert trail is not None and trail.id == "asymmetry" and trail.stops
        visited = [screen.reading.place]
        for _ in trail.stops:
            await pilot.press("n")
            visited.append(screen.reading.place)
        assert set(visited) == set(trail.stops)
        assert len({at for at, _ in trail.stops}) > 2
        assert f"/{len(trail.stops)}" in row(app, 0)
        at = trail.stops.index(screen.reading.place)
        await pilot.press("N")
        assert screen.reading.place == trail.stops[at - 1]


async def test_a_trail_says_when_it_wraps(reader: Opener) -> None:
    async with reader() as (app, pilot):
        await pilot.press("3")
        trail = reading(app).reading.trail
        assert trail is not None
        moving.go(reading(app), trail.stops[-1])
        await pilot.press("n")
        assert "around" in said(app)
        assert reading(app).reading.place == trail.stops[0]


async def test_stops_are_prose_and_a_pull_quote_counts_with_its_twin(reader: Opener) -> None:
    async with reader() as (app, pilot):
        await pilot.press("0")
        screen = reading(app)
        trail = screen.reading.trail
        assert trail is not None
        for at, number in trail.stops:
            document = opening.document_at(screen, at)
            assert document is not None
            passage = document.passages[number]
            assert passage.kind in {Kind.BODY, Kind.BULLET, Kind.PULLQUOTE}
            assert passage.kind is not Kind.PULLQUOTE or passage.twin is None


async def test_evidence_is_underlined_for_the_active_trail_only(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):

        def underlined() -> str:
            strips = app.screen._compositor.render_strips()
            return "".join(s.text for strip in strips[3:30] for s in strip if s.style and s.style.underline)

        before = underlined()
        await pilot.press("1")
        assert len(underlined()) > len(before)


async def test_filter_shows_only_the_trail(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        await pilot.press("f")
        assert "no trail" in said(app)
        await pilot.press("3", "f")
        screen = reading(app)
        column = screen.columns.column(0)
        assert column is not None and column.document is not None and column.view.flow is not None
        shown = [column.document.passages[item.first] for item in column.view.flow.items]
        assert all(p.kind is Kind.HEADING or p.key in screen.painting.stops for p in shown)
        whole = len(column.document.passages)
        assert 0 < len(shown) < whole
        assert "only the trail (f)" in row(app, 0)
        await pilot.press("f")
        assert len(column.view.flow.items) >= whole - 1
        assert "only the trail" not in row(app, 0)


async def test_search_marks_as_you_type_and_escape_puts_everything_back(
    reader: Opener, settle: Settle
) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        before = rows(app)
        await pilot.press("slash", *"drones")
        await settle(pilot)
        panel = screen.query_one(SearchPanel)
        assert panel.has_class("-open")
        assert len(screen.painting.hits) == len([line for line in panel.results.lines if line.data])
        for (doc, _), spans in screen.painting.hits.items():
            text = screen.workspace.library.document(doc).text
            assert spans and all("drone" in text[s.start : s.end].lower() for s in spans)
        await pilot.press("down", "j")
        assert screen.reading.place != (0, 0)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.painting.hits == {}
        assert screen.reading.place == (0, 0)
        assert rows(app) == before


async def test_enter_makes_the_search_the_trail(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        await pilot.press("slash", *'"mutual defen?e"')
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        screen = reading(app)
        trail = screen.reading.trail
        assert trail is not None and trail.kind == "search"
        assert screen.reading.place in trail.stops
        first = screen.reading.place
        await pilot.press("n")
        assert screen.reading.place in trail.stops and screen.reading.place != first


async def test_a_half_typed_query_never_errors_and_a_wrong_one_is_explained(
    reader: Opener, settle: Settle
) -> None:
    async with reader() as (app, pilot):
        await pilot.press("slash", *'"mutual AND (drones')
        await settle(pilot)
        panel = reading(app).query_one(SearchPanel)
        await pilot.press("enter")
        await settle(pilot)
        assert panel.has_class("-open")
        assert panel.line.is_wrong and "quot" in panel.line.said.lower()


async def test_related_follows_the_cursor_and_enter_goes_there(reader: Opener, settle: Settle) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        first = list(screen.elsewhere.related)
        assert first and all(each.place[0] != 0 for each in first)
        await pilot.press("j", "j")
        await settle(pilot)
        second = list(screen.elsewhere.related)
        assert [each.place for each in second] != [each.place for each in first]
        await pilot.press("r", "j", "enter")
        assert screen.reading.place == second[1].place
        await pilot.press("backspace")
        assert screen.reading.place == (0, 2)


async def test_enter_in_the_minimap_goes_there_and_escape_comes_back(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        column = screen.column
        assert column is not None and column.document is not None
        await pilot.press("M", *"jjjjjjjjjj", "escape")
        assert screen.reading.place == (0, 0)
        assert column.view.anchor() == 0
        await pilot.press("M", *"jjjjjjjjjj", "enter")
        share = column.document.passages[screen.reading.place[1]].start / len(column.document.text)
        assert 0.2 < share < 0.45
        await pilot.press("j")
        assert screen.in_map is None
        await pilot.click(column, offset=(column.size.width - 1, 2 + column.body_height // 2))
        assert column.view.anchor() > len(column.document.text) // 4


async def test_mark_undo_redo(reader: Opener) -> None:
    async with reader() as (app, pilot):
        workspace = reading(app).workspace
        await pilot.press("m")
        assert workspace.marks.highlights()[0].exact.startswith("While Russia and Iran")
        assert "1 highlight" in row(app, 0)
        assert "▎" in rows(app)
        await pilot.press("u")
        assert workspace.marks.highlights() == ()
        assert "▎" not in rows(app)
        await pilot.press("ctrl+r")
        assert len(workspace.marks.highlights()) == 1


async def test_select_by_sentence_word_and_character_then_mark(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.press("j", "v")
        assert screen.selection is not None
        text = screen.selection.document.text

        def selected() -> str:
            assert screen.selection is not None
            return text[screen.selection.span.start : screen.selection.span.end]

        one = selected()
        assert one.endswith("agreements.")
        await pilot.press("j")
        assert selected().endswith("Article 5.")
        await pilot.press("k")
        assert selected() == one
        await pilot.press("h", "h")
        assert selected().endswith("bilateral")
        await pilot.press("L")
        assert selected().endswith("bilateral ")
        await pilot.press("H", "o", "l")
        assert selected().startswith("often")
        await pilot.press("p")
        assert selected() == screen.selection.document.passages[1].text
        await pilot.press("k", "m")
        assert screen.selection is None
        assert len(screen.workspace.marks.highlights()) == 1
        await pilot.press("v", "escape")
        assert screen.selection is None


async def test_tags_and_note_of_a_highlight_in_one_step(reader: Opener) -> None:
    async with reader() as (app, pilot):
        workspace = reading(app).workspace
        await pilot.press("m", "t", *"asym", "enter", *"key point", "enter", "tab", *"see later", "enter")
        kept = workspace.marks.highlights()[0]
        assert kept.tags == ("asymmetry", "key point")
        assert kept.note == "see later"
        await pilot.press("j", "m", "t", "1", "enter")
        assert set(workspace.marks.highlights()[1].tags) <= {"asymmetry", "key point"}
        assert workspace.marks.highlights()[1].tags


async def test_a_theme_is_added_to_a_passage_and_taken_away(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.press("j", "j")
        passage = screen.passage
        assert passage is not None

        def themes() -> dict[str, bool]:
            return {tag.theme: tag.manual for tag in screen.workspace.coding.tags_of(passage)}

        before = themes()
        await pilot.press("t", *"china", "enter", "enter")
        assert themes() == {**before, "hedging_china": True}
        assert screen.painting.paint(passage).manual == {3}  # underlined in the gutter
        await pilot.press("u")
        assert themes() == before


async def test_note_and_why_and_copy(reader: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.press("a")
        assert "highlight" in said(app)
        await pilot.press("m", "a", *"doubt", "ctrl+s")
        assert screen.workspace.marks.highlights()[0].note == "doubt"
        await pilot.press("i")
        assert "Why this passage is tagged" in rows(app)
        assert "Trust erosion" in rows(app)
        await pilot.press("escape", "y")
        assert app.clipboard.startswith("“While Russia and Iran have deepened")
        assert "000_d53180f0db0c6d4b:1" in app.clipboard


async def test_list_of_highlights(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.press("m", "j", "m", "tab", "m", "H")
        shown = rows(app)
        assert "Highlights  3" in shown
        await pilot.press("d")
        assert len(screen.workspace.marks.highlights()) == 2
        await pilot.press("u")
        assert len(screen.workspace.marks.highlights()) == 3
        await pilot.press("slash", *"non-binding", "enter")
        assert "1 of 3" in rows(app)
        await pilot.press("enter")
        assert app.screen is screen
        assert screen.reading.place == (0, 1)


async def test_fold_and_unfold_boilerplate(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        assert "lines folded" not in rows(app)
        await pilot.press("tab", "G")
        assert "folded" in rows(app)
        await pilot.press("x", "G")
        assert "twitter" in rows(app)


async def test_export_writes_markdown_with_citation(
    reader: Opener, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reader() as (app, pilot):
        await pilot.press("m", "e")
        await settle(pilot)
        assert "While Russia and Iran" in rows(app)
        await pilot.press("enter")
        await settle(pilot)
    text = (tmp_path / "Would Russia defend Iran.md").read_text(encoding="utf-8")
    assert "> While Russia and Iran" in text
    assert "d53180f0db0c6d4b:1" in text


async def test_export_asks_before_it_replaces_a_file(
    reader: Opener, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "Would Russia defend Iran.md"
    target.write_text("mine", encoding="utf-8")
    async with reader() as (app, pilot):
        await pilot.press("m", "e")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert target.read_text(encoding="utf-8") == "mine"
        assert "again" in rows(app)
        await pilot.press("enter")
        await settle(pilot)
    assert "While Russia" in target.read_text(encoding="utf-8")


async def test_help_lists_every_action_and_filters(reader: Opener) -> None:
    async with reader(size=(120, 60)) as (app, pilot):
        await pilot.press("question_mark")
        shown = rows(app)
        assert "Passage down" in shown and "More columns" in shown
        await pilot.press(*"zoom")
        assert "Zoom one document" in rows(app) and "Passage down" not in rows(app)
        await pilot.press("escape")
        assert app.screen is reading(app)


async def test_help_tells_every_screens_keys_and_first_those_of_the_one_it_is_asked_on(
    reader: Opener, settle: Settle
) -> None:
    async with reader(size=(100, 70), keys={"overview.go": "ctrl+g"}) as (app, pilot):
        for key, first, said in (
            ("o", "Overview (o)", "Go there"),
            ("c", "Compare (c)", "Next passage, across sources"),
            ("K", "Codebook (K)", "Suggest topics"),
            ("H", "List of highlights (H)", "Filter"),
        ):
            await pilot.press(key)
            await settle(pilot)
            await pilot.press("question_mark")
            await settle(pilot)
            shown = rows(app)
            assert 0 < shown.index(first) < shown.index(said) < shown.index("Passage down")
            await pilot.press(*"overview", "space", *"go")
            assert "Ctrl+G" in rows(app) and "Passage down" not in rows(app)
            await pilot.press("escape", "escape")
            assert app.screen is reading(app)


def test_every_binding_of_every_screen_is_in_help() -> None:
    from brief_tui.tui import screens
    from brief_tui.tui.keygroups import groups

    named = {name for group in groups() for name in group.screens}
    for module in iter_modules(screens.__path__):
        loaded = import_module(f"{screens.__name__}.{module.name}")
        for name, found in vars(loaded).items():
            is_screen = isinstance(found, type) and issubclass(found, Screen)
            if is_screen and found.__module__ == loaded.__name__ and name not in SELF_EXPLAINING:
                assert name in named, f"{name} needs a line in keygroups"


async def test_keymap_of_the_settings_rebinds_any_action(reader: Opener) -> None:
    async with reader(keys={"trail.next": "ctrl+n", "move.down": "d"}) as (app, pilot):
        await pilot.press("d")
        assert reading(app).reading.place == (0, 1)
        await pilot.press("j")
        assert reading(app).reading.place == (0, 1)


async def test_resizing_keeps_the_place(reader: Opener) -> None:
    async with reader(size=(200, 50)) as (app, pilot):
        screen = reading(app)
        await pilot.press("tab", "1", "n", "n")
        place = screen.reading.place
        for size in ((80, 24), (120, 40), (40, 12), (200, 50)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.reading.place == place
            column = screen.column
            assert column is not None and place[1] in column.view.passages()


async def test_the_mouse_clicks_drags_and_scrolls(reader: Opener) -> None:
    async with reader() as (app, pilot):
        screen = reading(app)
        await pilot.click(screen.columns.column(1), offset=(8, 12))
        assert screen.reading.active == 1
        column = screen.columns.column(0)
        assert column is not None
        await pilot.mouse_down(column, offset=(10, 4))
        await pilot.hover(column, offset=(20, 5))
        await pilot.mouse_up(column, offset=(20, 5))
        assert screen.selection is not None
        await pilot.press("m")
        assert len(screen.workspace.marks.highlights()) == 1
        place = screen.reading.place
        for wheel, further in ((events.MouseScrollDown, True), (events.MouseScrollUp, False)):
            before = column.view.anchor()
            column.post_message(wheel(column, 5, 5, 0, 1, 0, False, False, False))
            await pilot.pause()
            assert (column.view.anchor() > before) == further
        assert column.view.anchor() == 0 and screen.reading.place == place


def test_every_key_is_bound_once() -> None:
    from brief_tui.tui.actions import APP, MAPPING, READER, SELECTION

    for group in ((*READER, *APP), SELECTION, MAPPING):
        keys = list(itertools.chain.from_iterable(action.keys.split(",") for action in group if action.keys))
        assert len(keys) == len(set(keys))
