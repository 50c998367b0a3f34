"""brief.toml, typed: what it may hold, and what is wrong with it in words that name the field."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from brief_tui import __version__
from brief_tui.corpus.files import NotAFileError, read_bytes
from brief_tui.corpus.sealed import keep, recall
from brief_tui.errors import ManifestError

FILE_NAME = "brief.toml"
SIZE_LIMIT = 4 * 1024 * 1024

VERSION = 1
"""Raise it when the same text is read otherwise."""

_KEY = 16

CODES_LIMIT = 2000
"""Themes and topics at most."""

CUES_LIMIT = 5000
"""Cues of all themes and topics at most."""

NAMES_LIMIT = 2000
"""Names at most that stand for another in `aliases`."""

_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}""")
"""A key of more parts than any of ours: tomllib takes the square of the time for those of thousands."""

CodeId = Annotated[str, msgspec.Meta(pattern=r"^\w[\w.-]{0,63}$")]
BriefId = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$")]
Language = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]+)*)?$")]
Colour = Annotated[str, msgspec.Meta(pattern=r"^(#[0-9A-Fa-f]{6}|[a-z][a-z_]*)?$")]
Weight = Annotated[float, msgspec.Meta(gt=0, le=10)]
Words = Annotated[str, msgspec.Meta(min_length=1)]
Scope = Literal["sentence", "passage"]
"""Where all of a cue's query must hold."""
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], msgspec.Meta(max_length=100)]

# What a pattern wants, in words: msgspec's own message quotes the regular expression.
_WANTED = {
    r"^\w[\w.-]{0,63}$": "a short name of letters, digits, '_', '-' and '.'",
    r"^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$": "a short name of Latin letters, digits, '_', '-' and '.'",
    r"^([A-Za-z]{2,3}(-[A-Za-z0-9]+)*)?$": 'a language code such as "en"',
    r"^(#[0-9A-Fa-f]{6}|[a-z][a-z_]*)?$": 'the name of a colour such as "red", or "#rrggbb"',
}


class CueTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue with more than its query.

    Attributes:
        q: the query.
        weight: what a match adds to the code's score, above 0.
        scope: where all of the query must hold.
        unless: a query that cancels the occurrences it overlaps or touches in their sentence.
        requires: ids of codes that must hold in the passage or its section.
    """

    q: Words
    weight: Weight = 1.0
    scope: Scope = "sentence"
    unless: str = ""
    requires: tuple[CodeId, ...] = ()


CueEntry = Words | CueTable


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[theme]]`: a code that the reader walks."""

    id: CodeId
    name: str = ""
    colour: Colour = ""
    memo: str = ""
    cues: tuple[CueEntry, ...] = ()


class TopicTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[topic]]`: a code that helps to relate passages."""

    id: CodeId
    name: str = ""
    memo: str = ""
    cues: tuple[CueEntry, ...] = ()


class DocumentTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[document]]`: a file and what is known of its source; empty where nothing is known."""

    file: Words
    title: str = ""
    short: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    accessed: str = ""
    language: Language = ""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of a brief.toml, in its order; empty for a brief without one."""

    id: BriefId = ""
    title: str = ""
    language: Language = ""
    documents: tuple[DocumentTable, ...] = msgspec.field(default=(), name="document")
    themes: tuple[ThemeTable, ...] = msgspec.field(default=(), name="theme")
    topics: tuple[TopicTable, ...] = msgspec.field(default=(), name="topic")
    aliases: dict[Name, Names] = msgspec.field(default_factory=dict)


def read_manifest(path: Path, cache: Path | None = None) -> Manifest:
    """Read and check a brief.toml.

    Args:
        path: the file.
        cache: the private folder where what it held is kept, since TOML is slow to read; None keeps nothing.

    Raises:
        ManifestError: it cannot be read, is no TOML, or a field is wrong; the text names the field and
            what it should be.
    """
    text = _read(path)
    if cache is None:
        return parse_manifest(text, str(path))
    kept = cache / blake2b(os.fsencode(path.absolute()), digest_size=_KEY).hexdigest()
    key = blake2b(f"{__version__}-{VERSION}-{text}".encode(), digest_size=_KEY).digest()
    content = recall(kept)
    if content is not None and content[:_KEY] == key:
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(content[_KEY:], type=Manifest)
    manifest = parse_manifest(text, str(path))
    keep(kept, key + msgspec.json.encode(manifest))
    return manifest


def parse_manifest(text: str, where: str = FILE_NAME) -> Manifest:
    """Check the text of a brief.toml.

    Args:
        text: the TOML.
        where: what to call the file in an error.

    Raises:
        ManifestError: as `read_manifest`.
    """
    import tomllib

    if _LONG_KEY.search(text):
        raise ManifestError(f"{where} has keys of too many parts; flatten its tables.")
    try:
        data = _plain_dates(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        reason = str(error).replace("(at ", "(").rstrip(".")
        raise ManifestError(f"{where} is not valid TOML: {reason}.") from error
    except ValueError as error:  # Python refuses to make a number of thousands of digits
        raise ManifestError(f"{where} is not valid TOML: a number in it is too long.") from error
    except RecursionError as error:
        raise ManifestError(f"{where} is nested too deeply; flatten its tables.") from error
    try:
        manifest = msgspec.convert(data, Manifest)
    except msgspec.ValidationError as error:
        raise ManifestError(f"{where}: {_in_words(str(error))}.") from error
    _check_counts(where, manifest)
    _check_unique(where, "document", "file", (d.file for d in manifest.documents))
    codes = [*(t.id for t in manifest.themes), *(t.id for t in manifest.topics)]
    _check_unique(where, "theme or topic", "id", codes)
    for document in manifest.documents:
        _check_inside(where, document.file)
    return manifest


def _read(path: Path) -> str:
    try:
        content = read_bytes(path, SIZE_LIMIT)
    except NotAFileError as error:
        raise ManifestError(f"{path} is not a plain file; put the brief's settings in one.") from error
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from error
    if content is None:
        raise ManifestError(f"{path} is larger than 4 MB; keep only the brief's settings in it.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path} is not UTF-8 at byte {error.start}; save it as UTF-8.") from error


def _plain_dates(value: object) -> object:
    """The same data with TOML's dates as text: `date = 2025-01-17` needs no quotes."""
    if isinstance(value, dict):
        return {key: _plain_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_dates(item) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


_TYPES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}


def _in_words(message: str) -> str:
    """Msgspec's complaint as a sentence's end: `$.document[0].title` becomes "title of document 1"."""
    problem, _, path = message.partition(" - at ")
    field = _field(path)
    if missing := re.match(r"Object missing required field `(.+?)`", problem):
        return f"{field or 'the file'} needs a {missing[1]!r}"
    if unknown := re.match(r"Object contains unknown field `(.+?)`", problem):
        near = f" of {field}" if field else ""
        return f"the field {unknown[1]!r}{near} is not known; remove it or mend its spelling"
    if pattern := re.match(r"Expected `str` matching regex '(.*)'$", problem, re.DOTALL):
        return f"{field} should be {_WANTED.get(pattern[1].replace(chr(92) * 2, chr(92)), 'spelt otherwise')}"
    if problem.startswith("Expected `str` of length >= 1"):
        return f"{field} should not be empty"
    wanted = problem.partition(", got ")[0].removeprefix("Expected ")
    wanted = re.sub(r"`(\w+)(?: \| (\w+))?`", _type_words, wanted)
    wanted = re.sub(r"(a list|quotes) of length <= (\d+)$", _most, wanted)
    return (
        f"{field or 'the file'} should be {wanted}"
        if problem.startswith("Expected")
        else f"{field}: {problem}"
    )


def _type_words(found: re.Match[str]) -> str:
    return " or ".join(_TYPES.get(name, name) for name in found.groups() if name)


def _most(found: re.Match[str]) -> str:
    return f"{found[1]}, of at most {found[2]} {'entries' if found[1] == 'a list' else 'characters'}"


def _field(path: str) -> str:
    """`$.theme[1].cues[0].q` as "q of cue 1 of theme 2"."""
    steps = re.findall(r"\.(\w+)|\[(\d+)\]|\[(\.\.\.)\]", path.strip("`").removeprefix("$"))
    words: list[str] = []
    for name, index, _ in steps:
        if name or not index:
            words.append(name or "names")  # of what is no list but a table of lists: the aliases
        elif index and words:
            words[-1] = f"{words[-1].removesuffix('s')} {int(index) + 1}"
    return " of ".join(reversed(words))


def _check_counts(where: str, manifest: Manifest) -> None:
    cues = [len(code.cues) for code in manifest.themes] + [len(code.cues) for code in manifest.topics]
    for count, limit, what in (
        (len(cues), CODES_LIMIT, "themes and topics"),
        (sum(cues), CUES_LIMIT, "cues"),
        (sum(map(len, manifest.aliases.values())), NAMES_LIMIT, "names in [aliases]"),
    ):
        if count > limit:
            raise ManifestError(f"{where} has more than {limit:,} {what}; take some of them out.")


def _check_unique(where: str, table: str, field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ManifestError(
                f"{where}: {value!r} is the {field} of more than one {table}; keep one of them."
            )
        seen.add(value)


def _check_inside(where: str, file: str) -> None:
    parts = file.replace("\\", "/").split("/")
    if file.startswith(("/", "\\", "~")) or ".." in parts or re.match(r"^[A-Za-z]:", file) or "\0" in file:
        raise ManifestError(f"{where}: the file {file!r} lies outside the brief's folder; move it inside.")
