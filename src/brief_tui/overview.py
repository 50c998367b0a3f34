"""What each document says of each theme: how often, how much of its prose, and where along its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brief_tui.corpus.model import PROSE, Document, Kind, Passage, PassageKey
from brief_tui.trail import stops

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says of one theme.

    Attributes:
        numbers: the passages with the theme in reading order: prose only, a pull quote with its twin once.
        share: their part of the document's prose in code points, 0 to 1.
    """

    numbers: tuple[int, ...]
    share: float

    @property
    def count(self) -> int:
        """How many passages have the theme."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Row:
    """One document.

    Attributes:
        place: its place in the brief, from 0.
        document: the text.
        words: how many words it has: what stands between blanks; an ideograph is one by itself.
        passages: how many passages of prose it has; a pull quote with its twin counts once.
        length: code points of those.
        cells: what it says, by theme id.
    """

    place: int
    document: Document
    words: int
    passages: int
    length: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Overview:
    """Documents and themes of a brief.

    Attributes:
        themes: the themes' ids in key order.
        rows: the documents in reading order.
    """

    themes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def words(self) -> int:
        """Words of all documents."""
        return sum(row.words for row in self.rows)

    def count(self, theme: str) -> int:
        """Passages with a theme in all documents."""
        return sum(row.cells[theme].count for row in self.rows)

    def share(self, theme: str) -> float:
        """The part of all prose that has a theme, in code points, 0 to 1."""
        length = sum(row.length for row in self.rows)
        return sum(row.cells[theme].share * row.length for row in self.rows) / length if length else 0.0

    @property
    def highest(self) -> float:
        """The largest share of any document and theme."""
        return max((cell.share for row in self.rows for cell in row.cells.values()), default=0.0)


def survey(
    documents: Iterable[tuple[int, Document]], themes: Sequence[str], tagged: Iterable[tuple[str, str, int]]
) -> Overview:
    """Count what the documents say of the themes.

    Args:
        documents: each document with its place in the brief, in reading order.
        themes: the themes' ids in key order.
        tagged: the theme tags: theme id, document id and number of the passage; of headings and of
            unknown themes or documents they are left out.
    """
    keys: dict[str, dict[str, list[PassageKey]]] = {}
    for theme, doc, number in tagged:
        keys.setdefault(doc, {}).setdefault(theme, []).append((doc, number))
    rows = [_row(place, document, themes, keys.get(document.id, {})) for place, document in documents]
    return Overview(tuple(themes), tuple(rows))


def along(document: Document, numbers: Iterable[int], steps: int) -> tuple[float, ...]:
    """Where along a document passages lie.

    Args:
        document: the text.
        numbers: the passages.
        steps: into how many equal stretches of code points the text is cut, at least 1.

    Returns:
        For each stretch the part of its prose that is in those passages, 0 to 1.
    """
    wanted = set(numbers)
    prose, inside = [0.0] * steps, [0.0] * steps
    stretch = max(1, len(document.text)) / steps
    for passage in _prose(document):
        first, last = int(passage.start / stretch), int((passage.end - 1) / stretch)
        for at in range(first, min(last, steps - 1) + 1):
            part = min(passage.end, (at + 1) * stretch) - max(passage.start, at * stretch)
            prose[at] += part
            if passage.number in wanted:
                inside[at] += part
    return tuple(min(1.0, some / whole) if whole else 0.0 for some, whole in zip(inside, prose, strict=True))


def _row(
    place: int, document: Document, themes: Sequence[str], keys: Mapping[str, Sequence[PassageKey]]
) -> Row:
    prose = _prose(document)
    length = sum(passage.end - passage.start for passage in prose)
    cells: dict[str, Cell] = {}
    for theme in themes:
        numbers = tuple(n for _, n in stops({document.id: (place, document)}, keys.get(theme, ())))
        said = sum(document.passages[n].end - document.passages[n].start for n in numbers)
        cells[theme] = Cell(numbers, min(1.0, said / length) if length else 0.0)
    words = sum(1 for _ in _WORD.finditer(document.text))
    return Row(place, document, words, len(prose), length, cells)


def _prose(document: Document) -> list[Passage]:
    """What counts as prose: each thing that the source says, once."""
    return [
        passage
        for passage in document.passages
        if passage.kind in PROSE and not (passage.kind is Kind.PULLQUOTE and passage.twin is not None)
    ]
