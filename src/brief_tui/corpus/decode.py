"""From bytes to text: Unicode where it says so, else the encoding that it most likely is."""

from __future__ import annotations

import codecs
import io
import re
from typing import NamedTuple

from brief_tui.errors import SourceError

SAMPLE = 256 * 1024
"""Bytes that are looked at to tell a legacy encoding."""


_SLICE = 1 << 20
"""What is decoded at once: no other thread runs meanwhile, and a text may have 50 MB."""


class Decoded(NamedTuple):
    """Text with line ends as newlines, the encoding that gave it, and what was lost or guessed on the way."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x08\x1b\x1a"))


def decode(content: bytes, name: str) -> Decoded:
    """Make text of a file's bytes.

    Args:
        content: the bytes.
        name: the file's name, for notices and errors.

    Raises:
        SourceError: the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding, name)
    _refuse_binary(content, name)
    try:
        return Decoded(_text(content, "utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(content):
        text = _text(content, "utf-8", "replace")
        return Decoded(text, "utf-8", (f"{name} has bytes that are not UTF-8; they are shown as �.",))
    encoding = _detect(content)
    text = _text(content, encoding, "replace")
    return Decoded(text, encoding, (f"{name} is not UTF-8; it was read as {encoding}, which is a guess.",))


def _marked(content: bytes, encoding: str, name: str) -> Decoded:
    notices: tuple[str, ...] = ()
    try:
        text = _text(content, encoding)
    except UnicodeDecodeError:
        text = _text(content, encoding, "replace")
        notices = (f"{name} has bytes that are not {encoding.upper()}; they are shown as �.",)
    if "\0" in text:
        raise _binary(name)
    return Decoded(text, encoding, notices)


def _text(content: bytes, encoding: str, errors: str = "strict") -> str:
    r"""Bytes as text in slices, each line end in it as one `\n`.

    Raises:
        UnicodeDecodeError: they are not of that encoding, and `errors` is strict.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)
    parts = [decoder.decode(content[at : at + _SLICE]) for at in range(0, len(content), _SLICE)]
    return "".join((*parts, decoder.decode(b"", final=True)))


def _refuse_binary(content: bytes, name: str) -> None:
    head = content[:SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if content.startswith(_BINARY) or b"\0" in content or controls * 20 > len(head):
        raise _binary(name, content)


def _binary(name: str, content: bytes = b"") -> SourceError:
    if content.startswith(b"%PDF-"):
        return SourceError(f"{name} is a binary file, a PDF; rename it to end in .pdf.")
    if content.startswith(b"PK\x03\x04"):
        return SourceError(f"{name} is a binary file; if it is a .docx or .epub, rename it to end so.")
    return SourceError(f"{name} is a binary file; save its text as .txt (UTF-8).")


def _nearly_utf8(content: bytes) -> bool:
    """Whether only a few bytes of otherwise good UTF-8 are wrong (a cut file, a stray byte)."""
    sample = content[:SAMPLE].decode("utf-8", "replace")
    wrong = sample.count("�")
    good = len(sample) - wrong - len(re.sub(r"[^\x00-\x7f�]", "", sample))
    return wrong * 5 <= good


def _detect(content: bytes) -> str:
    import charset_normalizer

    # The bytes that tell encodings apart may be rare: prefer the lines that have them.
    lines = [line for line in content[: 16 * SAMPLE].split(b"\n") if not line.isascii()]
    found = charset_normalizer.from_bytes(b"\n".join(lines)[:SAMPLE])
    best = found.best()
    if best is None:
        return "cp1252"
    # Among equally likely Western code pages the one in use is far likelier than its rare relatives.
    for match in found:
        if match.encoding == "cp1252" and match.chaos <= best.chaos and match.coherence >= best.coherence:
            return "cp1252"
    return str(best.encoding)
