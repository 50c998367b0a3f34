"""The formats by name, and the one way to make an export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, util

from brief_tui.errors import ExportError
from brief_tui.export.request import ExportRequest


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that excerpts can be taken away in.

    Attributes:
        name: what the reader calls it.
        suffix: of its files, with the dot.
        description: what it is for, in a few words.
        function: `module:function` in this package, imported when used: `(ExportRequest) -> Iterator[bytes]`.
        extra: the extra of brief-tui that it needs, or None.
        needs: the module that the extra brings.
        shown: a function like `function` whose text shows what the file says, where the file itself is no
            text or begins with other things; empty where it is.
    """

    name: str
    suffix: str
    description: str
    function: str
    extra: str | None = None
    needs: str | None = None
    shown: str = ""

    def render(self, request: ExportRequest) -> Iterator[bytes]:
        """The export, piece by piece.

        Raises:
            ExportError: its extra is not installed; the text says which command installs it.
        """
        if self.needs is not None and util.find_spec(self.needs) is None:
            raise ExportError(f"{self.name} needs an extra: pip install 'brief-tui[{self.extra}]'.")
        return _call(self.function, request)

    def beginning(self, request: ExportRequest, most: int = 6_000) -> str:
        """How the export begins, as text: about as many bytes of UTF-8 as wanted, and no more is made.

        Raises:
            ExportError: it cannot be made.
        """
        chunks = _call(self.shown, request) if self.shown else self.render(request)
        made = bytearray()
        for chunk in chunks:
            made += chunk
            if len(made) >= most:
                break
        return made[:most].decode("utf-8", "replace")


def _call(function: str, request: ExportRequest) -> Iterator[bytes]:
    module, name = function.split(":")
    chunks: Iterator[bytes] = getattr(import_module(f"brief_tui.export.{module}"), name)(request)
    return chunks


_FORMATS = (
    Format("markdown", ".md", "quotations to read and to link, for Obsidian and Pandoc", "markdown:render"),
    Format(
        *("html", ".html", "one page for any browser and for paper", "html:render"),
        shown="html:render_body",
    ),
    Format("csv", ".csv", "one row an excerpt, for spreadsheets", "table:render"),
    Format("readwise", ".csv", "quotations for Readwise's import", "table:render_readwise"),
    Format("json", ".json", "all there is, to keep and to take back", "jsonfile:render"),
    Format("jsonld", ".jsonld", "W3C Web Annotations", "annotations:render"),
    Format(
        *("qdpx", ".qdpx", "a REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti, QualCoder", "refi:render"),
        shown="refi:render_project",
    ),
    Format("qdc", ".qdc", "a REFI-QDA codebook", "refi:render_codebook"),
    Format("codebook-csv", ".csv", "the codebook as Taguette writes it", "table:render_codebook"),
    Format("codebook-txt", ".txt", "the codebook as QualCoder's list of codes", "codelist:render"),
    Format("matrix", ".csv", "passages by document and theme", "table:render_matrix"),
    Format("cooccurrence", ".csv", "passages that two themes share", "table:render_cooccurrence"),
    Format("xlsx", ".xlsx", "a workbook", "workbook:render", "office", "xlsxwriter", "table:render"),
    Format("docx", ".docx", "a text document", "letter:render", "office", "docx", "letter:render_text"),
    Format("csl-json", ".json", "the cited documents, for Zotero and Pandoc", "references:render_csl"),
    Format("bibtex", ".bib", "the cited documents, for LaTeX", "references:render_bibtex"),
)

FORMATS: dict[str, Format] = {each.name: each for each in _FORMATS}
"""Every format by its name."""


def render(name: str, request: ExportRequest) -> Iterator[bytes]:
    """An export in a format, piece by piece.

    Args:
        name: of the format.
        request: what to export; `narrow` makes it less.

    Raises:
        ExportError: there is no such format, or its extra is not installed.
    """
    if name not in FORMATS:
        raise ExportError(f"{name!r} is no format; choose one of: {', '.join(FORMATS)}.")
    return FORMATS[name].render(request)
