"""The command line's contract: rows, exit codes, and where each word goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

PASSAGE = ["doc", "line", "line_end", "start", "end", "kind", "section", "text"]
HIGHLIGHT = [
    *("id", "doc", "line", "start", "end", "exact", "prefix", "suffix"),
    *("tags", "note", "created", "modified", "state"),
]
SPAN = ["start", "end", "text"]
FORMATS = [
    "markdown",
    "html",
    "csv",
    "readwise",
    "json",
    "jsonld",
    "qdpx",
    "qdc",
    "codebook-csv",
    "codebook-txt",
]


@pytest.fixture(autouse=True)
def shared_index(
    private_places: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One index for all tests of this file: it is the same every time."""
    monkeypatch.setenv("BRIEF_TUI_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cli-cache"))


def program(*args: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "brief_tui", *map(str, args)], capture_output=True, check=False, **more
    )


def is_one_line(text: str) -> bool:
    return text.startswith("brief-tui: ") and text.count("\n") == 1 and text.endswith("\n")


@pytest.fixture
def texts(seeds: Path) -> dict[str, str]:
    """The default brief's texts by the name of their document."""
    return {path.stem: path.read_text(encoding="utf-8-sig") for path in seeds.glob("*.txt")}


# Rows


def test_passages_are_exact_slices_in_reading_order(cli: Cli, texts: dict[str, str]) -> None:
    rows = cli("passages", "--json").rows
    assert {row["doc"] for row in rows} == set(texts)
    assert all(list(row) == PASSAGE for row in rows)
    for row in rows:
        text = texts[row["doc"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["line"] == text.count("\n", 0, row["start"]) + 1
        assert row["line_end"] == row["line"] + row["text"].count("\n")
    order = [(row["doc"], row["start"]) for row in rows]
    assert order == sorted(order)


def test_every_line_that_is_not_blank_belongs_to_one_passage(cli: Cli, texts: dict[str, str]) -> None:
    held = [
        (row["doc"], line)
        for row in cli("passages", "--json").rows
        for line in range(row["line"], row["line_end"] + 1)
    ]
    wanted = [
        (doc, number)
        for doc, text in sorted(texts.items())
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    assert held == wanted


def test_the_default_brief_and_its_folder_say_the_same(cli: Cli, seeds: Path) -> None:
    assert cli("passages", "--json").out == cli("passages", seeds, "--json").out


def test_themes_have_evidence_inside_their_passage(cli: Cli, texts: dict[str, str]) -> None:
    rows = cli("themes", "--json").rows
    assert {row["theme"] for row in rows} == {"trust_erosion", "asymmetry", "hedging_china"}
    for row in rows:
        assert list(row) == [*PASSAGE, "theme", "score", "manual", "evidence"]
        assert 0.5 <= row["score"] <= 1
        assert row["manual"] is False
        assert row["evidence"]
        for span in row["evidence"]:
            assert list(span) == SPAN
            assert row["start"] <= span["start"] < span["end"] <= row["end"]
            assert texts[row["doc"]][span["start"] : span["end"]] == span["text"]
    keys = [(row["doc"], row["start"], row["theme"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_one_theme_is_a_part_of_all(cli: Cli) -> None:
    every = cli("themes", "--json").rows
    one = cli("themes", "--theme", "asymmetry", "--json").rows
    assert one == [row for row in every if row["theme"] == "asymmetry"]


def test_search_gives_the_best_first_with_what_matched(cli: Cli, texts: dict[str, str]) -> None:
    done = cli("search", '"mutual defense" OR guarantee*', "--limit", "5", "--json")
    rows = done.rows
    assert done.code == 0
    assert 0 < len(rows) <= 5
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    for row in rows:
        assert list(row) == [*PASSAGE, "score", "hits"]
        assert row["hits"]
        for span in row["hits"]:
            assert list(span) == SPAN
            assert texts[row["doc"]][span["start"] : span["end"]] == span["text"]


def test_a_search_that_is_misspelt_says_what_was_meant(cli: Cli) -> None:
    done = cli("search", "gaurantee", "--json")
    assert (done.code, done.rows) == (1, [])
    assert "Did you mean: guarantee\n" in done.err


def test_a_search_for_nothing_prints_an_empty_array_and_ends_with_1(cli: Cli) -> None:
    done = cli("search", "zzyzxqw", "--json")
    assert (done.code, done.out) == (1, "[]\n")


def test_related_speaks_of_other_documents_only(cli: Cli) -> None:
    done = cli("related", "003:19", "--limit", "5", "--json")
    assert done.code == 0
    assert 0 < len(done.rows) <= 5
    for row in done.rows:
        assert list(row) == [*PASSAGE, "score", "why"]
        assert not row["doc"].startswith("003")
        assert isinstance(row["why"], str)
        assert row["why"]
    scores = [row["score"] for row in done.rows]
    assert scores == sorted(scores, reverse=True)


def test_related_without_other_documents_finds_nothing(cli: Cli, seeds: Path) -> None:
    done = cli("related", "003:19", next(seeds.glob("003*.txt")), "--json")
    assert (done.code, done.out) == (1, "[]\n")


def test_a_blank_line_is_refused_and_names_the_nearest_passage(cli: Cli) -> None:
    done = cli("related", "003:2", "--json")
    assert done.code == 2
    assert done.out == ""
    assert is_one_line(done.err)
    assert "nearest passage is 003_13078e460e3ef369:1" in done.err


# Highlights


def test_a_highlight_is_printed_once_it_is_kept_and_listed_and_removed(
    cli: Cli, texts: dict[str, str]
) -> None:
    doc = next(name for name in texts if name.startswith("002"))
    kept = cli("highlight", "002:10-40", "--tag", "asymmetry", "--tag", "my own", "--note", "why?", "--json")
    assert kept.code == 0
    (row,) = kept.rows
    assert list(row) == HIGHLIGHT
    assert (row["doc"], row["tags"], row["note"]) == (doc, ["asymmetry", "my own"], "why?")
    assert row["exact"] == texts[doc][row["start"] : row["end"]]
    assert texts[doc][: row["start"]].endswith(row["prefix"])
    assert texts[doc][row["end"] :].startswith(row["suffix"])
    assert row["state"] == "anchored"
    assert cli("highlights", "--json").rows == [row]
    assert row["id"][:8] in cli("highlights").out
    assert cli("unhighlight", row["id"][:8]).code == 0
    assert cli("highlights", "--json").out == "[]\n"


def test_a_quotation_is_found_across_line_breaks(cli: Cli, tmp_path: Path) -> None:
    brief = tmp_path / "brief"
    brief.mkdir()
    (brief / "a.txt").write_text("One sentence that\nruns on here.\n\nAnother one.\n", encoding="utf-8")
    (row,) = cli("highlight", "a", brief, "--quote", "that runs on", "--json").rows
    assert row["exact"] == "that\nruns on"
    for wrong in ("not there", "one", "  "):
        refused = cli("highlight", "a", brief, "--quote", wrong, "--json")
        if wrong != "one":
            assert refused.code == 2
            assert is_one_line(refused.err)


@pytest.mark.parametrize("place", ["002", "002:5", "002:9-3", "002:99999999-999999999", "nope:1-2", "0:1-4"])
def test_a_place_that_is_none_is_refused(cli: Cli, place: str) -> None:
    done = cli("highlight", place, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_line(done.err)
    assert cli("highlights", "--json").out == "[]\n"


def test_a_theme_among_the_tags_counts_as_manual(cli: Cli) -> None:
    before = {(row["doc"], row["line"], row["theme"]) for row in cli("themes", "--json").rows}
    untagged = next(
        row
        for row in cli("passages", "--json").rows
        if row["kind"] == "body" and (row["doc"], row["line"], "asymmetry") not in before
    )
    place = f"{untagged['doc']}:{untagged['start']}-{untagged['end']}"
    assert cli("highlight", place, "--tag", "asymmetry").code == 0
    rows = cli("themes", "--theme", "asymmetry", "--json").rows
    (added,) = [row for row in rows if row["manual"]]
    assert (added["doc"], added["line"]) == (untagged["doc"], untagged["line"])
    differing = cli("themes", "--disagreements", "--json").rows
    assert [(row["line"], row["present"], row["cues"]) for row in differing] == [(untagged["line"], True, [])]
    assert "you added it" in cli("themes", "--disagreements").out
    assert [line for line in cli("themes").out.splitlines() if line.endswith("asymmetry  manual")]
    cued = next(row for row in rows if not row["manual"])
    assert cli("highlight", f"{cued['doc']}:{cued['start']}-{cued['end']}", "--tag", "asymmetry").code == 0
    assert "100% right   50% found  asymmetry  " in cli("themes", "--disagreements").out


def test_highlights_travel_by_export_and_import(cli: Cli, tmp_path: Path, monkeypatch: Any) -> None:
    cli("highlight", "002:10-40", "--tag", "x", "--note", "n")
    kept = cli("highlights", "--json").rows
    file = tmp_path / "out.json"
    assert cli("export", "--format", "json", "-o", file).code == 0
    monkeypatch.setenv("BRIEF_TUI_DATA_DIR", str(tmp_path / "another"))
    assert cli("highlights", "--json").out == "[]\n"
    assert cli("import", file).out == "imported 1 record\n"
    assert cli("highlights", "--json").rows == kept
    assert cli("import", file).out == "imported 0 records\n"
    refused = cli("import", next((tmp_path / "another").rglob("*.sqlite*"), tmp_path))
    assert refused.code == 2
    assert is_one_line(refused.err)


QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="5b2f9d0e-8a53-4c8e-9d0c-6f1c1d2e3f40" name="Shortage" isCodable="true" color="#ff0000"/>
</Codes></CodeBook>
"""


def test_a_codebook_is_added_to_the_brief(cli: Cli, tmp_path: Path) -> None:
    brief = tmp_path / "brief"
    brief.mkdir()
    (brief / "a.txt").write_text("There was not enough grain.\n", encoding="utf-8")
    (brief / "brief.toml").write_text(
        "# mine\n[[theme]]\nid = 'grain'\nname = 'Grain'\ncues = ['grain']\n", encoding="utf-8"
    )
    codebook = tmp_path / "codes.qdc"
    codebook.write_text(QDC, encoding="utf-8")
    done = cli("import", codebook, brief)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"imported 1 code into {brief / 'brief.toml'}\n"
    assert "# mine" in (brief / "brief.toml").read_text(encoding="utf-8")
    assert len(cli("themes", brief, "--json").rows) == 1
    assert cli("themes", brief, "--theme", "shortage", "--json").rows == []


def test_the_default_brief_gets_codes_in_a_copy(cli: Cli, tmp_path: Path, seeds: Path) -> None:
    before = (seeds / "brief.toml").read_bytes()
    codebook = tmp_path / "codes.qdc"
    codebook.write_text(QDC, encoding="utf-8")
    done = cli("import", codebook)
    assert done.code == 0
    assert (seeds / "brief.toml").read_bytes() == before
    copy = Path(done.out.rpartition(" into ")[2].strip()).parent
    assert str(copy) in done.err
    assert cli("themes", copy, "--theme", "shortage", "--json").code == 0
    assert len(cli("passages", copy, "--json").rows) == len(cli("passages", "--json").rows)


# Exports


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_a_file_of_its_own(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    cli("highlight", "002:10-40", "--tag", "x")
    done = cli("export", "--format", form)
    assert (done.code, done.out) == (0, "")
    assert is_one_line(done.err)
    (file,) = [path for path in tmp_path.iterdir() if path.is_file()]
    assert file.stat().st_size
    assert file.name in done.err


def test_no_file_is_replaced_unless_asked(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    file.write_text("mine", encoding="utf-8")
    refused = cli("export", "-o", file)
    assert (refused.code, refused.out) == (2, "")
    assert is_one_line(refused.err)
    assert file.read_text(encoding="utf-8") == "mine"
    assert cli("export", "-o", file, "--force").code == 0
    assert file.read_text(encoding="utf-8") != "mine"


def test_an_export_goes_to_standard_output_when_asked(cli: Cli) -> None:
    cli("highlight", "002:10-40", "--tag", "x")
    done = cli("export", "--format", "json", "-o", "-")
    assert done.code == 0
    assert len(json.loads(done.out)["highlights"]) == 1
    assert done.err == ""


@pytest.mark.parametrize(
    "wrong", [("--format", "nope"), ("--theme", "nope"), ("--doc", "nope"), ("--scope", "nope")]
)
def test_an_export_of_nothing_known_is_refused(cli: Cli, tmp_path: Path, wrong: tuple[str, str]) -> None:
    target = tmp_path / "out"
    done = cli("export", "-o", target, *wrong)
    assert (done.code, done.out) == (2, "")
    assert is_one_line(done.err)
    assert not target.exists()


def test_the_formats_are_listed(cli: Cli) -> None:
    listed = [line.split()[0] for line in cli("export", "--format", "list").out.splitlines()]
    assert set(FORMATS) <= set(listed)


# Files of the program's own


def test_index_says_what_it_does_on_standard_error(cli: Cli) -> None:
    done = cli("index")
    assert (done.code, done.out) == (0, "")
    assert "indexing" in done.err


def test_info_names_every_place(cli: Cli, private_places: Path) -> None:
    done = cli("info")
    assert done.code == 0
    for word in ("documents", "brief.toml", "highlights", "index", "settings", str(private_places / "data")):
        assert word in done.out


def test_config_shows_where_and_what(cli: Cli, private_places: Path) -> None:
    path = private_places / "config" / "settings.toml"
    assert cli("config", "--path").out == f"{path}\n"
    assert 'theme = "brief-dark"' in cli("config").out
    assert cli("config", "--init").code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    again = cli("config", "--init")
    assert again.code == 2
    assert is_one_line(again.err)
    assert 'theme = "brief-dark"' in cli("config", "--show").out
    path.write_text("text_width = 'wide'\n", encoding="utf-8")
    wrong = cli("config", "--show")
    assert wrong.code == 2
    assert is_one_line(wrong.err)
    assert "text_width" in wrong.err


def test_what_the_program_makes_is_private(cli: Cli, private_places: Path) -> None:
    cli("highlight", "002:10-40")
    cli("search", "alliance")
    for path in private_places.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


# Usage


@pytest.mark.parametrize(
    "args",
    [
        ("passages", "--bogus"),
        ("search",),
        ("related",),
        ("related", "003"),
        ("related", "999:1"),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "many"),
        ("unhighlight", "nope"),
        ("import", "/nowhere/at/all"),
        ("themes", "--theme", "nope"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do(cli: Cli, args: tuple[str, ...]) -> None:
    done = cli(*args)
    assert (done.code, done.out) == (2, "")
    assert is_one_line(done.err)


def test_the_reader_is_refused_where_there_is_no_terminal(cli: Cli) -> None:
    done = cli()
    assert (done.code, done.out) == (2, "")
    assert is_one_line(done.err)
    assert "passages" in done.err


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("search", "--help"), ("--version",)])
def test_help_is_data(cli: Cli, args: tuple[str, ...]) -> None:
    done = cli(*args)
    assert done.code == 0
    assert done.out
    assert done.err == ""


def test_a_folder_named_like_a_command_is_written_with_its_path(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "a.txt").write_text("Some words.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [row["text"] for row in cli("passages", "./search", "--json").rows] == ["Some words."]


def test_what_is_no_command_is_a_brief(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("read", "reader", "serch"):
        done = cli(name)
        assert done.code == 2
        assert f"There is no file or folder {name}" in done.err
    assert "--fresh" in cli("folder", "--help").out


def test_people_get_text_without_colour_in_a_pipe(cli: Cli) -> None:
    done = cli("search", "alliance", "--limit", "2")
    assert "\x1b" not in done.out
    assert "alliance" in done.out.lower()


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False), ("", False)])
def test_colour_only_on_a_terminal_that_wants_it(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, no_color: str | None, coloured: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    assert ("\x1b[" in cli("search", "alliance", "--limit", "2").out) is coloured


# Processes


def test_a_pipe_gets_utf_8_whatever_the_locale_says(texts: dict[str, str]) -> None:
    plain = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHONIO"))
    }
    done = program("passages", "--json", env={**plain, "LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    rows = json.loads(done.stdout.decode("utf-8"))
    assert any("’" in row["text"] for row in rows)


@pytest.mark.parametrize("args", [("passages", "--json"), ("passages",), ("export", "--format", "list")])
def test_a_reader_of_a_pipe_that_has_enough_is_no_error(args: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "brief_tui", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait() == 0
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_closed_streams_are_empty_ones(private_places: Path) -> None:
    line = '"$0" -m brief_tui note - <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", line, sys.executable], check=False).returncode == 0
    assert not (private_places / "data" / "errors.log").exists()


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "brief_tui", "passages"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert is_one_line(done.stderr.decode())
