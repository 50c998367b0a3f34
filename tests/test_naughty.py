"""Strings that have broken programs, through the Python interface and through the reader."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from brief_tui.corpus.model import Span
from brief_tui.errors import BriefError
from brief_tui.export.registry import FORMATS, render
from brief_tui.workspace import Workspace

from .naughty import BYTES, QUERIES, TEXTS


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief of such texts, named and titled so where that can be."""
    folder = tmp_path / "brief"
    folder.mkdir()
    (folder / "texts.txt").write_bytes("\n\n".join(f"{text} of trust" for text in TEXTS).encode("utf-8"))
    tables = []
    for number, text in enumerate(TEXTS):
        name = "".join(char for char in text if char not in "/\\\0")[:40].strip(". ") or "x"
        name = f"{number} {name}.txt"
        (folder / name).write_text(f"Title\n\nSome trust in {number}.\n", "utf-8")
        values = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        shown = json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")
        tables.append(
            f"[[document]]\nfile = {shown}\ntitle = {values}\nshort = {values}\nauthor = {values}\n"
        )
    for number, content in enumerate(BYTES):
        (folder / f"bytes{number}.txt").write_bytes(b"Words of trust " + content + b" and more words.\n")
        tables.append(f'[[document]]\nfile = "bytes{number}.txt"\n')
    tables.append('[[document]]\nfile = "texts.txt"\n[[theme]]\nid = "t"\nname = "T"\ncues = ["trust"]\n')
    (folder / "brief.toml").write_text("".join(tables), "utf-8")
    return folder


@pytest.mark.long
def test_any_of_them_is_read_searched_kept_and_taken_away(brief: Path, tmp_path: Path) -> None:
    with closing(Workspace.open([brief])) as workspace:
        documents = {document.id: document for document in workspace.library.documents()}
        assert len(documents) >= len(TEXTS) + len(BYTES) - 3 + 1, (
            workspace.problems()
        )  # some bytes are no text
        for document in documents.values():
            assert all(document.text[p.start : p.end] == p.text for p in document.passages)
        for text in (*TEXTS, *QUERIES):
            try:
                results = workspace.searching.results(text, limit=3)
            except BriefError as error:
                assert str(error)
                continue
            for hit in results.hits:
                found = documents[hit.doc].passages[hit.number]
                assert all(0 <= span.start < span.end <= len(found.text) + found.start for span in hit.spans)
        whole = documents["texts.txt"]
        for text, passage in zip(TEXTS, whole.passages, strict=False):
            workspace.marks.highlight(whole.id, passage.span, tags=[text, "t"], note=text)
            workspace.marks.set_note(whole.id, text)
        kept = workspace.marks.highlights()
        request = workspace.export_request()
        for name in FORMATS:
            assert b"".join(render(name, request)), name
        made = b"".join(render("json", request))
    (tmp_path / "kept.json").write_bytes(made)
    with closing(Workspace.open([brief])) as again:
        assert again.marks.highlights() == kept
        assert [each.note for each in kept] == [text.strip() and text for text in TEXTS][: len(kept)]
        again.marks.import_highlights(tmp_path / "kept.json")
        assert again.marks.highlights() == kept


@pytest.mark.parametrize("text", ["a\udcffb\ud800"])
def test_half_a_surrogate_pair_is_refused_or_kept_but_breaks_nothing(seeds: Path, text: str) -> None:
    with closing(Workspace.open([seeds])) as workspace:
        doc = workspace.brief.entries[0].id
        for act in (
            lambda: workspace.searching.results(text),
            lambda: workspace.marks.highlight(doc, Span(0, 5), tags=[text]),
            lambda: workspace.marks.highlight(doc, Span(0, 5), note=text),
            lambda: workspace.marks.set_note(doc, text),
            lambda: workspace.library.passage(f"{text}:3"),
        ):
            try:
                act()
            except BriefError as error:
                str(error).encode("utf-8", "backslashreplace")
        for name in FORMATS:
            assert b"".join(render(name, workspace.export_request())), name
