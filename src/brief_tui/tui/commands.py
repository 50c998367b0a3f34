"""The command palette: every action that is valid now, every theme, document and section, and the colours."""

from __future__ import annotations

import re
from asyncio import sleep
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from textual.actions import parse
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from brief_tui.corpus.model import HEADINGS
from brief_tui.corpus.visible import folded, visible
from brief_tui.tui import palette, trails
from brief_tui.tui.actions import ALL, APP, THEMES, Action, shown_keys
from brief_tui.tui.app import ReaderApp
from brief_tui.tui.reading import Goal
from brief_tui.tui.screens.reader import ReaderScreen

_AT_MOST = 40
_AT_A_TIME = 500
_THEME_KEY = re.compile(r"theme\.\d")


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette offers.

    Attributes:
        name: its area and what it does, harmless for the terminal.
        run: does it.
        keys: how its keys are shown; empty without any.
    """

    name: str
    run: Callable[[], object]
    keys: str = ""

    def display(self, offsets: Iterable[int] = ()) -> Content:
        """The name with some of its characters marked, and the keys after it."""
        area, colon, rest = self.name.partition(": ")
        name = Content.assemble((area + colon, "$dim"), rest)
        for at in offsets:
            name = name.stylize("$accent bold", at, at + 1)
        return Content.assemble(name, (f"  {self.keys}", "$accent")) if self.keys else name


class ReaderCommands(Provider):
    """Offers what can be done on the screen that it was called from."""

    async def discover(self) -> Hits:
        """Every action that is valid now."""
        for command in self._actions():
            yield DiscoveryHit(command.display(), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """What holds each word of the query; where nothing does, actions that are spelt somehow like it."""
        words = query.lower().split()
        found = False
        ours, others = self._colours(ours=True), self._colours(ours=False)
        kinds = (others, ours, self._sections(), self._documents(), self._actions())
        for rank, commands in enumerate(kinds, 1):
            hits = 0
            for count, command in enumerate(commands, 1):
                if count % _AT_A_TIME == 0:
                    await sleep(0)  # a key typed meanwhile comes first
                offsets = _offsets(command.name, words)
                if offsets:
                    yield self._hit(command, rank + len(offsets) / len(command.name), offsets)
                    found, hits = True, hits + 1
                if hits == _AT_MOST:
                    break
        matcher = self.matcher(query)
        for command in () if found else self._actions():
            score, places = matcher.fuzzy_search.match(query, command.name)
            if score:
                yield self._hit(command, score, places)

    def _hit(self, command: Command, score: float, offsets: Sequence[int]) -> Hit:
        return Hit(score, command.display(offsets), command.run, command.name)

    def _actions(self) -> Iterator[Command]:
        if not isinstance(self.screen, ReaderScreen):
            yield from self._bindings()
            return
        yield from self._themes()
        for action in ALL:
            if not _THEME_KEY.fullmatch(action.id) and self._is_valid(action):
                yield self._command(action)

    def _bindings(self) -> Iterator[Command]:
        """What the keys of another screen do, and what works on every screen."""
        area = type(self.screen).__name__.removesuffix("Screen")
        offered = {action.call for action in APP}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and binding.action not in offered:
                offered.add(binding.action)
                keys = binding.key_display or shown_keys(binding.key)
                run = partial(self.app.run_action, binding.action, active.node)
                yield Command(f"{area}: {binding.tooltip or binding.description}", run, keys)
        yield from (self._command(action) for action in APP if self._is_valid(action))

    def _command(self, action: Action) -> Command:
        keymap = self.app.settings.keys if isinstance(self.app, ReaderApp) else {}
        keys = shown_keys(keymap.get(action.id, action.keys))
        return Command(f"{action.group}: {action.label}", partial(self._run, action.call), keys)

    def _is_valid(self, action: Action) -> bool:
        if action.call == "app.command_palette":
            return False
        namespace, name, parameters = parse(action.call)
        node = self.app if namespace == "app" else self.screen
        return hasattr(node, f"action_{name}") and node.check_action(name, parameters) is True

    async def _run(self, call: str) -> None:
        await self.app.run_action(call, self.screen)

    def _themes(self) -> Iterator[Command]:
        reader = self.screen
        if isinstance(reader, ReaderScreen):
            for theme, look in reader.painting.looks.items():
                name = visible(reader.workspace.coding.codebook.codes[theme].name)
                keys = str(look.digit) if look.digit else ""
                yield Command(f"{THEMES}: Walk {name}", partial(_walk, reader, theme), keys)

    def _documents(self) -> Iterator[Command]:
        reader = self.screen
        if isinstance(reader, ReaderScreen):
            for at, entry in enumerate(reader.workspace.brief.entries):
                document = reader.workspace.library.if_read(entry.id)
                name = visible(document.title if document else entry.metadata.title or entry.name)
                place = (at, reader.reading.cursors.get(at, 0))
                yield Command(f"Document {at + 1}: {name}", partial(reader.arrive, Goal(place)))

    def _sections(self) -> Iterator[Command]:
        reader = self.screen
        if isinstance(reader, ReaderScreen):
            for at, entry in enumerate(reader.workspace.brief.entries):
                document = reader.workspace.library.if_read(entry.id)
                for passage in document.passages if document else ():
                    if passage.kind in HEADINGS:
                        run = partial(reader.arrive, Goal((at, passage.number)))
                        yield Command(f"Section in {at + 1}: {folded(passage.text)}", run)

    def _colours(self, *, ours: bool) -> Iterator[Command]:
        own = {theme.name for theme in palette.THEMES}
        for theme in sorted(self.app.available_themes):
            if (theme in own) is ours and isinstance(self.app, ReaderApp):
                yield Command(f"Colours: {visible(theme)}", partial(self.app.switch_to, theme))


def _walk(reader: ReaderScreen, theme: str) -> None:
    reader.set_trail(trails.theme_trail(reader.workspace, reader.painting, reader.glyphs, theme))
    reader.action_trail(1)


def _offsets(name: str, words: Iterable[str]) -> list[int]:
    """Where the words stand in a name, if all do."""
    lower = name.lower()
    if len(lower) != len(name):  # a character that becomes two in lower case
        lower = name
    found: set[int] = set()
    for word in words:
        at = lower.find(word)
        if at < 0:
            return []
        found.update(range(at, at + len(word)))
    return sorted(found)
