"""Markdown that Pandoc, Obsidian and any CommonMark reader show alike: quotations stay the text they were."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_tui.export.excerpts import Excerpt, groups
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import fold, printable, whole

_INLINE = re.compile(
    r"[\\`*_\[\]<>$~^|#@{}]"  # emphasis, code, links, HTML, math, tags, citations, attributes, tables
    r"|&(?=#?\w+;)"  # entities
    r"|==+|%%+|--+|\.\.\.+"  # highlights and comments in Obsidian, dashes and ellipses in Pandoc
)
_OPENING = re.compile(
    r"(?P<sign>[-+=:%])|(?P<number>\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+))(?=[.)](?:\s|$))"
)


def escape(text: str) -> str:
    """One line of text, written so that Markdown shows exactly that.

    Args:
        text: without line breaks; control characters become visible marks.
    """
    escaped = _INLINE.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), printable(text).strip())
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    at = opening.start() if opening["sign"] else opening.end()
    return f"{escaped[:at]}\\{escaped[at:]}"


def quoted(text: str) -> str:
    """A text as a double-quoted scalar of YAML."""
    signs = []
    for sign in str(whole(text)):
        if sign in '"\\':
            signs.append(f"\\{sign}")
        elif sign.isprintable():
            signs.append(sign)
        else:
            signs.append(f"\\U{ord(sign):08X}")
    return f'"{"".join(signs)}"'


def render(request: ExportRequest) -> Iterator[bytes]:
    """The excerpts by document, each a block quote with a block id, its citation, tags and note."""
    yield _front(request).encode()
    yield f"# {escape(fold(request.title))}\n".encode()
    if note := request.notes.get(""):
        yield f"\n{_block(note)}\n".encode()
    for group in groups(request):
        yield f"\n## {escape(fold(group.title))}\n".encode()
        if note := request.notes.get(group.doc):
            yield f"\n{_block(note)}\n".encode()
        for excerpt in group.excerpts:
            yield f"\n{_excerpt(request, excerpt)}\n".encode()


def _front(request: ExportRequest) -> str:
    used = dict.fromkeys(tag for each in request.highlights for tag in each.tags)
    used |= dict.fromkeys(row.theme for row in request.listed)
    tags = dict.fromkeys(map(slug, used))
    fields = {"title": fold(request.title), "brief": request.brief_id, "generated": request.generated}
    if request.scope:
        fields["scope"] = request.scope
    lines = [f"{name}: {quoted(value)}" for name, value in fields.items()]
    lines += ["tags:", *(f"  - {quoted(tag)}" for tag in tags)] if tags else []
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def slug(tag: str) -> str:
    """A tag as Obsidian takes one: letters, digits, - _ and /, not digits alone."""
    name = re.sub(r"[^\w/-]+", "-", str(whole(tag))).strip("-") or "tag"
    return f"{name}_" if name.isdigit() else name


def _excerpt(request: ExportRequest, excerpt: Excerpt) -> str:
    """A quotation; its block id stands alone after it, as Obsidian wants it for a quote."""
    quote = "\n>\n".join(f"> {escape(each)}" for each in excerpt.paragraphs)
    lines = [escape(f"— {excerpt.citation}"), f"Tags: {_tags(request, excerpt)}"]
    if excerpt.orphaned:
        lines.append("Orphaned: its document no longer holds these words.")
    parts = [quote, f"^{'p' if excerpt.themes else 'h'}-{slug(excerpt.id)}", "\\\n".join(lines)]
    if excerpt.note:
        parts.append(_block(f"Note: {excerpt.note}"))
    return "\n\n".join(parts)


def _tags(request: ExportRequest, excerpt: Excerpt) -> str:
    if excerpt.themes:
        labels = [
            f"{request.label(row.theme)} ({'manual' if row.manual else f'{row.score:.2f}'})"
            for row in excerpt.themes
        ]
    else:
        labels = [request.label(tag) for tag in excerpt.tags]
    return escape(fold("; ".join(labels))) if labels else "none (untagged)"


def _block(text: str) -> str:
    """A note: its paragraphs and line breaks stay, its signs are text."""
    blocks = [
        "\\\n".join(filter(None, (escape(line) for line in block.split("\n"))))
        for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    ]
    return "\n\n".join(filter(None, blocks))
