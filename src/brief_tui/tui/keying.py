"""Keys one after the other: each goes where the one before it led.

Textual sends a key on to the widget that has the focus when it arrives. Keys that arrive together, from a
quick typist or a slow line, would all go to the same widget, although the first of them opens the search or a
dialog that the others are meant for. So a key waits here until the one before it was dealt with: it went up
from its widget to the application, and what it set off (messages, a new screen, another focus) did too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.timer import Timer

ROUNDS = 4
"""How often messages may lead to further messages before the next key goes on all the same."""

PATIENCE = 1.0
"""Seconds that keys wait for something that was asked of a thread."""


class Keying:
    """The keys that were pressed and not dealt with yet."""

    def __init__(self, app: App[None], send: Callable[[events.Event], Awaitable[None]]) -> None:
        """Send nothing yet.

        Args:
            app: whose keys they are.
            send: gives a key to the widget that has the focus.
        """
        self._app = app
        self._send = send
        self._keys: deque[events.Event] = deque()
        self._is_busy = False
        self._held: Timer | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a key was not dealt with yet."""
        return self._is_busy or bool(self._keys)

    async def take(self, event: events.Event) -> None:
        """A key was pressed, or a text was pasted. Esc waits for no answer."""
        self._keys.append(event)
        if isinstance(event, events.Key) and event.key == "escape":
            self.release()
        if not self._is_busy:
            await self._next()

    def hold(self) -> None:
        """Keep the keys that follow until `release`, at most for `PATIENCE`."""
        self.release()
        self._held = self._app.set_timer(PATIENCE, self.release)

    def release(self) -> None:
        """Let the keys go on."""
        if self._held is not None:
            self._held.stop()
            self._held = None
            if not self._is_busy:
                self._is_busy = True
                self._app.call_later(self._settle, ROUNDS)

    def recover(self) -> None:
        """Go on with the next key: what dealt with the last one failed and will never say that it is done."""
        self._is_busy = True
        self._app.call_later(self._next)

    async def _next(self) -> None:
        self._is_busy = False
        if self._held is not None or not self._keys or not self._app.screen_stack:
            return
        self._is_busy = True
        path, key = self._path(), self._keys.popleft()
        await self._send(key)
        if not path[0].call_later(self._dealt_with, key, path):
            await self._next()

    async def _dealt_with(self, key: events.Event, path: Sequence[MessagePump]) -> None:
        """Where a key was sent to, it was dealt with: a letter that was typed leads nowhere else."""
        if len(path) > 1 and key._stop_propagation:  # a screen's keys all go up, that flag or not
            self._app.call_later(self._next)
        else:
            self._follow(path[1:], ROUNDS)

    def _path(self) -> list[MessagePump]:
        """Where a key passes on its way to the application: the widget with the focus, up to its screen."""
        top = self._app.focused or self._app.screen
        return [node for node in top.ancestors_with_self if node is not self._app]

    def _follow(self, path: Sequence[MessagePump], rounds: int) -> None:
        """Come after what is in the queues of a path."""
        for at, pump in enumerate(path):
            if pump.call_later(self._follow, path[at + 1 :], rounds):
                return
        self._app.call_later(self._settle, rounds)

    async def _settle(self, rounds: int) -> None:
        """What a key set off may lead somewhere else yet."""
        path = self._path() if self._app.screen_stack else []
        if rounds and any(pump.message_queue_size for pump in (self._app, *path)):
            self._follow(path, rounds - 1)
        else:
            await self._next()
