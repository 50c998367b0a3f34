"""Whether the program can be left for a while: Ctrl+Z goes back to a shell that `fg` returns from."""

from __future__ import annotations

import os


def has_shell() -> bool:
    """Whether a shell with job control waits for this process; without one, to stop would be to hang."""
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except (AttributeError, OSError):  # not on Windows; a parent that has ended
        return False
