"""From the text of a query to its lexemes: operators, and words with their signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import regex

from brief_tui.corpus.model import Kind
from brief_tui.errors import QueryError
from brief_tui.search.analysis import Token, is_cjk, tokens
from brief_tui.search.tree import How, Not, Nothing, Phrase, Query, Section, Where, Word

MAX_DISTANCE = 900
"""Words apart; a sentence is never longer in the index."""

_STAR, _MARK = "\U00010a00", "\U00010a10"  # letters of a dead script stand for * and ? in the tokenizer
_SIGNS = str.maketrans(
    dict.fromkeys("“”„‟«»＂″「」『』", '"')
    | {"（": "(", "）": ")"}
    | dict.fromkeys(_STAR + _MARK + "\0", " ")
)
_GERSHAYIM = regex.compile(r'(?<=\p{Hebrew})"(?=\p{Hebrew})')
_LEXEME = regex.compile(
    r"""
    (?P<space>\s+)
    |(?P<open>\() |(?P<close>\))(?:\^(?P<group_boost>\d+(?:\.\d+)?))?
    |"(?P<phrase>[^"]*)"(?:~(?P<within>\d+))?(?:\^(?P<phrase_boost>\d+(?:\.\d+)?))?
    |(?P<quote>")
    |(?P<and>AND)(?![^\s()"]) |(?P<or>OR)(?![^\s()"]) |(?P<not>NOT)(?![^\s()"])
    |(?P<near>NEAR)(?:/(?P<distance>[^\s()"]*))?(?![^\s()"])
    |(?P<minus>[-−–](?=[^\s)\-−–]))
    |(?P<field>doc|source|section|kind|theme|topic|tag|note):(?P<value>"[^"]*"|(?=\()|[^\s()"]*)
    |(?P<run>[^\s()"]+)
    """,
    regex.VERBOSE,
)
_SUFFIX = regex.compile(r"(?P<body>.*?)(?:~(?P<edits>\d*))?(?:\^(?P<boost>\d+(?:\.\d+)?))?", regex.DOTALL)
_WILD_MODEL = regex.compile(r"^\p{L}{1,6}[-‐‑‒–−][\p{N}*][\p{L}\p{N}*?]*$")
_QUESTION = regex.compile(r"""\s["(]*[\p{L}\p{M}'’-]*\p{L}\s?(?P<mark>\?+)[\s")]*$""")


_WRONG_WEIGHT = "A weight after ^ is a number above 0 and up to 1000."
_MISPLACED = "A number follows ~ and ^, and they stand right after a word, a quotation or a bracket."
_BARE_WILDCARD = "A wildcard needs at least one letter or digit beside it."


@dataclass(frozen=True, slots=True)
class Lexeme:
    """An operator, bracket or word of a query.

    Attributes:
        kind: "node" for what is a query by itself, else the name of the operator.
        at: where it begins in the query.
        node: the query that it is.
        number: distance of a NEAR, weight of a closing bracket; 0 of others.
    """

    kind: str
    at: int
    node: Query | None = None
    number: float = 0.0


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query in order; what holds no letter or digit is left out.

    Args:
        text: a query as `with_plain_signs` gives it.

    Raises:
        QueryError: a quotation is open, or a number, a sign or a field's value is wrong.
    """
    for found in _LEXEME.finditer(text):
        at = found.start()
        for kind in ("open", "and", "or", "not", "minus"):
            if found.group(kind):
                yield Lexeme(kind, at)
                break
        else:
            if found.group("quote"):
                raise QueryError('A quotation is not closed; add " at its end.', at)
            if found.group("close"):
                yield Lexeme("close", at, number=_weight(found, "group_boost"))
            elif found.group("near"):
                yield Lexeme("near", at, number=_near_distance(found))
            elif found.group("phrase") is not None:
                node = _phrase(found.group("phrase"), at + 1, _distance(found, "within") or 1)
                if node is not None:
                    yield Lexeme("node", at, boosted(node, _weight(found, "phrase_boost")))
            elif found.group("field"):
                yield from _field(found, text[found.end() : found.end() + 1])
            elif found.group("run"):
                node = _run(found.group("run"), at, text[max(0, at - 1) : at])
                if node is not None:
                    yield Lexeme("node", at, node)


def with_plain_signs(text: str) -> str:
    """A query with straight quotation marks and plain brackets, every character in its place.

    A mark between two Hebrew letters is a letter's sign, as in צה"ל.
    """
    plain: str = _GERSHAYIM.sub("״", text.translate(_SIGNS))
    return plain


def without_question(text: str) -> str:
    """Text without the question mark that ends it, if it has several words: it is no wildcard there."""
    found = _QUESTION.search(text)
    if found is None:
        return text
    start, end = found.span("mark")
    blanked: str = text[:start] + " " * (end - start) + text[end:]
    return blanked


def _weight(found: Any, group: str, offset: int = 0) -> float:
    """The weight that a group of a match holds, from `offset` in the query on; 1 where there is none."""
    if found.group(group) is None:
        return 1.0
    number = float(found.group(group))
    if not 0 < number <= 1000:
        raise QueryError(_WRONG_WEIGHT, offset + found.start(group))
    return number


def _near_distance(found: Any) -> int:
    text = found.group("distance")
    if text is not None and not text.isdecimal():
        raise QueryError("NEAR/ needs a number of words, as in NEAR/8.", found.start("distance"))
    return _distance(found, "distance") or 8


def _distance(found: Any, group: str) -> int:
    """The number of words that a group of a match holds; 0 where there is none."""
    text = found.group(group)
    if text is None:
        return 0
    if len(text) > 6 or not 1 <= int(text) <= MAX_DISTANCE:
        raise QueryError(f"A distance is a number of words from 1 to {MAX_DISTANCE}.", found.start(group))
    return int(text)


def _field(found: Any, after: str) -> Iterator[Lexeme]:
    """A field with its value, before the character `after`; of section: what follows may be a group."""
    field, value = found.group("field"), found.group("value")
    at, place = found.start(), found.start("value")
    inner = value.strip('"').strip()
    if after == '"' and not value:
        return  # the open quotation is the next lexeme
    node: Query | None = None
    if field == "section":
        node = _phrase(value[1:-1], place + 1, 1) if value.startswith('"') else _run(value, place)
    elif inner:
        node = Where(field, inner)
    if node is None and not (field == "section" and after == "(" and not value):
        raise QueryError(f"{field}: needs a value right after the colon, in quotes if it has spaces.", place)
    if field == "kind" and inner.lower() not in {kind.value for kind in Kind}:
        raise QueryError(f"kind: is one of {', '.join(kind.value for kind in Kind)}.", place)
    if field == "section":
        yield Lexeme("section", at)
    if node is not None:
        yield Lexeme("node", place, node)


def _phrase(inner: str, at: int, distance: int) -> Query | None:
    for piece in regex.finditer(r"\S+", inner):
        if "*" in piece.group() and not piece.group().strip("*?"):
            raise QueryError(_BARE_WILDCARD, at + piece.start())
    words = [word for found in plain_words(without_question(inner), "exact", quoted=True) for word in found]
    if not words:
        return None
    return words[0] if len(words) == 1 else Phrase(tuple(words), distance)


def _run(run: str, at: int, before: str = "") -> Query | None:
    """A run without spaces: a word with its signs, or several words that belong together ("China-led").

    Args:
        run: its characters.
        at: where it begins in the query.
        before: the character before it.
    """
    suffix = _SUFFIX.fullmatch(run)
    assert suffix is not None  # noqa: S101 - its body takes anything
    body, edits = suffix.group("body", "edits")
    plain = body.removeprefix("=")
    if (not body and run) or run.startswith("^") or (before in {'"', ")"} and run.startswith("~")):
        raise QueryError(_MISPLACED, at)
    if "^" in body:
        raise QueryError(_WRONG_WEIGHT, at + body.index("^") + 1)
    if edits not in (None, "", "1", "2"):
        raise QueryError("After ~ stands how many letters may differ: 1 or 2.", at + suffix.start("edits"))
    if "*" in plain and not plain.strip("*?"):
        raise QueryError(_BARE_WILDCARD, at)
    how: How = "exact" if body != plain else "fuzzy" if edits is not None else "stem"
    groups = plain_words(plain, how, quoted=False)
    if edits:
        most = int(edits)
        groups = [tuple(replace(w, edits=most) if w.how == "fuzzy" else w for w in g) for g in groups]
    words = tuple(word for group in groups for word in group)
    if not words:
        return None
    node: Query = words[0] if len(words) == 1 else Phrase(words)
    return boosted(node, _weight(suffix, "boost", at))


def plain_words(text: str, how: How, *, quoted: bool) -> list[tuple[Word, ...]]:
    """The words of a stretch of a query without operators, in groups that stand together in it."""
    groups: list[tuple[Word, ...]] = []
    skipped = 0
    for piece in regex.finditer(r"\S+", text):
        run = piece.group()
        if _WILD_MODEL.match(run) and ("*" in run or "?" in run):
            pattern = regex.sub("[‐‑‒–−]", "-", run)
            groups.append((Word(pattern.lower(), "wild", cased=_cased(pattern, quoted)),))
        else:
            masked = run.replace("*", _STAR).replace("?", _MARK)
            words, skipped = _words([t for t in tokens(masked) if t.step], masked, how, quoted, skipped)
            groups.append(words)
    return [group for group in groups if group]


def _words(
    found: list[Token], run: str, how: How, quoted: bool, skipped: int
) -> tuple[tuple[Word, ...], int]:
    """The words of a run; of overlapping pairs of characters, as many as cover it.

    The number is how many tokens of the index stand between the last word and what follows the run.
    """
    words: list[Word] = []
    for index, token in enumerate(found):
        text = token.surface.replace(_STAR, "*").replace(_MARK, "?")
        tail = index > 0 and token.start < found[index - 1].end
        if tail and is_cjk(text) and token.end - token.start == 1:
            skipped += 1
            continue
        if not text.strip("*?"):
            continue
        kind: How = how
        if "*" in text or "?" in text:
            kind = "wild"
        elif is_cjk(text):
            kind = "character" if token.end - token.start == 1 else "exact"
        typed = run[token.start : token.end].replace(_STAR, "*").replace(_MARK, "?")
        words.append(Word(text, kind, cased=_cased(typed, quoted), step=1 + skipped))
        skipped = 0
    return tuple(words), skipped


def _cased(typed: str, quoted: bool) -> str:
    return typed if quoted and typed != typed.lower() else ""


def boosted(node: Query, boost: float) -> Query:
    """A query with a weight, where it has words whose rank it can change."""
    if isinstance(node, Not | Section | Where | Nothing):
        return node
    return replace(node, boost=node.boost * boost)
