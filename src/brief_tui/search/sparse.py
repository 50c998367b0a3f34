"""Vectors of terms in arrays: a dictionary for each of many thousand passages takes four times as much."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple


class Row(NamedTuple):
    """A vector: numbers of terms, and the weight of each."""

    numbers: array[int]
    weights: array[float]


class Vocabulary:
    """A number for each term, by the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []

    def __len__(self) -> int:
        """How many terms have a number."""
        return len(self._terms)

    def number(self, term: str) -> int | None:
        """A term's number; None for one that did not come."""
        return self._numbers.get(term)

    def packed(self, vector: Mapping[str, float]) -> Row:
        """A vector as numbers of terms and weights; new terms get their number."""
        for term in vector:
            if term not in self._numbers:
                self._numbers[term] = len(self._terms)
                self._terms.append(term)
        return Row(array("I", [self._numbers[term] for term in vector]), array("d", vector.values()))

    def unpacked(self, row: Row) -> dict[str, float]:
        """The vector, its terms in their order."""
        return {self._terms[number]: weight for number, weight in zip(*row, strict=True)}


class Vectors:
    """Vectors in their order."""

    def __init__(self, vocabulary: Vocabulary, vectors: Iterable[Mapping[str, float]]) -> None:
        self._vocabulary = vocabulary
        self.rows = [vocabulary.packed(vector) for vector in vectors]

    def __getitem__(self, at: int) -> dict[str, float]:
        """The vector at a place."""
        return self._vocabulary.unpacked(self.rows[at])

    def __iter__(self) -> Iterator[dict[str, float]]:
        """Each vector, made when its turn comes."""
        return map(self._vocabulary.unpacked, self.rows)

    def holders(self, counted: Sequence[bool]) -> array[int]:
        """How many of the vectors that are counted hold each term, by its number."""
        found = array("I", bytes(4 * len(self._vocabulary)))
        for (numbers, _), is_counted in zip(self.rows, counted, strict=True):
            if is_counted:
                for number in numbers:
                    found[number] += 1
        return found


class Inverted:
    """For each term the places of the vectors that hold it, and its weights there."""

    def __init__(self, vocabulary: Vocabulary, vectors: Vectors) -> None:
        self._vocabulary = vocabulary
        held = vectors.holders([True] * len(vectors.rows))
        self._starts = array("Q", accumulate(held, initial=0))
        self._places = array("I", bytes(4 * self._starts[-1]))
        self._weights = array("f", bytes(4 * self._starts[-1]))
        free = self._starts[:]
        for at, (numbers, weights) in enumerate(vectors.rows):
            for number, weight in zip(numbers, weights, strict=True):
                slot = free[number]
                self._places[slot], self._weights[slot] = at, weight
                free[number] = slot + 1

    def of(self, term: str) -> Iterable[tuple[int, float]]:
        """Places and weights of a term."""
        number = self._vocabulary.number(term)
        if number is None:
            return ()
        start, end = self._starts[number], self._starts[number + 1]
        return zip(self._places[start:end], self._weights[start:end], strict=True)
