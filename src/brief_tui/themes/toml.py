"""A codebook into the text of a brief.toml; what is not changed keeps its form and its comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from brief_tui.corpus.manifest import parse_manifest
from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import Code, Codebook, Cue, from_manifest

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Array, InlineTable, String, Table


def with_codebook(text: str, codebook: Codebook) -> str:
    """The text of a brief.toml with other themes and topics.

    Codes that it has already are edited in place, in the codebook's order; others are added, and those that
    the codebook lacks are removed. Documents, aliases and everything else stay as they are.

    Args:
        text: of a valid brief.toml; empty for a new one.
        codebook: what it should hold.

    Raises:
        ManifestError: the text is no valid brief.toml, or a code has an id, colour or cue that cannot be.
    """
    import tomlkit

    before = from_manifest(parse_manifest(text))
    if (before.themes, before.topics) == (codebook.themes, codebook.topics):
        return text
    document = tomlkit.parse(text)
    for name, codes in (("theme", codebook.themes), ("topic", codebook.topics)):
        _put(document, name, codes)
    written = tomlkit.dumps(document)
    read = from_manifest(parse_manifest(written))
    if (read.themes, read.topics) != (codebook.themes, codebook.topics):
        raise ManifestError("The codebook cannot be written to brief.toml as it is; give every code a name.")
    return written


def _put(document: TOMLDocument, name: str, codes: Sequence[Code]) -> None:
    import tomlkit

    before = {str(table["id"]): table for table in document.get(name, ())}
    if [code.id for code in codes] == list(before):
        for code in codes:
            _edit(before[code.id], code)
        return
    tables = tomlkit.aot()
    for code in codes:
        table = before.get(code.id, tomlkit.table())
        _edit(table, code)
        tables.append(table)
    if not codes:
        document.pop(name, None)
    elif name in document:
        document[name] = tables
    else:
        document.append(name, tables)


def _edit(table: Table, code: Code) -> None:
    """Make a table say what a code says, touching only what differs."""
    for field, value in (("id", code.id), ("name", code.name), ("colour", code.colour), ("memo", code.memo)):
        if value and table.get(field) != value:
            table[field] = value
        elif not value:
            table.pop(field, None)
    had = [_read(entry) for entry in table.get("cues", ())]
    cues = list(code.cues)
    if not had and cues:
        table["cues"] = _array(cues)
    elif had != cues:
        _edit_cues(table["cues"], had, cues)


def _edit_cues(array: Array, had: Sequence[Cue], cues: Sequence[Cue]) -> None:
    """Make an array hold other cues; those that stay keep their form, and what is not theirs its comments."""
    steps = SequenceMatcher(None, had, cues, autojunk=False).get_opcodes()
    for _, start, end, first, last in reversed(steps):  # from the end, so that earlier places hold
        new = cues[first:last]
        kept = min(end - start, len(new))
        if had[start:end] == new:
            continue
        for at in reversed(range(start + kept, end)):
            del array[at]
        for at, cue in enumerate(new[kept:], start + kept):
            if at >= len(array):
                array.add_line(_written(cue))
            else:
                array.insert(at, _written(cue))
        for at, cue in enumerate(new[:kept], start):
            array[at] = _written(cue)


def _array(cues: Sequence[Cue]) -> Array:
    import tomlkit

    array = tomlkit.array()
    for cue in cues:
        array.append(_written(cue))
    return array.multiline(True)


def _written(cue: Cue) -> String | InlineTable:
    """A cue as TOML: its query alone where it has no more than that."""
    import tomlkit

    if cue == Cue(cue.q):
        return _query(cue.q)
    table = tomlkit.inline_table()
    table["q"] = _query(cue.q)
    if cue.weight != 1:
        table["weight"] = cue.weight
    if cue.scope != "sentence":
        table["scope"] = cue.scope
    if cue.unless:
        table["unless"] = _query(cue.unless)
    if cue.requires:
        table["requires"] = list(cue.requires)
    return table


def _query(query: str) -> String:
    """A query in single quotes where that can be, since queries are full of double ones."""
    import tomlkit

    plain = "'" not in query and query.isprintable()
    return tomlkit.string(query, literal=True) if plain else tomlkit.string(query)


def _read(entry: str | Mapping[str, Any]) -> Cue:
    if isinstance(entry, str):
        return Cue(" ".join(entry.split()))
    return Cue(
        " ".join(str(entry["q"]).split()),
        float(entry.get("weight", 1)),
        entry.get("scope", "sentence"),
        " ".join(str(entry.get("unless", "")).split()),
        tuple(str(code) for code in entry.get("requires", ())),
    )
