"""Texts as unit vectors, by the files that come inside wordllama's package; nothing of its code is loaded.

wordllama keeps a static vector for each piece of a word: a text's vector is their mean. Its own code would
also load pydantic, requests and a client for downloads, 50 MB and half a second that reading two files does
not need. A program of its own: `python -m brief_tui.search.embedding FILE` writes the rows of the texts in a
JSON file to standard output, so that a reader at the screen never holds the tokenizer.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from brief_tui.search import aside

WIDTH = 256
"""Numbers of a vector."""

FEW = 20
"""Texts that are too few to say what they have in common: half of their mean is taken out."""

_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_HEADER_LIMIT = 1 << 20
_TYPES = {"F16": "<f2", "F32": "<f4"}
_BATCH = 512


def model() -> Path | None:
    """The folder with the word vectors; None where the extra is not installed whole. Loads nothing of it."""
    found = find_spec("wordllama")
    if found is None or find_spec("numpy") is None or find_spec("tokenizers") is None:
        return None
    for place in found.submodule_search_locations or ():
        folder = Path(place)
        if (folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file():
            return folder
    return None


def stamp(folder: Path) -> str:
    """What names a model: its files' names and sizes."""
    sizes = [(folder / name).stat().st_size for name in (_WEIGHTS, _TOKENIZER)]
    return f"{_WEIGHTS}:{sizes[0]}:{sizes[1]}"


def embedded(texts: Sequence[str], folder: Path) -> array[float]:
    """The vectors of texts, one after the other, `WIDTH` numbers each.

    What all texts have in common is taken out (their mean), so that passages on one subject do not all seem
    alike; each vector has length 1, or 0 for a text without words.

    Raises:
        ImportError: the extra is not installed whole.
        OSError, ValueError: its files cannot be read or are not what they should be.
    """
    import numpy

    rows = means(texts, folder)
    some = rows.any(axis=1, keepdims=True)
    rows -= some * rows.mean(axis=0) * (len(rows) / (len(rows) + FEW))
    rows /= numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    found = array("f")
    found.frombytes(rows.astype("float32").tobytes())
    return found


def means(texts: Sequence[str], folder: Path) -> Any:
    """The mean vector of each text's pieces, of length 1: as `WordLlama.embed(texts, norm=True)`."""
    import numpy
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    weights = _weights(folder / _WEIGHTS)
    rows = numpy.zeros((len(texts), WIDTH), dtype="float32")
    pieces: dict[str, list[int]] = {}
    for first in range(0, len(texts), _BATCH):
        batch = [_words(text) for text in texts[first : first + _BATCH]]
        new = [*{word for words in batch for word in words}.difference(pieces)]
        encodings = tokenizer.encode_batch(new, add_special_tokens=False)
        pieces.update((word, encoding.ids) for word, encoding in zip(new, encodings, strict=True))
        for at, words in enumerate(batch, first):
            if ids := [piece for word in words for piece in pieces[word]]:
                rows[at] = weights[numpy.clip(ids, 0, len(weights) - 1)].astype("float32").mean(axis=0)
    return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _words(text: str) -> list[str]:
    """What the tokenizer cuts by itself: no piece goes across a blank, and the same words come again."""
    return text.split(" ") if text == " ".join(text.split()) else [text]


def _weights(path: Path) -> Any:
    """The matrix of a safetensors file, mapped: its size in eight bytes, a header in JSON, numbers."""
    import json

    import numpy

    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if size > _HEADER_LIMIT:
            raise ValueError(f"{path.name} has no header")
        header = json.loads(file.read(size))
    (matrix,) = (each for name, each in header.items() if name != "__metadata__")
    count, width = matrix["shape"]
    if width != WIDTH or matrix["dtype"] not in _TYPES:
        raise ValueError(f"{path.name} holds other numbers")
    start = 8 + size + matrix["data_offsets"][0]
    return numpy.memmap(path, dtype=_TYPES[matrix["dtype"]], mode="r", offset=start, shape=(count, width))


def embedded_apart(
    texts: Sequence[str], folder: Path, *, cancelled: Callable[[], bool] = lambda: False
) -> array[float]:
    """As `embedded`, in a process of its own: neither its memory nor its time are this one's.

    Raises:
        children.Cancelled: `cancelled`, asked now and then, said so.
    """
    import msgspec

    answer = aside.made(__name__, msgspec.json.encode([*texts]), cancelled=cancelled)
    found = array("f", answer or b"")
    return found if len(found) == len(texts) * WIDTH else embedded(texts, folder)


def _rows_of(content: bytes) -> bytes:
    import json

    folder = model()
    if folder is None:
        raise SystemExit(1)
    return embedded(json.loads(content), folder).tobytes()


if __name__ == "__main__":
    aside.make(_rows_of)
