"""The cited documents, with what is known of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Document
from brief_tui.export import ExportRequest, render
from brief_tui.highlights.model import Highlight


def test_csl_says_what_is_known(request_: ExportRequest) -> None:
    assert msgspec.json.decode(b"".join(render("csl-json", request_))) == [
        {
            "id": "a-author-2025-001-a",
            "type": "webpage",
            "title": "On help",
            "author": [{"literal": "A. Author"}],
            "publisher": "The Paper",
            "issued": {"date-parts": [[2025, 6, 30]]},
            "URL": "https://example.org/1",
        },
        {"id": "002-b", "type": "document", "title": "On silence"},
    ]


def test_bibtex_says_what_is_known(request_: ExportRequest) -> None:
    first, second = b"".join(render("bibtex", request_)).decode().strip().split("\n\n")
    assert first.splitlines() == [
        "@misc{a-author-2025-001-a,",
        "  title = {{On help}},",
        "  author = {{A. Author}},",
        "  publisher = {The Paper},",
        "  date = {2025-06-30},",
        "  year = {2025},",
        "  month = {6},",
        "  url = {https://example.org/1},",
        "}",
    ]
    assert second == "@misc{002-b,\n  title = {{On silence}},\n}"


@given(words=st.text(), date=st.one_of(st.text(), st.dates().map(str)))
def test_any_words_are_balanced_and_keys_are_unique(
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    words: str,
    date: str,
) -> None:
    known = {"author": words, "publisher": words, "date": date, "url": words, "title": words or "x"}
    docs = [make_document("Text.", name, **known) for name in ("a b.txt", "a-b.txt")]
    request = make(docs, [make_highlight(doc, 0, 4) for doc in docs])
    text = b"".join(render("bibtex", request)).decode()
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert len(set(re.findall(r"^@misc\{(.+),$", text, re.MULTILINE))) == 2
    items = msgspec.json.decode(b"".join(render("csl-json", request)))
    assert len({item["id"] for item in items}) == 2
