"""A codebook edited from inside the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brief_tui.corpus.manifest import read_manifest
from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import Code, Codebook, Cue, from_manifest, with_code
from brief_tui.themes.editing import (
    moved,
    with_cue,
    with_new_theme,
    without_code,
    without_cue,
    write_codebook,
)

BOOK = Codebook(
    (Code("a", "A", "red", cues=(Cue("x"),)), Code("b", "B", "yellow", cues=(Cue("y", requires=("a",)),))),
    (Code("t", "T"),),
)


def test_a_search_becomes_a_theme() -> None:
    theme = with_new_theme(BOOK, "  Who   came? ", Cue('"came late" OR  late')).themes[-1]
    assert theme == Code("who_came", "Who came?", "cyan", cues=(Cue('"came late" OR late'),))


@pytest.mark.parametrize(("name", "query"), [("", "x"), ("a", "x"), ("New", "("), ("New", " ")])
def test_a_theme_that_cannot_be(name: str, query: str) -> None:
    with pytest.raises(ManifestError):
        with_new_theme(BOOK, name, Cue(query))


def test_an_id_is_never_taken_twice() -> None:
    assert with_new_theme(BOOK, "T!").themes[-1].id == "t_2"


def test_cues_are_added_replaced_and_removed() -> None:
    more = with_cue(with_cue(BOOK, "a", Cue("z", 0.5)), "a", Cue("x", 0.3, requires=("t",)))
    assert more.themes[0].cues == (Cue("x", 0.3, requires=("t",)), Cue("z", 0.5))
    assert without_cue(more, "a", "x").themes[0].cues == (Cue("z", 0.5),)


@pytest.mark.parametrize("cue", [Cue(" "), Cue('"open'), Cue("x", unless=")"), Cue("x", requires=("b",))])
def test_a_cue_that_cannot_be(cue: Cue) -> None:
    with pytest.raises(ManifestError):
        with_cue(BOOK, "a", cue)


def test_order_is_the_order_of_keys() -> None:
    assert [theme.id for theme in moved(BOOK, "b", -1).themes] == ["b", "a"]
    assert moved(BOOK, "a", -5) == BOOK
    with pytest.raises(ManifestError, match="topic"):
        moved(BOOK, "t", 1)


def test_a_code_that_another_needs_stays() -> None:
    with pytest.raises(ManifestError, match="requires 'A'"):
        without_code(BOOK, "a")
    assert without_code(without_code(BOOK, "b"), "a").themes == ()
    with pytest.raises(ManifestError, match="no theme"):
        without_code(BOOK, "nowhere")


def test_a_codebook_is_written_into_its_file(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    write_codebook(path, BOOK)
    assert from_manifest(read_manifest(path)) == BOOK
    path.chmod(0o640)
    path.write_text("# mine\n" + path.read_text("utf-8"), "utf-8")
    renamed = with_code(BOOK, replace(BOOK.themes[0], name="Renamed"))
    write_codebook(path, renamed)
    assert from_manifest(read_manifest(path)) == renamed
    assert path.read_text("utf-8").startswith("# mine\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["brief.toml"]


def test_a_file_that_is_no_brief_toml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    for content in (b"[[theme]\n", b"\xff\xfe"):
        path.write_bytes(content)
        with pytest.raises(ManifestError):
            write_codebook(path, BOOK)
        assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be written"):
        write_codebook(tmp_path / "nowhere" / "brief.toml", BOOK)
