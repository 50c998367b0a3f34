"""The command palette: every action that is valid now, every theme, document and section, and the colours."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from textual.actions import parse
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from brief_tui.corpus.model import HEADINGS
from brief_tui.corpus.visible import folded, visible
from brief_tui.tui import trails
from brief_tui.tui.actions import ALL, APP, Action, shown_keys
from brief_tui.tui.reading import Goal
from brief_tui.tui.screens.reader import ReaderScreen

_AT_MOST = 40
_AT_A_TIME = 500
_THEME_KEYS = "theme."


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
        name = Content.assemble((area + colon, "$text-muted"), rest)
        for at in offsets:
            name = name.stylize("bold $accent", at, at + 1)
        return Content.assemble(name, (f"  {self.keys}", "$accent")) if self.keys else name


class ReaderCommands(Provider):
    """Offers what can be done on the screen that it was called from."""

    async def discover(self) -> Hits:
        """Every action that is valid now."""
        for command in self._actions():
            yield DiscoveryHit(command.display(), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Actions that are spelt somehow like the query; the rest where each of its words is found."""
        matcher = self.matcher(query)
        for command in self._actions():
            score, offsets = matcher.fuzzy_search.match(query, command.name)
            if score:
                yield Hit(score, command.display(offsets), command.run, command.name)
        words = query.lower().split()
        for commands in (self._themes(), self._documents(), self._colours(), self._sections()):
            found = 0
            for count, command in enumerate(commands):
                if count % _AT_A_TIME == _AT_A_TIME - 1:
                    await sleep(0)  # a key typed meanwhile comes first
                offsets = _offsets(command.name, words)
                if offsets:
                    yield Hit(
                        len(offsets) / len(command.name), command.display(offsets), command.run, command.name
                    )
                    found += 1
                if found == _AT_MOST:
                    break

    def _actions(self) -> Iterator[Command]:
        if not isinstance(self.screen, ReaderScreen):
            yield from self._bindings()
            return
        yield from (command for command in self._themes())
        for action in ALL:
            if not action.id.startswith(_THEME_KEYS) or not action.id.removeprefix(_THEME_KEYS).isdecimal():
                if action.call != "app.command_palette" and self._is_valid(action):
                    yield Command(
                        f"{action.group}: {action.label}", partial(self._run, action.call), self._keys(action)
                    )

    def _bindings(self) -> Iterator[Command]:
        """What the keys of another screen do, and what works on every screen."""
        area = type(self.screen).__name__.removesuffix("Screen")
        ours = {action.id: action for action in APP}
        offered: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not active.enabled or binding.action in offered or not binding.description:
                continue
            offered.add(binding.action)
            if binding.id not in ours:
                run = partial(self.app.run_action, binding.action, active.node)
                keys = binding.key_display or shown_keys(binding.key)
                yield Command(f"{area}: {binding.description}", run, keys)
        for action in APP:
            if action.call != "app.command_palette":
                yield Command(
                    f"{action.group}: {action.label}", partial(self._run, action.call), self._keys(action)
                )

    def _is_valid(self, action: Action) -> bool:
        namespace, name, parameters = parse(action.call)
        node = self.app if namespace == "app" else self.screen
        return hasattr(node, f"action_{name}") and node.check_action(name, parameters) is True

    def _keys(self, action: Action) -> str:
        keys = (
            self.app.settings.keys.get(action.id, action.keys)
            if isinstance(self.app, ReaderApp)
            else action.keys
        )
        return shown_keys(keys) if keys else ""

    async def _run(self, call: str) -> None:
        await self.app.run_action(call, self.screen)
