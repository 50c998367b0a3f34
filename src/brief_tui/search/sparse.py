"""The words of many passages in arrays: a dictionary for each passage takes ten times as much."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec


class Vocabulary:
    """A number for each word, from 1, by the order in which they came."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = [*words]
        self._numbers = {word: at for at, word in enumerate(self.words, 1)}

    def number(self, word: str) -> int:
        """A word's number; a new one gets its own."""
        number = self._numbers.get(word)
        if number is None:
            self.words.append(word)
            number = self._numbers[word] = len(self.words)
        return number


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    words: list[str]
    total: int
    arrays: tuple[bytes, bytes, bytes, bytes]


class Inverted:
    """For each word how many passages hold it, which they are and its weight in each.

    Attributes:
        words: by their numbers, from 1.
        total: passages among which holders are counted.
    """

    def __init__(self, words: Sequence[str], total: int, holders: Iterable[int], held: Iterable[int]) -> None:
        """Make room for the weights.

        Args:
            words: by their numbers.
            total: passages among which holders are counted.
            holders: how many of them hold each word.
            held: how many passages have a weight of each word.
        """
        self.words = words
        self.total = total
        self._holders = array("I", holders)
        self._starts = array("Q", accumulate(held, initial=0))
        self._places = array("I", bytes(4 * self._starts[-1]))
        self._weights = array("f", bytes(4 * self._starts[-1]))

    def fill(self, passages: Iterable[tuple[Sequence[int], Sequence[float]]]) -> None:
        """Take the words of each passage, by their numbers, and their weights there."""
        free, places, kept = self._starts[:], self._places, self._weights
        for at, (numbers, weights) in enumerate(passages):
            for number, weight in zip(numbers, weights, strict=True):
                slot = free[number - 1]
                places[slot], kept[slot] = at, weight
                free[number - 1] = slot + 1

    def word(self, number: int) -> str:
        """A word by its number; empty for one that came later."""
        return self.words[number - 1] if number <= len(self.words) else ""

    def holders(self, number: int) -> int:
        """How many passages hold a word."""
        return self._holders[number - 1] if number <= len(self.words) else 0

    def of(self, number: int) -> Iterable[tuple[int, float]]:
        """The passages that hold a word, by their places, and its weight in each."""
        if number > len(self.words):
            return ()
        start, end = self._starts[number - 1], self._starts[number]
        return zip(self._places[start:end], self._weights[start:end], strict=True)

    def packed(self) -> bytes:
        """All of it in bytes."""
        arrays = (self._holders, self._starts, self._places, self._weights)
        holders, starts, places, weights = (each.tobytes() for each in arrays)
        packed = _Packed([*self.words], self.total, (holders, starts, places, weights))
        return msgspec.msgpack.encode(packed)

    @classmethod
    def unpacked(cls, content: bytes | memoryview) -> Inverted:
        """What `packed` gave.

        Raises:
            msgspec.MsgspecError, ValueError: it is something else.
        """
        packed = msgspec.msgpack.decode(content, type=_Packed)
        made = cls(packed.words, packed.total, (), ())
        holders, starts, places, weights = packed.arrays
        made._holders = array("I", holders)
        made._starts = array("Q", starts)
        made._places = array("I", places)
        made._weights = array("f", weights)
        return made
