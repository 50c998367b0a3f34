"""Work in a process of its own, so that the threads of this one, above all its keys, go on undisturbed."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from brief_tui.errors import BriefError

_ASK_EVERY = 0.05
_CHUNK = 1 << 20
_NICE = 5


class Cancelled(BriefError):  # noqa: N818 - what was asked for is no error
    """The work was stopped before it was done, and its process was ended."""

    def __init__(self) -> None:
        super().__init__("The work was stopped; begin it again.")


def run(
    module: str,
    args: Sequence[str],
    *,
    heard: Callable[[bytes], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Run a module as a program and hear what it writes.

    Args:
        module: its name, as after `python -m`; it calls `begin` first.
        args: its arguments.
        heard: told each piece of its standard output, in order.
        cancelled: asked twenty times a second; true ends the process.

    Returns:
        Whether it could be started and ended well; where not, the caller does the work itself.

    Raises:
        Cancelled: it was ended because `cancelled` said so.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            [sys.executable, "-P", "-m", module, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    try:
        with child:
            while True:
                if cancelled():
                    raise Cancelled
                if not select.select([child.stdout], [], [], _ASK_EVERY)[0]:
                    continue
                piece = os.read(child.stdout.fileno(), _CHUNK)
                if not piece:
                    break
                heard(piece)
    finally:
        child.kill()  # where it ended already, nothing happens
    return child.returncode == 0


def begin() -> None:
    """Be the lesser process: give way to the one at the screen, and end when it does."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)

    def wait() -> None:
        while os.read(0, 1024):  # not sys.stdin: a thread that waits in it cannot be ended
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
