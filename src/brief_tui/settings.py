"""Where the program's files lie, and the reader's settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from brief_tui.errors import BriefError, ManifestError

FILE_NAME = "settings.toml"
SIZE_LIMIT = 1024 * 1024


class Places(msgspec.Struct, frozen=True):
    """The program's own folders: never among the documents, and private to the reader.

    Attributes:
        cache: what can be made again (indexes, theme tags).
        data: what cannot (highlights, notes, reading state).
        config: the settings.
    """

    cache: Path
    data: Path
    config: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / FILE_NAME


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
    """Make a folder that only its owner can enter, and likewise what is missing above it.

    Raises:
        BriefError: it cannot be made.
    """
    try:
        for above in reversed([each for each in folder.parents if not each.exists()]):
            above.mkdir(exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise BriefError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the reader prefers.

    Attributes:
        theme: name of a Textual theme; ours are brief-dark, brief-light, brief-contrast and
            brief-terminal (the terminal's own sixteen colours).
        glyphs: which symbols the screen uses.
        text_width: cells of a row of text at most.
        justify: whether prose ends at the right edge of its column.
        min_column: cells that a column has at least; decides how many stand side by side.
        invisible_marks: whether characters that show nothing, such as soft hyphens, are shown as marks.
        gutter_marks: whether the themes' digits stand beside each passage.
        semantic: whether word vectors help to find related passages where the `semantic` extra is installed.
        export_folder: where exports go; empty for the folder the program was started in.
        keys: the keymap: an action's id to its keys, separated by commas.
    """

    theme: str = "brief-dark"
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"
    text_width: Annotated[int, msgspec.Meta(ge=20, le=400)] = 76
    justify: bool = False
    min_column: Annotated[int, msgspec.Meta(ge=20, le=400)] = 34
    invisible_marks: bool = True
    gutter_marks: bool = True
    semantic: bool = True
    export_folder: str = ""
    keys: dict[str, str] = msgspec.field(default_factory=dict)


TEMPLATE = """\
# Settings of brief-tui. What is commented out has the value shown.

# Colours: brief-dark, brief-light, brief-contrast, brief-terminal (the terminal's own), or any Textual theme.
# theme = "brief-dark"

# Symbols of the screen: "auto", "unicode" or "ascii".
# glyphs = "auto"

# Cells of a row of text at most.
# text_width = 76

# Whether prose ends at the right edge of its column.
# justify = false

# Cells that a column has at least; decides how many documents stand side by side.
# min_column = 34

# Whether characters that show nothing (soft hyphens, zero-width blanks, marks of direction) become marks.
# What reorders a line or commands a terminal always is.
# invisible_marks = true

# Whether the themes' digits stand beside each passage.
# gutter_marks = true

# Whether word vectors help to find related passages, where the `semantic` extra is installed.
# semantic = true

# Where exports go; empty: the folder the program was started in.
# export_folder = ""

# Keys: an action's name and its keys, separated by commas. Help (?) lists the actions.
[keys]
# "trail.next" = "n"
"""


def read_settings(path: Path) -> Settings:
    """The settings of a file; the defaults where there is none.

    Raises:
        ManifestError: it cannot be read or a field is wrong; the text names the field and what it should be.
    """
    try:
        if not path.exists():
            return Settings()
        if not path.is_file():
            raise ManifestError(f"{path} is not a plain file; move it away to have the defaults.")
        if path.stat().st_size > SIZE_LIMIT:
            raise ManifestError(f"{path} is larger than {SIZE_LIMIT // 1024} KiB; make it smaller.")
        return msgspec.toml.decode(path.read_bytes(), type=Settings)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ManifestError(f"{path}: {error}; mend it, or move it away to have the defaults.") from error


def write_template(path: Path) -> None:
    """Write a settings file to start from.

    Raises:
        BriefError: it is there already, or cannot be written.
    """
    make_private(path.parent)
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(TEMPLATE, encoding="utf-8")
    except FileExistsError:
        raise BriefError(f"{path} is there already; edit it, or move it away first.") from None
    except OSError as error:
        raise BriefError(f"{path} cannot be written: {error.strerror}.") from error
