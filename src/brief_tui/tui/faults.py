"""A fault in what one message set off: what it was for goes on, unless such faults come without an end."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

MOST = 20
"""Faults that are borne within `SPELL`."""

SPELL = 10.0
"""Seconds."""


class Faults:
    """The last faults that were borne."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=MOST)

    def are_few(self) -> bool:
        """Count one more; whether there were few of late."""
        now = time.monotonic()
        few = len(self._last) < MOST or now - self._last[0] > SPELL
        self._last.append(now)
        return few


def guard(node: MessagePump, bears: Callable[[Message, Exception], bool]) -> None:
    """Let a node go on after a message of it failed; Textual would end it, and with it the program.

    Args:
        node: a screen or widget that was not started yet.
        bears: called with the message and what it raised; whether the node goes on.
    """
    if "_dispatch_message" in vars(node):
        return  # it was taken away and is put back
    dispatch = node._dispatch_message

    async def guarded(message: Message) -> None:
        try:
            await dispatch(message)
        except Exception as error:
            if not bears(message, error):
                raise

    node._dispatch_message = guarded  # type: ignore[method-assign]
