"""Tables that any reader of CSV splits as they were meant, and no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Document
from brief_tui.export import ExportRequest, render
from brief_tui.export.table import COLUMNS, guarded
from brief_tui.export.text import fold
from brief_tui.highlights.model import Highlight

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(name: str, request: ExportRequest) -> list[list[str]]:
    content = b"".join(render(name, request))
    assert content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def test_one_row_an_excerpt(request_: ExportRequest) -> None:
    header, *rows = read("csv", request_)
    assert tuple(header) == COLUMNS
    assert len(rows) == 9
    notes = [dict(zip(header, row, strict=True)) for row in rows if row[header.index("kind")] == "note"]
    assert [(each["document"], each["title"], each["note"], each["quotation"]) for each in notes] == [
        ("", "", "All in all.", ""),
        ("001_a", "On help", "A *strong* text.", ""),
    ]
    by_quotation = {row[header.index("quotation")]: dict(zip(header, row, strict=True)) for row in rows}
    bullet = by_quotation["Tehran 🛡️ drew its own conclusions, 安全"]
    assert (bullet["tags"], bullet["note"], bullet["line"], bullet["section"], bullet["state"]) == (
        "Trust erosion; free word",
        "A *note*\n\n# of two",
        "6",
        "Promises",
        "anchored",
    )
    formula = by_quotation["'=SUM(A1)"]
    assert (formula["note"], formula["state"]) == ("'=1+1", "anchored untagged")
    assert by_quotation["Beijing"]["state"] == "orphaned"
    assert by_quotation["Beijing"]["line"] == ""


def test_readwise_has_its_columns_and_no_guard(request_: ExportRequest) -> None:
    header, *rows = read("readwise", request_)
    assert header == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    formula = next(row for row in rows if row[0] == "=SUM(A1)")
    assert formula == [
        "=SUM(A1)",
        "On help",
        "A. Author",
        "https://example.org/1",
        "=1+1",
        "8",
        "2026-01-02 03:04:05",
    ]
    assert next(row for row in rows if row[0].startswith("Tehran"))[4].startswith(
        ".Trust-erosion .free-word\nA *note*"
    )


def test_passages_by_document_and_theme(request_: ExportRequest) -> None:
    assert read("matrix", request_) == [
        ["document", "title", "Trust erosion", "Asymmetry"],
        ["001_a", "On help", "2", "1"],
        ["002_b", "On silence", "0", "1"],
    ]
    assert read("cooccurrence", request_) == [
        ["theme", "Trust erosion", "Asymmetry"],
        ["Trust erosion", "2", "1"],
        ["Asymmetry", "1", "2"],
    ]


def test_the_codebook_as_taguette_has_it(request_: ExportRequest) -> None:
    assert read("codebook-csv", request_) == [
        ["tag", "description", "number of highlights"],
        ["Trust erosion", "Loss of trust.", "2"],
        ["Asymmetry", "", "1"],
        ["Mutual defence", "", "0"],
    ]


def test_the_codebook_as_qualcoder_has_it_comes_back(request_: ExportRequest) -> None:
    from brief_tui.themes.imports import parse_codebook

    content = b"".join(render("codebook-txt", request_))
    assert content.decode() == (
        "Themes>>Trust erosion\tLoss of trust.\nThemes>>Asymmetry\t\nTopics>>Mutual defence\t\n"
    )
    codebook = parse_codebook(content, "codes.txt")
    assert [(code.name, code.memo) for code in codebook.themes] == [
        ("Trust erosion", "Loss of trust."),
        ("Asymmetry", ""),
    ]
    assert [code.name for code in codebook.topics] == ["Mutual defence"]


@pytest.mark.parametrize("field", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_guarded(field: str) -> None:
    assert guarded(field) == f"'{field}"


@given(text=TEXT.filter(str.strip), note=TEXT, tag=TEXT.map(str.strip).filter(bool))
def test_any_words_come_back(
    *,
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    text: str,
    note: str,
    tag: str,
) -> None:
    doc = make_document("x " + text, title=text)
    request = make([doc], [make_highlight(doc, 0, len(doc.text), tag, note=note)])
    header, row = read("csv", request)
    fields = dict(zip(header, row, strict=True))
    assert fields["note"] == guarded(note)
    assert fields["quotation"].replace(" ", "") == fold(doc.text).replace("\n", "").replace(" ", "")
    assert not any(field.startswith(("=", "+", "-", "@", "\t", "\r")) for field in row)
    assert read("readwise", request)[1][0] == fields["quotation"]


def test_many_rows_come_in_pieces(
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
) -> None:
    doc = make_document("word " * 300)
    request = make([doc], [make_highlight(doc, at, at + 4) for at in range(1000)])
    assert len(read("csv", request)) == 1001
    assert len(list(render("csv", request))) > 4
