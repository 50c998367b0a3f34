"""The brief.toml as the place where a codebook is kept: changed from inside, by hand, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from brief_tui.corpus.schema import parse_manifest, read_manifest
from brief_tui.errors import BriefError, ManifestError
from brief_tui.themes.codebook import Codebook, from_manifest
from brief_tui.themes.editing import replace_text, write_codebook

_STEPS = 100


class CodebookFile:
    """Reads and changes the codebook of one brief.toml; to be used by one thread at a time."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Watch a file from now on.

        Args:
            path: the brief.toml; it need not be there.
            read_only: whether it may not be written to.
        """
        self.path = path
        self._read_only = read_only
        self._stamp = self._now()
        self._steps: list[tuple[str | None, str]] = []

    def read(self) -> Codebook:
        """The codebook as the file has it now; empty where there is no file.

        Raises:
            ManifestError: it cannot be read, or is wrong.
        """
        self._stamp = self._now()
        return from_manifest(read_manifest(self.path)) if self.path.exists() else Codebook()

    def is_changed(self) -> bool:
        """Whether the file is another than when it was last read or written."""
        return self._now() != self._stamp

    def change(self, change: Callable[[Codebook], Codebook]) -> Codebook:
        """Change the codebook as the file has it now; everything else in the file stays.

        Raises:
            ManifestError: the file or the change is wrong, or it cannot be written; it is as it was.
            BriefError: it may not be written to.
        """
        if self._read_only:
            raise BriefError("This brief may not be written to; change a copy of it.")
        before = self._text()
        changed = change(from_manifest(parse_manifest(before or "", str(self.path))))
        write_codebook(self.path, changed)
        after = self._text()
        if after is not None and after != before:
            self._steps = [*self._steps[-_STEPS:], (before, after)]
        self._stamp = self._now()
        return changed

    def take_back(self) -> Codebook | None:
        """Undo the last change that was made here; None where there is none.

        Raises:
            ManifestError: the file was changed by hand since, or cannot be written.
        """
        if not self._steps:
            return None
        before, after = self._steps[-1]
        if self._text() != after:
            self._steps.clear()
            raise ManifestError(f"{self.path} was changed by hand since; undo the rest there.")
        if before is None:
            self.path.unlink()
        else:
            replace_text(self.path, before)
        self._steps.pop()
        return self.read()

    def _text(self) -> str | None:
        try:
            return self.path.read_text("utf-8-sig")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise ManifestError(f"{self.path} cannot be read: {reason}; nothing was changed.") from error

    def _now(self) -> tuple[int, int] | None:
        try:
            told = self.path.stat()
        except OSError:
            return None
        return (told.st_mtime_ns, told.st_size)
