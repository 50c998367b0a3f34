"""Decides what is painted over each passage, from the tags, the hits, the highlights and the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from brief_tui.corpus.model import Document, Passage, PassageKey, Span
from brief_tui.tui.overlaps import Overlaps
from brief_tui.tui.paint import Mark, Paint

_NONE = Overlaps()


class CodeLook(Struct, frozen=True):
    """How a theme looks: the digit of its key (0 without one) and its colour's name."""

    digit: int
    colour: str


class Painting(Struct):
    """What is known of all passages; the screen changes it and asks the columns to draw again.

    Attributes:
        looks: how each theme looks, by its id, in key order.
        evidence: spans that speak for a theme, by passage and theme.
        manual: themes that the reader put on a passage, by passage.
        hits: spans that the search matched, by passage.
        highlights: spans of the reader's highlights, by document.
        selection: what is being selected: document and span.
        trail_themes: themes whose evidence is underlined.
        stops: passages of the trail, with the colour that marks them.
        digits: whether the themes' digits stand beside the passages.
    """

    looks: Mapping[str, CodeLook] = field(default_factory=dict)
    evidence: Mapping[PassageKey, Mapping[str, tuple[Span, ...]]] = field(default_factory=dict)
    manual: Mapping[PassageKey, frozenset[str]] = field(default_factory=dict)
    hits: Mapping[PassageKey, tuple[Span, ...]] = field(default_factory=dict)
    highlights: Mapping[str, Overlaps] = field(default_factory=dict)
    selection: tuple[str, Span] | None = None
    trail_themes: frozenset[str] = frozenset()
    stops: Mapping[PassageKey, str] = field(default_factory=dict)
    digits: bool = True

    def marked(self, document: Document) -> list[Passage]:
        """The passages of a document that are stops, then those that are hits, then those with highlights.

        Asked of what is known, so that a long document need not be walked whole.
        """
        known: dict[int, None] = {}
        for found in (self.stops, self.hits):
            known |= dict.fromkeys(sorted(number for doc, number in found if doc == document.id))
        known |= dict.fromkeys(passage.number for passage in self.passages_kept(document))
        return [document.passages[number] for number in known if number < len(document.passages)]

    def passages_kept(self, document: Document) -> Iterator[Passage]:
        """The passages of a document that hold highlights, or some of one, in order."""
        reached = 0
        for span in self.highlights.get(document.id, _NONE).spans:
            if span.end > reached:  # else all that it holds was found with one before it
                for passage in document.passages_in(Span(max(span.start, reached), span.end)):
                    yield passage
                    reached = passage.end

    def paint(self, passage: Passage) -> Paint:
        """What is painted over a passage."""
        key = passage.key
        themes = self.evidence.get(key, {})
        hits = self.hits.get(key)
        kept = self.highlights.get(passage.doc, _NONE).of(passage.span)
        marks = [
            (span, Mark.EVIDENCE, self.looks[theme].colour)
            for theme, spans in themes.items()
            if theme in self.trail_themes and theme in self.looks
            for span in spans
        ]
        marks += [(span, Mark.HIGHLIGHT, "") for span in kept]
        marks += [(span, Mark.HIT, "") for span in hits or ()]
        selected = self.selection
        if selected is not None and selected[0] == passage.doc and selected[1].overlaps(passage.span):
            marks.append((selected[1], Mark.SELECTION, ""))
        return Paint(
            gutter=tuple((look.digit, look.colour) for theme, look in self.looks.items() if theme in themes)
            if self.digits
            else (),
            manual=frozenset(self.looks[t].digit for t in self.manual.get(key, ()) if t in self.looks),
            marks=tuple(marks),
            stop=self.stops.get(key),
            hit=hits is not None,
            kept=bool(kept),
        )
