"""From a file to text: the readers of each format, found by the file's suffix.

What is more than text is read in a process of its own: its libraries are large, and a file that breaks one of
them must not break the program.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from brief_tui.corpus.decode import decode
from brief_tui.corpus.files import NotAFileError, read_bytes
from brief_tui.corpus.model import Kind, Metadata
from brief_tui.errors import SourceError

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


class Markup(StrEnum):
    """What the signs in a text mean."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    BLOCKS = "blocks"


class Block(NamedTuple):
    """A passage that the format itself marks: whole lines of the text.

    Attributes:
        start: its first code point.
        end: code point after its last.
        kind: what it is; None where the format does not say.
        level: depth of a heading, from 1 for a title.
        marker: length of a list item's marker at its start.
    """

    start: int
    end: int
    kind: Kind | None = None
    level: int = 0
    marker: int = 0


class Page(NamedTuple):
    """Where a page of the source begins.

    Attributes:
        start: its first code point.
        number: what it is cited by.
    """

    start: int
    number: int


class Extracted(Struct, frozen=True):
    """The text of a file.

    Attributes:
        text: BOM dropped, line ends as a line feed.
        encoding: how the file was decoded.
        markup: what the signs in the text mean; `BLOCKS` where the blocks are all of it.
        notices: what was lost or guessed, one sentence each.
        blocks: passages that the format marks, in order; they never overlap.
        pages: where the pages begin, in order.
        metadata: what the file says of itself.
    """

    text: str
    encoding: str = "utf-8"
    markup: Markup = Markup.PLAIN
    notices: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)


Reader = Callable[[bytes, str], Extracted]
"""Makes text of a file's content; the second argument is its name for notices and errors."""


def read_plain(content: bytes, name: str) -> Extracted:
    """Decode plain text.

    Raises:
        SourceError: the content is not text.
    """
    decoded = decode(content, name)
    return Extracted(decoded.text, decoded.encoding, notices=decoded.notices)


def read_markdown(content: bytes, name: str) -> Extracted:
    """Decode Markdown; its signs stay in the text and segmentation reads them.

    Raises:
        SourceError: the content is not text.
    """
    return replace(read_plain(content, name), markup=Markup.MARKDOWN)


def _late(module: str, function: str) -> Reader:
    """A reader whose libraries are loaded when it is called."""

    def read(content: bytes, name: str) -> Extracted:
        try:
            reader: Reader = getattr(import_module(f"brief_tui.corpus.extract.{module}"), function)
            return reader(content, name)
        except ImportError as error:
            what = "needs more than is installed; run: pip install 'brief-tui[formats]'"
            raise SourceError(f"{name} {what}") from error

    return read


_read_html = _late("html", "read_html")

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _late("pdf", "read_pdf"),
    ".docx": _late("docx", "read_docx"),
    ".epub": _late("epub", "read_epub"),
}
"""What reads each suffix; a file of any other is plain text where it is named, and else no document."""

PLAIN = frozenset({read_plain, read_markdown})
"""The readers of plain text: they read a part of a file as they read the whole."""


def reader_of(path: Path) -> Reader:
    """What reads a file, by its suffix."""
    return READERS.get(path.suffix.lower(), read_plain)


def read_text(
    path: Path, *, cancelled: Callable[[], bool] = lambda: False, cache: Path | None = None
) -> Extracted:
    """Read a document of any format; what is more than text, in a process of its own.

    Args:
        path: where it lies.
        cancelled: asked now and then while that process runs; true ends it.
        cache: the private folder where what it gave is kept; None keeps nothing.

    Raises:
        SourceError: it cannot be read, is too large, empty or binary; one sentence says which.
        children.Cancelled: it was ended.
    """
    content = _content(path)
    if reader_of(path) in PLAIN:
        return extract(content, path)
    from brief_tui.corpus.extract.isolated import read_isolated

    return read_isolated(path, content, cancelled=cancelled, cache=cache)


def extract(content: bytes, path: Path) -> Extracted:
    """Make text of a file's content in this process.

    Raises:
        SourceError: it cannot be read, is empty or binary; one sentence says which.
    """
    extracted = reader_of(path)(content, path.name)
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
