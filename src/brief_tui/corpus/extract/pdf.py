"""PDF: the text of each page, its outline's headings, its pages' numbers."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from brief_tui.corpus.extract import said
from brief_tui.corpus.extract.layout import UNWANTED, fold, ranked, refuse_beyond_limit
from brief_tui.corpus.formats import Block, Extracted, Page
from brief_tui.corpus.model import Kind, Metadata
from brief_tui.errors import SourceError

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGES_LIMIT = 10_000
"""Pages of the longest document that is read."""

_OUTLINE_LIMIT = 5_000
_HEAD = 1024  # where the mark of a PDF may stand
_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_BROKEN_WORD = re.compile(r"([^\W\d_]{2,40})[-\u00ad]\n[ \t]*([^\W\d_]{2,40}[^\s-]{0,40})( ?\n?)")
_HYPHENED = re.compile(r"\b[^\W\d_]{1,40}(?:-[^\W\d_]{1,40})+")
_LINE = re.compile(r"[^\n]+")
_DIGITS = re.compile(r"\d+")
_EDGE, _LONGEST_RUNNING = 2, 140
_CLOSING = ".,;:!?)]}\"'”’»"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_pdf(content: bytes, name: str) -> Extracted:
    """The text of a PDF, a form feed between its pages.

    Raises:
        SourceError: it is no PDF, locked, broken, or has no text.
    """
    if b"%PDF-" not in content[:_HEAD]:
        raise SourceError(f"{name} is no PDF; give it the suffix of what it is.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    reader = _opened(content, name)
    texts, lost = _page_texts(reader, name)
    if not any(texts):
        raise SourceError(
            f"{name} has no text; it may be scanned: put it through text recognition (OCR) first."
        )
    joined = _joined_words("\f".join(texts)).split("\f")
    text, pages = _bound(joined)
    notices = [f"{name} has pages that could not be read: {_listed(lost)}."] if lost else []
    blank = [at for at, page in enumerate(texts, start=1) if not page and at not in lost]
    if len(blank) * 2 > len(texts):
        notices.append(f"{name} has no text on {len(blank)} of {len(texts)} pages; they may be scanned.")
    blocks = _marked(_running(text, pages), _headings(text, pages, _outline(reader)))
    return Extracted(
        text, "utf-8", notices=tuple(notices), blocks=blocks, pages=pages, metadata=_known(reader)
    )


def _opened(content: bytes, name: str) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(f"{name} is locked with a password; save a copy without one.")
        count = len(reader.pages)
    except SourceError:
        raise
    except DependencyError as error:
        raise SourceError(
            f"{name} is encrypted; pip install 'brief-tui[formats]' brings what opens it."
        ) from error
    except Exception as error:  # pypdf meets a broken file with errors of every kind
        raise SourceError(f"{name} is broken or cut off; get it again.") from error
    if count > PAGES_LIMIT:
        raise SourceError(f"{name} has more than 10,000 pages; split it into parts.")
    return reader


def _page_texts(reader: PdfReader, name: str) -> tuple[list[str], list[int]]:
    """The text of every page, and the numbers of those that could not be read."""
    texts: list[str] = []
    lost: list[int] = []
    size = 0
    for number in range(1, len(reader.pages) + 1):
        try:
            raw = reader.pages[number - 1].extract_text()
        except MemoryError:
            raise
        except Exception:
            raw = ""
            lost.append(number)
        text = _LINE_ENDS.sub("\n", raw.translate(_LIGATURES))
        text = "\n".join(line.rstrip() for line in UNWANTED.sub(" ", text).split("\n")).strip("\n")
        texts.append(text)
        size += len(text)
        refuse_beyond_limit(size, name)
    if len(lost) == len(texts):
        raise SourceError(f"{name} is broken: none of its pages can be read; get it again.")
    return texts, lost


def _joined_words(text: str) -> str:
    """Mend words that were parted at line ends: without the hyphen, unless the text has the word with it.

    The shorter part moves to the other line, so that lines stay as full as they were.
    """
    known = {word.casefold() for word in _HYPHENED.findall(text)}

    def mend(found: re.Match[str]) -> str:
        before, after = found[1], found[2]
        whole = f"{before}-{after.rstrip(_CLOSING)}".casefold()
        hyphen = "-" if after[0].isupper() or whole in known else ""
        word = f"{before}{hyphen}{after}"
        return f"{word}\n" if len(before) > len(after) else f"\n{word}{found[3]}"

    return _BROKEN_WORD.sub(mend, text)


def _bound(texts: list[str]) -> tuple[str, tuple[Page, ...]]:
    parts: list[str] = []
    pages: list[Page] = []
    at = 0
    for number, text in enumerate(texts, start=1):
        pages.append(Page(at, number))
        part = text if number == len(texts) else f"{text}\n\f\n"
        parts.append(part)
        at += len(part)
    return "".join(parts), tuple(pages)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")


def _outline(reader: PdfReader) -> list[tuple[int, int, str]]:
    """The rows of the outline: page from 1, level from 1, title."""
    rows: list[tuple[int, int, str]] = []
    try:
        pending: list[Iterator[Any]] = [iter(reader.outline)]
        while pending and len(rows) < _OUTLINE_LIMIT:
            item = next(pending[-1], None)
            if item is None:
                pending.pop()
            elif isinstance(item, list):
                pending.append(iter(item))
            else:
                page = reader.get_destination_page_number(item)
                if page is not None and isinstance(item.title, str):
                    rows.append((page + 1, len(pending), fold(item.title)))
    except Exception:  # an outline that is broken is no outline
        return []
    return rows


def _headings(text: str, pages: tuple[Page, ...], outline: list[tuple[int, int, str]]) -> tuple[Block, ...]:
    """The lines that the outline names, on the page that it says."""
    found: dict[int, Block] = {}
    for number, level, title in outline:
        if not 1 <= number <= len(pages) or not title:
            continue
        start = pages[number - 1].start
        end = pages[number].start if number < len(pages) else len(text)
        words = r"[ \t]*\n?[ \t]*".join(map(re.escape, title.split()[:40]))
        numbered = r"(?:[\dIVXLC]{1,6}(?:\.\d{1,3}){0,4}[.):]?[ \t]+)?"
        pattern = re.compile(rf"^[ \t]*({numbered}{words})[ \t]*$", re.MULTILINE | re.IGNORECASE)
        match = pattern.search(text, start, end)
        if match and match.start(1) not in found:
            found[match.start(1)] = Block(match.start(1), match.end(1), Kind.HEADING, level)
    return ranked([found[at] for at in sorted(found)])


def _running(text: str, pages: tuple[Page, ...]) -> list[Block]:
    """The lines at the head and foot of pages that are alike, numbers aside, on several of them.

    Words alone on the first page stay: they may be the title that the other pages repeat.
    """
    edges: list[tuple[str, Block]] = []
    for page, after in zip(pages, [*(p.start for p in pages[1:]), len(text)], strict=True):
        lines = [found for found in _LINE.finditer(text, page.start, after) if found[0].strip()]
        for line in {*lines[:_EDGE], *lines[-_EDGE:]}:
            shape = _DIGITS.sub("#", line[0].strip())
            if len(shape) <= _LONGEST_RUNNING and not (page.number == 1 and "#" not in shape):
                edges.append((shape, Block(line.start(), line.end(), Kind.BOILERPLATE)))
    alike = Counter(shape for shape, _ in edges)
    enough = min(3, max(2, len(pages) // 2))
    return [block for shape, block in edges if alike[shape] >= enough]


def _marked(running: Iterable[Block], headings: Iterable[Block]) -> tuple[Block, ...]:
    """Both kinds of blocks in order; a running line that the outline names as well is a running line."""
    lines = {block.start: block for block in running}
    chosen: list[Block] = []
    for block in sorted([*lines.values(), *(h for h in headings if h.start not in lines)]):
        if not chosen or block.start >= chosen[-1].end:
            chosen.append(block)
    return tuple(chosen)


def _known(reader: PdfReader) -> Metadata:
    """What the file says of what it holds; the dates of its own making are no dates of publication."""
    try:
        info = reader.metadata
        root = reader.root_object
        fields = _xmp(root)
        return Metadata(
            title=said.title(fields.get("title")) or said.title(info.title if info else None),
            author=said.people(fields.get("creator", "").split("\n"))
            or said.people([info.author if info else None]),
            publisher=said.said(fields.get("publisher")),
            date=said.date(fields.get("publicationDate")),
            language=said.language(root.get("/Lang")) or said.language(fields.get("language")),
        )
    except Exception:  # what it says of itself may be broken while its text is not
        return Metadata()


def _xmp(root: Any) -> dict[str, str]:
    """Fields of the XMP packet, several values on lines of their own."""
    packet = root.get("/Metadata")
    if packet is None:
        return {}
    from brief_tui.corpus.extract.trees import local, parse_xml

    fields: dict[str, str] = {}
    for element in parse_xml(packet.get_object().get_data(), "XMP").iter("*"):
        prism = "prism" in element.tag and local(element) == "publicationdate"
        if prism or element.tag.startswith(_DC):
            values = [e.text or "" for e in element.iter(f"{_RDF}li")] or [element.text or ""]
            fields["publicationDate" if prism else local(element)] = "\n".join(values)
    return fields
