"""What an export holds, in which order, and what it cites."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from brief_tui.corpus.model import Document, Kind, Span
from brief_tui.errors import ExportError
from brief_tui.export import FORMATS, ExportRequest, Scope, ThemeRow, narrow, render
from brief_tui.export.citation import cite
from brief_tui.export.excerpts import count, excerpts


def test_excerpts_come_in_the_briefs_order_with_what_is_gone_at_the_end(request_: ExportRequest) -> None:
    found = [
        (each.name, each.quotation[:12], each.orphaned, bool(each.themes)) for each in excerpts(request_)
    ]
    assert found == [
        ("001_a", "Moscow did n", False, False),
        ("001_a", "Moscow did n", False, True),
        ("001_a", "Tehran 🛡️ dr", False, False),
        ("001_a", "=SUM(A1)", False, False),
        ("002_b", "Beijing watc", False, True),
        ("002_b", "Beijing", True, False),
        ("003_gone.txt", "What", True, False),
    ] or found[4:6] == [("002_b", "Beijing", True, False), ("002_b", "Beijing watc", False, True)]


def test_ids_of_theme_passages_are_stable(request_: ExportRequest) -> None:
    assert [each.id for each in excerpts(request_)] == [each.id for each in excerpts(request_)]
    assert len({each.id for each in excerpts(request_)}) == 7


def test_quotations_fold_lines_and_leave_bullet_markers(request_: ExportRequest) -> None:
    by_start = {each.exact: each.quotation for each in excerpts(request_)}
    assert by_start["Moscow did not come to help.\nIt had *promised* to."] == (
        "Moscow did not come to help. It had *promised* to."
    )
    assert by_start["- Tehran 🛡️ drew its own conclusions, 安全"] == "Tehran 🛡️ drew its own conclusions, 安全"


def test_a_citation_says_what_is_known_in_its_order(
    request_: ExportRequest, make_document: Callable[..., Document]
) -> None:
    first = request_.documents[0]
    span = Span(first.text.index("It had"), first.text.index("It had") + 6)
    assert str(cite(first, span)) == "A. Author, “On help”, The Paper, 2025-06-30, § Promises, 001_a:4"
    assert str(cite(make_document("x"))) == "“On help”, 001_a"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({}, 7),
        ({"scope": Scope.HIGHLIGHTS}, 5),
        ({"scope": Scope.THEMES}, 2),
        ({"theme": "trust"}, 3),
        ({"theme": "trust", "scope": Scope.THEMES}, 1),
        ({"tag": "free word"}, 1),
        ({"doc": "002_b.txt"}, 2),
        ({"words": "TEHRAN conclusions"}, 1),
        ({"words": "on silence asymmetry"}, 2),
        ({"words": "help moscow", "scope": Scope.THEMES}, 1),
        ({"words": "free word of two"}, 1),
        ({"words": "gone", "doc": "001_a.txt"}, 0),
    ],
)
def test_narrowed_to_what_is_asked_for(
    request_: ExportRequest, arguments: dict[str, object], count: int
) -> None:
    part = narrow(request_, **arguments)  # type: ignore[arg-type]
    assert len(list(excerpts(part))) == count


def test_a_document_alone_takes_its_own_note(request_: ExportRequest) -> None:
    part = narrow(request_, doc="001_a.txt")
    assert part.notes == {"001_a.txt": "A *strong* text."}
    assert part.scope == "document 001_a"


def test_every_format_is_listed_and_an_unknown_one_is_refused(request_: ExportRequest) -> None:
    for name, form in FORMATS.items():
        assert form.name == name
        assert form.suffix.startswith(".")
    with pytest.raises(ExportError, match="choose one of: markdown"):
        render("pdf", request_)


def test_counts_do_not_depend_on_what_is_listed(request_: ExportRequest) -> None:
    for name in ("matrix", "cooccurrence"):
        all_of_it = b"".join(render(name, request_))
        assert b"".join(render(name, narrow(request_, scope=Scope.HIGHLIGHTS))) == all_of_it


def test_a_pull_quote_is_quoted_with_its_twin_once(
    make: Callable[..., ExportRequest], make_document: Callable[..., Document]
) -> None:
    doc = make_document("Moscow did not come.\n\nMoscow did not come. It had promised to.\n\nMore.")
    quote = replace(doc.passages[0], kind=Kind.PULLQUOTE, twin=1)
    doc = replace(doc, passages=(quote, *doc.passages[1:]))
    rows = [
        ThemeRow(doc.id, 0, "trust", 0.9, evidence=(Span(0, 6),)),
        ThemeRow(doc.id, 0, "asym", 1.0, manual=True),
        ThemeRow(doc.id, 1, "trust", 0.6, evidence=(Span(22, 28),)),
        ThemeRow(doc.id, 2, "trust", 0.5),
    ]
    request = make([doc], [], themes=rows)
    found = [(each.quotation, [(row.theme, row.score) for row in each.themes]) for each in excerpts(request)]
    assert found == [
        ("Moscow did not come. It had promised to.", [("trust", 0.9), ("asym", 1.0)]),
        ("More.", [("trust", 0.5)]),
    ]
    assert count(request) == 2


NO_HEAD = {"readwise", "qdc", "codebook-csv", "codebook-txt", "matrix", "cooccurrence", "csl-json", "bibtex"}
"""Formats of quotations, codes, counts or references alone."""


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - NO_HEAD))
def test_notes_head_every_export_also_where_nothing_is_marked(
    make: Callable[..., ExportRequest], make_document: Callable[..., Document], name: str
) -> None:
    doc = make_document("Some words.")
    notes = {"": "The whole", doc.id: "This text", "gone.txt": "That text"}
    content = b"".join(render(name, make([doc], [], notes=notes)))
    if name in {"qdpx", "xlsx", "docx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(map(archive.read, archive.namelist()))
    for note in notes.values():
        assert note.encode() in content


def test_a_document_with_a_note_alone_is_not_cited(
    make: Callable[..., ExportRequest], make_document: Callable[..., Document]
) -> None:
    doc = make_document("Some words.")
    assert b"".join(render("bibtex", make([doc], [], notes={doc.id: "A note"}))) == b""


def test_each_excerpt_is_told_and_what_is_raised_ends_the_export(request_: ExportRequest) -> None:
    told: list[None] = []
    for name in FORMATS.keys() - NO_HEAD - {"json"}:
        told.clear()
        b"".join(render(name, replace(request_, advance=lambda: told.append(None))))
        assert len(told) == count(request_) == 7, name

    def enough() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        b"".join(render("xlsx", replace(request_, advance=enough)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_its_beginning_as_text(request_: ExportRequest, name: str) -> None:
    whole = FORMATS[name].beginning(request_, 1_000_000)
    assert "\ufffd" not in whole and "\0" not in whole
    assert whole.startswith(FORMATS[name].beginning(request_, 20))
    if name not in NO_HEAD:
        assert "conclusions" in whole
