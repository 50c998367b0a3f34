"""What is copied: to the terminal (OSC 52, also over SSH), and to the desktop where its program is at hand.

No terminal says whether it took what it was sent, so a local clipboard program is asked too, and what is said
promises no more than is known.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from textual.screen import Screen

from brief_tui.tui.background import hand_over

PATIENCE = 3.0
"""Seconds that a clipboard program may take."""

_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


def local_program(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The command that puts its input on the clipboard of the desktop one sits at; empty without one."""
    if any(environ.get(name) for name in _REMOTE):
        return ()
    offers = (
        (sys.platform == "darwin", ("pbcopy",)),
        (bool(environ.get("WAYLAND_DISPLAY")), ("wl-copy",)),
        (bool(environ.get("DISPLAY")), ("xclip", "-selection", "clipboard")),
        (bool(environ.get("DISPLAY")), ("xsel", "--clipboard", "--input")),
        (bool(environ.get("WSL_DISTRO_NAME")), ("clip.exe",)),
    )
    for here, command in offers:
        path = shutil.which(command[0], path=environ.get("PATH")) if here else None
        if path is not None:
            return (path, *command[1:])
    return ()


def copy(screen: Screen[Any], text: str, what: str, say: Callable[[str], None]) -> None:
    """Copy a text without waiting, and say what was done.

    Args:
        screen: where it is copied from.
        text: any text.
        what: it was, for people: "copied with its citation".
        say: told what was done, once it is.
    """
    whole = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
    screen.app.copy_to_clipboard(whole)
    sent = f"{what}, through the terminal · if that takes none, e writes a file"
    if os.environ.get("TERM") == "linux":
        sent = "this terminal has no clipboard · e writes a file"
    command = local_program()
    if not command:
        say(sent)
        return

    def work() -> None:
        hand_over(screen, say, what if _run(command, whole) else sent)

    screen.run_worker(work, thread=True, group="clipboard", exclusive=True)


def _run(command: tuple[str, ...], text: str) -> bool:
    """Whether a program took a text."""
    encoding = "utf-16-le" if command[0].endswith("clip.exe") else "utf-8"
    try:
        done = subprocess.run(  # noqa: S603 - a program of the user's own PATH, without a shell
            command,
            input=text.encode(encoding),
            stdout=subprocess.DEVNULL,  # xclip and wl-copy stay in the background and would hold a pipe
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
