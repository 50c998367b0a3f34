"""Word documents: paragraphs with the headings, lists and tables that their styles say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from brief_tui.corpus.extract import said
from brief_tui.corpus.extract.layout import Layout, fold
from brief_tui.corpus.extract.package import Package
from brief_tui.corpus.extract.styles import Look, Styles
from brief_tui.corpus.formats import Extracted, Markup
from brief_tui.corpus.model import Kind, Metadata
from brief_tui.errors import SourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARAGRAPHS = frozenset({f"{W}p"})
_BLOCKS = _PARAGRAPHS | {f"{W}tbl"}
_ROWS = frozenset({f"{W}tr"})
_HOLDERS = frozenset({f"{W}{n}" for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")})
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", _FALLBACK})
_SIGNS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": " "}


def read_docx(content: bytes, name: str) -> Extracted:
    """The text of a Word document; deleted passages, notes, headers and footers are left out.

    Raises:
        SourceError: it is no Word document, locked, broken, a zip bomb, or has no text.
    """
    if content.startswith(_OLE):
        raise SourceError(
            f"{name} is locked with a password or of the old .doc format; save it as .docx without one."
        )
    if not content.startswith(b"PK"):
        raise SourceError(f"{name} is no Word document; give it the suffix of what it is.")
    Package(content, name).check()
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        layout = Layout(name)
        _lay_out(body, layout, Styles(document))
        known = _known(document.core_properties)
    except SourceError:
        raise
    except Exception as error:  # python-docx meets a broken file with errors of every kind
        raise SourceError(f"{name} is broken or no Word document; save it as .docx again.") from error
    if not layout.count:
        raise SourceError(f"{name} has no text; it may hold pictures of pages only.")
    blocks = layout.blocks(first_is_title=True)
    if any(block.kind is Kind.TITLE for block in blocks):
        known = replace(known, title="")  # what the text calls itself is kept up better than a hidden field
    return Extracted(layout.text, "utf-8", Markup.BLOCKS, blocks=blocks, metadata=known)


def _lay_out(body: Any, layout: Layout, styles: Styles) -> None:
    titled = False
    for block in _within(body, _BLOCKS):
        if block.tag == f"{W}tbl":
            _add_table(block, layout)
            continue
        look = styles.look(block)
        if look.kind is Kind.TITLE:
            # The last line of a title that was set in several is the one that stays a title.
            look = look if not titled else Look()
            titled = True
        texts = list(_texts(block))
        layout.add(texts[0], look.kind, level=look.level, depth=look.depth, mark=look.mark)
        for text in texts[1:]:
            layout.add(text)


def _within(holder: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """The elements of some tags in a body, a cell or a table, whatever holds them."""
    pending = [iter(holder)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag in _HOLDERS:
            pending.append(iter(child))


def _texts(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, and after it those of the text boxes that hang on it."""
    own: list[str] = []
    boxes: list[Any] = []
    pending = [iter(paragraph)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif child.tag == f"{W}t":
            own.append(child.text or "")
        elif child.tag in _SIGNS:
            own.append(_SIGNS[child.tag])
        elif child.tag == f"{W}br":
            own.append("\n" if child.get(f"{W}type") in {None, "textWrapping"} else " ")
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag not in _GONE:
            pending.append(iter(child))
    yield "".join(own)
    for box in boxes:
        for inner in _within(box, _PARAGRAPHS):
            yield from _texts(inner)


def _add_table(table: Any, layout: Layout) -> None:
    layout.add_table(
        [
            [fold(" ".join(_paragraph_texts(cell))) for cell in row.iterchildren(f"{W}tc")]
            for row in _within(table, _ROWS)
        ]
    )


def _paragraph_texts(cell: Any) -> Iterator[str]:
    """The texts of a cell, those of tables within it too."""
    for paragraph in cell.iter(f"{W}p"):
        yield next(_texts(paragraph))


def _known(core: Any) -> Metadata:
    """What the document's properties say; their dates are of the file, not of its publication."""
    return Metadata(
        title=said.title(core.title), author=said.people([core.author]), language=said.language(core.language)
    )
