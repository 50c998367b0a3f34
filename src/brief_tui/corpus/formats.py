"""From a file to text: the readers of each format, found by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from brief_tui.corpus.decode import decode
from brief_tui.corpus.files import NotAFileError, read_bytes
from brief_tui.errors import SourceError

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


class Markup(StrEnum):
    """What the signs in a text mean."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    Attributes:
        text: BOM dropped, line ends as a line feed.
        encoding: how the file was decoded.
        markup: what the signs in the text mean.
        notices: what was lost or guessed, one sentence each.
    """

    text: str = field(repr=False)
    encoding: str = "utf-8"
    markup: Markup = Markup.PLAIN
    notices: tuple[str, ...] = ()


Reader = Callable[[bytes, str], Extracted]
"""Makes text of a file's content; the second argument is its name for notices and errors."""


def read_plain(content: bytes, name: str) -> Extracted:
    """Decode plain text.

    Raises:
        SourceError: the content is not text.
    """
    decoded = decode(content, name)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Extracted(text, decoded.encoding, notices=decoded.notices)


def read_markdown(content: bytes, name: str) -> Extracted:
    """Decode Markdown; its signs stay in the text and segmentation reads them.

    Raises:
        SourceError: the content is not text.
    """
    return replace(read_plain(content, name), markup=Markup.MARKDOWN)


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
"""What reads each suffix; a file of any other is plain text where it is named, and else no document."""

PLAIN = frozenset({read_plain, read_markdown})
"""The readers that read a part of a file as they read the whole."""


def read_text(path: Path) -> Extracted:
    """Read a document of any format.

    Raises:
        SourceError: it cannot be read, is too large, empty or binary; one sentence says which.
    """
    extracted = READERS.get(path.suffix.lower(), read_plain)(_content(path), path.name)
    if not extracted.text or extracted.text.isspace():
        raise SourceError(f"{path.name} is empty; there is nothing to read in it.")
    return extracted


def _content(path: Path) -> bytes:
    try:
        content = read_bytes(path, SIZE_LIMIT)
    except NotAFileError as error:
        raise SourceError(f"{path.name} is not a plain file; name one that holds text.") from error
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    if content is None:
        raise SourceError(f"{path.name} is larger than 64 MB; split it into parts.")
    return content
