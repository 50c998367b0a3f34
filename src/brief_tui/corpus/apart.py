"""Cuts a large document into passages in a process of its own; they come back as numbers."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from hashlib import blake2b

from brief_tui import children
from brief_tui.corpus.formats import Extracted, Markup
from brief_tui.corpus.model import Kind, Passage
from brief_tui.corpus.segment import segment

_SLICE = 1 << 18
_FIELDS = 12
_DIGEST = 16
_KINDS = tuple(Kind)
_NONE = -1


def segment_apart(
    extracted: Extracted, doc: str, *, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Passage, ...]:
    """As `segment`, without disturbing the other threads of this process.

    Args:
        extracted: the text of the document.
        doc: the document's id.
        cancelled: asked now and then; true ends the work.

    Raises:
        children.Cancelled: it was ended.
    """
    import tempfile

    heard = bytearray()
    digest = blake2b(digest_size=_DIGEST)
    with tempfile.NamedTemporaryFile(prefix="brief-tui-") as file:
        for at in range(0, len(extracted.text), _SLICE):  # a second copy of all of it would stay in the heap
            content = extracted.text[at : at + _SLICE].encode("utf-8", "surrogatepass")
            digest.update(content)
            file.write(content)
        file.flush()
        done = children.run(__name__, [file.name, extracted.markup], heard=heard.extend, cancelled=cancelled)
    if done and heard[:_DIGEST] == digest.digest():
        numbers = array("i")
        numbers.frombytes(memoryview(heard)[_DIGEST:])
        return _passages(numbers, extracted.text, doc)
    return segment(extracted.text, doc, markup=extracted.markup)


def pack(passages: tuple[Passage, ...]) -> bytes:
    """Passages as numbers, without their text."""
    numbers = array("i")
    for p in passages:
        numbers.extend((p.start, p.end, p.line, p.line_end, _KINDS.index(p.kind), p.level))
        numbers.extend(_NONE if n is None else n for n in (p.heading, p.lead_in, p.twin, p.page))
        numbers.extend((p.marker, p.inline_heading))
    return numbers.tobytes()


def _passages(numbers: array[int], text: str, doc: str) -> tuple[Passage, ...]:
    def some(number: int) -> int | None:
        return None if number == _NONE else number

    rows = zip(*(iter(numbers),) * _FIELDS, strict=True)
    return tuple(
        Passage(
            doc=doc,
            number=at,
            start=row[0],
            end=row[1],
            line=row[2],
            line_end=row[3],
            kind=_KINDS[row[4]],
            level=row[5],
            heading=some(row[6]),
            lead_in=some(row[7]),
            twin=some(row[8]),
            page=some(row[9]),
            marker=row[10],
            inline_heading=row[11],
            source=text,
        )
        for at, row in enumerate(rows)
    )


def _main(path: str, markup: str) -> None:
    """Segment a text file and write what was found to standard output."""
    from pathlib import Path

    children.begin()
    content = Path(path).read_bytes()
    text = content.decode("utf-8", "surrogatepass")
    digest = blake2b(content, digest_size=_DIGEST).digest()
    sys.stdout.buffer.write(digest + pack(segment(text, "", markup=Markup(markup))))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
