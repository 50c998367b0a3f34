"""brief.toml and the files of a brief."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from brief_tui.corpus import manifest, schema
from brief_tui.corpus.manifest import CueTable, Manifest, parse_manifest, read_brief, read_manifest
from brief_tui.errors import BriefError, ManifestError

OUTSIDE = "lies outside the brief's folder; move it inside."


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def names(folder: Path, *, recursive: bool = False) -> list[str]:
    return [e.id for e in read_brief([folder], recursive=recursive)[0].entries]


def test_cues_are_words_or_tables() -> None:
    manifest = parse_manifest(
        'title = "T"\n[[theme]]\nid = "a"\ncolour = "red"\n'
        'cues = ["x*", {q = "y", weight = 0.7, unless = "z", requires = ["b"]}]\n'
        '[[topic]]\nid = "b"\n[aliases]\nrussia = ["Moscow"]\n'
    )
    assert manifest.themes[0].cues == ("x*", CueTable(q="y", weight=0.7, unless="z", requires=("b",)))
    assert manifest.topics[0].id == "b"
    assert manifest.aliases == {"russia": ("Moscow",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a." * 200_000 + "a = 1", "keys of too many parts"),
        ("x = { " + '"a" . ' * 3000 + "b = 1 }", "keys of too many parts"),
        ("title = " + "9" * 5000, "a number in it is too long"),
        ("title = " + "[" * 2000, "nested too deeply"),
        ("".join(f"[[topic]]\nid = 't{n}'\n" for n in range(2001)), "more than 2,000 themes and topics"),
        ("[[theme]]\nid = 'a'\ncues = [" + "'x'," * 5001 + "]", "more than 5,000 cues"),
        ("[aliases]\n" + "".join(f"a{n} = ['x', 'y']\n" for n in range(1001)), "more than 2,000 names"),
        (
            "[aliases]\na = [" + "'x'," * 101 + "]",
            "names of aliases should .* at most 100 entries",
        ),
        (f"[aliases]\na = ['{'x' * 201}']", "name 1 of aliases .* of at most 200 characters"),
    ],
)
def test_what_is_beyond_any_brief_is_refused_before_it_costs_anything(text: str, words: str) -> None:
    with pytest.raises(ManifestError, match=words):
        parse_manifest(text)


def test_more_documents_than_are_read_are_not_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "DOCUMENTS_LIMIT", 2)
    tables = "".join(f"[[document]]\nfile = '{n}.txt'\n" for n in range(3))
    folder = write(tmp_path / "brief", brief__toml=tables, **{"1__txt": "Words."})
    with pytest.raises(BriefError, match="too many to be read together"):
        read_brief([folder])


def test_dates_need_no_quotes() -> None:
    manifest = parse_manifest('[[document]]\nfile = "a.txt"\ndate = 2025-01-17\n')
    assert manifest.documents[0].date == "2025-01-17"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 5", "b.toml: title should be text in quotes."),
        ('[[document]]\nfile = "a"\n[[document]]\ntitle = "x"', "b.toml: document 2 needs a 'file'."),
        (
            '[[document]]\nfile = "a"\ntitel = "x"',
            "b.toml: the field 'titel' of document 1 is not known; remove it or mend its spelling.",
        ),
        (
            '[[theme]]\nid = "t"\ncues = [{q = "x", weight = "much"}]',
            "b.toml: weight of cue 1 of theme 1 should be a number.",
        ),
        ('language = "English?"', 'b.toml: language should be a language code such as "en".'),
        (
            '[[theme]]\nid = "t"\ncolour = "#12"',
            'b.toml: colour of theme 1 should be the name of a colour such as "red", or "#rrggbb".',
        ),
        (
            '[[theme]]\nid = "t"\n[[topic]]\nid = "t"',
            "b.toml: 't' is the id of more than one theme or topic; keep one of them.",
        ),
        ('[[document]]\nfile = "../x"', f"b.toml: the file '../x' {OUTSIDE}"),
        ('[[document]]\nfile = "/etc/passwd"', f"b.toml: the file '/etc/passwd' {OUTSIDE}"),
        ("title = ", "b.toml is not valid TOML: Invalid value (end of document)."),
        ("a = " + "[" * 5000, "b.toml is nested too deeply; flatten its tables."),
        ('id = "../x"', "b.toml: id should be a short name of Latin letters, digits, '_', '-' and '.'."),
        ('[[theme]]\nid = "t"\ncues = [""]', "b.toml: cue 1 of theme 1 should not be empty."),
    ],
)
def test_errors_name_the_field_and_what_it_should_be(text: str, message: str) -> None:
    with pytest.raises(ManifestError) as error:
        parse_manifest(text, "b.toml")
    assert str(error.value) == message


def test_a_folder_without_brief_toml(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "Bees",
        part10__txt="x",
        part2__txt="x",
        README__md="x",
        LICENSE__txt="x",
        NOTICE="x",
        photo__png="x",
    )
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    write(folder / "sub", c__md="x")
    brief, manifest = read_brief([folder])
    assert [e.id for e in brief.entries] == ["part2.txt", "part10.txt"]
    assert (brief.title, brief.manifest, manifest.documents) == ("Bees", None, ())
    assert brief.id == read_brief([folder])[0].id
    assert names(folder, recursive=True) == ["part2.txt", "part10.txt", "sub/c.md"]


def test_only_listed_documents_are_read_in_their_order(tmp_path: Path) -> None:
    folder = write(tmp_path, b__txt="x", a__txt="x", c__txt="x", README__md="x", log="x")
    write(
        folder,
        brief__toml='id = "mine"\n'
        + "".join(
            f'[[document]]\nfile = "{f}"\n' for f in ("c.txt", "README.md", "log", "a.txt", "gone.txt")
        ),
    )
    brief, _ = read_brief([folder])
    assert [e.id for e in brief.entries] == ["c.txt", "README.md", "log", "a.txt"]
    assert brief.id == "mine"
    assert brief.notices == (
        "log is of no known format and is read as plain text.",
        "gone.txt cannot be read: No such file or directory.",
    )


def test_names_are_stems_where_unique(tmp_path: Path) -> None:
    folder = write(tmp_path, a__txt="x", a__md="x", b__txt="x")
    assert [e.name for e in read_brief([folder])[0].entries] == ["a.md", "a.txt", "b"]


def test_files_get_what_brief_toml_says_of_them(tmp_path: Path) -> None:
    folder = write(
        tmp_path, a__txt="x", b__txt="x", brief__toml='[[document]]\nfile = "b.txt"\ntitle = "B"\n'
    )
    brief, _ = read_brief([folder / "b.txt", folder / "a.txt", folder / "brief.toml"])
    assert [(e.id, e.metadata.title) for e in brief.entries] == [("b.txt", "B"), ("a.txt", "")]
    assert brief.id != read_brief([folder])[0].id


def test_links_pipes_and_loops_are_left_out_with_a_notice(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", secret__txt="x")
    folder = write(tmp_path / "in", a__txt="x")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "folder").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    brief, _ = read_brief([folder], recursive=True)
    assert [e.id for e in brief.entries] == ["a.txt"]
    assert len(brief.notices) == 3
    assert "link.txt is a link out of the brief's folder and was not followed." in brief.notices
    assert "pipe.txt is not a plain file and was left out." in brief.notices


def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"x")
    except OSError:
        pytest.skip("the file system takes Unicode names only")
    entry = read_brief([tmp_path])[0].entries[0]
    assert entry.id == "caf\\xe9.txt"
    entry.id.encode("utf-8")
    assert entry.path.read_bytes() == b"x"


@pytest.mark.parametrize("what", ["missing", "empty", "pipe", "only-listed-missing"])
def test_nothing_to_read_is_one_sentence(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "brief"
    if what != "missing":
        folder.mkdir()
    path = folder
    if what == "pipe":
        path = folder / "p.txt"
        os.mkfifo(path)
    if what == "only-listed-missing":
        write(folder, brief__toml='[[document]]\nfile = "gone.txt"\n')
    with pytest.raises(BriefError) as error:
        read_brief([path])
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_a_brief_toml_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, other__toml='title = "x"')
    folder = write(tmp_path / "in", a__txt="x")
    (folder / "brief.toml").symlink_to(tmp_path / "other.toml")
    with pytest.raises(ManifestError):
        read_brief([folder])


def test_too_many_documents_are_refused_before_they_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "DOCUMENTS_LIMIT", 20)
    for number in range(30):
        (tmp_path / f"{number}.jpg").touch()
        (tmp_path / f"{number}.txt").write_text("words", "utf-8")
    with pytest.raises(BriefError, match="holds more than 20 documents"):
        read_brief([tmp_path])
    with pytest.raises(BriefError, match="holds more than 20 documents"):
        read_brief(sorted(tmp_path.glob("*.txt")))
    for number in range(10):
        (tmp_path / f"{number}.txt").unlink()
    assert len(read_brief([tmp_path])[0].entries) == 20


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: d[:-9], lambda d: d.replace(b"First", b"Wrong")])
def test_what_a_brief_toml_held_is_kept_and_no_damage_believed(
    tmp_path: Path, damage: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(text: str, where: str) -> Manifest:
        parsed.append(where)
        return parse_manifest(text, where)

    monkeypatch.setattr(schema, "parse_manifest", counted)
    path, cache = tmp_path / "brief.toml", tmp_path / "cache"
    text = 'title = "First"\n[[theme]]\nid = "t"\ncues = ["x", { q = "y", weight = 0.5 }]\n'
    path.write_text(text, "utf-8")
    first = read_manifest(path, cache)
    assert first == read_manifest(path, cache) == parse_manifest(text)
    assert len(parsed) == 1
    (kept,) = cache.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_bytes(damage(kept.read_bytes()))
    assert read_manifest(path, cache) == first
    assert len(parsed) == 2
    path.write_text('title = "Second"\n', "utf-8")
    assert read_manifest(path, cache).title == "Second"
    path.write_text("title = 1\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ManifestError, match="title should be text"):
            read_manifest(path, cache)
