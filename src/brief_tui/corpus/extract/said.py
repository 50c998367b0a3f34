"""What a format's own fields say of a source, where that is plausible; nothing is guessed.

The date of a file is no date of publication: fields that hold when a file was made or changed are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from brief_tui.corpus.extract.layout import fold
from brief_tui.corpus.looks import words
from brief_tui.corpus.visible import visible

_LONGEST = 300
_NOTHING = words(
    "untitled unknown none null title author admin administrator user owner default n/a na - document "
    "document1 unbekannt inconnu"
) | {
    "untitled document",
    "microsoft office user",
    "windows user",
    "powerpoint presentation",
    "slide 1",
    "no title",
}
_FILE = re.compile(
    r".*\.(?:docx?|pdf|indd|qxp|qxd|rtf|tex|dvi|ps|html?|odt|pptx?|xlsx?|txt|pages|wpd|cdr|ai)", re.IGNORECASE
)
_PROGRAM = re.compile(r"(?:microsoft (?:word|powerpoint|excel)|layout 1|print(?:ing)?)\b.*", re.IGNORECASE)
_ISO = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?=$|[T ])")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)


def said(value: object) -> str:
    """A field's words on one line; empty where it holds nothing that a reader would cite."""
    if not isinstance(value, str):
        return ""
    line = visible(fold(value[: 4 * _LONGEST]))
    if len(line) > _LONGEST or line.casefold() in _NOTHING or not any(c.isalnum() for c in line):
        return ""
    return line


def title(value: object) -> str:
    """A field's words if they can be a title: no file's name, no program's."""
    line = said(value)
    return "" if _FILE.fullmatch(line) or _PROGRAM.fullmatch(line) else line


def people(values: Iterable[object]) -> str:
    """Names, each once, parted by commas; addresses of pages are none."""
    names = [name for name in map(said, values) if name and not _ADDRESS.match(name)]
    return ", ".join(dict.fromkeys(names[:20]))


def date(value: object) -> str:
    """A date: its day, month or year where it is written as ISO 8601, else its words if they hold a year."""
    line = said(value)
    found = _ISO.match(line)
    if found:
        return found[0]
    return line if len(line) <= 40 and _YEAR.search(line) else ""


def language(value: object) -> str:
    """The ISO 639-1 code of a language tag."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else ""


def address(value: object) -> str:
    """An address on the web."""
    found = _ADDRESS.fullmatch(value.strip()) if isinstance(value, str) else None
    return visible(found[0]) if found else ""
