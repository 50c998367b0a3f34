"""What web pages, PDF, Word and EPUB say of themselves: kinds, levels, pages, sections, particulars."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_tui.corpus.formats import extract
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document, Metadata, Span
from brief_tui.corpus.segment import segment
from brief_tui.errors import SourceError
from brief_tui.export.citation import cite

Make = Callable[..., bytes]
Read = Callable[..., Document]

SAID = "Nobody knows what a hive costs, and few who keep one tell. They say it is the weather. "
BODY = "The reservoir would hold two million cubic metres of water. It will take four years to build it. "
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Bees | The Paper</title>
<meta name="author" content="Ada Brown"><meta property="og:site_name" content="The Paper">
<meta property="og:title" content="Bees of the north">
<meta property="article:published_time" content="2024-05-06T10:00:00Z">
<link rel="canonical" href="https://example.org/bees"><script>alert("hidden")</script></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Bees of the north</h1><p>{BODY * 3}</p><h2>Why now</h2><p>{SAID}</p>
<p>The reasons were:</p><ul><li>Water<ul><li>deep water</li></ul></li><li>Honey</li></ul>
<h3>In the end</h3><table><tr><th>Year</th><th>Hives</th></tr><tr><td>2020</td><td>40</td></tr></table>
<p>So much for that.<img src="data:image/png;base64,{"A" * 5000}"></p></article>
<footer><p>All rights reserved</p></footer></body></html>"""


def described(document: Document) -> list[str]:
    return [f"{p.kind} {p.level} {' '.join(p.text.split())[:24]}".rstrip() for p in document.passages]


def section(document: Document, words: str) -> list[str]:
    passage = next(p for p in document.passages if words in p.text)
    return [above.text for above in document.section(passage)]


def test_a_web_page_is_its_main_text(read: Read) -> None:
    page = read("bees.html", PAGE)
    assert described(page) == [
        "title 1 Bees of the north",
        "body 0 The reservoir would hold",
        "heading 2 Why now",
        "body 0 Nobody knows what a hive",
        "body 0 The reasons were:",
        "bullet 0 - Water",
        "bullet 1 - deep water",
        "bullet 0 - Honey",
        "heading 3 In the end",
        "table 0 Year | Hives 2020 | 40",
        "body 0 So much for that.",
    ]
    assert section(page, "2020") == ["Why now", "In the end"]
    water = page.passages[5]
    assert page.text[water.start + water.marker : water.end] == "Water"
    assert water.lead_in == 4
    assert not {"alert", "base64", "About us", "All rights"} & set(page.text.split())


def test_what_a_web_page_says_of_itself(read: Read) -> None:
    known = read("bees.htm", PAGE).entry.metadata
    assert known == Metadata(
        title="Bees of the north",
        author="Ada Brown",
        publisher="The Paper",
        date="2024-05-06",
        url="https://example.org/bees",
        language="en",
    )


def test_what_its_linked_data_says(read: Read) -> None:
    data = (
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Bees return",'
        '"author": [{"name": "Ada Brown"}, {"name": "Cem Diaz"}], "datePublished": "2023-01-02",'
        '"publisher": {"name": "The Paper"}}]}'
    )
    script = (
        f'<script type="application/ld+json">{data}</script><script type="application/ld+json">{{</script>'
    )
    page = f"<html><head>{script}</head><body><p>{BODY * 4}</p></body></html>"
    known = read("a.html", page).entry.metadata
    assert (known.title, known.author) == ("Bees return", "Ada Brown, Cem Diaz")
    assert (known.publisher, known.date) == ("The Paper", "2023-01-02")


def test_brief_toml_wins_over_the_file(read: Read) -> None:
    told = Metadata(title="Mine", author="Me")
    page = read("bees.html", PAGE, told=told, language="de")
    assert (page.title, page.entry.metadata.author) == ("Mine", "Me")
    assert page.entry.metadata.publisher == "The Paper"
    assert page.language == "de"


def test_a_page_without_main_text_is_shown_whole(read: Read) -> None:
    page = read("a.html", "<p>Only a line.</p>")
    assert page.text == "Only a line."


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r"])
def test_a_page_in_the_encoding_that_it_declares(read: Read, declared: str) -> None:
    text = "Россия и Иран подписали договор о партнёрстве. " * 8
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    document = read("a.html", page.encode(declared))
    assert text.strip() in document.text
    assert document.encoding != "utf-8"
    assert not document.notices


def test_a_word_document(read: Read) -> None:
    docx = pytest.importorskip("docx")
    word = docx.Document()
    word.core_properties.title, word.core_properties.author = "Template 7", "Ada Brown"
    word.core_properties.language = "en-GB"
    word.add_paragraph("Bees of the north", style="Title")
    word.add_heading("Why now", 1)
    word.add_paragraph("The reasons were:")
    word.add_paragraph("water", style="List Bullet")
    word.add_paragraph("deep water", style="List Bullet 2")
    word.add_paragraph("one", style="List Number")
    word.add_paragraph("two", style="List Number")
    word.add_heading("In the end", 3)
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("Year", "Hives", "2020", "40\n41"), strict=True):
        cell.text = text
    word.add_paragraph("Figure 1: a hive", style="Caption")
    word.add_heading("More", 1)
    word.add_paragraph("Nobody\tknows it.\nNot one.")
    file = io.BytesIO()
    word.save(file)
    document = read("bees.docx", file.getvalue())
    assert described(document) == [
        "title 1 Bees of the north",
        "heading 2 Why now",
        "body 0 The reasons were:",
        "bullet 0 - water",
        "bullet 1 - deep water",
        "bullet 0 1. one",
        "bullet 0 2. two",
        "heading 3 In the end",
        "table 0 Year | Hives 2020 | 40 4",
        "caption 0 Figure 1: a hive",
        "heading 2 More",
        "body 0 Nobody knows it. Not one",
    ]
    assert document.title == "Bees of the north"
    assert document.entry.metadata.author == "Ada Brown"
    assert (document.entry.metadata.date, document.language) == ("", "en")
    assert section(document, "2020") == ["Why now", "In the end"]


def test_words_changes_count_as_they_stand(read: Read) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    word = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inside = (
        "<w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:sdt><w:sdtContent><w:r><w:t>agree.</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    word.element.body.insert(0, parse_xml(f"<w:p {space}>{inside}</w:p>"))
    file = io.BytesIO()
    word.save(file)
    assert read("a.docx", file.getvalue()).text == "We always agree."


def test_a_book(read: Read, epub: Make) -> None:
    content = epub(
        {
            "c1.xhtml": "<h1>Spring</h1><p>Text of it.<br/>Second line.</p><h2>Early</h2><p>Hi there.</p>",
            "c2.xhtml": '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://localhost:1/x.dtd">'
            '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
            "<p>Caf&eacute; au lait &amp; so.</p></body></html>",
            "c3.xhtml": "<p>AUTUMN</p><p>Leaves fall.</p>",
        },
        nav='<nav epub:type="toc"><ol><li><a href="c2.xhtml">Summer</a></li>'
        '<li><a href="c3.xhtml#a">Autumn</a></li></ol></nav>',
    )
    book = read("book.epub", content)
    assert described(book) == [
        "heading 2 Spring",
        "body 0 Text of it. Second line.",
        "heading 3 Early",
        "body 0 Hi there.",
        "heading 2 Summer",
        "body 0 Café au lait & so.",
        "heading 2 AUTUMN",
        "body 0 Leaves fall.",
    ]
    assert section(book, "Hi there") == ["Spring", "Early"]
    assert book.entry.metadata == Metadata(
        title="The Book of Bees",
        author="Ada Brown, Cem Diaz",
        publisher="Hive Press",
        date="2001-02-03",
        language="en",
    )
    leaves = book.passages[-1]
    assert str(cite(book, leaves.span)) == (
        f"Ada Brown, Cem Diaz, “The Book of Bees”, Hive Press, 2001-02-03, § AUTUMN, book:{leaves.line}"
    )


def test_the_printed_pages_of_a_book(read: Read, epub: Make) -> None:
    mark = '<span epub:type="pagebreak" title="{}"/>'
    body = f"<p>before</p>{mark.format(12)}<p>one {mark.format(13)} two</p><p>three</p>{mark.format('xiv')}"
    pages = {p.text: p.page for p in read("a.epub", epub({"c.xhtml": body})).passages}
    assert pages == {"before": None, "one two": 12, "three": 13}


def test_the_contents_of_a_book_are_no_text(read: Read, epub: Make) -> None:
    nav = "<nav><ol><li><a href='c.xhtml'>Spring</a></li></ol></nav>"
    book = read("a.epub", epub({"c.xhtml": nav + "<h1>Spring</h1><p>Words.</p>"}))
    assert described(book)[0] == "boilerplate 0 Spring"


def test_a_pdf_has_pages(read: Read, pdf: Make) -> None:
    content = pdf(
        ["Bees of the north", "The first page says what it says, and ends here."],
        ["The second page goes on with it, as the second ones do."],
        info="/Title (Bees report) /Author (Ada Brown) /CreationDate (D:20200101000000)",
        catalog="/Lang (en-GB)",
    )
    document = read("bees.pdf", content)
    assert [p.page for p in document.passages] == [1, 1, 2]
    assert document.entry.metadata == Metadata(title="Bees report", author="Ada Brown", language="en")
    assert str(cite(document, document.passages[-1].span)) == "Ada Brown, “Bees report”, p. 2"


def test_the_running_lines_of_a_pdf(read: Read, pdf: Make) -> None:
    words = ("Water is deep.", "Honey is sweet.", "Bees are many.", "Hives are few.")
    pages = [["Journal of Bees", text, str(n)] for n, text in enumerate(words, start=1)]
    document = read("a.pdf", pdf(*pages))
    kinds = {" ".join(p.text.split()): p.kind.value for p in document.passages if p.page != 1}
    assert kinds["Journal of Bees"] == kinds["3"] == "boilerplate"
    assert kinds["Bees are many."] == "body"


def test_words_that_a_line_end_parts_in_a_pdf(read: Read, pdf: Make) -> None:
    document = read("a.pdf", pdf(["of a co-operative and inter-", "national kind, co-", "operative still"]))
    assert " ".join(document.text.split()) == "of a co-operative and international kind, co-operative still"


def test_the_outline_of_a_pdf_names_headings(read: Read, pdf: Make) -> None:
    lines = ["what the hive wants", "It wants what it wants, and that is all there is to say."]
    outline = [
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (What the hive wants) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
    ]
    document = read("a.pdf", pdf(lines, catalog="/Outlines 6 0 R", objects=outline))
    assert [p.kind.value for p in document.passages] == ["heading", "body"]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_is_locked_against_changes_only(read: Read, pdf: Make, algorithm: str) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["It can be read."])))
    writer.encrypt("", "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    assert read("a.pdf", file.getvalue()).text == "It can be read."


def test_a_folder_is_scanned_for_them_and_one_bad_file_stops_no_other(tmp_path: Path, pdf: Make) -> None:
    from brief_tui.api import open_brief

    (tmp_path / "a.pdf").write_bytes(pdf(["A good page."]))
    (tmp_path / "b.docx").write_bytes(b"PK\3\4 broken")
    (tmp_path / "c.HTML").write_text(PAGE)
    brief, _ = read_brief([tmp_path])
    assert [entry.id for entry in brief.entries] == ["a.pdf", "b.docx", "c.HTML"]
    opened = open_brief(tmp_path)
    assert [document.id for document in opened.workspace.library.documents()] == ["a.pdf", "c.HTML"]
    assert "b.docx is broken" in opened.workspace.library.trouble("b.docx")


def test_the_same_file_gives_the_same_text_kept_or_not(read: Read, tmp_path: Path) -> None:
    first, kept, again = (read("bees.html", PAGE, cache=cache) for cache in (True, True, False))
    assert first.text == kept.text == again.text
    assert first.passages == kept.passages == again.passages
    assert first.entry == kept.entry == again.entry
    assert len(list((tmp_path / "cache").iterdir())) == 2
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert read("bees.html", PAGE, cache=True).passages == first.passages


TAGS = st.sampled_from(
    [
        *("p", "div", "h1", "h2", "ul", "ol", "li", "table", "tr", "td"),
        *("blockquote", "pre", "br", "nav", "script"),
    ]
)
PIECES = st.one_of(st.text(max_size=20), TAGS.map("<{}>".format), TAGS.map("</{}>".format))


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_is_cut_without_loss(page: str) -> None:
    try:
        found = extract(f"<body>{page}</body>".encode("utf-8", "replace"), Path("a.html"))
    except SourceError:
        return
    text, end = found.text, 0
    for block in found.blocks:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()
    passages = segment(text, "d", markup=found.markup, blocks=found.blocks)
    assert "".join(p.text for p in passages).split() == text.split() or passages
    covered = sum(len(text[p.start : p.end].split()) for p in passages)
    assert covered == len(text.split())
    assert all(Span(p.start, p.end) == p.span for p in passages)


def test_what_the_packet_of_a_pdf_says(read: Read, pdf: Make) -> None:
    def bag(name: str, *values: str) -> str:
        return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{v}</rdf:li>' for v in values)}</rdf:Bag></{name}>"

    packet = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        f"<rdf:Description>{bag('dc:title', 'Bees')}{bag('dc:creator', 'Ada Brown', 'Cem Diaz')}"
        f"{bag('dc:publisher', 'Hive Press')}<prism:publicationDate>2020-05-06</prism:publicationDate>"
        "</rdf:Description></rdf:RDF>"
    )
    stream = f"<< /Type /Metadata /Subtype /XML /Length {len(packet)} >>\nstream\n{packet}\nendstream"
    content = pdf(["Words."], info="/Title (untitled)", catalog="/Metadata 6 0 R", objects=[stream])
    assert read("a.pdf", content).entry.metadata == Metadata(
        title="Bees", author="Ada Brown, Cem Diaz", publisher="Hive Press", date="2020-05-06"
    )


@pytest.mark.parametrize(
    ("title", "author"), [("Microsoft Word - a.docx", "user"), ("report_final.indd", "Administrator")]
)
def test_what_no_reader_would_cite_is_left_out(read: Read, pdf: Make, title: str, author: str) -> None:
    content = pdf(["Words."], info=f"/Title ({title}) /Author ({author})")
    assert read("a.pdf", content).entry.metadata == Metadata()


def test_the_contents_of_an_older_book_name_its_chapters(read: Read, epub: Make) -> None:
    contents = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Spring</text>'
        '</navLabel><content src="c1.xhtml"/></navPoint></navMap></ncx>'
    )
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    file, whole = io.BytesIO(), io.BytesIO(epub({"c1.xhtml": "<p>Words.</p>"}))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</manifest>", f"{item}</manifest>".encode()))
        new.writestr("OPS/toc.ncx", contents)
    assert described(read("a.epub", file.getvalue())) == ["heading 2 Spring", "body 0 Words."]


def test_a_text_box_in_a_word_document(read: Read) -> None:
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    word = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    words = f"<w:p {space}><w:r><w:t>Beside it.</w:t><w:pict>{box}</w:pict></w:r></w:p>"
    word.element.body.insert(0, parse_xml(words))
    file = io.BytesIO()
    word.save(file)
    assert read("a.docx", file.getvalue()).text == "Beside it.\n\nIn a box."
