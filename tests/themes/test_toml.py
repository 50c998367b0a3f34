"""Codebooks back into brief.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.manifest import parse_manifest
from brief_tui.corpus.schema import Scope
from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import Code, Codebook, Cue, from_manifest, with_code
from brief_tui.themes.toml import with_codebook

TEXT = """# My brief
title = "A brief"

[[theme]]
id = "a"
name = "A"
colour = "red"
cues = [
  # why this one
  'x',
  { q = '''
    one OR
    two''', weight = 0.5 },
]

[[theme]]   # the second
id = "b"
name = "B"
colour = "blue"

[[topic]]
id = "t"
name = "T"

[aliases]
russia = ["Moscow"] # names
"""


def read(text: str) -> Codebook:
    return from_manifest(parse_manifest(text))


def test_nothing_changed_nothing_written() -> None:
    assert with_codebook(TEXT, read(TEXT)) == TEXT


def test_what_is_filled_in_is_not_written_for_its_own_sake() -> None:
    text = '[[theme]]\nid = "a"\n'
    assert with_codebook(text, read(text)) == text


def test_the_default_brief_comes_back_as_it_is(seeds: Path) -> None:
    text = (seeds / "brief.toml").read_text("utf-8")
    assert with_codebook(text, read(text)) == text


def test_a_cue_is_added_and_comments_stay() -> None:
    codebook = read(TEXT)
    theme = codebook.themes[0]
    more = replace(theme, name="New", cues=(*theme.cues, Cue('"mutual defen?e" NEAR/4 no', 0.7, unless="x")))
    written = with_codebook(TEXT, with_code(codebook, more))
    assert "# why this one" in written
    assert "    one OR\n" in written
    assert "# names" in written
    assert read(written).themes[0] == more


def test_order_removal_and_new_codes() -> None:
    codebook = read(TEXT)
    changed = Codebook(
        (codebook.themes[1], codebook.themes[0], Code("n", "N", "green")), (), codebook.aliases
    )
    written = with_codebook(TEXT, changed)
    assert [code.id for code in read(written).themes] == ["b", "a", "n"]
    assert read(written).topics == ()
    assert parse_manifest(written).aliases == {"russia": ("Moscow",)}
    assert parse_manifest(written).title == "A brief"


def test_a_code_that_brief_toml_cannot_hold_is_an_error() -> None:
    with pytest.raises(ManifestError):
        with_codebook("", Codebook((Code("no id", "N", "red"),)))


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
scopes: st.SearchStrategy[Scope] = st.sampled_from(["sentence", "passage"])
cues = st.builds(Cue, words, st.sampled_from([0.3, 1.0, 2.5]), scopes, st.just("") | words)
codes = st.builds(
    Code,
    st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True),
    words,
    st.just("red"),
    words,
    st.lists(cues).map(tuple),
)


@given(st.lists(codes, unique_by=lambda code: code.id, max_size=4))
def test_any_codebook_comes_back(themes: list[Code]) -> None:
    codebook = Codebook(tuple(themes))
    assert read(with_codebook("", codebook)).themes == codebook.themes
    assert read(with_codebook(TEXT, codebook)).themes == codebook.themes


GROUPS = """[[theme]]
id = "a"
name = "A"
colour = "red"
cues = [
  # the first group
  'one',
  '''
    two OR
    deux''',
  # the second group
  { q = 'three', weight = 0.5 }, # less sure
  'four',
]
"""


@pytest.mark.parametrize(
    "queries",
    [
        ["one", "two OR deux", "four"],
        ["two OR deux", "three", "four"],
        ["one", "two OR deux", "three", "new"],
        ["one", "new", "three", "four", "last"],
        ["four", "one"],
        ["x", "one", "two OR deux", "three", "four"],
    ],
)
def test_cues_that_stay_keep_their_form_and_their_groups_the_comments(queries: list[str]) -> None:
    codebook = read(GROUPS)
    theme = codebook.themes[0]
    had = {cue.q: cue for cue in theme.cues}
    cues = tuple(had.get(query, Cue(query)) for query in queries)
    written = with_codebook(GROUPS, with_code(codebook, replace(theme, cues=cues)))
    assert read(written).themes[0].cues == cues
    assert "# the first group" in written
    assert "# the second group" in written
    assert ("    two OR\n" in written) == ("two OR deux" in queries)


def test_all_cues_go() -> None:
    codebook = read(GROUPS)
    written = with_codebook(GROUPS, with_code(codebook, replace(codebook.themes[0], cues=())))
    assert read(written).themes[0].cues == ()
