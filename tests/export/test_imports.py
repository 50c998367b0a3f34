"""What is exported is taken back as it was; what others wrote is taken as far as it says a place."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document, Span
from brief_tui.errors import BriefError
from brief_tui.export import ExportRequest, render
from brief_tui.export.imports import parse_highlights, read_highlights
from brief_tui.highlights.model import Highlight, State
from brief_tui.highlights.store import Store

MakeDocument = Callable[..., Document]
MakeHighlight = Callable[..., Highlight]
Make = Callable[..., ExportRequest]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def exported(name: str, request: ExportRequest) -> bytes:
    return b"".join(render(name, request))


def test_json_brings_back_the_same_store(tmp_path: Path, make_document: MakeDocument, make: Make) -> None:
    doc = make_document("Moscow did not help.\n\nTehran 🛡️ noticed.\n")
    store = Store.open(tmp_path / "one")
    store.add(doc.text, doc.id, doc.digest, Span(0, 6), tags=("trust", "free"), note="n\n\tote")
    store.add(doc.text, doc.id, doc.digest, Span(10, 30))
    store.set_theme(doc.text, doc.id, doc.digest, doc.passages[1].span, theme="asym", present=False)
    store.set_note("", "All in all")
    store.set_note(doc.id, "Of this")
    content = exported(
        "json", make([doc], store.highlights(), manual_tags=store.manual_tags(), notes=store.notes())
    )
    other = Store.open(tmp_path / "other")
    (tmp_path / "marks.json").write_bytes(content)
    brought = read_highlights(tmp_path / "marks.json", [doc])
    assert brought.skipped == ()
    assert other.put(brought.highlights, brought.manual_tags, brought.notes) == 5
    for each in (Store.highlights, Store.manual_tags, Store.notes):
        assert each(other) == each(store)
    assert other.put(brought.highlights, brought.manual_tags, brought.notes) == 0
    assert other.undo() is not None
    assert (other.highlights(), other.manual_tags(), other.notes()) == ((), (), {})
    store.close()
    other.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["json", "jsonld"])
@given(text=TEXT, other=TEXT, data=st.data())
def test_any_mark_comes_back_as_it_was(
    *,
    make_document: MakeDocument,
    make_highlight: MakeHighlight,
    make: Make,
    name: str,
    text: str,
    other: str,
    data: st.DataObject,
) -> None:
    text = text.replace("\r", "\n")
    docs = [make_document(text), make_document(other, "002.txt")]
    start = data.draw(st.integers(0, len(text) - 1))
    tags = data.draw(st.lists(TEXT.map(str.strip).filter(bool), unique=True, max_size=3))
    note = data.draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
    mark = make_highlight(docs[0], start, data.draw(st.integers(start + 1, len(text))), *tags, note=note)
    brought = parse_highlights(exported(name, make(docs, [mark])), docs)
    assert brought.highlights == (mark,)


def test_theme_passages_are_not_taken_for_marks(request_: ExportRequest) -> None:
    brought = parse_highlights(exported("jsonld", request_), request_.documents)
    by_id = {each.id: each for each in brought.highlights}
    assert set(by_id) == {each.id for each in request_.highlights}
    assert brought.notes == request_.notes
    for mark in request_.highlights[:3]:
        assert by_id[mark.id] == mark
    assert by_id[request_.highlights[4].id].state is State.ORPHANED
    assert by_id[request_.highlights[4].id].doc == "003_gone.txt"


def test_a_document_is_known_by_its_text_after_it_was_renamed(
    make_document: MakeDocument, make_highlight: MakeHighlight, make: Make
) -> None:
    old = make_document("One text.")
    mark = make_highlight(old, 0, 3)
    new = make_document("One text.", "elsewhere/new.txt")
    content = exported("json", make([old], [mark], notes={"": "All", old.id: "Of this", "gone": "Of that"}))
    brought = parse_highlights(content, [new])
    assert brought.highlights == (replace(mark, doc="elsewhere/new.txt"),)
    assert brought.notes == {"": "All", "elsewhere/new.txt": "Of this", "gone": "Of that"}


def test_a_place_that_is_not_true_is_looked_for(
    make_document: MakeDocument, make_highlight: MakeHighlight, make: Make
) -> None:
    doc = make_document("One text, and some more.")
    mark = replace(make_highlight(doc, 4, 8), start=0, end=4)
    (brought,) = parse_highlights(exported("json", make([doc], [mark])), [doc]).highlights
    assert brought.digest == ""


def annotation(**more: Any) -> dict[str, Any]:
    return {"type": "Annotation", "id": "https://example.org/anno/1", "motivation": "commenting"} | more


def parse(value: object, *documents: Document) -> tuple[Highlight, ...]:
    return parse_highlights(msgspec.json.encode(value), documents).highlights


def test_positions_in_utf16_are_understood(make_document: MakeDocument) -> None:
    doc = make_document("🛡️🛡️ Tehran and 🚀 Moscow and Tehran.")
    start = doc.text.rindex("Tehran")
    units = len(doc.text[:start].encode("utf-16-le")) // 2
    (mark,) = parse(
        annotation(
            target={
                "source": doc.id,
                "selector": [
                    {"type": "TextPositionSelector", "start": units, "end": units + 6},
                    {"type": "TextQuoteSelector", "exact": "Tehran"},
                ],
            },
            body=[
                {"type": "TextualBody", "value": "Look"},
                {"type": "TextualBody", "value": "t", "purpose": "tagging"},
            ],
        ),
        doc,
    )
    assert (mark.start, mark.exact, mark.note, mark.tags) == (start, "Tehran", "Look", ("t",))


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/a#frag",
        {"id": "https://example.org/a/"},
        "file:///home/x/001_a.txt",
        "urn:brief-tui:001_a.txt",
    ],
)
def test_a_quotation_alone_is_enough(make_document: MakeDocument, source: object) -> None:
    doc = make_document("Some words here.", url="https://example.org/a")
    other = make_document("Some words here too.", "002.txt")
    selector = {
        "type": "FragmentSelector",
        "value": "p1",
        "refinedBy": {"type": "TextQuoteSelector", "exact": "words", "prefix": "Some "},
    }
    (mark,) = parse([annotation(target=[{"source": source, "selector": selector}])], other, doc)
    assert (mark.doc, mark.span, mark.digest) == (doc.id, (5, 10), doc.digest)


def test_what_says_no_place_is_skipped_in_words(make_document: MakeDocument) -> None:
    doc = make_document("Some words.")
    content = msgspec.json.encode(
        [annotation(target="https://elsewhere.example/"), annotation(body="x", target={})]
    )
    brought = parse_highlights(content, [doc])
    assert brought.highlights == ()
    assert len(brought.skipped) == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 20) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "target",
                    "source",
                    "selector",
                    "exact",
                    "start",
                    "end",
                    "body",
                    "value",
                    "id",
                    "items",
                    "first",
                ]
            ),
            inner
            | st.sampled_from(["Annotation", "AnnotationPage", "TextQuoteSelector", "TextPositionSelector"]),
            max_size=6,
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_any_annotation_is_taken_or_left_but_never_crashes(
    make_document: MakeDocument, value: object
) -> None:
    doc = make_document("Some words here.")
    whole = (
        annotation(**value) if isinstance(value, dict) and all(isinstance(k, str) for k in value) else value
    )
    try:
        brought = parse_highlights(msgspec.json.encode(whole), [doc])
    except BriefError:
        return
    for mark in brought.highlights:
        if mark.state is State.ANCHORED:
            assert doc.text[mark.start : mark.end] == mark.exact


@pytest.mark.parametrize("source", ["http://[#x", "//\u2100#", "%ff%fe", "urn:brief-tui:%00"])
def test_a_source_that_is_no_address_breaks_nothing(make_document: MakeDocument, source: str) -> None:
    doc = make_document("Some words here.", "a.txt", url=source)
    selector = {"type": "TextQuoteSelector", "exact": "words"}
    brought = parse_highlights(
        msgspec.json.encode(annotation(target={"source": source, "selector": selector})), [doc]
    )
    assert [mark.doc for mark in brought.highlights] == [doc.id]


@pytest.mark.parametrize("start", [2**53, 2**63, 2**64, 10**30])
def test_a_position_beyond_any_text_is_none(tmp_path: Path, make_document: MakeDocument, start: int) -> None:
    doc = make_document("Some words here.")
    selectors = [
        {"type": "TextQuoteSelector", "exact": "that stands nowhere in it"},
        {"type": "TextPositionSelector", "start": start, "end": start + 1},
    ]
    content = msgspec.json.encode(annotation(target={"source": doc.id, "selector": selectors}))
    if start == 10**30:
        content = content.replace(b"1e30", b"1" + b"0" * 30)
    store = Store.open(tmp_path)
    assert store.put(parse_highlights(content, [doc]).highlights) == 1
    assert [mark.start for mark in store.highlights()] == [0]
    store.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format":"brief-tui"}',
        b'{"format":"brief-tui","version":1,"highlights":[{}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_file_of_highlights_is_said(content: bytes) -> None:
    with pytest.raises(BriefError):
        parse_highlights(content, [])


def test_a_file_of_a_newer_version_is_said() -> None:
    with pytest.raises(BriefError, match="newer brief-tui"):
        parse_highlights(b'{"format":"brief-tui","version":2,"highlights":[]}', [])


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be read"):
        read_highlights(tmp_path / "no.json", [])


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for path in (Path("/dev/zero"), tmp_path / "pipe.json", tmp_path):
        with pytest.raises(BriefError, match="not a plain file"):
            read_highlights(path, [])


def test_an_id_that_is_none_becomes_one(
    make_document: MakeDocument, make_highlight: MakeHighlight, make: Make
) -> None:
    doc = make_document("Some words.")
    marks = [replace(make_highlight(doc, 0, 4), id=name) for name in ("x\n# y", "<script>")]
    brought = parse_highlights(exported("json", make([doc], marks)), [doc]).highlights
    assert len({UUID(each.id) for each in brought}) == 2
