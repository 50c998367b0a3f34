"""What the styles and the numbering of a Word document say of a paragraph."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from brief_tui.corpus.model import Kind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER = re.compile(r"(?:heading|toc|list bullet|list number) ?(\d)?$")
_KINDS = {"title": Kind.TITLE, "caption": Kind.CAPTION}
_DEEPEST_STYLE = 20
_BODY_LEVEL = 9


class Look(NamedTuple):
    """What a paragraph is.

    Attributes:
        kind: None where its style does not say.
        level: of a heading, from 1.
        depth: of a list item, from 0.
        mark: of a list item.
    """

    kind: Kind | None = None
    level: int = 0
    depth: int = 0
    mark: str = ""


class _Style(NamedTuple):
    kind: Kind | None = None
    level: int = 0
    list: tuple[str, int] | None = None
    ordered: bool | None = None


class Styles:
    """The styles of a document, and where its numbered lists stand.

    Args:
        document: as python-docx opened it.
    """

    def __init__(self, document: Any) -> None:
        self._elements: dict[str, Any] = {
            style.get(f"{_W}styleId") or "": style for style in document.styles.element.iter(f"{_W}style")
        }
        self._read: dict[str, _Style] = {}
        self._formats = _formats(document)
        self._counts: dict[tuple[str, int], int] = {}

    def look(self, paragraph: Any) -> Look:
        """What a paragraph is; numbered items must be asked for in their order."""
        properties = paragraph.find(f"{_W}pPr")
        style = _Style()
        own = None
        outline = None
        if properties is not None:
            name = properties.find(f"{_W}pStyle")
            style = self._style(name.get(f"{_W}val") or "") if name is not None else style
            own = _list_of(properties)
            outline = _level_of(properties)
        if outline is not None and style.kind is None:
            style = style._replace(kind=Kind.HEADING, level=outline) if outline else style
        if style.kind in {Kind.TITLE, Kind.HEADING, Kind.CAPTION, Kind.BOILERPLATE}:
            return Look(style.kind, style.level)
        in_list = own or style.list
        if in_list is not None and in_list[0] != "0":
            look = self._item(*in_list, style.ordered)
            return look._replace(depth=max(look.depth, style.level))
        if style.kind is Kind.BULLET:
            return self._item("", style.level, style.ordered)
        return Look(style.kind)

    def _item(self, which: str, depth: int, ordered: bool | None) -> Look:
        form = self._formats.get((which, depth))
        numbered = form not in {"bullet", "none"} if form else bool(ordered)
        if not numbered:
            return Look(Kind.BULLET, depth=depth, mark="- ")
        number = self._counts[which, depth] = self._counts.get((which, depth), 0) + 1
        for deeper in range(depth + 1, _BODY_LEVEL + 1):
            self._counts.pop((which, deeper), None)
        return Look(Kind.BULLET, depth=depth, mark=f"{number}. ")

    def _style(self, name: str) -> _Style:
        """What a style says, or those that it is based on."""
        if name not in self._read:
            found = _Style()
            at = name
            for _ in range(_DEEPEST_STYLE):
                element = self._elements.get(at)
                if element is None:
                    break
                found = _merged(found, _own_style(element))
                base = element.find(f"{_W}basedOn")
                at = base.get(f"{_W}val") or "" if base is not None else ""
            self._read[name] = found
        return self._read[name]


def _merged(nearer: _Style, base: _Style) -> _Style:
    if nearer.kind is None:
        nearer = nearer._replace(kind=base.kind, level=base.level, ordered=base.ordered)
    return nearer._replace(list=nearer.list or base.list)


def _own_style(element: Any) -> _Style:
    named = element.find(f"{_W}name")
    name = (named.get(f"{_W}val") or "").casefold() if named is not None else ""
    properties = element.find(f"{_W}pPr")
    outline = _level_of(properties) if properties is not None else None
    found = _NUMBER.match(name)
    number = int(found[1] or 1) if found else 1
    style = _Style(list=_list_of(properties) if properties is not None else None)
    if name.startswith("heading ") and found:
        return style._replace(kind=Kind.HEADING, level=number)
    if name.startswith(("list bullet", "list number")):
        return style._replace(kind=Kind.BULLET, level=number - 1, ordered=name.startswith("list number"))
    if name.startswith("toc "):
        return style._replace(kind=Kind.BOILERPLATE)
    if name in _KINDS:
        return style._replace(kind=_KINDS[name])
    return style._replace(kind=Kind.HEADING, level=outline) if outline else style


def _level_of(properties: Any) -> int | None:
    """A paragraph's outline level, from 1; 0 for body text, None where none is given."""
    element = properties.find(f"{_W}outlineLvl")
    value = _number(element)
    if value is None:
        return None
    return value + 1 if value < _BODY_LEVEL else 0


def _list_of(properties: Any) -> tuple[str, int] | None:
    """The list that a paragraph stands in, and how deep; list "0" is none."""
    element = properties.find(f"{_W}numPr")
    if element is None:
        return None
    which, depth = element.find(f"{_W}numId"), _number(element.find(f"{_W}ilvl"))
    if which is None:
        return None
    return which.get(f"{_W}val") or "0", min(depth or 0, _BODY_LEVEL)


def _number(element: Any) -> int | None:
    value = element.get(f"{_W}val") or "" if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else None


def _formats(document: Any) -> dict[tuple[str, int], str]:
    """The number format of each list and depth."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for element in root.iter(f"{_W}abstractNum"):
        levels = abstract.setdefault(element.get(f"{_W}abstractNumId") or "", {})
        for level in element.iter(f"{_W}lvl"):
            form = level.find(f"{_W}numFmt")
            depth = level.get(f"{_W}ilvl") or ""
            if form is not None and depth.isdecimal() and len(depth) < 3:
                levels[int(depth)] = form.get(f"{_W}val") or ""
    formats: dict[tuple[str, int], str] = {}
    for element in root.iter(f"{_W}num"):
        link = element.find(f"{_W}abstractNumId")
        for depth, form in abstract.get(link.get(f"{_W}val") if link is not None else "", {}).items():
            formats[element.get(f"{_W}numId") or "", depth] = form
    return formats
