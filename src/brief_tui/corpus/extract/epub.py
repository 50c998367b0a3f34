"""EPUB books: their chapters in reading order, with the headings and printed pages that they name."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from brief_tui.corpus.decode import decode
from brief_tui.corpus.extract import said
from brief_tui.corpus.extract.layout import Layout, fold
from brief_tui.corpus.extract.package import Package
from brief_tui.corpus.extract.trees import local, parse_html, parse_xml, text_of
from brief_tui.corpus.extract.walk import lay_out
from brief_tui.corpus.formats import Extracted, Markup
from brief_tui.corpus.model import Metadata
from brief_tui.errors import SourceError

_XHTML = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TYPE = "{http://www.idpf.org/2007/ops}type"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_ROLE = "{http://www.idpf.org/2007/opf}role"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A file of the reading order.

    Attributes:
        entry: its name in the archive.
        contents: whether it is the table of contents.
    """

    entry: str
    contents: bool


@dataclass(slots=True)
class _Book:
    chapters: list[_Chapter] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    known: Metadata = field(default_factory=Metadata)


def read_epub(content: bytes, name: str) -> Extracted:
    """The text of a book in its reading order.

    Raises:
        SourceError: it is no EPUB, protected, broken, a zip bomb, or has no text.
    """
    if not content.startswith(b"PK"):
        raise SourceError(f"{name} is no EPUB book; give it the suffix of what it is.")
    package = Package(content, name)
    book = _book(package)
    _refuse_protected(package, book)
    layout = Layout(name)
    titles = _section_titles(package, book)
    notices: list[str] = []
    for chapter in book.chapters:
        root = _body(package, chapter.entry)
        if root is None:
            notices.append(f"{name} lacks {fold(chapter.entry)[:80]}, which its reading order names.")
            continue
        if not chapter.contents and not any(local(e) in _HEADINGS for e in root.iter("*")):
            layout.expect(titles.get(chapter.entry, ""))
        lay_out(root, layout, apparatus=chapter.contents)
        layout.expect("")
    if not layout.count:
        raise SourceError(f"{name} has no text; it may hold pictures of pages only.")
    return Extracted(
        layout.text,
        "utf-8",
        Markup.BLOCKS,
        tuple(notices[:5]),
        blocks=layout.blocks(),
        pages=layout.pages,
        metadata=book.known,
    )


def _book(package: Package) -> _Book:
    """What the package document says: chapters, tables of contents, and of what book."""
    name = package.name
    if "META-INF/container.xml" not in package.entries:
        raise SourceError(f"{name} is no EPUB book: it names no contents; get it again.")
    container = parse_xml(package.read("META-INF/container.xml"), name)
    path = next((e.get("full-path") or "" for e in container.iter("*") if local(e) == "rootfile"), "")
    opf = parse_xml(_required(package, _inside("", path)), name)
    book = _Book(known=_known(opf))
    files: dict[str, tuple[str, str, str]] = {}
    for item in opf.iter("*"):
        if local(item) == "item":
            entry = _inside(posixpath.dirname(path), item.get("href") or "")
            files[item.get("id") or ""] = entry, item.get("media-type") or "", item.get("properties") or ""
            if "nav" in (item.get("properties") or "").split():
                book.contents.insert(0, entry)
            elif item.get("media-type") == "application/x-dtbncx+xml":
                book.contents.append(entry)
    seen: set[str] = set()
    for item in opf.iter("*"):
        entry, kind, properties = files.get(item.get("idref") or "", ("", "", ""))
        usual = item.get("linear") != "no"
        if local(item) == "itemref" and entry and entry not in seen and usual and kind in _XHTML:
            seen.add(entry)
            book.chapters.append(_Chapter(entry, "nav" in properties.split()))
    return book


def _inside(folder: str, reference: str) -> str:
    """The entry that a reference means; empty where it leads out of the archive."""
    path = posixpath.normpath(posixpath.join(folder, unquote(reference.partition("#")[0])))
    return "" if path.startswith(("/", "..")) or path == "." else path


def _required(package: Package, entry: str) -> bytes:
    if entry not in package.entries:
        raise SourceError(f"{package.name} is broken: a part that it names is missing; get it again.")
    return package.read(entry)


def _refuse_protected(package: Package, book: _Book) -> None:
    """Refuse a book whose chapters are encrypted; obfuscated fonts are no matter."""
    if "META-INF/encryption.xml" not in package.entries:
        return
    root = parse_xml(package.read("META-INF/encryption.xml"), package.name)
    locked = {_inside("", e.get("URI") or "") for e in root.iter("*") if local(e) == "cipherreference"}
    if any(chapter.entry in locked for chapter in book.chapters):
        raise SourceError(f"{package.name} is protected against copying (DRM) and cannot be read.")


def _body(package: Package, entry: str) -> Any:
    """The body of a chapter, as XML, else as a web page; None where there is none."""
    if entry not in package.entries:
        return None
    content = package.read(entry)
    try:
        root = parse_xml(content, package.name)
    except SourceError:
        root = parse_html(decode(content, package.name).text, package.name)
    if root is None:
        return None
    return next((e for e in root.iter("*") if local(e) == "body"), root)


def _section_titles(package: Package, book: _Book) -> dict[str, str]:
    """What the table of contents calls each file, by the first entry that leads to its top."""
    titles: dict[str, str] = {}
    for entry in book.contents:
        if entry not in package.entries or titles:
            continue
        try:
            root = parse_xml(package.read(entry), package.name)
        except SourceError:
            continue
        folder = posixpath.dirname(entry)
        for element in root.iter("*"):
            reference, label = _contents_entry(element)
            if reference and label:
                titles.setdefault(_inside(folder, reference), label)
    return titles


def _contents_entry(element: Any) -> tuple[str, str]:
    """Where a row of a table of contents leads and what it says; empty for any other element."""
    tag = local(element)
    if tag == "navpoint":
        parts = {local(child): child for child in element}
        if "content" in parts and "navlabel" in parts:
            label = text_of(parts["navlabel"])[:200]
            return parts["content"].get("src") or "", label
    if tag == "a":
        nav = next((e for e in element.iterancestors() if local(e) == "nav"), None)
        if nav is not None and (nav.get(_TYPE) or "toc") == "toc":
            return element.get("href") or "", text_of(element)[:200]
    return "", ""


def _known(opf: Any) -> Metadata:
    """What the package document says of the book."""
    fields: dict[str, list[Any]] = {}
    for element in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        fields.setdefault(local(element), []).append(element)

    def texts(key: str) -> list[object]:
        return [text_of(element) for element in fields.get(key, ())]

    writers = [e for e in fields.get("creator", ()) if e.get(_ROLE) in {None, "aut"}]
    dates = sorted(fields.get("date", ()), key=lambda e: e.get(_EVENT) != "publication")
    dates = [e for e in dates if e.get(_EVENT) in {None, "publication", "original-publication"}]
    return Metadata(
        title=next(filter(None, map(said.title, texts("title"))), ""),
        author=said.people(map(text_of, writers)),
        publisher=next(filter(None, map(said.said, texts("publisher"))), ""),
        date=next(filter(None, map(said.date, map(text_of, dates))), ""),
        language=next(filter(None, map(said.language, texts("language"))), ""),
    )
