"""Cuts a large document into passages in a process of its own; they come back as numbers."""

from __future__ import annotations

import gc
import sys
from array import array
from collections.abc import Callable
from hashlib import blake2b

from brief_tui import children
from brief_tui.corpus.formats import Extracted, Markup
from brief_tui.corpus.model import Passage
from brief_tui.corpus.packed import pack, unpack
from brief_tui.corpus.segment import segment

_SLICE = 1 << 18
_DIGEST = 16


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
        return unpack(numbers, extracted.text, doc)
    return segment(extracted.text, doc, markup=extracted.markup)


def _main(path: str, markup: str) -> None:
    """Segment a text file and write what was found to standard output."""
    from pathlib import Path

    gc.disable()  # nothing here goes round in circles, and looking for it takes a tenth of the time
    children.begin()
    content = Path(path).read_bytes()
    text = content.decode("utf-8", "surrogatepass")
    digest = blake2b(content, digest_size=_DIGEST).digest()
    sys.stdout.buffer.write(digest + pack(segment(text, "", markup=Markup(markup))))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
