"""Word vectors, where the `semantic` extra is installed: likeness of meaning without shared words.

They are made once for the texts of a brief and kept in the private cache; comparing some thousand of them
needs no library at all.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from operator import mul
from pathlib import Path
from typing import Any

from brief_tui.corpus.sealed import keep, recall
from brief_tui.search import embedding
from brief_tui.search.embedding import WIDTH

MANY = 2000
"""Texts from which numpy compares them: it costs 15 MB and 60 ms, which a few do not need."""


class Vectors:
    """The vectors of some texts, in their order; likeness is the cosine of what they do not all share."""

    def __init__(self, numbers: array[float]) -> None:
        """Take the rows that `embedding.embedded` makes."""
        self._matrix: Any = None
        self._rows: list[memoryview] = []
        if len(numbers) > MANY * WIDTH:
            import numpy

            self._matrix = numpy.frombuffer(numbers, dtype="float32").reshape(-1, WIDTH)
        else:
            view = memoryview(numbers)
            self._rows = [view[at : at + WIDTH] for at in range(0, len(numbers), WIDTH)]

    @classmethod
    def of(
        cls,
        texts: Callable[[], Sequence[str]],
        *,
        key: bytes = b"",
        cache: Path | None = None,
        apart: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Vectors | None:
        """The vectors of texts; None where the extra is not installed or its files are not in the wheel.

        Args:
            texts: gives those of all passages, in order, where they are needed.
            key: what names the texts.
            cache: the private file where they are kept; None keeps nothing.
            apart: whether what is new is made in a process of its own.
            cancelled: asked now and then while that runs; true ends it.

        Raises:
            children.Cancelled: it was ended.
        """
        folder = embedding.model()
        if folder is None:
            return None
        try:
            key = key + embedding.stamp(folder).encode()
            numbers = _kept(cache, key)
            if numbers is None:
                read = texts()
                if apart:
                    numbers = embedding.embedded_apart(read, folder, cancelled=cancelled)
                else:
                    numbers = embedding.embedded(read, folder)
                if cache is not None:
                    keep(cache, key + numbers.tobytes())
            return cls(numbers) if numbers else None
        except (ImportError, OSError, ValueError, KeyError, TypeError):
            return None

    def likeness(self, weights: Mapping[int, float]) -> list[float]:
        """How like each text is to a weighted sum of some of them: cosines times the sum's length.

        Args:
            weights: the weight of each text, by its place.
        """
        if self._matrix is not None:
            import numpy

            shares = numpy.asarray(list(weights.values()), dtype="float32")
            found: list[float] = (self._matrix @ (shares @ self._matrix[list(weights)])).tolist()
            return found
        mixed = [0.0] * WIDTH
        for at, weight in weights.items():
            mixed = [sum_ + weight * number for sum_, number in zip(mixed, self._rows[at], strict=True)]
        return [sum(map(mul, row, mixed)) for row in self._rows]


def _kept(cache: Path | None, key: bytes) -> array[float] | None:
    content = recall(cache) if cache is not None else None
    if content is None or not content.startswith(key) or (len(content) - len(key)) % (WIDTH * 4):
        return None
    numbers = array("f")
    numbers.frombytes(memoryview(content)[len(key) :])
    return numbers
