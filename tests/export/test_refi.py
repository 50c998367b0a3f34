"""REFI-QDA that its schemas accept and an importer that is not ours reads back, span by span."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from brief_tui.corpus.model import Document
from brief_tui.errors import ExportError
from brief_tui.export import CodeRow, ExportRequest, ThemeRow, render
from brief_tui.highlights.model import Highlight

SCHEMAS = Path(__file__).parent / "schemas"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def validate(content: bytes, schema: str) -> Any:
    tree = etree.fromstring(content)
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(tree)
    return tree


def archive(request: ExportRequest) -> bytes:
    return b"".join(render("qdpx", request))


def read(content: bytes) -> tuple[Any, dict[str, str]]:
    """The project as pyrefiqda reads it, with the text of each source by its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyrefiqda import RefiProject
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.qdpx"
        path.write_bytes(content)
        project = RefiProject.load(path, extract_dir=f"{folder}/x")
        texts = {
            source.guid: RefiProject.resolve_source_path(source.plain_text_path, f"{folder}/x")
            .read_bytes()
            .decode()
            for source in (project.sources.text_source if project.sources else [])
        }
    return project, texts


def test_the_project_is_valid_and_its_archive_as_the_standard_says(request_: ExportRequest) -> None:
    content = archive(request_)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        assert names[0] == "project.qde"
        assert all(name.startswith("sources/") and name.endswith(".txt") for name in names[1:])
        tree = validate(opened.read("project.qde"), "Project.xsd")
        assert sorted(opened.read(name).decode() for name in names[1:]) == sorted(
            each.text for each in request_.documents
        )
    space = {"q": "urn:QDA-XML:project:1.0"}
    users = {each.get("guid") for each in tree.findall(".//q:User", space)}
    for coding in tree.findall(".//q:Coding", space):
        assert coding.get("creatingUser") in users
        assert etree.QName(coding[0]).localname == "CodeRef"
    names = [each.get("name") for each in tree.findall(".//q:Code", space)]
    assert names == ["Trust erosion", "Asymmetry", "Mutual defence", "free word", "Untagged"]
    guids = {each.get("guid") for each in tree.iter() if each.get("guid")}
    targets = {each.get("targetGUID") for each in tree.iter() if each.get("targetGUID")}
    assert targets <= guids
    assert len(tree.findall(".//q:PlainTextSelection", space)) == 5
    notes = [each.get("name") for each in tree.findall(".//q:Note", space)]
    assert notes == [
        "Note on the brief",
        "Note on 001_a.txt",
        "Orphaned highlight: Beijing",
        "Orphaned highlight: What",
    ]


def test_the_same_request_makes_the_same_archive(request_: ExportRequest) -> None:
    assert archive(request_) == archive(request_)


def test_an_empty_brief_is_valid_too(make: Callable[..., ExportRequest]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(make([], [], codes=(), title="")))) as opened:
        tree = validate(opened.read("project.qde"), "Project.xsd")
    assert {etree.QName(each).localname for each in tree} == {"Users"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    text=st.one_of(TEXT, st.text("e\u0301🛡️安全\x00\x1b\u202e\ufffe\r\n a<&\"'", min_size=1)),
    words=TEXT,
    tags=st.lists(TEXT.map(str.strip).filter(bool), max_size=3, unique=True),
    data=st.data(),
)
def test_spans_read_back_are_the_marked_text(
    *,
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    text: str,
    words: str,
    tags: list[str],
    data: st.DataObject,
) -> None:
    doc = make_document(text, title=words)
    start = data.draw(st.integers(0, len(text) - 1))
    mark = make_highlight(doc, start, data.draw(st.integers(start + 1, len(text))), *tags, note=words)
    content = archive(make([doc], [mark], title=words, notes={"": words, doc.id: words}, user=words))
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        validate(opened.read("project.qde"), "Project.xsd")
    project, texts = read(content)
    (source,) = project.sources.text_source
    assert texts[source.guid] == text
    (selection,) = source.plain_text_selection
    assert texts[source.guid][selection.start_position : selection.end_position] == mark.exact
    codes = {code.guid: code.name for code in project.code_book.codes.code}
    assert len({name.casefold() for name in codes.values()}) == len(codes)
    assert len(selection.coding) == max(1, len(tags))


def test_codes_nest_and_names_are_unique(
    make: Callable[..., ExportRequest],
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
) -> None:
    codes = (
        CodeRow("a", "Trust", "line\x0bbreak"),
        CodeRow("b", "trust", parent="a", colour="#abc"),
        CodeRow("c", "\x00", parent="c"),
        CodeRow("d", "Deep", parent="b"),
    )
    doc = make_document("Words.")
    request = make(
        [doc], [make_highlight(doc, 0, 5, "Trust", "d")], codes=codes, themes=[ThemeRow(doc.id, 0, "b")]
    )
    with zipfile.ZipFile(io.BytesIO(archive(request))) as opened:
        tree = validate(opened.read("project.qde"), "Project.xsd")
    space = {"q": "urn:QDA-XML:project:1.0"}
    names = [each.get("name") for each in tree.findall(".//q:Code", space)]
    assert names == ["Trust", "trust (2)", "Deep", "tag", "Trust (3)"]
    book = validate(b"".join(render("qdc", request)), "Codebook.xsd")
    there = {each.get("guid"): each.get("name") for each in tree.findall(".//q:Code", space)}
    for code in book.iter("{urn:QDA-XML:codebook:1.0}Code"):
        assert there[code.get("guid")] == code.get("name")
    assert book.find(".//{urn:QDA-XML:codebook:1.0}Description").text == "linebreak"


def test_the_codebook_is_read_by_others(request_: ExportRequest, tmp_path: Path) -> None:
    content = b"".join(render("qdc", request_))
    validate(content, "Codebook.xsd")
    (tmp_path / "a.qdc").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyrefiqda import RefiCodebook
    codes = RefiCodebook.load(tmp_path / "a.qdc").codes.code
    assert [(code.name, code.color) for code in codes] == [
        ("Trust erosion", "#c62828"),
        ("Asymmetry", "#4682b4"),
        ("Mutual defence", None),
    ]


def test_no_codes_make_no_codebook(make: Callable[..., ExportRequest]) -> None:
    with pytest.raises(ExportError, match="no themes"):
        b"".join(render("qdc", make([], [], codes=())))
