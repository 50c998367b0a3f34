"""XML and HTML parsed without entities, network or depth, and their trees laid out as paragraphs.

lxml, since it is kept up (defusedxml has had no release since 2021), is needed by the other readers anyway,
and its parser can be told to expand and fetch nothing; libxml2 bounds the depth and the size of names.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html.entities import html5
from typing import Any

from lxml import etree, html

from brief_tui.corpus.extract.layout import Layout, fold
from brief_tui.corpus.model import Kind
from brief_tui.errors import SourceError

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "list", "menu"})
_ITEMS = frozenset({"li", "item"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_BREAKS = frozenset({"br", "lb"})
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "select",
        "textarea",
        "button",
        "input",
        "datalist",
        "title",
        "meta",
        "link",
    ]
)
_BLOCKS = (
    frozenset(
        [
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "nav",
            "address",
            "blockquote",
            "quote",
            "pre",
            "figure",
            "dl",
            "dt",
            "dd",
            "details",
            "summary",
            "fieldset",
            "form",
            "hr",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "center",
            "hgroup",
            "body",
            "html",
            "head",
        ]
    )
    | _LISTS
    | _ITEMS
    | _ROWS
    | _CELLS
    | _CAPTIONS
    | frozenset(_HEADINGS)
)
_LINE_BREAK = "\0"  # no parser lets one through
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_DATA = re.compile(r"data:[^\"'\s<>]{1000,}")  # pictures and fonts in the page itself
_PAGE = re.compile(r"\d{1,5}")


def parse_xml(content: bytes, name: str) -> Any:
    """The root of an XML document; entities stay unexpanded and nothing is fetched.

    Raises:
        SourceError: it is no well-formed XML, or nested too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name} is broken: its XML cannot be read; get it again.") from error
    if root is None:
        raise SourceError(f"{name} is broken: its XML is empty; get it again.")
    _name_entities(root)
    return root


def parse_html(text: str, name: str) -> Any:
    """The root of a web page, however badly it is written; None where it has no element.

    Raises:
        SourceError: it is nested too deep, or a part is too large; the parser would leave out the rest.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = None
    with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.document_fromstring(_DATA.sub("data:", text).encode("utf-8", "replace"), parser=parser)
    troubles = {error.type_name for error in parser.error_log}
    if "ERR_NO_MEMORY" in troubles:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in troubles:
        what = "is nested deeper than 256 elements, or has a part of more than 10 MB"
        raise SourceError(f"{name} {what}; save its text as .txt.")
    return root


def local(element: Any) -> str:
    """An element's name without its namespace, in lower case; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


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


def _name_entities(root: Any) -> None:
    """Put the signs that HTML names in the place of entities; what a document declares itself is left out."""
    for entity in list(root.iter(etree.Entity)):
        text = html5.get(f"{entity.name};", "") + (entity.tail or "")
        parent, before = entity.getparent(), entity.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        entity.tail = None
        parent.remove(entity)


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
                self._add_table()

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

    def _add_table(self) -> None:
        rows, self._rows = self._rows, []
        if max((len(row) for row in rows), default=0) > 1:
            self._layout.add("\n".join(" | ".join(row) for row in rows if any(row)), Kind.TABLE)
            return
        for row in rows:
            self._layout.add(" ".join(row))

    def _note_page(self, element: Any) -> None:
        kind = element.get(_EPUB_TYPE) or element.get("epub:type") or element.get("role") or ""
        if "pagebreak" not in kind:
            return
        label = element.get("title") or element.get("aria-label") or element.text or ""
        found = _PAGE.fullmatch(label.strip()) or _PAGE.search(element.get("aria-label") or "")
        if found:
            self._layout.page(int(found[0]), after=bool(fold("".join(self._said))))
