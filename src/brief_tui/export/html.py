"""One self-contained page: no script, nothing fetched, fit for paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

from brief_tui.export.colours import colours
from brief_tui.export.counts import counts, themes_of
from brief_tui.export.excerpts import groups
from brief_tui.export.request import ExportRequest
from brief_tui.export.text import printable

HEATS = 6
"""Shades of the table of documents and themes, the palest for none."""


def render(request: ExportRequest) -> Iterator[bytes]:
    """The page, with a table of contents, the table of documents and themes, and the excerpts."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    template = environment.from_string(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
    style = _style(request)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    stream = template.stream(
        request=request,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        themes=themes_of(request),
        classes={theme.id: f"theme-{number}" for number, theme in enumerate(themes_of(request), 1)},
        table=_table(request),
        contents=_contents(request),
        groups=groups(request),
    )
    stream.enable_buffering(64)
    return (piece.encode("utf-8", "replace") for piece in stream)


def render_body(request: ExportRequest) -> Iterator[bytes]:
    """The page without its head and style: what it says."""
    pieces = render(request)
    before = b""
    for piece in pieces:
        before += piece
        if b"<body>" in before:
            yield before.partition(b"<body>")[2].lstrip()
            yield from pieces


def _shown(value: object) -> object:
    from markupsafe import Markup

    return value if isinstance(value, Markup) else printable(str(value))


def _style(request: ExportRequest) -> str:
    """The page's style with the themes' colours."""
    known = colours(request.codes)
    shades = [known.get(theme.id, "#616161") for theme in themes_of(request)]
    rules = [
        f".tags .theme-{at} {{ border-color: {shade}; }}\n.swatch.theme-{at} {{ color: {shade}; }}"
        for at, shade in enumerate(shades, 1)
    ]
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8") + "\n".join(rules) + "\n"


def _contents(request: ExportRequest) -> list[tuple[str, int]]:
    """The title of each part of the page with its number of excerpts."""
    return [(group.title, group.size) for group in groups(request)]


def _table(request: ExportRequest) -> list[tuple[str, list[tuple[int, int]]]]:
    """For each document its title, and for each theme the number of its passages with its shade."""
    found = counts(request)
    most = max(found.values(), default=0)
    return [
        (
            document.title,
            [
                (number, -(-number * (HEATS - 1) // most) if most else 0)
                for number in (found[document.id, theme.id] for theme in themes_of(request))
            ],
        )
        for document in request.documents
    ]
