"""Files of the formats that are more than text, made from scratch."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from brief_tui.corpus.extract import isolated
from brief_tui.corpus.loader import load
from brief_tui.corpus.model import Document, Entry, Metadata

Pdf = Callable[..., bytes]
Epub = Callable[..., bytes]
Read = Callable[..., Document]

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<metadata>{known}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
)
KNOWN = (
    "<dc:title>The Book of Bees</dc:title><dc:creator>Ada Brown</dc:creator><dc:creator>Cem Diaz</dc:creator>"
    "<dc:publisher>Hive Press</dc:publisher><dc:date>2001-02-03T00:00:00Z</dc:date>"
    "<dc:language>en-GB</dc:language>"
)


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture
def pdf() -> Pdf:
    """Makes a PDF of pages of lines, byte by byte."""

    def make(*pages: Sequence[str], info: str = "", catalog: str = "", objects: Sequence[str] = ()) -> bytes:
        kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
        made = [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for lines in pages:
            shown = "\n".join(f"({line}) Tj T*" for line in lines)
            stream = f"BT /F1 12 Tf 72 720 Td 14 TL\n{shown}\nET"
            made.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(made) + 2} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>"
            )
            made.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        made += objects
        made.append(f"<< {info} >>")
        out, places = "%PDF-1.4\n", []
        for number, content in enumerate(made, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n{content}\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        size = len(made) + 1
        out += (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {size} /Root 1 0 R /Info {len(made)} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        )
        return out.encode("latin-1")

    return make


@pytest.fixture
def epub() -> Epub:
    """Makes an EPUB of chapters: bodies by their file names, in reading order."""

    def make(chapters: Mapping[str, str], *, known: str = KNOWN, nav: str = "", **extra: str) -> bytes:
        page = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            "<head><title>x</title></head><body>{}</body></html>"
        )
        items = "".join(
            f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
        )
        entries = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
        if nav:
            items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            entries["OPS/nav.xhtml"] = page.format(nav)
        spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
        entries["OPS/book.opf"] = OPF.format(known=known, items=items, spine=spine)
        entries.update(
            {f"OPS/{n}": b if b.startswith("<!DOCTYPE") else page.format(b) for n, b in chapters.items()}
        )
        return zipped({**entries, **extra})

    return make


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Writes a file and loads it as a document of a brief, in this process so that coverage sees it."""

    def asked(path: Path, _: object) -> bytes:
        return msgspec.json.encode(isolated._answer(path))

    monkeypatch.setattr(isolated, "_asked", asked)

    def load_file(
        name: str,
        content: bytes | str,
        *,
        told: Metadata | None = None,
        language: str = "",
        cache: bool = False,
    ) -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        entry = Entry(name, path, told or Metadata(), path.stem)
        return load(entry, default_language=language, cache=tmp_path / "cache" if cache else None)

    return load_file
