"""Nothing from outside commands the terminal, by whatever door it comes in: read from the bytes it gets."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pexpect
import pytest

from brief_tui.export.registry import FORMATS
from brief_tui.workspace import Workspace

from .test_terminal import Terminal

SEQUENCES = {
    "csi": "\x1b[99;5m",
    "csi that clears": "\x1b[2;99J",
    "csi of many": "\x1b[?9999h\x1b[99;99;99H\x1b[>9q\x1b[9!p",
    "title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;http://owned/\x1b\\link\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "dcs": "\x1bPowned\x1b\\\x1bP$qm\x1b\\",
    "apc pm sos": "\x1b_owned\x1b\\\x1b^owned\x1b\\\x1bXowned\x1b\\",
    "reset": "\x1bc\x1b(0\x1b#8\x1b=\x1b7\x1b8",
    "reports": "\x1b[6n\x1b[5n\x1b[c\x1bZ\x05",
    "c1": "\x9b99m\x90owned\x9c\x9d0;owned\x9c\x9e\x9f\x98\x85\x84",
    "controls": "a\x08b\x0bc\x0cd\x0ee\x0ff\x7fg\x07h\ri",
    "bidi": "\u202egnp.exe\u202c\u2066a\u2069\u200f\u061c",
    "invisible": "a\u200bb\u2060c\ufeffd\xade\U000e0041f",
    "markup": "[red]red[/] [@click=app.quit]quit[/] [/nonsense] [link=http://owned]x[/link]",
    "unended": "\x1b]2;unended \x1b[99",
}
PAYLOAD = " ".join(f"q{sequence}z" for sequence in SEQUENCES.values())

_CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_OURS = re.compile(
    r"\x1b\[(?:(?!99)\d{1,3}(?:;\d{1,3})*)?m"  # colours
    r"|\x1b\[(?:\d+(?:;\d+)?)?H|\x1b\[\d*[JKABCDG]"  # moves, what clears
    r"|\x1b\[\?(?:25|47|1000|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048|7)[hl]"
    r"|\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d+u|\x1b\[<u"
)
_POINTER = re.compile(r"\x1b\]22;\w+\x07")  # the mouse pointer's shape
_COPIED = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)")
_BAD = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0041]"
)


def foreign(raw: bytes, *, copies: bool = False) -> list[str]:
    """What of a program's output is no sequence that the program itself has reason to emit."""
    said = _POINTER.sub("", raw.decode("utf-8"))
    if copies:
        said = _COPIED.sub("", said)
    found = [each for each in _CSI.findall(said) if not _OURS.fullmatch(each)]
    rest = _CSI.sub("", said)
    return found + [rest[max(0, bad.start() - 30) : bad.end() + 30] for bad in _BAD.finditer(rest)]


SHORT = "\x1b[99m\x9b99m\x1b]0;x\x07\x1bc\u202e\r\x08[red]x[/]"
"""What a narrow place still shows all of."""


def hostile(door: str) -> str:
    """Text for one door: a word to know it by when it is on the screen, and every sequence."""
    return f"{door}{SHORT} {door} {PAYLOAD}"


def named(door: str) -> str:
    """The same as far as a file can be named so."""
    return re.sub(r"[/\\]", "", hostile(door))[:150]


def toml(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A brief that is hostile in everything that it can be."""
    folder = tmp_path / named("folder")
    folder.mkdir()
    name = f"a{named('name')}.txt"
    words = "Of trust in Iran, alpha beta gamma delta. " * 3
    body = "\n\n".join(hostile(f"text{n} trust alpha") + ". " + words for n in range(4))
    (folder / name).write_text(f"{hostile('heading')[:60]}\n\n{body}\n", "utf-8", newline="")
    (folder / "b.txt").write_text(
        f"Second text\n\nAlso trust in Iran, alpha beta gamma.\n\n{body}", "utf-8", newline=""
    )
    (folder / "c.txt").write_bytes(
        b"Third text\n\n\xff\xfe\x9b99m \x90owned\x9c caf\xe9 trust alpha \x1b[99m\n"
    )
    (folder / f"{named('empty')}.txt").write_bytes(b"")
    (folder / "brief.toml").write_text(
        f"title = {toml(hostile('btitle'))}\n"
        f"[[document]]\nfile = {toml(name)}\n"
        + "".join(
            f"{key} = {toml(hostile('d' + key))}\n"
            for key in ("title", "short", "author", "publisher", "url")
        )
        + '[[document]]\nfile = "b.txt"\n[[document]]\nfile = "c.txt"\n'
        f"[[document]]\nfile = {toml(named('empty') + '.txt')}\n"
        f'[[theme]]\nid = "t"\nname = {toml(hostile("tname"))}\nmemo = {toml(hostile("memo"))}\n'
        f'cues = ["trust", {toml(chr(34) + "trust in" + chr(34) + " OR " + "qcue" + SHORT)}]\n'
        f'[[topic]]\nid = "o"\nname = {toml(hostile("oname"))}\ncues = ["alpha"]\n'
        f"[aliases]\niran = [{toml('alias' + SHORT)}]\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def marked(brief: Path, private_places: Path) -> Path:
    """That brief with hostile highlights, notes, searches and settings."""
    workspace = Workspace.open([brief])
    for document in list(workspace.library.documents())[:2]:
        passage = document.passages[2]
        tags = ["t", hostile("tag")]
        workspace.marks.highlight(document.id, passage.span, tags=tags, note=hostile("hnote"))
        workspace.marks.set_note(document.id, hostile("dnote"))
    workspace.marks.set_note("", hostile("bnote"))
    workspace.marks.store.reading.save_search(hostile("saved"), f"alpha OR {SHORT}")
    workspace.marks.store.reading.add_search(hostile("recent"))
    workspace.close()
    settings = private_places / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"theme = {toml(hostile('stheme'))}\nexport_folder = {toml(hostile('sfolder'))}\n"
        f'[keys]\n"mark.tags" = {toml("t," + hostile("skey").replace(",", ""))}\n',
        "utf-8",
    )
    return brief


ESC, UP, DOWN = "\x1b", "\x1b[A", "\x1b[B"


def pasted(door: str) -> str:
    """What a terminal sends for a paste of what fits a line."""
    return f"\x1b[200~{door}{SHORT}\x1b[201~"


WALK: tuple[tuple[str, str], ...] = (
    ("reader", "jjnj" + "1"),
    ("why", "i"),
    ("tags", "t" + pasted("ptag") + "\t" + pasted("pnote")),
    ("note", "ma" + pasted("anote")),
    ("search", "/" + pasted("query")),
    ("search found", "/alpha"),
    ("save search", "/alpha\x13" + pasted("psaved")),
    ("search accepted", "/trust\r"),
    ("sections", "s" + pasted("psection")),
    ("sections all", "s"),
    ("overview", "o" + DOWN),
    ("compare", "c"),
    ("highlights", "H" + DOWN),
    ("filtered", "H" + "/" + pasted("pfilter")),
    ("codebook", "K" + DOWN),
    ("cue", "K\t" + "\r"),
    ("rename", "Kr"),
    ("export", "e"),
    *((f"export {n}", "e\t" + DOWN * n) for n in range(1, 14)),
    ("export to", "e\t\t" + pasted("ppath") + "\r"),
    ("help", "?"),
    ("palette", "\x10" + pasted("ppalette")),
    ("palette all", "\x10a"),
    ("palette documents", "\x10Document"),
    ("palette sections", "\x10Section"),
    ("select", "vjm"),
    ("copy", "y"),
)


SHOWN = {
    *("name", "btitle", "dtitle", "tname", "memo", "qcue", "heading", "tag", "hnote"),
    *("recent", "ptag", "anote", "query", "ppath"),
}
"""Doors that the walk passes, by the words they are known by (Esc in a paste ends it: the rest are keys)."""


def walk(reader: Terminal, places: Iterable[str]) -> str:
    """Go to some places of the reader and back, and leave it; what it wrote, without its own sequences."""
    reader.wait_for("alpha beta")
    reader.pass_time(0.5)
    for place, keys in WALK:
        if place not in places:
            continue
        reader.press(keys)
        reader.pass_time(0.3)
        for _ in range(3):
            reader.press(ESC)
            reader.pass_time(0.06)
        assert reader.child.isalive(), f"{place}: {reader.said}"
    reader.press("\x11")
    assert reader.ended() == 0
    return _CSI.sub("", reader.raw.decode("utf-8"))


def test_nothing_of_a_hostile_brief_commands_the_terminal(marked: Path, private_places: Path) -> None:
    reader = Terminal(marked, columns=160, lines=45, folder=marked.parent)
    said = walk(reader, {"tags", "search", "highlights", "cue", "palette"})
    assert not foreign(bytes(reader.raw), copies=True)
    assert "hnote␛" in said
    assert not (private_places / "data" / "errors.log").exists()


@pytest.mark.long
def test_nothing_of_it_commands_the_terminal_anywhere_in_the_reader(
    marked: Path, private_places: Path
) -> None:
    reader = Terminal(marked, columns=250, lines=60, folder=marked.parent)
    said = walk(reader, dict(WALK))
    assert not foreign(bytes(reader.raw), copies=True)
    assert not {door for door in SHOWN if door not in said}
    assert not (private_places / "data" / "errors.log").exists()


COMMANDS = """
import json, sys
from brief_tui.cli import run
for line in json.load(open(sys.argv[1], encoding="utf-8")):
    run(line)
"""
LINES: tuple[tuple[str, ...], ...] = (
    ("passages", "{folder}"),
    ("passages", "{folder}", "--json"),
    ("themes", "{folder}"),
    ("themes", "{folder}", "--theme", hostile("notheme")),
    ("search", "trust", "{folder}"),
    ("search", "trust", "{folder}", "--json"),
    ("search", '"' + hostile("badquery"), "{folder}"),
    ("search", hostile("query") + " nothing", "{folder}"),
    ("related", "b:3", "{folder}"),
    ("related", hostile("noplace") + ":3", "{folder}"),
    ("highlights", "{folder}"),
    ("highlights", "{folder}", "--json"),
    ("highlight", "b", "{folder}", "--quote", hostile("noquote")),
    (
        "highlight",
        "b",
        "{folder}",
        "--quote",
        "Also trust",
        "--tag",
        hostile("ctag"),
        "--note",
        hostile("cnote"),
    ),
    ("unhighlight", hostile("noid"), "{folder}"),
    ("import", hostile("nofile"), "{folder}"),
    *(("export", "{folder}", "--scope", "both", "--format", name, "-o", "-") for name in FORMATS),
    ("export", "{folder}", "--format", hostile("noformat")),
    ("export", "{folder}", "--format", "csv", "-o", "{folder}" + "/x" + hostile("nofolder")),
    ("export", "{folder}", "--format", "csv", "-o", "{folder}" + "/" + named("ofile")),
    ("index", "{folder}"),
    ("info", "{folder}"),
    ("config",),
    (hostile("nobrief"),),
    ("passages", "--" + hostile("nooption")),
    ("passages", "{bad}"),
    ("import", "{bad}/brief.toml", "{folder}"),
    ("import", "{bad}/list.json", "{folder}"),
    ("import", "{bad}/list.jsonld", "{folder}"),
    ("import", "{bad}/list.csv", "{folder}"),
    ("import", "{bad}/list.qdc", "{folder}"),
    ("import", "{bad}/broken.qdc", "{folder}"),
    ("export", "{folder}", "--format", "codebook-csv", "-o", "-"),
    ("highlights", "{folder}"),
    ("themes", "{folder}"),
)


def test_nothing_of_it_commands_the_terminal_from_any_command(marked: Path, tmp_path: Path) -> None:
    bad = tmp_path / named("badfolder")
    bad.mkdir()
    (bad / "brief.toml").write_text(f"{toml(hostile('badfield'))} = 1\n", "utf-8")
    xml = re.sub("[\x00-\x1f&<]", "", hostile("xname")).replace('"', "")
    (bad / "list.csv").write_text(f'tag,description\n"{hostile("csvname")}","{SHORT}"\n', "utf-8")
    (bad / "list.qdc").write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        f'<Code guid="6b2dc2d4-1b0f-4f3c-9d9d-6f0f3a1b2c3d" name="{xml}"/></Codes></CodeBook>',
        "utf-8",
    )
    (bad / "broken.qdc").write_text(f"<CodeBook><{hostile('tag')}>", "utf-8")
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": hostile("aid"),
        "type": "Annotation",
        "target": {"source": hostile("asource"), "selector": {"type": "TextQuoteSelector", "exact": "alpha"}},
    }
    (bad / "list.jsonld").write_text(json.dumps(annotation), "utf-8")
    (bad / "list.json").write_text(json.dumps({hostile("key"): 1}), "utf-8")
    lines = [[part.format(folder=marked, bad=bad) for part in line] for line in LINES]
    (tmp_path / "lines").write_text(json.dumps(lines), "utf-8")
    child = pexpect.spawn(
        sys.executable,
        ["-c", COMMANDS, str(tmp_path / "lines")],
        dimensions=(40, 200),
        timeout=60,
        cwd=tmp_path,
    )
    said = child.read()
    child.close()
    assert child.exitstatus == 0, said[-2000:]
    assert not foreign(said)
    assert b"Traceback" not in said
    for door in ("text0", "dtitle", "hnote", "badfield", "noplace", "notheme", "badfolder", "csvname"):
        assert door.encode() in said, door
