"""How the reader changes the codebook: kept in brief.toml, tagged again in the background, painted anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from textual.worker import get_current_worker

from brief_tui.children import Cancelled
from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.tui import marking, preparing, relating
from brief_tui.tui.background import hand_over

if TYPE_CHECKING:
    from brief_tui.themes.codebook import Code, Codebook, Cue
    from brief_tui.tui.screens.reader import ReaderScreen

    Change = Callable[[Codebook], Codebook]

_NEW = "new"


class Keeper(Struct, frozen=True):
    """Keeps what the codebook screen changes."""

    screen: ReaderScreen

    def revise(self, change: Change, said: str) -> None:
        """Change the codebook; `said` is shown once it is kept."""
        revise(self.screen, change, said)

    def take_back(self) -> None:
        """Undo the last change."""
        recoding = self.screen.workspace.recoding
        _work(self.screen, lambda: "undone" if recoding.take_back() else "nothing to undo")


def open_codebook(screen: ReaderScreen) -> None:
    """Show the codebook."""
    from brief_tui.tui.screens.codebook import CodebookScreen

    screen.app.push_screen(CodebookScreen(screen.workspace, screen.glyphs, Keeper(screen)), screen.arrive)


def revise(screen: ReaderScreen, change: Change, said: str) -> None:
    """Change the codebook in brief.toml; of a brief that may not be written to, in a copy, after asking."""
    if screen.workspace.brief.read_only:
        _offer_copy(screen, change, said)
        return

    def work() -> str:
        screen.workspace.recoding.revise(change)
        return said

    _work(screen, work)


def _work(screen: ReaderScreen, what: Callable[[], str]) -> None:
    """Do something to the codebook off the event loop, and show what came of it."""

    def work() -> None:
        worker = get_current_worker()
        error: BriefError | None = None
        said = ""
        try:
            said = what()
            if screen.workspace.coding.is_tagged:
                screen.workspace.coding.tags()  # asked for below, where nothing may take long
        except Cancelled:
            return
        except BriefError as raised:
            error = raised
        if not worker.is_cancelled:
            hand_over(screen, _done, screen, said, error)

    screen.run_worker(work, thread=True, group="codebook")


def _done(screen: ReaderScreen, said: str, error: BriefError | None) -> None:
    show_codebook(screen)
    if error is not None:
        screen.say_error(error)
    elif said:
        _say(screen, said)


def _say(screen: ReaderScreen, text: str) -> None:
    from brief_tui.tui.screens.codebook import CodebookScreen

    top = screen.app.screen
    (top if isinstance(top, CodebookScreen) else screen).hints.say(text)


def show_codebook(screen: ReaderScreen) -> None:
    """Paint the themes as the codebook has them now, wherever they are shown."""
    from brief_tui.tui.screens.codebook import CodebookScreen

    preparing.show_looks(screen)
    if screen.workspace.coding.is_tagged:
        marking.show_tags(screen)
        relating.ask_related(screen, 0)
    else:
        screen.columns.repaint()
    for each in screen.app.screen_stack:
        if isinstance(each, CodebookScreen):
            each.show()


# brief.toml changed by hand


def look_for_hand_edits(screen: ReaderScreen) -> None:
    """Take in a brief.toml that was changed by hand; one that is wrong is told once, and all goes on."""
    from brief_tui.tui.screens.codebook import CodebookScreen

    recoding, tagged = screen.workspace.recoding, screen.workspace.coding.is_tagged
    if not isinstance(screen.app.screen, (type(screen), CodebookScreen)) or not tagged:
        return  # other screens show the themes that they were opened with
    said = "brief.toml was changed: its themes are as it says now"
    if recoding.watch():
        _work(screen, lambda: said if recoding.reread() else "")


# A brief that may not be written to


def _offer_copy(screen: ReaderScreen, change: Change, said: str) -> None:
    from brief_tui.tui.screens.ask import AskScreen

    def work() -> str:
        workspace = screen.workspace
        if not workspace.go_on_in_copy():
            return "your copy from before is open, with its own codebook: change it there"
        workspace.recoding.revise(change)
        told = visible(f"Your copy is open now; later: brief-tui {workspace.brief.root}")
        hand_over(screen, partial(screen.app.notify, told, markup=False, timeout=10))
        return said

    def answer(wanted: bool | None) -> None:
        if wanted:
            _work(screen, work)

    question = (
        "The default brief stays as it is. Go on in a copy of your own and change it there?"
        " Your highlights are in both."
    )
    screen.app.push_screen(AskScreen(question), answer)


# A search kept as a cue


def save_search(screen: ReaderScreen) -> None:
    """Keep the search as a cue of a theme or topic, or of a new theme."""
    from brief_tui.tui.screens.pick import Option, PickScreen

    trail, query = screen.reading.trail, ""
    if screen.finding.before is not None:
        query = screen.search_panel.query_text
    elif trail is not None and trail.kind == "search":
        query = trail.id
    if not query.strip():
        screen.hints.say("search first (/), then keep the search as a cue")
        return
    codebook = screen.workspace.coding.codebook
    options = [
        Option("a new theme …", _NEW),
        *(Option(visible(code.name), code, code.colour) for code in codebook.themes),
    ]
    if codebook.topics:
        options += [Option("Topics"), *(Option(visible(code.name), code) for code in codebook.topics)]

    def picked(chosen: tuple[object, ...] | None) -> None:
        if chosen == (_NEW,):
            _name_theme(screen, query)
        elif chosen:
            _write_cue(screen, cast("Code", chosen[0]), query, new=False)

    screen.app.push_screen(PickScreen(f"Keep {visible(query)} as a cue of", options), picked)


def _name_theme(screen: ReaderScreen, query: str) -> None:
    from brief_tui.themes.codebook import Code, id_for
    from brief_tui.tui.screens.prompt import PromptScreen

    def named(name: str | None) -> None:
        if name is not None:
            _write_cue(screen, Code(id_for(name), name), query, new=True)

    screen.app.push_screen(PromptScreen("Name of the new theme"), named)


def _write_cue(screen: ReaderScreen, code: Code, query: str, *, new: bool) -> None:
    from brief_tui.themes.codebook import Cue
    from brief_tui.themes.editing import with_cue, with_new_theme
    from brief_tui.tui.screens.cue import CueScreen

    on_it = frozenset() if new else screen.workspace.coding.passages_with(code.id)

    def keep(cue: Cue | None) -> None:
        if cue is None:
            return

        def change(had: Codebook) -> Codebook:
            return with_new_theme(had, code.name, cue) if new else with_cue(had, code.id, cue)

        revise(screen, change, f"kept as a cue of {visible(code.name)}")

    screen.app.push_screen(CueScreen(screen.workspace, screen.glyphs, code, Cue(query), on_it), keep)
