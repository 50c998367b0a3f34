"""The codebook as data: themes and topics, their cues, and what may be wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from brief_tui.errors import ManifestError, QueryError

if TYPE_CHECKING:
    from brief_tui.corpus.schema import CueEntry, Manifest, Scope, ThemeTable, TopicTable
    from brief_tui.search.query import Query

COLOURS = ("red", "yellow", "cyan", "green", "magenta", "blue", "orange", "violet", "teal")
"""What themes that name no colour get, in their order."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A query of a code.

    Attributes:
        q: the query.
        weight: what a match adds to the code's score of a passage.
        scope: where all of the query must hold: one sentence, or the passage.
        unless: a query whose matches cancel the occurrences of `q` that they overlap or touch in a
            sentence; empty for none.
        requires: ids of codes that must hold in the passage or its section.
    """

    q: str
    weight: float = 1.0
    scope: Scope = "sentence"
    unless: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A theme or a topic.

    Attributes:
        id: what commands and exports call it.
        name: what readers see.
        colour: a name or `#rrggbb`; empty for a topic.
        memo: what it means, for whoever codes by it.
        cues: how it is found.
    """

    id: str
    name: str
    colour: str = ""
    memo: str = ""
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """The codes of a brief: themes, which the reader walks, and topics, which relate passages.

    Attributes:
        themes: in the brief's order.
        topics: likewise.
        aliases: names of one thing, which cues take for each other: a name and what stands for it.
    """

    themes: tuple[Code, ...] = ()
    topics: tuple[Code, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """Every code by its id, themes first."""
        return {code.id: code for code in (*self.themes, *self.topics)}

    @property
    def said(self) -> tuple[object, ...]:
        """All that tags depend on: codes in their order with their cues, and aliases; not names and looks."""
        cues = [[(code.id, code.cues) for code in codes] for codes in (self.themes, self.topics)]
        return cues, dict(self.aliases)

    def in_order(self) -> Iterator[Code]:
        """Every code, each after the codes that its cues require.

        Raises:
            ManifestError: codes require each other in a circle, or one that does not exist.
        """
        done: set[str] = set()
        for first in self.codes:
            # What waits for what it requires, the last first: a chain may be longer than calls may nest.
            waiting = {first: self._required(first)} if first not in done else {}
            while waiting:
                code_id, required = next(reversed(waiting.items()))
                wanted = next((each for each in required if each not in done), None)
                if wanted in waiting:
                    raise ManifestError(
                        f"The cues of {wanted!r} require each other in a circle; remove one 'requires'."
                    )
                if wanted is not None:
                    waiting[wanted] = self._required(wanted)
                    continue
                del waiting[code_id]
                done.add(code_id)
                yield self.codes[code_id]

    def _required(self, code_id: str) -> Iterator[str]:
        for at, cue in enumerate(self.codes[code_id].cues, 1):
            for wanted in cue.requires:
                if wanted not in self.codes:
                    raise ManifestError(
                        f"Cue {at} of {code_id!r} requires {wanted!r}, which is no theme or topic;"
                        " remove it or mend its spelling."
                    )
                yield wanted


def from_manifest(manifest: Manifest) -> Codebook:
    """The codebook of a brief.toml.

    Names and colours that it does not give are filled in: a name from the id, a colour by the theme's place.

    Raises:
        ManifestError: a cue requires a code that does not exist, or codes require each other in a circle.
    """
    themes = tuple(
        _code(table, table.colour or COLOURS[at % len(COLOURS)]) for at, table in enumerate(manifest.themes)
    )
    codebook = Codebook(themes, tuple(_code(table, "") for table in manifest.topics), manifest.aliases)
    for _ in codebook.in_order():
        pass
    return codebook


def readable(code_id: str) -> str:
    """A code's id as a name: "mutual_defence" becomes "Mutual defence"."""
    words = " ".join(code_id.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def id_for(name: str, taken: Collection[str] = ()) -> str:
    """An id for a code's name: letters, digits and underscores, never empty, and none of those taken."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"\W+", "_", unicodedata.normalize("NFC", bare)).strip("_")[:60].strip("_") or "code"
    candidate, number = plain, 1
    while candidate in taken:
        number += 1
        candidate = f"{plain}_{number}"
    return candidate


def check(codebook: Codebook) -> None:
    """Parse every cue.

    Raises:
        ManifestError: the first cue that does not parse; the text names its code, its number and the place.
    """
    for code in codebook.in_order():
        for at, cue in enumerate(code.cues, 1):
            check_cue(cue, f"Cue {at} of {code.id!r}")


@lru_cache(maxsize=1024)
def parsed(query: str) -> Query:
    """A cue's query as a tree; each is parsed once, though it is checked, tagged and told of.

    Raises:
        QueryError: it does not parse.
    """
    from brief_tui.search.query import parse

    return parse(query)


def check_cue(cue: Cue, where: str) -> None:
    """Parse one cue.

    Args:
        cue: the cue.
        where: what to call it in an error.

    Raises:
        ManifestError: its query or its `unless` does not parse.
    """
    for part, query in (("", cue.q), ("the 'unless' of ", cue.unless)):
        if not query:
            continue
        try:
            parsed(query)
        except QueryError as error:
            place = f"at character {error.position + 1} of {query!r}"
            raise ManifestError(f"{where}: {part}its query is wrong {place}: {error}") from error


def with_code(codebook: Codebook, code: Code) -> Codebook:
    """The codebook with a code put in place of the one of its id, or as its last theme."""
    if code.id in {topic.id for topic in codebook.topics}:
        return replace(codebook, topics=_replaced(codebook.topics, code))
    if code.id in codebook.codes:
        return replace(codebook, themes=_replaced(codebook.themes, code))
    return replace(codebook, themes=(*codebook.themes, code))


def _replaced(codes: Iterable[Code], new: Code) -> tuple[Code, ...]:
    return tuple(new if code.id == new.id else code for code in codes)


def _code(table: ThemeTable | TopicTable, colour: str) -> Code:
    return Code(
        id=table.id,
        name=table.name or readable(table.id),
        colour=colour,
        memo=table.memo,
        cues=tuple(_cue(entry) for entry in table.cues),
    )


def _cue(entry: CueEntry) -> Cue:
    if isinstance(entry, str):
        return Cue(_on_one_line(entry))
    return Cue(_on_one_line(entry.q), entry.weight, entry.scope, _on_one_line(entry.unless), entry.requires)


def _on_one_line(query: str) -> str:
    return " ".join(query.split())
