"""The codebook as QualCoder imports it: a line a code, `category>>code`, a tab, the memo."""

from __future__ import annotations

from collections.abc import Iterator

from brief_tui.export.request import ExportRequest
from brief_tui.export.text import fold

THEMES, TOPICS = "Themes", "Topics"
"""The two categories; a list with them comes back as themes and topics."""


def render(request: ExportRequest) -> Iterator[bytes]:
    """The list, a category for themes and one for topics."""
    for code in request.codes:
        name, memo = (fold(part).replace(">>", "> >") for part in (code.name, code.memo))
        yield f"{TOPICS if code.topic else THEMES}>>{name}\t{memo}\n".encode("utf-8", "replace")
