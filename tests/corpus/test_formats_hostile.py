"""Files that were made to harm, or that are not what they say: each is refused in one sentence, or read."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_tui import children
from brief_tui.children import Cancelled
from brief_tui.corpus.extract import isolated, package
from brief_tui.corpus.formats import extract, read_text
from brief_tui.errors import SourceError

Make = Callable[..., bytes]

LOCAL = "http://127.0.0.1:9/"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


def zipped(**entries: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(content: bytes, name: str) -> str:
    with pytest.raises(SourceError) as error:
        extract(content, Path(name))
    sentence = str(error.value)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_zip_bombs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "a.epub":
        content = zipped(**{"META-INF/container.xml": bytes(20_000_000)})
    else:
        content = zipped(x=bytes(20_000_000))
    assert "zip bomb" in refused(content, name)
    monkeypatch.setattr(package, "UNPACKED_LIMIT", 1000)
    assert "zip bomb" in refused(zipped(**{"META-INF/container.xml": bytes(range(256)) * 8}), name)


def test_a_bomb_that_lies_about_its_size() -> None:
    content = bytearray(zipped(**{"META-INF/container.xml": bytes(20_000_000)}))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = (100).to_bytes(4, "little")
    refused(bytes(content), "a.epub")


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "ENTRIES_LIMIT", 3)
    assert "zip bomb" in refused(zipped(a="", b="", c="", d=""), "a.docx")


def test_entities_are_not_expanded(epub: Make, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    outside = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "{LOCAL}">]>'
    body = "<html><body><p>Before &{}; after.</p></body></html>"
    for head, name in ((outside, "s"), (outside, "n"), (LAUGHS, "a11")):
        chapter = head.replace('<?xml version="1.0"?>', "") + body.format(name)
        try:
            text = extract(epub({"c.xhtml": chapter}), Path("a.epub")).text
        except SourceError:
            continue
        assert "secret" not in text
        assert len(text) < 100
    refused(zipped(**{"META-INF/container.xml": LAUGHS + "<x>&a11;</x>"}), "a.epub")


def test_word_entities_are_not_expanded(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    (tmp_path / "secret.txt").write_text("the secret")
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as archive:
        entries: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for head, name in (
        (f'<!DOCTYPE x [<!ENTITY s SYSTEM "{tmp_path.as_uri()}/secret.txt">]>', "s"),
        (LAUGHS, "a11"),
    ):
        words = f"<w:p><w:r><w:t>Words &{name}; here</w:t></w:r></w:p>"
        entries["word/document.xml"] = f"{head}<w:document {space}><w:body>{words}</w:body></w:document>"
        try:
            text = extract(zipped(**entries), Path("a.docx")).text
        except SourceError:
            continue
        assert "secret" not in text
        assert len(text) < 100


def test_paths_that_lead_out_of_an_archive(epub: Make, tmp_path: Path) -> None:
    content = epub({"c.xhtml": "<p>Words.</p>", "../../../../etc/passwd": "<p>Out.</p>"}, **{"../evil": "x"})
    assert extract(content, tmp_path / "a.epub").text == "Words."
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_is_protected(epub: Make) -> None:
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        '<CipherReference URI="OPS/c.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    content = epub({"c.xhtml": "<p>Words.</p>"}, **{"META-INF/encryption.xml": locked})
    assert "DRM" in refused(content, "a.epub")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<div>" * 5000 + b"deep", "nested deeper"),
        (b"<table><tr><td>" * 400 + b"deep", "nested deeper"),
        (b"<p>" + b"wide " * 2_200_000, "more than 10 MB"),
        (b"<script>" + b"x" * 1000 + b"</script>", "no text"),
        (b"", "no web page"),
        (b"a\0b", "binary"),
    ],
    ids=["deep", "tables", "wide", "script", "empty", "binary"],
)
def test_web_pages_that_cannot_be_read(content: bytes, words: str) -> None:
    assert words in refused(content, "a.html")


def test_large_pictures_in_a_page_are_no_text() -> None:
    picture = b"<img src='data:image/png;base64," + b"A" * 12_000_000 + b"'>"
    assert extract(b"<p>Before.</p>" + picture + b"<p>After.</p>", Path("a.html")).text == "Before.\n\nAfter."


def test_deep_lists_and_pages_of_many_parts() -> None:
    assert extract(b"<ul><li>x" * 60, Path("a.html")).text.count("x") == 60
    assert extract(b"<p>word</p>" * 100_001, Path("a.html")).text.count("word") == 100_001


def test_pdfs_that_cannot_be_read(pdf: Make) -> None:
    pypdf = pytest.importorskip("pypdf")
    whole = pdf(["A good page."], ["Another."])
    assert "may be scanned" in refused(pdf([], []), "a.pdf")
    assert "no PDF" in refused(b"plain text", "a.pdf")
    assert "broken" in refused(b"%PDF-1.7\n" + b"\x80garbage" * 500, "a.pdf")
    assert "broken" in refused(whole[: whole.index(b"/Kids")], "a.pdf")
    assert "broken" in refused(b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000, "a.pdf")
    loop = b"1 0 obj\n<< /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] >>\nendobj\n"
    refused(b"%PDF-1.4\n" + loop + b"trailer << /Root 1 0 R >>", "a.pdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole))
    writer.encrypt("word", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert "locked with a password" in refused(file.getvalue(), "a.pdf")


def test_a_page_that_is_broken_loses_no_other(pdf: Make) -> None:
    content = pdf(["A good page."], ["A bad page."], ["The last page."])
    broken = content.replace(b"(A bad page.) Tj", b"(A bad page.) T\xff")
    found = extract(broken, Path("a.pdf"))
    assert "A good page." in found.text
    assert "The last page." in found.text


def test_files_with_the_wrong_suffix(pdf: Make, epub: Make) -> None:
    assert "rename it to end in .pdf" in refused(pdf(["x"]), "a.txt")
    assert "if it is a .docx or .epub" in refused(epub({"c.xhtml": "<p>x</p>"}), "a.md")
    assert "no Word document" in refused(b"plain", "a.docx")
    assert "no EPUB" in refused(b"plain", "a.epub")
    assert "broken" in refused(epub({"c.xhtml": "<p>x</p>"}), "a.docx")
    assert "no EPUB" in refused(zipped(a="b"), "a.epub")
    assert "old .doc" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.docx")


def test_archives_that_are_cut_off(epub: Make) -> None:
    whole = epub({"c.xhtml": "<p>Words.</p>" * 50})
    for part in (4, len(whole) // 3, len(whole) - 10):
        assert "broken" in refused(whole[:part], "a.epub")
        assert "broken" in refused(whole[:part], "a.docx")


@pytest.mark.parametrize(
    ("name", "module"),
    [("a.pdf", "pypdf"), ("a.html", "trafilatura"), ("a.docx", "docx"), ("a.epub", "lxml")],
)
def test_a_missing_extra_says_what_installs_it(
    name: str, module: str, monkeypatch: pytest.MonkeyPatch, pdf: Make, epub: Make
) -> None:
    for loaded in [m for m in sys.modules if m.startswith("brief_tui.corpus.extract.")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    content = {"a.pdf": pdf(["x"]), "a.html": b"<p>x</p>"}.get(name, epub({"c.xhtml": "<p>x</p>"}))
    assert "pip install 'brief-tui[formats]'" in refused(content, name)


def test_a_process_that_reads_has_no_network_and_starts_nothing() -> None:
    code = (
        "import socket, subprocess, os\nfrom brief_tui.corpus.extract.isolated import _bound\n_bound()\n"
        "for call in (socket.socket, lambda: subprocess.run(['true']), lambda: os.system('true'),"
        " lambda: socket.getaddrinfo('localhost', 1)):\n"
        "    try:\n        call()\n    except PermissionError:\n        print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 4


def test_a_reader_that_breaks_or_never_ends_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    monkeypatch.setattr(children, "run", lambda *_, heard, **__: bool(heard(b"{")))
    with pytest.raises(SourceError, match="more than 60 seconds"):
        read_text(path)

    def never(*_: object, cancelled: Callable[[], bool], **__: object) -> bool:
        assert cancelled()
        raise Cancelled

    monkeypatch.setattr(children, "run", never)
    with pytest.raises(Cancelled):
        read_text(path, cancelled=lambda: True)
    monkeypatch.setattr(isolated, "TIME_LIMIT", -1)
    with pytest.raises(SourceError, match="more than 60 seconds"):
        read_text(path)


def test_nothing_of_a_broken_file_reaches_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], pdf: Make
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["Words."]).replace(b"startxref\n", b"startxref\n9"))
    assert read_text(path).text == "Words."
    assert capfd.readouterr() == ("", "")


def test_a_folder_of_documents_is_not_where_modules_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pdf: Make
) -> None:
    (tmp_path / "pypdf.py").write_text("raise SystemExit(3)")
    (tmp_path / "a.pdf").write_bytes(pdf(["Words."]))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(place for place in sys.path if place))
    monkeypatch.chdir(tmp_path)
    assert read_text(Path("a.pdf")).text == "Words."


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([".pdf", ".docx", ".epub", ".html"]), st.binary(max_size=200))
def test_any_bytes_are_text_or_one_sentence(suffix: str, content: bytes) -> None:
    begins = {".pdf": b"%PDF-1.4\n", ".html": b"<p>"}.get(suffix, b"PK\3\4")
    try:
        extract(begins + content, Path(f"a{suffix}")).text.encode("utf-8")
    except SourceError as error:
        assert str(error).startswith(f"a{suffix}")
