"""Lays out a tree of HTML, or of what is like it, as the paragraphs that its elements mean."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from brief_tui.corpus.extract.layout import Layout, fold
from brief_tui.corpus.extract.trees import local
from brief_tui.corpus.looks import words
from brief_tui.corpus.model import Kind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = words("ul ol list menu")
_ITEMS = words("li item")
_ROWS = words("tr row")
_CELLS = words("td th cell")
_CAPTIONS = words("figcaption caption")
_BREAKS = words("br lb")
_SKIPPED = words(
    "script style template noscript svg math iframe object embed audio video canvas select textarea button "
    "input datalist title meta link"
)
_BLOCKS = words(
    "p div section article main header footer aside nav address blockquote quote pre figure dl dt dd details "
    "summary fieldset form hr table thead tbody tfoot center hgroup body html head"
).union(_HEADINGS, _LISTS, _ITEMS, _ROWS, _CELLS, _CAPTIONS)
_LINE_BREAK = "\0"  # no parser lets one through
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGE = re.compile(r"\d{1,5}")


def lay_out(root: Any, layout: Layout, *, apparatus: bool = False) -> None:
    """Add the paragraphs of a tree to a layout.

    Args:
        root: an element of HTML, XHTML or of trafilatura's result.
        layout: takes the paragraphs.
        apparatus: whether all of it is a table of contents or the like.
    """
    walk = _Walk(layout, apparatus=apparatus)
    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = local(element)
        if event == "start":
            if skipped is None and tag in _SKIPPED:
                skipped = element
            if skipped is None:
                walk.open(tag, element)
            continue
        if skipped is None:
            walk.close(tag)
        elif element is skipped:
            skipped = None
        if skipped is None and element is not root:
            walk.say(element.tail or "")
    walk.flush()


class _Walk:
    """Where a walk through a tree stands."""

    def __init__(self, layout: Layout, *, apparatus: bool) -> None:
        self._layout = layout
        self._said: list[str] = []
        self._open: list[str] = []
        self._lists: list[int | None] = []
        self._items: list[bool] = []
        self._heading = 0
        self._apparatus = int(apparatus)
        self._caption = self._pre = self._table = 0
        self._rows: list[list[str]] = []

    def say(self, text: str) -> None:
        self._said.append(text)

    def open(self, tag: str, element: Any) -> None:
        if tag == "head":
            tag = "h1"
        if tag in _BREAKS:
            self.say(_LINE_BREAK)
        self._note_page(element)
        if tag in _BLOCKS:
            self.flush()
        self._begin(tag, element)
        self.say(element.text or "")

    def _begin(self, tag: str, element: Any) -> None:
        if tag in _HEADINGS:
            rend = element.get("rend") or ""
            self._heading = _HEADINGS.get(rend, _HEADINGS[tag])
        elif tag in _LISTS:
            ordered = tag == "ol" or element.get("rend") == "ol"
            start = element.get("start") or "1"
            self._lists.append(
                (int(start) if start.isdecimal() and len(start) < 5 else 1) if ordered else None
            )
        elif tag in _ITEMS:
            self._items.append(False)
        elif tag in _CAPTIONS:
            self._caption += 1
        elif tag == "nav":
            self._apparatus += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            self._table += 1
        elif tag in _ROWS and self._table == 1:
            self._rows.append([])
        elif tag in _CELLS and self._table == 1 and self._rows:
            self._rows[-1].append("")

    def close(self, tag: str) -> None:
        if tag == "head":
            tag = "h1"
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in _LISTS:
            self._lists.pop()
        elif tag in _ITEMS:
            self._items.pop()
        elif tag in _CAPTIONS:
            self._caption -= 1
        elif tag == "nav":
            self._apparatus -= 1
        elif tag == "pre":
            self._pre -= 1
        elif tag == "table":
            self._table -= 1
            if not self._table:
                rows, self._rows = self._rows, []
                self._layout.add_table(rows)

    def flush(self) -> None:
        """Add what was said as a paragraph of the kind that is open."""
        if not self._said:
            return
        said = "".join(self._said)
        self._said.clear()
        if self._pre and not self._table:
            said = said.replace(_LINE_BREAK, "\n")
        else:
            said = "\n".join(map(fold, said.split(_LINE_BREAK)))
        if not said or said.isspace():
            return
        if self._table:
            self._add_to_cell(said)
        elif self._apparatus:
            self._layout.add(said, Kind.BOILERPLATE)
        elif self._heading:
            self._layout.add(said.replace("\n", " "), Kind.HEADING, level=self._heading)
        elif self._caption:
            self._layout.add(said, Kind.CAPTION)
        elif self._pre:
            self._layout.add(said, Kind.TABLE)
        elif self._items and not self._items[-1]:
            self._items[-1] = True
            self._layout.add(said, Kind.BULLET, depth=max(0, len(self._lists) - 1), mark=self._mark())
        else:
            self._layout.add(said)

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _add_to_cell(self, said: str) -> None:
        if not self._rows or not self._rows[-1]:
            self._rows.append([""])
        cell = self._rows[-1]
        cell[-1] = f"{cell[-1]} {fold(said)}".strip()

    def _note_page(self, element: Any) -> None:
        kind = element.get(_EPUB_TYPE) or element.get("epub:type") or element.get("role") or ""
        if "pagebreak" not in kind:
            return
        label = element.get("title") or element.get("aria-label") or element.text or ""
        found = _PAGE.fullmatch(label.strip()) or _PAGE.search(element.get("aria-label") or "")
        if found:
            self._layout.page(int(found[0]), after=bool(fold("".join(self._said))))
