"""What work in a thread brings back to the event loop: handed over, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.message_pump import MessagePump
from textual.worker import WorkerFailed


def hand_over(node: MessagePump, callback: Callable[..., object], *args: Any, **named: Any) -> None:
    """From any thread: call something on the event loop, once it comes to it.

    App.call_from_thread waits for the answer: at the end of the program for ever. Here nobody waits, what is
    for a screen that was left is dropped, and what the callback raises is told like a failure of the work.

    Args:
        node: the screen or widget that the callback is for.
        callback: called on the event loop, if `node` is still there.
        args: its arguments.
        named: those by name.
    """

    def call() -> None:
        try:
            callback(*args, **named)
        except Exception as error:
            node.app._handle_exception(WorkerFailed(error))

    with suppress(RuntimeError):  # the event loop is closed: the program has ended
        node.call_later(call)
