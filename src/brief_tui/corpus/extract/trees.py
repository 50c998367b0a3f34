"""XML and HTML parsed without entities, network or depth.

lxml, since it is kept up (defusedxml has had no release since 2021), is needed by the other readers anyway,
and its parser can be told to expand and fetch nothing; libxml2 bounds the depth and the size of names.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html.entities import html5
from typing import Any

from lxml import etree, html

from brief_tui.corpus.extract.layout import fold
from brief_tui.errors import SourceError

_DATA = re.compile(r"data:[^\"'\s<>]{1000,}")  # pictures and fonts in the page itself


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


def text_of(element: Any) -> str:
    """All that an element says, on one line."""
    return fold("".join(element.itertext()))


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
