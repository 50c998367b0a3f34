"""The query language: text to a tree.

    words are all wanted     =exact     "a phrase"     "ordered within"~5     a NEAR/8 b
    AND OR NOT ( ) -word     wild*     defen?e     fuzzy~ fuzzy~1     word^2 (group)^2
    doc: source: section: kind: theme: topic: tag: note:

NEAR binds tighter than NOT, NOT than AND, AND (written or not) than OR. Operators are in capitals. What a
tree finds is decided by `matching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from brief_tui.errors import QueryError
from brief_tui.search.lexer import (
    Lexeme,
    boosted,
    lexemes,
    plain_words,
    with_plain_signs,
    without_question,
)
from brief_tui.search.tree import (
    FIELDS,
    SETS,
    And,
    How,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Section,
    Where,
    Word,
    references,
    walk,
)

__all__ = [
    "FIELDS",
    "SETS",
    "And",
    "How",
    "Near",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Query",
    "Section",
    "Where",
    "Word",
    "any_word",
    "parse",
    "references",
    "walk",
]

MAX_LENGTH = 10_000
"""Code points of a query."""
MAX_DEPTH = 40
"""Brackets within brackets."""


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
    text = with_plain_signs(text[:MAX_LENGTH])
    for attempt in _mended(text):
        try:
            return _Parser(attempt).parse()
        except QueryError:
            continue
    bare = _OPERATOR.sub(" ", text)
    words = [word for found in plain_words(bare, "stem", quoted=False) for word in found]
    return _all(tuple(words[:100]))


def any_word(text: str) -> Query:
    """A query for any of the words of a text, which has no operators: a question, a title, a paragraph.

    Args:
        text: any text; what holds no letter or digit is left out, and so is what is beyond `MAX_LENGTH`.
    """
    blank = regex.sub(r"[*?]", " ", text[:MAX_LENGTH])
    words = tuple(dict.fromkeys(word for found in plain_words(blank, "stem", quoted=False) for word in found))
    alone = tuple(dict.fromkeys(replace(word, step=1) for word in words))
    if not alone:
        return Nothing()
    return alone[0] if len(alone) == 1 else Or(alone)


def _mended(text: str) -> Iterator[str]:
    """A half-typed query, and what it may become: closed, without what dangles, without its last word."""
    yield text
    for attempt in (text, _DANGLING.sub("", text), _DANGLING.sub("", _LAST.sub("", text))):
        closed = attempt + '"' if attempt.count('"') % 2 else attempt
        if closed and not closed.isspace():
            yield closed + ")" * max(0, closed.count("(") - closed.count(")"))


_OPERATOR = regex.compile(
    rf"(?<!\S)[(]*(?:AND|OR|NOT|NEAR(?:/\S*)?)(?=[\s()]|$)|(?<![\w:])(?:{'|'.join(FIELDS)}):"
)
_DANGLING = regex.compile(
    r"(?:(?:(?<![^\s(])(?:AND|OR|NOT|NEAR(?:/\d*)?)|[-−–(=]|[\^~/][\d.]*|\b[a-z]++:)\s*+)+$"
)
_LAST = regex.compile(r"\S+\s*+$")


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError(f"The query is longer than {MAX_LENGTH} characters; shorten it.", MAX_LENGTH)
        self.text = without_question(with_plain_signs(text))
        self.lexemes = list(lexemes(self.text))
        self.at = 0
        self.depth = 0

    def parse(self) -> Query:
        if not self.lexemes:
            return Nothing()
        tree = self.either()
        if (extra := self.peek()) is not None:
            raise QueryError("A closing bracket has no opening one; add ( or take it away.", extra.at)
        return tree

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def take(self, kind: str) -> Lexeme | None:
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
        if lexeme.node is not None:
            self.at += 1
            return lexeme.node
        if lexeme.kind == "section":
            return self.headings(lexeme)
        if lexeme.kind == "open":
            return self.group(lexeme)
        word = {"close": ")", "minus": "-"}.get(lexeme.kind, lexeme.kind.upper())
        raise QueryError(f"A word is missing before {word}; add one or put {word} in quotes.", lexeme.at)

    def headings(self, named: Lexeme) -> Query:
        depth = self.depth
        self.nest(named.at)
        self.at += 1
        inside = self.primary()
        self.depth = depth
        return Section(inside)

    def group(self, opened: Lexeme) -> Query:
        depth = self.depth
        self.nest(opened.at)
        self.at += 1
        inside = self.either()
        closed = self.take("close")
        if closed is None:
            raise QueryError("A bracket is not closed; add ) or put ( in quotes.", opened.at)
        self.depth = depth
        return boosted(inside, closed.number)


def _all(parts: tuple[Query, ...]) -> Query:
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else And(parts)


def _check_near(operand: Query, at: int) -> None:
    for node in walk(operand):
        if isinstance(node, And | Not | Section | Where | Nothing):
            raise QueryError(
                "NEAR joins words, phrases and groups of OR only; rewrite what stands beside it.", at
            )
