"""Builds a brief's index in a process of its own; it lies in the cache afterwards."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from brief_tui import children


def build_apart(
    paths: Sequence[Path],
    *,
    recursive: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Bring the index of a brief in the cache up to date.

    Args:
        paths: as for `Workspace.open`; none for the default brief.
        recursive: likewise.
        progress: told how many documents of how many are done.
        cancelled: asked now and then; true ends the work.

    Returns:
        Whether it could be done there.

    Raises:
        children.Cancelled: it was ended.
    """
    rest = b""

    def heard(piece: bytes) -> None:
        nonlocal rest
        *lines, rest = (rest + piece).split(b"\n")
        if lines and progress is not None:
            done, _, total = lines[-1].partition(b"/")
            progress(int(done), int(total))

    args = [str(int(recursive)), *(str(path.absolute()) for path in paths)]
    return children.run(__name__, args, heard=heard, cancelled=cancelled)


def _main(recursive: str, *paths: str) -> None:
    """Open a brief's index; a line for each document that is done goes to standard output."""
    from brief_tui.workspace import Workspace

    children.begin()
    workspace = Workspace.open([Path(path) for path in paths] or None, recursive=bool(int(recursive)))

    def progress(done: int, total: int) -> None:
        sys.stdout.write(f"{done}/{total}\n")
        sys.stdout.flush()

    workspace.open_index(progress)


if __name__ == "__main__":
    _main(*sys.argv[1:])
