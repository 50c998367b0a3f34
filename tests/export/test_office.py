"""Workbooks and text documents whose words are words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document
from brief_tui.errors import ExportError
from brief_tui.export import ExportRequest, render
from brief_tui.export.table import COLUMNS
from brief_tui.export.text import printable
from brief_tui.highlights.model import Highlight

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def workbook(request: ExportRequest) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(render("xlsx", request))))


def paragraphs(request: ExportRequest) -> list[tuple[str, str]]:
    opened = docx.Document(io.BytesIO(b"".join(render("docx", request))))
    return [(each.style.name or "", each.text) for each in opened.paragraphs if each.style]


def test_the_workbook_has_every_excerpt_as_text(request_: ExportRequest) -> None:
    book = workbook(request_)
    assert book.sheetnames == ["Excerpts", "Notes", "Documents and themes", "Themes together"]
    header, *rows = book["Excerpts"].iter_rows()
    assert tuple(cell.value for cell in header) == COLUMNS
    assert len(rows) == 7
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    assert [cell.value for cell in rows[3]][13] == "=SUM(A1)"
    assert [[cell.value for cell in row] for row in book["Documents and themes"].iter_rows()] == [
        ["document", "title", "Trust erosion", "Asymmetry"],
        ["001_a", "On help", 2, 1],
        ["002_b", "On silence", 0, 1],
    ]
    assert [[cell.value for cell in row] for row in book["Notes"].iter_rows()][1:] == [
        ["the brief", "All in all."],
        ["001_a.txt", "A *strong* text."],
    ]
    assert book.properties.created.replace(tzinfo=UTC) == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_the_text_document_has_its_styles(request_: ExportRequest) -> None:
    found = paragraphs(request_)
    assert found[:3] == [("Title", "Who helps whom?"), ("Note", "All in all."), ("Heading 1", "On help")]
    at = found.index(("Excerpt", "Tehran 🛡️ drew its own conclusions, 安全"))
    assert found[at + 1 : at + 4] == [
        ("Citation", "— A. Author, “On help”, The Paper, 2025-06-30, § Promises, 001_a:6"),
        ("Tags", "Tags: Trust erosion; free word"),
        ("Note", "A *note*\n\n# of two"),
    ]
    assert sum("Orphaned" in text for _, text in found) == 2
    assert sum("untagged" in text for _, text in found) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(TEXT)
@example("=1+1")
@example("https://example.org")
@example("12")
@example("_x0041_")
@example("\x00\x1b\ufffe\r\n<&>'\"")
@example("x" * 40_000)
def test_any_words_are_cells_and_paragraphs(
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    words: str,
) -> None:
    doc = make_document("x " + words.replace("\r", "\n"), title=words)
    request = make([doc], [make_highlight(doc, 0, len(doc.text), note=words)], title=words, user=words)
    row = [cell.value for cell in list(workbook(request)["Excerpts"].iter_rows())[1]]
    note = row[COLUMNS.index("note")]
    if len(words) < 32_000:
        # Writers of the format spell out what looks like an escape; its readers take that back.
        note = re.sub(r"_x005F_", "_", note)
        assert note.replace("\r\n", "\n").replace("\r", "\n") == printable(words)
    else:
        assert note.endswith(" … (cut)")
        assert len(note) < 32_767
    quoted = "".join(text for style, text in paragraphs(request) if style == "Excerpt")
    assert "".join(quoted.split()) == "".join(printable(doc.text).split())


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_a_missing_extra_says_which_command_installs_it(
    monkeypatch: pytest.MonkeyPatch, request_: ExportRequest, name: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda module: None)
    with pytest.raises(ExportError, match=r"pip install 'brief-tui\[office\]'"):
        render(name, request_)


def test_more_rows_than_a_sheet_has_are_refused(
    monkeypatch: pytest.MonkeyPatch, request_: ExportRequest
) -> None:
    monkeypatch.setattr("brief_tui.export.workbook.ROWS", 3)
    with pytest.raises(ExportError, match="export fewer"):
        b"".join(render("xlsx", request_))
