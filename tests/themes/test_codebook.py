"""Codebooks from brief.toml, and what is wrong with them."""

from __future__ import annotations

import pytest

from brief_tui.corpus.manifest import parse_manifest
from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import Code, Codebook, Cue, check, from_manifest, with_code


def read(text: str) -> Codebook:
    return from_manifest(parse_manifest(text))


def test_cues_are_queries_or_tables() -> None:
    codebook = read(
        """
        [[theme]]
        id = "trust_erosion"
        colour = "#aa0000"
        memo = "What it means."
        cues = [
          'unreliab*',
          { q = 'doubt', weight = 0.7, scope = "passage", unless = '"no doubt"', requires = ["t"] },
        ]
        [[topic]]
        id = "t"
        """
    )
    theme = codebook.codes["trust_erosion"]
    assert (theme.name, theme.colour, theme.memo) == ("Trust erosion", "#aa0000", "What it means.")
    assert theme.cues == (Cue("unreliab*"), Cue("doubt", 0.7, "passage", '"no doubt"', ("t",)))


def test_a_query_over_several_lines_is_one_query() -> None:
    codebook = read("[[theme]]\nid = \"a\"\ncues = ['''\n  one OR\n  two''']")
    assert codebook.themes[0].cues == (Cue("one OR two"),)


def test_themes_without_a_colour_get_different_ones() -> None:
    codebook = read("".join(f'[[theme]]\nid = "t{n}"\n' for n in range(9)))
    assert len({theme.colour for theme in codebook.themes}) == 9


def test_codes_come_after_what_they_require() -> None:
    codebook = read(
        """
        [[theme]]
        id = "a"
        cues = [{ q = 'x', requires = ["b"] }]
        [[theme]]
        id = "b"
        """
    )
    assert [code.id for code in codebook.in_order()] == ["b", "a"]


def test_an_unknown_requirement_names_code_and_cue() -> None:
    with pytest.raises(ManifestError, match=r"Cue 2 of 'a' requires 'nowhere'"):
        read("[[theme]]\nid = \"a\"\ncues = ['x', { q = 'y', requires = [\"nowhere\"] }]")


def test_a_long_chain_of_requirements_is_followed_to_its_end() -> None:
    codes = "".join(
        f"[[topic]]\nid = 't{n}'\ncues = [{{ q = 'x', requires = ['t{n + 1}'] }}]\n" for n in range(1500)
    )
    codebook = read(f"{codes}[[topic]]\nid = 't1500'\ncues = ['x']\n")
    assert [code.id for code in codebook.in_order()] == [f"t{n}" for n in range(1500, -1, -1)]


def test_a_circle_of_requirements_is_an_error() -> None:
    with pytest.raises(ManifestError, match="circle"):
        read(
            """
            [[theme]]
            id = "a"
            cues = [{ q = 'x', requires = ["b"] }]
            [[topic]]
            id = "b"
            cues = [{ q = 'x', requires = ["a"] }]
            """
        )


def test_a_cue_that_does_not_parse_names_its_place() -> None:
    codebook = read("[[theme]]\nid = \"a\"\ncues = ['fine', 'one AND (two']")
    with pytest.raises(
        ManifestError, match=r"Cue 2 of 'a': its query is wrong at character 9 of 'one AND \(two'"
    ):
        check(codebook)


def test_an_unless_that_does_not_parse_says_so() -> None:
    codebook = read("[[theme]]\nid = \"a\"\ncues = [{ q = 'fine', unless = '(' }]")
    with pytest.raises(ManifestError, match=r"Cue 1 of 'a': the 'unless' of its query"):
        check(codebook)


def test_a_changed_code_keeps_its_place_and_a_new_one_is_the_last_theme() -> None:
    codebook = Codebook((Code("a", "A"), Code("b", "B")), (Code("t", "T"),))
    changed = with_code(with_code(with_code(codebook, Code("a", "New")), Code("t", "Topic")), Code("c", "C"))
    assert [code.name for code in changed.themes] == ["New", "B", "C"]
    assert [code.name for code in changed.topics] == ["Topic"]
