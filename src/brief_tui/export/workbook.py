"""A workbook (.xlsx) whose cells are text, whatever they look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any

from brief_tui.errors import ExportError
from brief_tui.export.archive import streamed
from brief_tui.export.counts import counts, pairs, themes_of
from brief_tui.export.excerpts import excerpts
from brief_tui.export.request import ExportRequest
from brief_tui.export.table import COLUMNS, row_of
from brief_tui.export.text import printable

LONGEST = 32_000
"""UTF-16 units of a cell's text, a little less than Excel's 32,767."""

ROWS = 1_048_575
"""Rows of a sheet below its heading."""

_WIDTHS = {"quotation": 80, "note": 40, "tags": 30, "title": 30, "section": 25, "document": 18, "url": 20}


def render(request: ExportRequest) -> Iterator[bytes]:
    """Sheets of excerpts, of notes, of passages by document and theme, and of themes together."""

    def fill(file: IO[bytes]) -> None:
        from xlsxwriter import Workbook

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        with Workbook(file, options) as book:
            book.set_properties(
                {
                    "title": printable(request.title)[:255],
                    "author": printable(request.user)[:255],
                    "created": request.moment,
                }
            )
            _fill(book, request)

    return streamed(fill)


def _fill(book: Any, request: ExportRequest) -> None:
    themes = themes_of(request)
    by_document, together = counts(request), pairs(request)
    rows = (row_of(request, excerpt) for excerpt in excerpts(request))
    _sheet(book, "Excerpts", COLUMNS, rows, [_WIDTHS.get(name, 12) for name in COLUMNS])
    notes = ((of or "the brief", text) for of, text in request.notes.items() if text.strip())
    _sheet(book, "Notes", ("on", "note"), notes, [20, 100])
    names = [theme.name for theme in themes]
    titles = ((each.name, each.title, *_numbers(by_document, each.id, request)) for each in request.documents)
    _sheet(book, "Documents and themes", ("document", "title", *names), titles, [18, 40])
    shared = ((theme.name, *_numbers(together, theme.id, request)) for theme in themes)
    _sheet(book, "Themes together", ("theme", *names), shared, [30])


def _numbers(found: Counter[tuple[str, str]], first: str, request: ExportRequest) -> Iterator[int]:
    return (found[first, theme.id] for theme in themes_of(request))


def _sheet(
    book: Any, name: str, columns: Iterable[str], rows: Iterable[Iterable[object]], widths: Iterable[int]
) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, wrapped)
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, _cell(column), heading)
    for at, row in enumerate(rows, 1):
        if at > ROWS:
            raise ExportError(f"A workbook holds {ROWS:,} excerpts at most; export fewer, or as csv.")
        for number, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, number, value)
            elif value:
                sheet.write_string(at, number, _cell(str(value)), wrapped)


def _cell(text: str) -> str:
    """A text as a cell takes it; a longer one is cut and says so."""
    shown = printable(text)
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return shown
    return units[: 2 * LONGEST].decode("utf-16-le", "ignore") + " … (cut)"
