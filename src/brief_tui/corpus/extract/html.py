"""Web pages: the main text, without menus, scripts and advertisements."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from brief_tui.corpus.decode import decode
from brief_tui.corpus.extract import said
from brief_tui.corpus.extract.layout import Layout, fold
from brief_tui.corpus.extract.trees import local, parse_html, text_of
from brief_tui.corpus.extract.walk import lay_out
from brief_tui.corpus.formats import Extracted, Markup
from brief_tui.corpus.model import Kind, Metadata
from brief_tui.errors import SourceError

DEPTH_LIMIT = 200
"""Elements within each other beyond which the main text is not searched for."""

ELEMENTS_LIMIT = 100_000
"""Elements of a page beyond which the main text is not searched for."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_ARTICLES = re.compile(r".*(?:Article|Posting|Report|WebPage|Book|Chapter|Thesis)")

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author")
_PUBLISHERS = (
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "og:site_name",
    "citation_journal_title",
)
_DATES = (
    *("citation_publication_date", "citation_date", "article:published_time", "dc.date.issued"),
    *("dcterms.issued", "dc.date", "dcterms.date", "datepublished", "parsely-pub-date", "date", "pubdate"),
)
_URLS = ("og:url", "citation_public_url")


def read_html(content: bytes, name: str) -> Extracted:
    """The main text of a web page, with its headings, lists and tables.

    Raises:
        SourceError: it is no text, or holds none.
    """
    text, encoding, notices = _decoded(content, name)
    page = parse_html(text, name)
    if page is None:
        raise SourceError(f"{name} holds no web page; rename it if it is something else.")
    known = _known(page)
    heading = _only_heading(page)
    layout = Layout(name)
    main = _main_text(page)
    if main is not None:
        if heading and heading.casefold() not in fold("".join(main.itertext())[:2000]).casefold():
            layout.add(heading, Kind.HEADING, level=0)
        lay_out(main, layout)
    else:
        body = page.find("body")
        lay_out(page if body is None else body, layout)
        notices = (
            *notices,
            f"{name} has no main text that could be told from the rest; the whole page is shown.",
        )
    if not layout.count:
        raise SourceError(f"{name} has no text; it may be made by scripts: save its text as .txt.")
    blocks = layout.blocks(first_is_title=True)
    return Extracted(
        layout.text, encoding, Markup.BLOCKS, notices, blocks=blocks, metadata=known, pages=layout.pages
    )


def _decoded(content: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """The page's characters: by its mark, as UTF-8, by what it says of itself, else by a guess."""
    declared = _CHARSET.search(content, 0, 4096)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if (
            declared
            and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            and b"\0" not in content
        ):
            try:
                encoding = codecs.lookup(declared[1].decode("ascii", "replace")).name
                if encoding not in {"utf-8", "utf-16", "utf-32"}:
                    return content.decode(encoding, "replace"), encoding, ()
            except (LookupError, UnicodeError):
                pass
    decoded = decode(content, name)
    return decoded.text, decoded.encoding, decoded.notices


def _main_text(page: Any) -> Any:
    """What trafilatura takes for the main text; None where it finds none or the page is too large."""
    depth = count = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEPTH_LIMIT or count > ELEMENTS_LIMIT:
            return None
    import trafilatura

    found = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return body if body is not None and text_of(body) else None


def _only_heading(page: Any) -> str:
    """The heading of the first level, if there is one only."""
    found = [text_of(h) for h in page.iter("h1")]
    found = list(dict.fromkeys(h for h in found if h))
    return found[0] if len(found) == 1 and len(found[0]) <= 300 else ""


def _known(page: Any) -> Metadata:
    """What the page says of itself: its meta elements, else its JSON-LD."""
    meta: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        meta.setdefault(key.strip().casefold(), []).append(element.get("content") or "")
    linked = next(_linked(page), {})

    def first(keys: tuple[str, ...]) -> str:
        return next((value for key in keys for value in meta.get(key, ()) if value.strip()), "")

    authors = next((meta[key] for key in _AUTHORS if said.people(meta.get(key, ()))), [])
    canonical = next(
        (e.get("href") for e in page.iter("link") if (e.get("rel") or "").lower() == "canonical"), ""
    )
    return Metadata(
        title=said.title(first(_TITLES))
        or said.title(linked.get("headline"))
        or said.title(_only_heading(page))
        or said.title(page.findtext(".//title")),
        author=said.people(authors) or said.people(_names(linked.get("author"))),
        publisher=said.said(first(_PUBLISHERS)) or said.people(_names(linked.get("publisher"))),
        date=said.date(first(_DATES)) or said.date(linked.get("datePublished")),
        url=said.address(canonical) or said.address(first(_URLS)),
        language=said.language(page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _linked(page: Any) -> Iterator[dict[str, Any]]:
    """The articles that the page's JSON-LD describes."""
    for element in page.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json" or local(element) != "script":
            continue
        try:
            data = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        data = data.get("@graph", data) if isinstance(data, dict) else data
        for node in data if isinstance(data, list) else [data]:
            kinds = node.get("@type") if isinstance(node, dict) else None
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLES.fullmatch(kind) for kind in kinds):
                yield node


def _names(value: object) -> list[object]:
    nodes = value if isinstance(value, list) else [value]
    return [node.get("name") if isinstance(node, dict) else node for node in nodes]
