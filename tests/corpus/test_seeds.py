"""The default brief's own files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Kind

DIGESTS = {
    "000_d53180f0db0c6d4b.txt": "2bc710f22358bccb049e7e1a883ac8e639435bac301d3e1d721afb78353847d4",
    "001_31827b911f245a3b.txt": "4c4842a0305b7db304b9284c38049765f100f59e2b1c5d0fda2bffea1a875eb3",
    "002_c69599072d5e1ff6.txt": "400a2f5d7df0a77736fe1fd29d90f4ba28f5266bf1d6d850d23fcea9d5b3e290",
    "003_13078e460e3ef369.txt": "e58fbb5c0726bad3a33b229c518219397cd1121c7556d03108be1fa1311b0817",
    "004_4f0bdc5248a2caa7.txt": "ffb9d51b9bb05df9fad579267f112a980f6c332402ea87c75c135ec91af6ab8c",
}


def test_sources_are_byte_for_byte_what_was_given(seeds: Path) -> None:
    assert {p.name: sha256(p.read_bytes()).hexdigest() for p in seeds.glob("*.txt")} == DIGESTS


def test_packaged_brief_is_read_only_and_names_its_documents() -> None:
    brief, manifest = read_brief(None)
    assert brief.id == "brief-tui-default"
    assert brief.read_only
    assert [e.id for e in brief.entries] == sorted(DIGESTS)
    assert brief.entry("003").metadata.title == "Can Russia truly protect Iran?"
    assert all(e.metadata.short and not e.metadata.author for e in brief.entries)
    assert manifest.documents
    assert not brief.notices


def test_every_line_of_the_sources_is_a_passage_of_its_own() -> None:
    brief, _ = read_brief(None)
    for entry in brief.entries:
        document = load(entry)
        lines = document.text.split("\n")
        assert [p.line for p in document.passages] == [n for n, s in enumerate(lines, 1) if s.strip()]
        assert all(p.line == p.line_end and p.text == lines[p.line - 1].strip() for p in document.passages)


def test_lead_ins_sections_and_twins_of_the_sources() -> None:
    brief, _ = read_brief(None)
    outline = load(brief.entry("002"))
    bullet = outline.passage_on(36)
    assert bullet.lead_in is not None
    assert outline.passages[bullet.lead_in].text == "- Supporting Iran militarily would have risked:"
    assert [h.text for h in outline.section(outline.passage_on(68))] == [
        "5. Wider Regional Implications",
        "In Syria",
    ]
    article = load(brief.entry("004"))
    quotes = {
        p.line: article.passages[p.twin or 0].line for p in article.passages if p.kind is Kind.PULLQUOTE
    }
    assert quotes == {17: 13, 40: 38, 50: 46, 58: 56}
