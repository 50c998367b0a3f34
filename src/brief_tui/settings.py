"""Where the program's files lie, and the reader's settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from brief_tui.errors import BriefError


@dataclass(frozen=True, slots=True)
class Places:
    """The program's own folders: never among the documents, and private to the reader.

    Attributes:
        cache: what can be made again (indexes, theme tags).
        data: what cannot (highlights, notes, reading state).
        config: the settings.
    """

    cache: Path
    data: Path
    config: Path


def places() -> Places:
    """The platform's folders, or those that BRIEF_TUI_CACHE_DIR, _DATA_DIR and _CONFIG_DIR name."""
    import platformdirs

    def place(name: str, default: str) -> Path:
        return Path(os.environ.get(f"BRIEF_TUI_{name}_DIR") or default)

    return Places(
        cache=place("CACHE", platformdirs.user_cache_dir("brief-tui", appauthor=False)),
        data=place("DATA", platformdirs.user_data_dir("brief-tui", appauthor=False)),
        config=place("CONFIG", platformdirs.user_config_dir("brief-tui", appauthor=False)),
    )


def make_private(folder: Path) -> Path:
    """Make a folder that only its owner can enter, with what is above it.

    Raises:
        BriefError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise BriefError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader prefers.

    Attributes:
        theme: name of a Textual theme.
        glyphs: which symbols the screen uses.
        text_width: cells of a row of text at most.
        keys: the keymap: an action's id to its keys, separated by commas.
    """

    theme: str = "brief-dark"
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"
    text_width: int = 76
    keys: dict[str, str] = field(default_factory=dict)
