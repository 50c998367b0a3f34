"""Codebooks of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.errors import BriefError
from brief_tui.themes.codebook import Code, Codebook, Cue, id_for
from brief_tui.themes.imports import merged, parse_codebook, read_codebook

QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook origin="x" xmlns="urn:QDA-XML:codebook:1.0"><Codes>
 <Code guid="11111111-1111-1111-1111-111111111111" name="Trust" isCodable="false">
  <Code guid="21111111-1111-1111-1111-111111111111" name="Loss &amp; doubt" isCodable="true" color="#AA0000">
   <Description>What was
 lost.</Description>
  </Code>
 </Code>
 <Code guid="31111111-1111-1111-1111-111111111111" name="Drones" isCodable="true" color="red"/>
</Codes></CodeBook>"""


def themes(content: str, name: str) -> list[tuple[str, str, str]]:
    return [(code.id, code.name, code.memo) for code in parse_codebook(content.encode(), name).themes]


def test_a_refi_codebook_keeps_names_memos_and_colours() -> None:
    codebook = parse_codebook(QDC.encode(), "x.qdc")
    assert [(c.name, c.colour, c.memo) for c in codebook.themes] == [
        ("Trust / Loss & doubt", "#aa0000", "What was\n lost."),
        ("Drones", "yellow", ""),
    ]
    assert [code.id for code in codebook.themes] == ["trust_loss_doubt", "drones"]


@pytest.mark.parametrize("declared", ['<!ENTITY a "b">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""])
def test_entities_and_document_types_are_refused(declared: str) -> None:
    hostile = QDC.replace("<CodeBook", f"<!DOCTYPE CodeBook [{declared}]><CodeBook", 1)
    with pytest.raises(BriefError, match="declares entities"):
        parse_codebook(hostile.encode(), "x.qdc")


@pytest.mark.parametrize("content", ["<a/>", "<CodeBook>", "<CodeBook/>", "<a>" * 5000])
def test_other_xml_is_no_codebook(content: str) -> None:
    with pytest.raises(BriefError):
        parse_codebook(content.encode(), "x.qdc")


def test_taguettes_csv() -> None:
    content = 'tag,description,number of highlights\r\n"Trust, lost","A ""memo""",3\r\n\'=sum,\'-x,0\r\n'
    assert themes(content, "codebook.csv") == [
        ("trust_lost", "Trust, lost", 'A "memo"'),
        ("sum", "=sum", "-x"),
    ]
    assert themes("path,description\na.b,\n", "codebook.csv") == [("a_b", "a.b", "")]


def test_a_csv_without_tags_is_no_codebook() -> None:
    with pytest.raises(BriefError, match="no column 'tag'"):
        parse_codebook(b"x,y\n1,2\n", "a.csv")


def test_qualcoders_list() -> None:
    content = "Trust>>Lost\tA memo\nDrones\t\n\nDrones\tagain\n"
    assert themes(content, "codes.txt") == [
        ("trust_lost", "Trust / Lost", "A memo"),
        ("drones", "Drones", ""),
        ("drones_2", "Drones", "again"),
    ]


def test_our_own_form_keeps_cues() -> None:
    content = b'[[theme]]\nid = "a"\ncues = [\'x\']\n[[topic]]\nid = "b"\n'
    codebook = parse_codebook(content, "brief.toml")
    assert codebook.themes[0].cues == (Cue("x"),)
    assert codebook.topics[0].id == "b"


def test_merging_keeps_ids_and_cues_and_adds_what_is_new() -> None:
    old = Codebook((Code("a", "Trust", "red", cues=(Cue("x"),)),), (Code("t", "Drones"),))
    new = Codebook(
        (Code("trust", "trust", memo="m", cues=(Cue("x"), Cue("y"))), Code("c", "C"), Code("t", "T2"))
    )
    found = merged(old, new)
    assert found.themes == (Code("a", "Trust", "red", "m", (Cue("x"), Cue("y"))), Code("c", "C"))
    assert found.topics == (Code("t", "Drones"),)


@pytest.mark.parametrize("encoding", ["utf-7", "hex", "idna", "undefined", "no-such"])
def test_an_encoding_that_cannot_be_read_is_said(encoding: str) -> None:
    with pytest.raises(BriefError, match="save it as UTF-8"):
        parse_codebook(QDC.replace("utf-8", encoding).encode(), "a.qdc")


def test_names_that_would_grow_with_each_category_are_refused() -> None:
    open_codes = f'<Code name="{"long " * 100}">' * 90
    codes = open_codes + '<Code name="z"/>' * 1900 + "</Code>" * 90
    content = f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
    with pytest.raises(BriefError, match="longer than 1,000 characters"):
        parse_codebook(content.encode(), "a.qdc")


def test_a_file_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be read"):
        read_codebook(tmp_path / "nowhere.qdc")


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.qdc", "a.txt", "a.toml"]))
def test_any_bytes_are_a_codebook_or_an_error(content: bytes, name: str) -> None:
    try:
        codebook = parse_codebook(content, name)
    except BriefError:
        return
    assert all(code.id for code in codebook.themes)


@given(st.text(max_size=200))
def test_any_name_has_an_id_that_brief_toml_takes(name: str) -> None:
    from brief_tui.corpus.manifest import parse_manifest

    assert parse_manifest(f'[[theme]]\nid = "{id_for(name)}"\n').themes
