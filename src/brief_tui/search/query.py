"""The query language: text to a tree of frozen dataclasses.

    words are all wanted     =exact     "a phrase"     "ordered within"~5     a NEAR/8 b
    AND OR NOT ( ) -word     wild*     defen?e     fuzzy~ fuzzy~1     word^2 (group)^2
    doc: source: section: kind: theme: topic: tag: note:

NEAR binds tighter than NOT, NOT than AND, AND (written or not) than OR. Operators are in capitals. What a
tree finds is decided by `matching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import regex

from brief_tui.corpus.model import Kind
from brief_tui.errors import QueryError
from brief_tui.search.analysis import Token, is_cjk, tokens

How = Literal["stem", "exact", "wild", "fuzzy", "character"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        text: the word in the form that the index keeps; for `wild` a pattern with * and ?.
        how: what a text's word must share with it: its stem, all letters, the pattern, all but `edits`
            letters, or its first character (a single Chinese, Japanese or Korean character).
        edits: letters that may differ (fuzzy); 0 leaves it to the word's length.
        cased: the word as it was typed where its case must be matched too, else empty.
        step: in a phrase, how many words after the one before it.
        boost: its weight in ranking.
    """

    text: str
    how: How = "stem"
    edits: int = 0
    cased: str = ""
    step: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order in one sentence, each at most `within` words after the one before it."""

    words: tuple[Word, ...]
    within: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Two things in one sentence in any order, at most `distance` words apart."""

    left: Query
    right: Query
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; a part that is `Not` must be missing.

    `written` where an AND was typed: then all are wanted even if no passage has them.
    """

    parts: tuple[Query, ...]
    boost: float = 1.0
    written: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts; `same` where they are names of one thing, which rank as one word."""

    parts: tuple[Query, ...]
    boost: float = 1.0
    same: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever does not hold the part."""

    part: Query


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under (or that are) a heading which holds the part."""

    part: Query


@dataclass(frozen=True, slots=True)
class Where:
    """Passages by what is known of them: doc, source, kind, or the sets theme, topic, tag and note."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A query without a word; it finds nothing."""


Query = Word | Phrase | Near | And | Or | Not | Section | Where | Nothing

FIELDS = ("doc", "source", "section", "kind", "theme", "topic", "tag", "note")
SETS = frozenset({"theme", "topic", "tag", "note"})
"""Fields whose passages are given at query time."""

MAX_LENGTH = 10_000
"""Code points of a query."""
MAX_DEPTH = 40
"""Brackets within brackets."""
MAX_DISTANCE = 900
"""Words apart; a sentence is never longer in the index."""

_STAR, _MARK = "\U00010a00", "\U00010a10"  # letters of a dead script stand for * and ? in the tokenizer
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"') | dict.fromkeys(_STAR + _MARK + "\0", " "))
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


def parse(text: str, *, lenient: bool = False) -> Query:
    """What a query means.

    Args:
        text: the query as it was typed.
        lenient: for a query that is still being typed: what is open is closed, what dangles is dropped,
            and what still does not parse is taken as plain words.

    Returns:
        The tree; `Nothing` where there is no word in it.

    Raises:
        QueryError: it does not parse and `lenient` is false.
    """
    if not lenient:
        return _Parser(text).parse()
    text = text[:MAX_LENGTH]
    for attempt in _mended(text):
        try:
            return _Parser(attempt).parse()
        except QueryError:
            continue
    words = [word for found in _plain(text, "stem", quoted=False) for word in found]
    return _all(tuple(words[:100]))


def references(query: Query) -> frozenset[tuple[str, str]]:
    """The (field, value) pairs of theme:, topic:, tag: and note: in a query, as they were typed."""
    return frozenset((n.field, n.value) for n in walk(query) if isinstance(n, Where) and n.field in SETS)


def walk(query: Query) -> Iterator[Query]:
    """A query and all that is inside it."""
    yield query
    match query:
        case Phrase(words=parts) | And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from walk(part)
        case Not(part=part) | Section(part=part):
            yield from walk(part)
        case Near(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
        case _:
            pass


def _mended(text: str) -> Iterator[str]:
    """A half-typed query, and what it may become."""
    yield text
    whole = text + '"' if text.translate(_QUOTES).count('"') % 2 else text
    cut = regex.sub(r"(?:\s*(?:\b(?:AND|OR|NOT|NEAR(?:/\d*)?)|[-−–(^=~/]|\b(?:[a-z]+:)))+\s*$", "", whole)
    for attempt in (whole, cut):
        yield attempt + ")" * max(0, attempt.count("(") - attempt.count(")"))


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    at: int
    node: Query | None = None
    number: float = 0.0


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError(f"The query is longer than {MAX_LENGTH} characters; shorten it.", MAX_LENGTH)
        self.text = _without_question(text.translate(_QUOTES))
        self.lexemes = list(_lexemes(self.text))
        self.at = 0
        self.depth = 0

    def parse(self) -> Query:
        if not self.lexemes:
            return Nothing()
        tree = self.either()
        if (extra := self.peek()) is not None:
            raise QueryError("A closing bracket has no opening one; add ( or take it away.", extra.at)
        return tree

    def peek(self) -> _Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def take(self, kind: str) -> _Lexeme | None:
        lexeme = self.peek()
        if lexeme is None or lexeme.kind != kind:
            return None
        self.at += 1
        return lexeme

    def either(self) -> Query:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Query:
        parts = [self.unary()]
        written = False
        while (lexeme := self.peek()) is not None and lexeme.kind not in ("or", "close"):
            written = self.take("and") is not None or written
            parts.append(self.unary())
        return And(tuple(parts), written=True) if written else _all(tuple(parts))

    def unary(self) -> Query:
        denied = False
        while self.take("not") or self.take("minus"):
            denied = not denied
        found = self.near()
        return Not(found) if denied else found

    def near(self) -> Query:
        left = self.primary()
        while (lexeme := self.take("near")) is not None:
            right = self.primary()
            for operand in (left, right):
                _check_near(operand, lexeme.at)
            self.nest(lexeme.at)
            left = Near(left, right, int(lexeme.number))
        return left

    def nest(self, at: int) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(f"More than {MAX_DEPTH} brackets or NEARs inside each other; simplify it.", at)

    def primary(self) -> Query:
        lexeme = self.peek()
        if lexeme is None:
            raise QueryError(
                "The query ends too early; add a word or take the last operator away.", len(self.text)
            )
        if lexeme.kind == "node" and lexeme.node is not None:
            self.at += 1
            return lexeme.node
        if lexeme.kind == "section":
            self.at += 1
            return Section(self.primary())
        if lexeme.kind == "open":
            return self.group(lexeme)
        word = {"close": ")", "minus": "-"}.get(lexeme.kind, lexeme.kind.upper())
        raise QueryError(f"A word is missing before {word}; add one or put {word} in quotes.", lexeme.at)

    def group(self, opened: _Lexeme) -> Query:
        depth = self.depth
        self.nest(opened.at)
        self.at += 1
        inside = self.either()
        closed = self.take("close")
        if closed is None:
            raise QueryError("A bracket is not closed; add ) or put ( in quotes.", opened.at)
        self.depth = depth
        return _boosted(inside, closed.number) if closed.number else inside


def _lexemes(text: str) -> Iterator[_Lexeme]:
    for found in _LEXEME.finditer(text):
        at = found.start()
        for kind in ("open", "and", "or", "not", "minus"):
            if found.group(kind):
                yield _Lexeme(kind, at)
                break
        else:
            if found.group("quote"):
                raise QueryError('A quotation is not closed; add " at its end.', at)
            if found.group("close"):
                yield _Lexeme("close", at, number=_number(found.group("group_boost"), at))
            elif found.group("near"):
                yield _Lexeme("near", at, number=_near_distance(found.group("distance"), at))
            elif found.group("phrase") is not None:
                node = _phrase(found.group("phrase"), found.group("within"), at)
                if node is not None:
                    yield _Lexeme("node", at, _boosted(node, _number(found.group("phrase_boost"), at)))
            elif found.group("field"):
                yield from _field(found.group("field"), found.group("value"), at)
            elif found.group("run"):
                node = _run(found.group("run"), at)
                if node is not None:
                    yield _Lexeme("node", at, node)


def _without_question(text: str) -> str:
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


def _field(field: str, value: str, at: int) -> Iterator[_Lexeme]:
    inner = value.strip('"').strip()
    if field == "section":
        yield _Lexeme("section", at)
        node = _phrase(inner, None, at) if value.startswith('"') else _run(value, at)
        if node is not None:
            yield _Lexeme("node", at, node)
        return
    if not inner:
        raise QueryError(f"{field}: needs a value right after the colon, in quotes if it has spaces.", at)
    if field == "kind" and inner.lower() not in {kind.value for kind in Kind}:
        raise QueryError(f"kind: is one of {', '.join(kind.value for kind in Kind)}.", at)
    yield _Lexeme("node", at, Where(field, inner))


def _phrase(inner: str, within: str | None, at: int) -> Query | None:
    words = [word for found in _plain(_without_question(inner), "exact", quoted=True) for word in found]
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
    groups = _plain(body.removeprefix("="), how, quoted=False)
    if how == "fuzzy" and suffix is not None:
        edits = min(2, int(suffix.group("edits") or 0))
        groups = [tuple(replace(w, edits=edits) if w.how == "fuzzy" else w for w in g) for g in groups]
    words = tuple(word for group in groups for word in group)
    if not words:
        return None
    node: Query = words[0] if len(words) == 1 else Phrase(words)
    return _boosted(node, _number(suffix.group("boost"), at) if suffix else 0.0)


def _plain(text: str, how: How, *, quoted: bool) -> list[tuple[Word, ...]]:
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


def _all(parts: tuple[Query, ...]) -> Query:
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else And(parts)


def _boosted(node: Query, boost: float) -> Query:
    if not boost or isinstance(node, Not | Section | Where | Nothing):
        return node
    return replace(node, boost=node.boost * boost)


def _check_near(operand: Query, at: int) -> None:
    for node in walk(operand):
        if isinstance(node, And | Not | Section | Where | Nothing):
            raise QueryError(
                "NEAR joins words, phrases and groups of OR only; rewrite what stands beside it.", at
            )
