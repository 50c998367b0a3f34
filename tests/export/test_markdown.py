"""Markdown that shows the words of the source and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from brief_tui.corpus.model import Document
from brief_tui.export import ExportRequest, render
from brief_tui.export.markdown import escape, quoted, slug
from brief_tui.export.text import printable
from brief_tui.highlights.model import Highlight


def text_of(tokens: list[Token]) -> str:
    """What a paragraph of tokens shows; fails where a token is anything but text."""
    shown = ""
    for token in tokens:
        if token.type == "inline":
            for child in token.children or []:
                assert child.type in {"text", "text_special", "softbreak"}, child
                shown += child.content
        else:
            assert token.type in {
                "blockquote_open",
                "blockquote_close",
                "paragraph_open",
                "paragraph_close",
            }, token
    return shown


LINE = st.text(st.characters(exclude_characters="\n")).filter(lambda line: printable(line).strip())
SIGNS = st.text("#*_-+=1.)a(>|~`[]!<&;:@\\$^{}% \t\"'x", min_size=1).filter(str.strip)


@given(st.one_of(LINE, SIGNS))
@example("1. not a list")
@example("(a) nor this")
@example("+ plus")
@example("&amp; &#65; <!-- --> ![x](y) [^1] `code` $x$ ~~s~~ ==h== %%c%% #tag @cite ^id")
@example("---")
@example("===")
@example("\\")
@example("| a | b |")
@example("\x00\x1b[31m\x85\u2028")
def test_any_line_is_shown_as_it_is(line: str) -> None:
    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    shown = text_of(parser.parse(f"> {escape(line)}\n"))
    assert shown == printable(line).strip()


@given(st.text())
def test_any_text_is_a_yaml_scalar(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    assert yaml.safe_load(f"title: {quoted(whole)}") == {"title": whole}


@given(st.text())
def test_any_tag_is_one_that_obsidian_takes(tag: str) -> None:
    assert re.fullmatch(r"[\w/-]+", slug(tag))
    assert not slug(tag).isdigit()


def test_the_whole_page(request_: ExportRequest) -> None:
    page = b"".join(render("markdown", request_)).decode()
    front, body = page.removeprefix("---\n").split("\n---\n", 1)
    assert yaml.safe_load(front) == {
        "title": "Who helps whom?",
        "brief": "test-brief",
        "generated": "2026-01-02T03:04:05.678Z",
        "tags": ["trust", "free-word", "asym"],
    }
    mark = next(each for each in request_.highlights if each.note.startswith("A *note"))
    assert body.startswith("\n# Who helps whom?\n\nAll in all.\n\n## On help\n\nA \\*strong\\* text.\n")
    assert (
        "> Tehran 🛡️ drew its own conclusions, 安全\n\n"
        f"^h-{mark.id}\n\n"
        "— A. Author, “On help”, The Paper, 2025-06-30, § Promises, 001\\_a:6\\\n"
        "Tags: Trust erosion; free word\n\n"
        "Note: A \\*note\\*\n\n\\# of two\n"
    ) in body
    assert "Tags: Trust erosion (0.90); Asymmetry (manual)" in body
    assert "Tags: none (untagged)" in body
    assert body.count("Orphaned: ") == 2
    assert "## 003\\_gone.txt (no longer in the brief)" in body
    assert "and 2. said \\<b\\>nothing\\</b\\> & waited" in body
    ids = re.findall(r"^\^(\S+)$", body, re.MULTILINE)
    assert len(ids) == len(set(ids)) == 7


@given(st.text(min_size=1))
def test_any_document_makes_a_page(
    make_document: Callable[..., Document],
    make_highlight: Callable[..., Highlight],
    make: Callable[..., ExportRequest],
    text: str,
) -> None:
    doc = make_document(text.encode("utf-8", "replace").decode())
    mark = make_highlight(doc, 0, len(text), text, note=text)
    assert b"".join(render("markdown", make([doc], [mark], title=text, notes={"": text}))).decode()
