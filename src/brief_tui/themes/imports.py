"""Codebooks of other programs: REFI-QDA (.qdc), Taguette's CSV, QualCoder's list, and our own TOML.

None of the others knows cues, so their codes come without any: as themes, or as topics where our own export
for QualCoder calls them so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from brief_tui.corpus.files import read_named
from brief_tui.errors import BriefError
from brief_tui.themes.codebook import COLOURS, Code, Codebook, from_manifest, id_for

SIZE_LIMIT = 4 * 1024 * 1024
"""Bytes of a codebook that is read, at most."""

MOST = 2000
"""Codes of a codebook that is read, at most."""

LONGEST = 1000
"""Characters of a code's name at most, its categories included."""

SEPARATOR = " / "
"""What joins the name of a code to that of its category."""

_CSV_NAMES = ("tag", "path", "name", "code")
_CSV_MEMOS = ("description", "memo")


@dataclass(frozen=True, slots=True)
class Found:
    """A code as another program has it."""

    name: str
    memo: str = ""
    colour: str = ""
    topic: bool = False


def read_codebook(path: Path) -> Codebook:
    """The codebook of a file, by its form.

    Raises:
        BriefError: it cannot be read or is no codebook.
    """
    content = read_named(path, SIZE_LIMIT)
    if content is None:
        raise BriefError(f"{path} is larger than 4 MB; a codebook is not.")
    return parse_codebook(content, path.name)


def parse_codebook(content: bytes, name: str) -> Codebook:
    """The codebook that some bytes are.

    Args:
        content: of a file.
        name: of the file; its ending decides where the form does not.

    Raises:
        BriefError: they are no codebook; the text says what can be read.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _as_codes(_read_qdc(content, name), name)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BriefError(f"{name} is not UTF-8; save it as UTF-8.") from error
    if name.lower().endswith(".toml"):
        from brief_tui.corpus.manifest import parse_manifest

        return from_manifest(parse_manifest(text, name))
    if ">>" in text or "\t" in text:
        return _as_codes(_read_qualcoder(text), name)
    return _as_codes(_read_csv(text, name), name)


def merged(codebook: Codebook, new: Codebook) -> Codebook:
    """A codebook with the codes of another.

    A code that both have, by id or by name, keeps its id, place and cues, and takes the other's memo where
    it has none; cues that it lacks are added. The others become its last themes and topics.
    """
    themes, topics = list(codebook.themes), list(codebook.topics)
    places = {
        key: (codes, at) for codes in (themes, topics) for at, code in enumerate(codes) for key in _keys(code)
    }
    for source, target in ((new.themes, themes), (new.topics, topics)):
        for code in source:
            known = next((places[key] for key in _keys(code) if key in places), None)
            if known is None:
                places.update((key, (target, len(target))) for key in _keys(code))
                target.append(code)
                continue
            codes, at = known
            cues = dict.fromkeys((*codes[at].cues, *code.cues))
            codes[at] = replace(codes[at], memo=codes[at].memo or code.memo, cues=tuple(cues))
    return replace(codebook, themes=tuple(themes), topics=tuple(topics))


def _keys(code: Code) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("id", code.id), ("name", code.name.casefold())


def _as_codes(found: Iterable[Found], name: str) -> Codebook:
    """The codes of another program: themes, but for those that our own list calls topics."""
    codes: dict[str, Code] = {}
    topics: set[str] = set()
    for each in found:
        if not each.name:
            continue
        if len(codes) == MOST:
            raise BriefError(f"{name} has more than {MOST} codes; import a smaller codebook.")
        code_id = id_for(each.name, codes)
        if each.topic:
            topics.add(code_id)
        colour = "" if each.topic else each.colour or COLOURS[(len(codes) - len(topics)) % len(COLOURS)]
        codes[code_id] = Code(code_id, each.name, colour, each.memo)
    if not codes:
        raise BriefError(
            f"{name} holds no codes; a codebook is .toml, .qdc, Taguette's .csv or QualCoder's .txt."
        )
    return Codebook(
        tuple(code for code in codes.values() if code.id not in topics),
        tuple(code for code in codes.values() if code.id in topics),
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _read_csv(text: str, name: str) -> Iterator[Found]:
    """Taguette's columns: tag (path, name), description."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise BriefError(f"{name} is no CSV file: {error}.") from error
    columns = [column.strip().lower() for column in rows[0]] if rows else []
    names = next((columns.index(wanted) for wanted in _CSV_NAMES if wanted in columns), None)
    memos = next((columns.index(wanted) for wanted in _CSV_MEMOS if wanted in columns), None)
    if names is None:
        raise BriefError(f"{name} has no column 'tag'; export the codebook from Taguette as CSV.")
    for row in rows[1:]:
        if names < len(row):
            memo = row[memos] if memos is not None and memos < len(row) else ""
            yield Found(_folded(_unguarded(row[names])), _unguarded(memo).strip())


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it as a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def _read_qualcoder(text: str) -> Iterator[Found]:
    for line in text.split("\n"):
        path, _, memo = line.partition("\t")
        parts = [part for step in path.split(">>") if (part := _folded(step))]
        ours = len(parts) == 2 and parts[0] in {"Themes", "Topics"}
        yield Found(
            parts[1] if ours else SEPARATOR.join(parts), memo.strip(), topic=ours and parts[0] == "Topics"
        )


@dataclass(slots=True)
class _Qdc:
    """What is kept while a .qdc file is read: the codes that are open, and those that were found."""

    path: list[Found] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    memo: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Code":
            names = [*(code.name for code in self.path), _folded(attributes.get("name", ""))]
            colour = attributes.get("color", "")
            code = Found(names[-1], colour=colour.lower() if re.fullmatch("#[0-9A-Fa-f]{6}", colour) else "")
            whole = SEPARATOR.join(name for name in names if name)
            if (
                len(whole) > LONGEST
            ):  # each code repeats the names above it: a small file would fill the memory
                raise BriefError(
                    f"The name “{whole[:40]}…” is longer than {LONGEST:,} characters; shorten it."
                )
            self.path.append(code)
            self.places.append(len(self.found))
            self.found.append(replace(code, name=whole))
            if attributes.get("isCodable") == "false":
                self.found[-1] = replace(self.found[-1], name="")
        elif tag == "Description" and self.places:
            self.memo = []

    def end(self, tag: str) -> None:
        if tag == "Code":
            self.path.pop()
            self.places.pop()
        elif tag == "Description" and self.memo is not None:
            at = self.places[-1]
            self.found[at] = replace(self.found[at], memo="".join(self.memo).strip())
            self.memo = None

    def text(self, characters: str) -> None:
        if self.memo is not None:
            self.memo.append(characters)


def _read_qdc(content: bytes, name: str) -> list[Found]:
    """The codes of a REFI-QDA codebook, a code in a category as "category / code"."""
    from xml.parsers import expat

    state = _Qdc()
    depth = 0

    def refuse(*_: object) -> None:
        raise BriefError(f"{name} declares entities or a document type; a codebook needs neither.")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > 100 or len(state.found) > MOST:
            raise BriefError(f"{name} is nested too deeply or has too many codes to be a codebook.")
        if depth == 1 and tag.rpartition(" ")[2] != "CodeBook":
            raise BriefError(f"{name} is no REFI-QDA codebook; its first element is not CodeBook.")
        state.start(tag.rpartition(" ")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        state.end(tag.rpartition(" ")[2])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = state.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BriefError(
            f"{name} is no valid XML at line {error.lineno}; export the codebook again."
        ) from error
    except (
        LookupError,
        ValueError,
    ) as error:  # what an encoding raises that Python lacks, or expat cannot use
        raise BriefError(f"{name} names an encoding that cannot be read; save it as UTF-8.") from error
    return state.found
