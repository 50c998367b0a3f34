"""From the text of a query to its lexemes: operators, and words with their signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from brief_tui.corpus.model import Kind
from brief_tui.errors import QueryError
from brief_tui.search.analysis import Token, is_cjk, tokens
from brief_tui.search.tree import How, Not, Nothing, Phrase, Query, Section, Where, Word

MAX_DISTANCE = 900
"""Words apart; a sentence is never longer in the index."""

_STAR, _MARK = "\U00010a00", "\U00010a10"  # letters of a dead script stand for * and ? in the tokenizer
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"') | dict.fromkeys(_STAR + _MARK + "\0", " "))
_LEXEME = regex.compile(
    r"""
    (?P<space>\s+)
    |(?P<open>\() |(?P<close>\))(?:\^(?P<group_boost>\d+(?:\.\d+)?))?
    |"(?P<phrase>[^"]*)"(?:~(?P<within>\d+))?(?:\^(?P<phrase_boost>\d+(?:\.\d+)?))?
    |(?P<quote>")
    |(?P<and>AND)(?![^\s()"]) |(?P<or>OR)(?![^\s()"]) |(?P<not>NOT)(?![^\s()"])
    |(?P<near>NEAR)(?:/(?P<distance>\d*))?(?![^\s()"])
    |(?P<minus>[-−–](?=[^\s)\-−–]))
    |(?P<field>doc|source|section|kind|theme|topic|tag|note):(?P<value>"[^"]*"|(?=\()|[^\s()"]*)
    |(?P<run>[^\s()"]+)
    """,
    regex.VERBOSE,
)
_SUFFIX = regex.compile(r"^(?P<body>.*?)(?:~(?P<edits>\d?))?(?:\^(?P<boost>\d+(?:\.\d+)?))?$", regex.DOTALL)
_WILD_MODEL = regex.compile(r"^\p{L}{1,6}[-‐‑‒–−][\p{N}*][\p{L}\p{N}*?]*$")
_QUESTION = regex.compile(r"""\s["(]*[\p{L}\p{M}'’-]*\p{L}(?P<mark>\?+)[\s")]*$""")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """An operator, bracket or word of a query.

    Attributes:
        kind: "node" for what is a query by itself, else the name of the operator.
        at: where it begins in the query.
        node: the query that it is.
        number: distance of a NEAR, weight of a closing bracket; 0 where there is none.
    """

    kind: str
    at: int
    node: Query | None = None
    number: float = 0.0


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a query in order; what holds no letter or digit is left out.

    Raises:
        QueryError: a quotation is open, or a number or a field's value is wrong.
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
                yield Lexeme("close", at, number=_number(found.group("group_boost"), at))
            elif found.group("near"):
                yield Lexeme("near", at, number=_near_distance(found.group("distance"), at))
            elif found.group("phrase") is not None:
                node = _phrase(found.group("phrase"), found.group("within"), at)
                if node is not None:
                    yield Lexeme("node", at, boosted(node, _number(found.group("phrase_boost"), at)))
            elif found.group("field"):
                yield from _field(found.group("field"), found.group("value"), at)
            elif found.group("run"):
                node = _run(found.group("run"), at)
                if node is not None:
                    yield Lexeme("node", at, node)


def without_question(text: str) -> str:
    """Text without the question mark that ends it, if it has several words: it is no wildcard there."""
    found = _QUESTION.search(text)
    if found is None:
        return text
    start, end = found.span("mark")
    blanked: str = text[:start] + " " * (end - start) + text[end:]
    return blanked


def _number(text: str | None, at: int) -> float:
    if not text:
        return 0.0
    number = float(text)
    if not 0 < number <= 1000:
        raise QueryError("A weight after ^ is a number above 0 and up to 1000.", at)
    return number


def _near_distance(text: str | None, at: int) -> int:
    if text == "":
        raise QueryError("NEAR/ needs a number of words, as in NEAR/8.", at)
    return 8 if text is None else _distance(text, at)


def _distance(text: str, at: int) -> int:
    if len(text) > 6 or not 1 <= int(text) <= MAX_DISTANCE:
        raise QueryError(f"A distance is a number of words from 1 to {MAX_DISTANCE}.", at)
    return int(text)


def _field(field: str, value: str, at: int) -> Iterator[Lexeme]:
    inner = value.strip('"').strip()
    if field == "section":
        yield Lexeme("section", at)
        node = _phrase(inner, None, at) if value.startswith('"') else _run(value, at)
        if node is not None:
            yield Lexeme("node", at, node)
        return
    if not inner:
        raise QueryError(f"{field}: needs a value right after the colon, in quotes if it has spaces.", at)
    if field == "kind" and inner.lower() not in {kind.value for kind in Kind}:
        raise QueryError(f"kind: is one of {', '.join(kind.value for kind in Kind)}.", at)
    yield Lexeme("node", at, Where(field, inner))


def _phrase(inner: str, within: str | None, at: int) -> Query | None:
    words = [word for found in plain_words(without_question(inner), "exact", quoted=True) for word in found]
    if not words:
        return None
    distance = _distance(within, at) if within else 1
    return words[0] if len(words) == 1 else Phrase(tuple(words), distance)


def _run(run: str, at: int) -> Query | None:
    """A run without spaces: a word with its signs, or several words that belong together ("China-led")."""
    suffix = _SUFFIX.match(run)
    body = suffix.group("body") if suffix else run
    exact = body.startswith("=")
    how: How = "exact" if exact else "fuzzy" if suffix and suffix.group("edits") is not None else "stem"
    if body.strip("*?") == "" and "*" in body:
        raise QueryError("A wildcard needs at least one letter or digit beside it.", at)
    groups = plain_words(body.removeprefix("="), how, quoted=False)
    if how == "fuzzy" and suffix is not None:
        edits = min(2, int(suffix.group("edits") or 0))
        groups = [tuple(replace(w, edits=edits) if w.how == "fuzzy" else w for w in g) for g in groups]
    words = tuple(word for group in groups for word in group)
    if not words:
        return None
    node: Query = words[0] if len(words) == 1 else Phrase(words)
    return boosted(node, _number(suffix.group("boost"), at) if suffix else 0.0)


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
    """A query with a weight; 0 is none."""
    if not boost or isinstance(node, Not | Section | Where | Nothing):
        return node
    return replace(node, boost=node.boost * boost)
