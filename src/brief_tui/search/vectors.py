"""Word vectors, where the `semantic` extra is installed: likeness of meaning without shared words.

wordllama keeps a static vector for each piece of a word in its own wheel; a text's vector is their mean. The
wheel's folder is given as its cache, with downloads disabled, so that no network is ever tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BATCH = 512

FEW = 20
"""Texts that are too few to say what they have in common: half of their mean is taken out."""


def available() -> bool:
    """Whether the extra is installed; nothing of it is loaded."""
    return find_spec("wordllama") is not None and find_spec("numpy") is not None


class Vectors:
    """The vectors of some texts, in their order.

    What all texts have in common is taken out (their mean), so that passages on one subject do not all seem
    alike: likeness is the cosine of what is left.
    """

    def __init__(self, rows: Any) -> None:
        import numpy

        common = rows.mean(axis=0) * (len(rows) / (len(rows) + FEW)) if len(rows) else 0.0
        centred = rows - common
        lengths = numpy.linalg.norm(centred, axis=1, keepdims=True)
        self._rows = (centred / numpy.maximum(lengths, 1e-9)).astype("float32")

    @classmethod
    def of(cls, texts: Sequence[str]) -> Vectors | None:
        """The vectors of texts; None where the extra is not installed or its files are not in the wheel."""
        if not texts or not available():
            return None
        try:
            import wordllama

            model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
            return cls(model.embed(list(texts), norm=True, batch_size=BATCH))
        except (ImportError, OSError, ValueError):
            return None

    def likeness(self, weights: Mapping[int, float]) -> list[float]:
        """How like each text is to a weighted sum of some of them: cosines times the sum's length.

        Args:
            weights: the weight of each text, by its place.
        """
        import numpy

        places = list(weights)
        mixed = numpy.asarray([weights[at] for at in places], dtype="float32") @ self._rows[places]
        found: list[float] = (self._rows @ mixed).tolist()
        return found
