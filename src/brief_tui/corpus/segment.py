"""From text to passages: every line that is not blank belongs to one, a very long one to several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from brief_tui.corpus.formats import Block, Markup, Page
from brief_tui.corpus.kinds import classify
from brief_tui.corpus.lines import find_blocks, read_lines
from brief_tui.corpus.long import cut_long
from brief_tui.corpus.markdown import find_markdown_units
from brief_tui.corpus.marked import find_marked_units
from brief_tui.corpus.model import HEADINGS, Kind, Passage
from brief_tui.corpus.outline import outline
from brief_tui.corpus.pages import find_running_lines
from brief_tui.corpus.paragraphs import find_units
from brief_tui.corpus.twins import find_twins


def segment(
    text: str,
    doc: str,
    *,
    markup: Markup = Markup.PLAIN,
    blocks: Sequence[Block] = (),
    pages: Sequence[Page] = (),
) -> tuple[Passage, ...]:
    """Cut a text into passages and say what each is.

    Args:
        text: the document's text, line ends as line feeds.
        doc: the document's id, which the passages carry.
        markup: what the signs in the text mean.
        blocks: passages that the format marks, as in `Extracted`.
        pages: where the pages begin, as in `Extracted`.

    Returns:
        The passages in reading order. They never overlap; each non-blank line belongs to exactly one,
        but for lines and paragraphs that are longer than `long.LONGEST`.
    """
    lines = read_lines(text)
    if markup is Markup.MARKDOWN:
        units = find_markdown_units(text, lines)
    elif blocks:
        units = find_marked_units(text, lines, blocks)
    else:
        units = find_units(text, lines, find_blocks(lines))
    units = cut_long(text, lines, units)
    find_running_lines(text, units)
    marked = any(block.kind in HEADINGS for block in blocks)
    classify(text, units, headings_known=marked and markup is Markup.BLOCKS)
    find_twins(text, units)
    starts = [page.start for page in pages]
    return tuple(
        Passage(
            doc=doc,
            number=number,
            start=unit.start,
            end=unit.end,
            line=unit.first + 1,
            line_end=unit.last + 1,
            kind=unit.kind or Kind.BODY,
            level=place.level,
            heading=place.heading,
            lead_in=place.lead_in,
            twin=unit.twin,
            marker=unit.marker,
            inline_heading=unit.inline,
            page=pages[at - 1].number if (at := bisect_right(starts, unit.start)) else None,
            source=text,
        )
        for number, (unit, place) in enumerate(zip(units, outline(units), strict=True))
    )
