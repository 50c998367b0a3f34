"""The cited documents for reference managers: CSL-JSON and BibTeX, with what is known and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from brief_tui.corpus.model import Document
from brief_tui.export.excerpts import groups
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import as_json, fold, printable

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces, whether they are escaped or not.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}


def _cited(request: ExportRequest) -> Iterator[tuple[str, Document]]:
    """The documents that have excerpts, each with a key of its own."""
    taken: set[str] = set()
    for group in groups(request):
        if group.document is not None and group.size:
            key = base = _key(group.document)
            number = 1
            while key in taken:
                number += 1
                key = f"{base}-{number}"
            taken.add(key)
            yield key, group.document


def _key(document: Document) -> str:
    known = document.entry.metadata
    words = " ".join((known.author.split(";")[0].split(",")[0], known.date[:4], document.name))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower() or "document"


def render_csl(request: ExportRequest) -> Iterator[bytes]:
    """CSL-JSON: an array of items."""
    items = [_csl(key, document) for key, document in _cited(request)]
    yield msgspec.json.format(as_json(items), indent=2) + b"\n"


def _csl(key: str, document: Document) -> dict[str, object]:
    known = document.entry.metadata
    item: dict[str, object] = {
        "id": key,
        "type": "webpage" if known.url else "document",
        "title": fold(document.title),
        "author": [{"literal": name} for name in _names(known.author)],
        "publisher": known.publisher,
        "issued": _csl_date(known.date),
        "accessed": _csl_date(known.accessed),
        "URL": known.url,
        "language": document.language,
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(date: str) -> dict[str, object]:
    if found := _DATE.fullmatch(date.strip()):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    return {"literal": date} if date.strip() else {}


def _names(author: str) -> list[str]:
    """The names between semicolons; anything finer would be a guess."""
    return [name.strip() for name in author.split(";") if name.strip()]


def render_bibtex(request: ExportRequest) -> Iterator[bytes]:
    """BibTeX in UTF-8, with the date fields of both BibTeX and BibLaTeX."""
    for key, document in _cited(request):
        known = document.entry.metadata
        fields = {
            "title": f"{{{_tex(document.title)}}}",
            "author": " and ".join(f"{{{_tex(name)}}}" for name in _names(known.author)),
            "publisher": _tex(known.publisher),
            **_tex_date(known.date),
            "url": re.sub(r"[\s{}\\]", lambda sign: f"%{ord(sign[0]):02X}", printable(known.url)),
            "urldate": _tex(known.accessed),
            "language": _tex(document.language),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        yield f"@misc{{{key},\n{lines}}}\n\n".encode()


def _tex_date(date: str) -> dict[str, str]:
    if found := _DATE.fullmatch(date.strip()):
        return {"date": date.strip(), "year": found[1], "month": (found[2] or "").lstrip("0")}
    return {"year": _tex(date)}


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in printable(fold(text)))
