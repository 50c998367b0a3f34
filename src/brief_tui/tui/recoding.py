"""How the codebook screen changes codes and cues: asks what a change needs, and hands it to the keeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from brief_tui.corpus.visible import visible
from brief_tui.errors import BriefError
from brief_tui.themes import editing
from brief_tui.themes.codebook import Code, Codebook, Cue, with_code
from brief_tui.tui.background import hand_over
from brief_tui.tui.codelines import Empty
from brief_tui.tui.palette import COLOUR_NAMES

if TYPE_CHECKING:
    from brief_tui.tui.screens.codebook import CodebookScreen


def new(screen: CodebookScreen) -> None:
    """A new theme; among the topics a new topic."""
    from brief_tui.tui.screens.prompt import PromptScreen

    codebook, code, data = screen.workspace.coding.codebook, screen.code, screen.codes.data
    topic = code in codebook.topics or (isinstance(data, Empty) and data.kind == "topic")

    def make(name: str | None) -> None:
        if name is None:
            return
        screen.wanted = " ".join(name.split())
        if topic:
            screen.keeper.revise(lambda had: editing.with_new_topic(had, name), "new topic · a writes a cue")
        else:
            screen.keeper.revise(lambda had: editing.with_new_theme(had, name), "new theme · a writes a cue")

    screen.app.push_screen(PromptScreen(f"Name of the new {'topic' if topic else 'theme'}"), make)


def rename(screen: CodebookScreen) -> None:
    """Another name for the code; what is marked with it stays."""
    from brief_tui.tui.screens.prompt import PromptScreen

    code = screen.code
    if code is None:
        return

    def keep(name: str | None) -> None:
        if name is not None and name != code.name:
            screen.keeper.revise(lambda had: editing.renamed(had, code.id, name), "renamed · u undo")

    screen.app.push_screen(PromptScreen(f"Name of {visible(code.name)}", code.name), keep)


def colour(screen: CodebookScreen) -> None:
    """Another colour for the theme."""
    from brief_tui.tui.screens.pick import Option, PickScreen

    code = screen.code
    if code is None:
        return
    used = {theme.colour: visible(theme.name) for theme in screen.workspace.coding.codebook.themes}
    options = [Option(name, name, name, used.get(name, "")) for name in COLOUR_NAMES]

    def keep(picked: tuple[object, ...] | None) -> None:
        if picked:
            name = str(picked[0])
            _replace(screen, code, lambda had: replace(had, colour=name), f"{name} · u undo")

    screen.app.push_screen(PickScreen(f"Colour of {visible(code.name)}", options, at=code.colour), keep)


def memo(screen: CodebookScreen) -> None:
    """What the code means."""
    from brief_tui.tui.screens.note import NoteScreen

    code = screen.code
    if code is None:
        return

    def keep(memo: str | None) -> None:
        if memo is not None and memo != code.memo:
            _replace(screen, code, lambda had: replace(had, memo=memo), "memo kept · u undo")

    screen.app.push_screen(NoteScreen(f"What {visible(code.name)} means", code.memo), keep)


def _replace(screen: CodebookScreen, code: Code, how: Callable[[Code], Code], said: str) -> None:
    def change(had: Codebook) -> Codebook:
        return with_code(had, how(had.codes.get(code.id, code)))

    screen.keeper.revise(change, said)


def move(screen: CodebookScreen, by: int) -> None:
    """The theme a key later or earlier."""
    code = screen.code
    themes = [theme.id for theme in screen.workspace.coding.codebook.themes]
    if code is None:
        return
    if code.id in themes and not 0 <= themes.index(code.id) + by < len(themes):
        screen.hints.say("it is the last theme already" if by > 0 else "it is the first theme already")
    else:
        screen.keeper.revise(lambda had: editing.moved(had, code.id, by), "moved · u undo")


def remove(screen: CodebookScreen) -> None:
    """Remove the cue under the cursor; in the codes the code, after asking."""
    from brief_tui.tui.screens.ask import AskScreen

    code, cue = screen.code, screen.cues.data
    if code is None:
        return
    if screen.cues.has_focus:
        if isinstance(cue, Cue):
            query = cue.q
            screen.keeper.revise(lambda had: editing.without_cue(had, code.id, query), "cue removed · u undo")
        return

    def answer(wanted: bool | None) -> None:
        if wanted:
            screen.keeper.revise(lambda had: editing.without_code(had, code.id), "removed · u undo")

    cues = f"{len(code.cues)} {'cue' if len(code.cues) == 1 else 'cues'}"
    question = f"Remove {visible(code.name)} with its {cues}? What you marked with it is kept."
    screen.app.push_screen(AskScreen(question), answer)


def undo(screen: CodebookScreen) -> None:
    """Take back the last change of the codebook."""
    screen.keeper.take_back()


def write_cue(screen: CodebookScreen, cue: Cue | None = None) -> None:
    """Write a cue of the code; None for another one."""
    from brief_tui.tui.screens.cue import CueScreen

    code = screen.code
    if code is None:
        return
    on_it = screen.workspace.coding.passages_with(code.id)

    def keep(written: Cue | None) -> None:
        if written is not None and written != cue:
            instead = cue.q if cue is not None else ""
            screen.keeper.revise(
                lambda had: editing.with_cue(had, code.id, written, instead=instead), "cue kept · u undo"
            )

    screen.app.push_screen(CueScreen(screen.workspace, screen.glyphs, code, cue or Cue(""), on_it), keep)


def suggest(screen: CodebookScreen) -> None:
    """Topics that the texts themselves suggest."""
    screen.hints.say("looking for phrases that the documents share …")
    screen.run_worker(lambda: _suggest(screen), thread=True, group="suggest", exclusive=True)


def _suggest(screen: CodebookScreen) -> None:
    from brief_tui.themes.suggest import suggest_topics

    worker = get_current_worker()
    coding = screen.workspace.coding
    try:
        documents = tuple(screen.workspace.library.documents())
        found = suggest_topics(documents, aliases=coding.codebook.aliases)
        counts = {topic.id: len(coding.preview(topic.cues[0])) for topic in found}
    except BriefError as error:
        if not worker.is_cancelled:
            hand_over(screen, screen.hints.say, visible(str(error)))
        return
    if not worker.is_cancelled:
        hand_over(screen, _suggested, screen, found, counts)


def _suggested(screen: CodebookScreen, found: tuple[Code, ...], counts: dict[str, int]) -> None:
    from brief_tui.tui.screens.pick import Option, PickScreen

    codebook = screen.workspace.coding.codebook
    known = {cue.q for code in codebook.codes.values() for cue in code.cues}
    new = [topic for topic in found if topic.id not in codebook.codes and topic.cues[0].q not in known]
    if not new:
        screen.hints.say("the texts suggest no topics that are not there already")
        return

    def take(picked: tuple[object, ...] | None) -> None:
        topics = tuple(each for each in picked or () if isinstance(each, Code))
        if topics:
            _add(screen, Codebook(topics=topics), f"{len(topics)} topics taken · u undo")

    options = [Option(visible(topic.name), topic, fact=f"{counts[topic.id]} passages") for topic in new]
    title = "Topics that several documents share"
    screen.app.push_screen(PickScreen(title, options, several=True), take)


def take_in(screen: CodebookScreen) -> None:
    """Take in a codebook from a file."""
    from brief_tui.tui.screens.prompt import PromptScreen

    def take(name: str | None) -> None:
        if name is None:
            return
        from brief_tui.themes.codebook import check
        from brief_tui.themes.imports import read_codebook
        from brief_tui.tui.exporting import path_of

        try:
            new = read_codebook(path_of(name))
            check(new)
        except BriefError as error:
            screen.app.notify(visible(str(error)), severity="error", markup=False, timeout=10)
            return
        _add(screen, new, f"{len(new.codes)} codes taken in · u undo")

    hint = "a brief.toml, .qdc, Taguette's .csv or QualCoder's list"
    screen.app.push_screen(PromptScreen("Import a codebook", placeholder=hint), take)


def _add(screen: CodebookScreen, new: Codebook, said: str) -> None:
    from brief_tui.themes.imports import merged

    screen.keeper.revise(lambda had: merged(had, new), said)
