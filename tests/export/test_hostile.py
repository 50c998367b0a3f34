"""No words from outside break any format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document
from brief_tui.export import FORMATS, CodeRow, ExportRequest, ThemeRow, render
from brief_tui.highlights.model import Highlight


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15, deadline=None)
@given(words=st.text(st.characters(), min_size=1))
@example(words="\ud800\x00\x1b]0;x\x07\r\n\u2028\ufffe")
@example(words=" ")
def test_any_words_anywhere(
    *,
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    name: str,
    words: str,
) -> None:
    known = dict.fromkeys(("title", "author", "publisher", "date", "url", "accessed", "language"), words)
    doc = make_document("Some text, " + words.encode("utf-8", "replace").decode(), f"{words}.txt", **known)
    mark = replace(make_highlight(doc, 0, 4, words, note=words), created=words, modified=words)
    request = make(
        [doc],
        [mark, replace(mark, id=words, doc=words)],
        brief_id=words,
        title=words,
        codes=(CodeRow(words, words, words, words, parent=words), CodeRow("x", words, topic=True)),
        themes=[ThemeRow(doc.id, 0, words, 0.5), ThemeRow("gone", 3, words)],
        notes={"": words, doc.id: words, words: words},
        scope=words,
        generated=words,
        user=words,
    )
    content = b"".join(render(name, request))
    if name not in {"qdpx", "xlsx", "docx"}:
        assert content.decode()
