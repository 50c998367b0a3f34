"""What the export screen offers and does: parts of a brief, previews, files. No Textual."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from brief_tui.children import Cancelled
from brief_tui.errors import ExportError
from brief_tui.export.excerpts import count
from brief_tui.export.registry import Format
from brief_tui.export.request import ExportRequest, Scope, narrow
from brief_tui.export.write import file_name, write
from brief_tui.highlights.model import Highlight
from brief_tui.highlights.stored import stored

PREVIEW = 6_000
"""Bytes of a file that are shown before it is written."""

_TOLD_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the brief that can be exported.

    Attributes:
        label: how the list names it; harmless for the terminal.
        theme: only this theme.
        tag: only highlights with this tag.
        doc: only this document, by its id.
    """

    label: str
    theme: str | None = None
    tag: str | None = None
    doc: str | None = None


def parts(request: ExportRequest, here: str | None) -> list[Part]:
    """What of a brief can be exported: all, the document that the reader is in, a theme, a tag.

    Args:
        request: everything.
        here: id of the document that the reader is in.
    """
    themes = {code.id: code.name for code in request.codes if not code.topic}
    tags = sorted({tag for each in request.highlights for tag in each.tags}.difference(themes))
    documents = [each for each in request.documents if each.id == here]
    return [
        Part("the whole brief"),
        *(Part(f"this document: {each.short}", doc=each.id) for each in documents),
        *(Part(f"theme: {name}", theme=theme) for theme, name in themes.items()),
        *(Part(f"tag: {tag}", tag=tag) for tag in tags),
    ]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader chose.

    Attributes:
        scope: highlights, passages of themes, or both.
        part: of the brief.
        words: only excerpts with these words.
        form: the file's format.
    """

    scope: Scope
    part: Part
    words: str
    form: Format

    def of(self, request: ExportRequest) -> ExportRequest:
        """The part of everything."""
        part = self.part
        return narrow(
            request, scope=self.scope, theme=part.theme, tag=part.tag, doc=part.doc, words=self.words
        )

    def name(self, title: str) -> str:
        """A name for the file, from the brief's title and what is chosen."""
        reading = {
            Scope.HIGHLIGHTS: "",
            Scope.THEMES: "reading list",
            Scope.BOTH: "highlights and reading list",
        }
        part = self.part.label.partition(": ")[2]
        return file_name(" - ".join(filter(None, (title, reading[self.scope], part))), self.form.suffix)


def preview(request: ExportRequest, chosen: Chosen, cancelled: Callable[[], bool]) -> tuple[str, int]:
    """How the file would begin, and how many excerpts it would hold.

    Raises:
        Cancelled: `cancelled` said so.
        BriefError: it cannot be made; the text says why.
    """

    def advance() -> None:
        if cancelled():
            raise Cancelled

    def goes_on(_: Highlight) -> bool:
        advance()
        return True

    awaited = replace(request, highlights=stored(request.highlights).where(goes_on))
    part = replace(chosen.of(awaited), advance=advance)
    advance()
    return chosen.form.beginning(part, PREVIEW), count(part)


def export(
    request: ExportRequest,
    chosen: Chosen,
    target: str,
    *,
    force: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Path:
    """Write the file.

    Args:
        request: everything.
        chosen: what of it.
        target: the file as it was typed; ~ is the home folder.
        force: whether a file that is there is replaced.
        progress: told now and then how many excerpts of how many are done.
        cancelled: asked after each excerpt; true ends the work, and no file is made.

    Returns:
        Where the file is.

    Raises:
        Cancelled: `cancelled` said so.
        BriefError: it was not written; the text says why.
    """
    part = chosen.of(request)
    total, done, told = count(part), 0, time.monotonic()

    def advance() -> None:
        nonlocal done, told
        done += 1
        if cancelled():
            raise Cancelled
        if time.monotonic() - told > _TOLD_EVERY:
            told = time.monotonic()
            progress(min(done, total), total)

    path = path_of(target)
    write(chosen.form.render(replace(part, advance=advance)), path, force=force)
    return path


def path_of(target: str) -> Path:
    """A path as it was typed.

    Raises:
        ExportError: nothing was typed, or the home folder of nobody.
    """
    if not target.strip():
        raise ExportError("The file has no name yet; type one.")
    try:
        return Path(target).expanduser().absolute()
    except (RuntimeError, ValueError) as error:
        raise ExportError(f"{target} is no place for a file; type another.") from error


def is_there(target: str) -> bool:
    """Whether a file that would be replaced stands at a path as it was typed."""
    try:
        return path_of(target).is_file()
    except (ExportError, OSError):
        return False
