"""The codes of an export as programs for qualitative analysis want them: names unique in the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brief_tui.export.colours import rgb
from brief_tui.export.request import CodeRow, ExportRequest
from brief_tui.export.text import fold, made_id
from brief_tui.export.xml import plain

UNTAGGED = "Untagged"
"""The code of highlights without a tag: programs forget selections without a code."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the exported codebook.

    Attributes:
        tag: what excerpts have among their tags; "" for those that have none.
        guid: its id.
        name: unique in the project, also when case does not count.
        memo: what it means.
        colour: `#rrggbb`, or empty.
        parent: tag of the code above it; None at the top.
    """

    tag: str
    guid: str
    name: str
    memo: str = ""
    colour: str = ""
    parent: str | None = None


def codes_of(request: ExportRequest, *, free: bool) -> list[Code]:
    """The codebook of a request.

    Args:
        request: what is exported.
        free: whether the free tags of the highlights, and one for those without, are among them.
    """
    ids: set[str] = set()
    taken: set[str] = set()
    codes: list[Code] = []
    for row in (*request.codes, *(_free(request) if free else ())):
        parent = row.parent if row.parent in ids else None
        ids.add(row.id)
        name = _unique(plain(fold(row.name)) or "tag", taken)
        guid = made_id("code", request.brief_id, row.id)
        codes.append(Code(row.id, guid, name, row.memo, rgb(row), parent))
    return codes


def _free(request: ExportRequest) -> Iterator[CodeRow]:
    ids = {code.id for code in request.codes}
    used: dict[str, None] = {}
    untagged = False
    for each in request.highlights:
        used |= dict.fromkeys(each.tags)
        untagged = untagged or not each.tags
    used |= dict.fromkeys(row.theme for row in request.listed)
    yield from (CodeRow(tag, tag) for tag in used if tag not in ids)
    if untagged:
        yield CodeRow("", UNTAGGED)


def _unique(name: str, taken: set[str]) -> str:
    """The name, with a number where another code has it."""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} ({number})"
    taken.add(candidate.casefold())
    return candidate
