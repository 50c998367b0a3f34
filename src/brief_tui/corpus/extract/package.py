"""Reads the entries of a zip archive; its limits count what comes out, not what is declared."""

from __future__ import annotations

import io
import zipfile
import zlib

from brief_tui.errors import SourceError

ENTRIES_LIMIT = 10_000
"""Entries of the fullest archive that is read."""

UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes that all entries read from one archive may have together."""

RATIO_LIMIT = 200
"""How many times larger than the archive its entries may be together."""

_FREE = 16 * 1024 * 1024  # below this no ratio is a danger
_PIECE = 1 << 16
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError)


class Package:
    """A zip archive in memory; nothing of it is ever written to disk.

    Attributes:
        name: the file's name, for errors.
        entries: the names of its entries.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._size = len(content)
        self._read = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _TROUBLES as error:
            raise self._broken() from error
        names = self._archive.namelist()
        self.entries = frozenset(names)
        if len(names) > ENTRIES_LIMIT:
            raise SourceError(f"{name} holds more than 10,000 files; it is refused as a zip bomb.")

    def read(self, entry: str) -> bytes:
        """The content of an entry.

        Raises:
            SourceError: it is missing, broken, locked or too large.
        """
        pieces: list[bytes] = []
        try:
            with self._archive.open(entry) as file:
                while piece := file.read(_PIECE):
                    self._count(len(piece))
                    pieces.append(piece)
        except RuntimeError as error:  # zipfile's word for "needs a password"
            raise SourceError(f"{self.name} is locked with a password; save a copy without one.") from error
        except _TROUBLES as error:
            raise self._broken() from error
        return b"".join(pieces)

    def check(self) -> None:
        """Unpack every entry once, so that a library that reads the archive afterwards is safe.

        Raises:
            SourceError: as `read`.
        """
        for entry in sorted(self.entries):
            if not entry.endswith("/"):
                self.read(entry)

    def _count(self, size: int) -> None:
        self._read += size
        if self._read > UNPACKED_LIMIT or (
            self._read > _FREE and self._read > RATIO_LIMIT * max(self._size, 1)
        ):
            raise SourceError(f"{self.name} unpacks to far more than it is; it is refused as a zip bomb.")

    def _broken(self) -> SourceError:
        return SourceError(f"{self.name} is broken or cut off; get it again.")
