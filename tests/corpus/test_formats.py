"""From bytes to text."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus import formats
from brief_tui.corpus.decode import decode
from brief_tui.corpus.formats import read_text
from brief_tui.errors import SourceError

FRENCH = (
    "Les élèves ont été reçus à l’hôtel de ville, où le maire leur a souhaité la bienvenue. « Bienvenue ! »\n"
)
RUSSIAN = "Россия и Иран подписали договор о всеобъемлющем стратегическом партнёрстве в Москве.\n"
JAPANESE = "東京は日本の首都である。人口は約千四百万人だ。日本語の文章もここにあります。\n"


def put(folder: Path, content: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("é\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "é\n".encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + "é\n".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "é\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_with_and_without_a_mark(tmp_path: Path, content: bytes, encoding: str) -> None:
    extracted = read_text(put(tmp_path, content))
    assert (extracted.text, extracted.encoding, extracted.notices) == ("é\n", encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH * 4, "cp1252"), (RUSSIAN * 6, "cp1251"), (RUSSIAN * 6, "koi8-r"), (JAPANESE * 6, "shift_jis")],
)
def test_legacy_encodings_are_told_and_said(tmp_path: Path, text: str, encoding: str) -> None:
    extracted = read_text(put(tmp_path, text.encode(encoding)))
    assert extracted.text == text
    assert "guess" in extracted.notices[0]


def test_a_stray_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    extracted = read_text(put(tmp_path, FRENCH.encode() + b"\xff\n"))
    assert extracted.text == FRENCH + "\ufffd\n"
    assert extracted.encoding == "utf-8"
    assert extracted.notices


def test_line_ends(tmp_path: Path) -> None:
    assert read_text(put(tmp_path, b"a\r\nb\rc\n\r\nd")).text == "a\nb\nc\n\nd"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"a\0b", "binary"),
        (b"%PDF-1.7\nhello", "binary"),
        (bytes(range(1, 32)) * 8, "binary"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", "binary"),
    ],
)
def test_what_is_no_text_is_one_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(SourceError, match=word) as error:
        read_text(put(tmp_path, content))
    assert str(error.value).startswith("a.txt ")
    assert "\n" not in str(error.value)


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(formats.SIZE_LIMIT + 1)
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_text(path)


def test_a_pipe_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    for name in ("p.txt", "gone.txt", "."):
        with pytest.raises(SourceError):
            read_text(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = put(tmp_path, b"x")
    path.chmod(0)
    with pytest.raises(SourceError, match="Permission denied"):
        read_text(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_one_sentence(content: bytes) -> None:
    try:
        text = decode(content, "a.txt").text
    except SourceError as error:
        assert str(error).startswith("a.txt ") and str(error).endswith(".")
    else:
        assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=st.text("aé語🛡\r\n", min_size=1))
def test_a_text_that_is_decoded_in_slices_is_whole(encoding: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("brief_tui.corpus.decode._SLICE", 3)
        sliced = decode(text.encode(encoding), "a.txt").text
    assert sliced == text.replace("\r\n", "\n").replace("\r", "\n")


def test_bytes_that_are_wrong_at_the_edge_of_a_slice_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brief_tui.corpus.decode._SLICE", 4)
    decoded = decode("Größe, Maß und Füße: äöü".encode() + "ß".encode()[:1], "a.txt")
    assert decoded.text == "Größe, Maß und Füße: äöü�"
    assert decoded.notices
