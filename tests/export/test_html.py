"""One page that shows the words of the source, fetches nothing and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from brief_tui.corpus.model import Document
from brief_tui.export import ExportRequest, render
from brief_tui.export.text import fold, printable
from brief_tui.highlights.model import Highlight

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(request: ExportRequest) -> tuple[str, Any]:
    text = b"".join(render("html", request)).decode()
    return text, html.document_fromstring(text)


def test_the_page_is_whole_and_fetches_nothing(request_: ExportRequest) -> None:
    text, tree = page(request_)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = tree.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //*[@style] | //@src")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert not re.search(r"url\(|@import", style)
    assert "@media print" in style
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//nav//@href")} <= set(ids)
    assert text.startswith("<!DOCTYPE html>")


def test_the_page_says_everything(request_: ExportRequest) -> None:
    _, tree = page(request_)
    assert tree.xpath("string(//h1)") == "Who helps whom?"
    assert [each.text_content() for each in tree.xpath("//nav//li")] == [
        "On help (4)",
        "On silence (2)",
        "003_gone.txt (no longer in the brief) (1)",
    ]
    assert [[cell.text_content() for cell in row] for row in tree.xpath("//table//tr")] == [
        ["Document", "■ Trust erosion", "■ Asymmetry"],
        ["On help", "2", "1"],
        ["On silence", "0", "1"],
    ]
    assert tree.xpath("//tbody//td/@class") == ["heat-5", "heat-3", "heat-0", "heat-3"]
    articles = [each.text_content() for each in tree.xpath("//article")]
    assert len(articles) == 7
    assert "Beijing watched, and 2. said <b>nothing</b> & waited." in articles[5]
    assert sum("orphaned" in each for each in articles) == 2
    assert sum("untagged" in each for each in articles) == 2
    assert "Asymmetry (manual)" in articles[1]
    assert [each.text_content() for each in tree.xpath("//p[@class='note']")][:2] == [
        "All in all.",
        "A *strong* text.",
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example("<script>alert(1)</script>")
@example("</style><script>")
@example("{{ 7 * 7 }}{% raw %}")
@example("\x00\x1b[31m\x9b")
@example("\u202etext")
def test_any_words_are_text(
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    words: str,
) -> None:
    doc = make_document(words, title=words, author=words, url=words)
    mark = make_highlight(doc, 0, len(words), words, note=words)
    text, tree = page(make([doc], [mark], title=words, notes={"": words}, scope=words))
    assert not tree.xpath("//script")
    assert len(tree.xpath("//article")) == 1
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    if "\r" not in words and fold(words):
        assert tree.xpath("string(//h1)") == printable(words)


@pytest.mark.skipif(BROWSER is None, reason="no chromium here: apt-get install chromium")
def test_chromium_shows_it(request_: ExportRequest, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_bytes(b"".join(render("html", request_)))
    run = subprocess.run(
        [
            *(
                str(BROWSER),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={tmp_path}/profile",
            ),
            *("--enable-logging=stderr", "--dump-dom", target.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Who helps whom?" in run.stdout
    assert run.stdout.count("<article") == 7
    assert "Content Security Policy" not in run.stderr
