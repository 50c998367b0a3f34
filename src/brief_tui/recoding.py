"""Recoding: the codebook of a brief changed while it is used, and its brief.toml watched meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING

from brief_tui.coding import Coding
from brief_tui.corpus.library import Library
from brief_tui.corpus.manifest import FILE_NAME
from brief_tui.errors import ManifestError

if TYPE_CHECKING:
    from brief_tui.themes.codebook import Codebook
    from brief_tui.themes.file import CodebookFile


class Recoding:
    """Changes of a codebook, each written to brief.toml at once."""

    def __init__(self, coding: Coding, library: Library) -> None:
        """Change the codebook of a coding, in the file of a library's brief; nothing is read yet."""
        self._coding = coding
        self._library = library
        self._revising = RLock()  # one change after the other
        self._opening = RLock()
        self._file: CodebookFile | None = None

    def revise(self, change: Callable[[Codebook], Codebook]) -> None:
        """Change the codebook in brief.toml, and tag again; to be called off the event loop.

        Until it returns, the tags are those from before.

        Args:
            change: makes the new codebook from the one that the file holds now.

        Raises:
            ManifestError: the change or the file is wrong, or the file cannot be written; all is as it was.
                Or it was written, and another of its cues does not parse: no tags until that is mended.
            BriefError: the brief may not be written to.
        """
        with self._revising:
            self._take(self._kept_in().change(change))

    def take_back(self) -> bool:
        """Undo the last `revise`; whether there was one.

        Raises:
            ManifestError: brief.toml was changed by hand since, or cannot be written.
        """
        with self._revising:
            codebook = self._kept_in().take_back()
            if codebook is not None:
                self._take(codebook)
            return codebook is not None

    def reread(self) -> bool:
        """Take in a brief.toml that was changed by hand since it was read; whether its codebook is another.

        Raises:
            ManifestError: it is wrong, said once; codebook and tags stay as they were.
        """
        with self._revising:
            file = self._kept_in()
            return file.is_changed() and self._taken_in(file.read())

    def look_again(self) -> bool:
        """Read the codebook where the brief lies now; whether it is another.

        Raises:
            ManifestError: it is wrong; codebook and tags stay as they were.
        """
        with self._revising:
            self._file = None
            return self._taken_in(self._kept_in().read())

    def watch(self) -> bool:
        """Begin to watch brief.toml; whether it was changed by hand since it was read. Takes no time."""
        return self._kept_in().is_changed()

    def _taken_in(self, codebook: Codebook) -> bool:
        if codebook == self._coding.codebook:
            return False
        self._coding.change_to(codebook)
        return True

    def _take(self, codebook: Codebook) -> None:
        try:
            self._coding.change_to(codebook)
        except ManifestError:
            self._coding.change_untagged(codebook)
            raise

    def _kept_in(self) -> CodebookFile:
        with self._opening:
            if self._file is None:
                from brief_tui.themes.file import CodebookFile

                brief = self._library.brief
                self._file = CodebookFile(brief.root / FILE_NAME, read_only=brief.read_only)
            return self._file
