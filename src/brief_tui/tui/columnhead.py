"""The two rows above a column's text: which document it is, and the section that scrolls under it."""

from __future__ import annotations

from msgspec import Struct
from textual.strip import Strip

from brief_tui.corpus.model import HEADINGS, Kind
from brief_tui.corpus.visible import folded
from brief_tui.tui.drawing import Brush
from brief_tui.tui.strips import fit, pad
from brief_tui.tui.view import View

HEAD = 2
"""Rows above the text."""


class Head(Struct):
    """What a column's header says.

    Attributes:
        number: the document's place in the brief, from 1.
        short: its short title, harmless for the terminal.
        count: how many stops of the trail it has; empty for none.
        progress: how much of it was read; empty for nothing.
    """

    number: int = 1
    short: str = ""
    count: str = ""
    progress: str = ""


def draw_header(head: Head, width: int, brush: Brush, *, active: bool) -> Strip:
    """The row with number and title at the left, progress and count at the right."""
    style = brush.style("header-focus" if active else "header")
    number = f" {head.number} "
    progress = f"{head.progress}  " if head.progress and head.count else head.progress
    right = [(progress, style + brush.style("faint-text")), (f"{head.count} ", style)]
    room = width - len(number) - len(progress) - len(head.count) - 3
    return pad([(number, style), (fit(head.short, room), style)], width, style, right=right)


def draw_section(view: View, width: int, brush: Brush) -> Strip:
    """The row with the section's heading, blank where the text shows it anyway."""
    style = brush.style("section")
    text = fit(section_over(view), width - brush.gutter - 2)
    return pad([(" " * brush.gutter + text, style)], width, style)


def section_over(view: View) -> str:
    """The heading of the section that the view begins inside; empty where it stands on the screen."""
    flow = view.flow
    if flow is None or not view.frame:
        return ""
    top = view.frame[0]
    first = flow.document.passages[flow.items[top.item].first]
    labelled = flow.items[top.item].labels and top.row < flow.lead(top.item)
    if labelled or first.kind is Kind.TITLE or (first.kind in HEADINGS and top.row <= 1):
        return ""
    path = flow.document.section(first)
    return folded(path[-1].text) if path else ""
