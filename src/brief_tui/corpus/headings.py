"""Which lines are headings, and which headings are titles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brief_tui.corpus.furniture import pair_key
from brief_tui.corpus.lines import Unit, unit_blocks
from brief_tui.corpus.looks import SECTION_NAMES, Looks, Numbering, inline_heading, numbering, section_name
from brief_tui.corpus.model import Kind

_LONGEST = 18
_LONGEST_SENTENCE_CASE = 11
_LONGEST_TITLE = 25
_ITEM_STYLES = frozenset({"arabic", "paren1", "parena", "bracket"})
_SKIPPED = frozenset({Kind.BOILERPLATE, Kind.CAPTION, Kind.TABLE})


def find_numbered(text: str, units: Sequence[Unit]) -> None:
    """Numbered lines: an item where its like stands right beside it or it is a sentence, else a heading."""
    numbers = [
        u.look.number if u.look and u.first == u.last else numbering(text[u.start : min(u.end, u.start + 80)])
        for u in units
    ]
    for at, (unit, number) in enumerate(zip(units, numbers, strict=True)):
        if unit.kind:
            continue
        if unit.size > 60 and (unit.look is None or unit.look.ends):
            unit.inline = inline_heading(text[unit.start : min(unit.end, unit.start + 600)], number)
        if number is None or unit.inline:
            continue
        beside = any(_next_in_series(number, n) for n in (numbers[at - 1 : at] + numbers[at + 1 : at + 2]))
        item = number.style in _ITEM_STYLES or (beside and number.style in {"letter", "roman"})
        if unit.look and _may_head(unit.look) and not (beside and item):
            unit.kind = Kind.HEADING
        elif item and number.value <= (200 if beside else 50):
            unit.kind = Kind.BULLET
            unit.marker = number.length


def _next_in_series(number: Numbering, other: Numbering | None) -> bool:
    return other is not None and other.style == number.style and abs(other.value - number.value) == 1


def _may_head(look: Looks) -> bool:
    """Whether a line looks like a heading, wherever it stands."""
    if look.words > _LONGEST or look.address:
        return False
    if look.number and look.number.style == "chapter":
        return True
    if not look.capital or look.ends or not look.words or (look.colon and look.clause):
        return False
    return look.title_case or look.words <= _LONGEST_SENTENCE_CASE


def find_plain(units: Sequence[Unit]) -> None:
    """Lines without a number that stand as headings do: short, open at the end, above some text."""
    following = {id(unit): below for unit, below in pairwise(units)}
    for block in unit_blocks(units):
        loose = _is_loose(block)
        run: list[Unit] = []
        for unit in [*block, None]:
            if unit and not loose and _stands_open(unit, following.get(id(unit))):
                run.append(unit)
                continue
            # Three open short lines with no blank line between are verse, an address or a list.
            for line in run:
                line.kind = Kind.HEADING if len(run) < 3 else None
            run = []


def _stands_open(unit: Unit, below: Unit | None) -> bool:
    look = unit.look
    if unit.kind or look is None or unit.last - unit.first >= 3 or _is_entry(unit):
        return False
    return _may_head(look) or _introduces(look, below)


def _is_entry(unit: Unit) -> bool:
    """Whether a line gives a particular: "Present: A. Brown, C. Diaz", "Date: 5 May"."""
    key = pair_key(unit.head)
    if key is None or len(key.split()) > 2:
        return False
    value = unit.head.partition(":")[2]
    return "," in value or any(c.isdigit() for c in value) or len(value.split()) <= 2


def _is_loose(block: Sequence[Unit]) -> bool:
    """Whether a block of short lines mostly ends none of them: verse, an address, a menu; no headings."""
    if len(block) == 2:
        return all(u.indent >= 2 and u.look for u in block)
    if len(block) < 3 or any(u.look is None or u.kind or u.look.number for u in block):
        return False
    return sum(u.tail.rstrip("\"'”’»)")[-1:] in {".", "!", "?"} for u in block) < 0.5 * len(block)


def _introduces(look: Looks, below: Unit | None) -> bool:
    """Whether a line in lower case names the parts that follow it: "the key arrangements:"."""
    parts = below is not None and below.kind in {Kind.BULLET, Kind.HEADING}
    return parts and look.colon and not look.clause and look.words <= 8


def find_titles(units: Sequence[Unit]) -> None:
    """The document's title at its top, and those of papers within: a heading right above an introduction."""
    at = _skip_top(units)
    if at < len(units) - 1 and _may_be_title(units[at]):
        units[at].kind = Kind.TITLE
        _find_deck(units[at + 1 :])
    text = False
    for unit, below in pairwise(units):
        text = unit.kind is not Kind.TITLE and (text or unit.kind in {None, Kind.BULLET})
        opening = below.head[: below.inline] if below.inline else below.head
        opens = below.inline > 0 or below.kind is Kind.HEADING
        if (
            text
            and unit.kind is Kind.HEADING
            and not unit.level
            and opens
            and opening.strip(" :").casefold() in {"introduction", "abstract"}
            and unit.look
            and not unit.look.number
            and section_name(unit.head) not in SECTION_NAMES
        ):
            unit.kind = Kind.TITLE


def _skip_top(units: Sequence[Unit]) -> int:
    """The first unit that is not a page's menu, byline, picture or table."""
    at = 0
    for block in unit_blocks(units[:40]):
        menu = len(block) >= 3 and all(u.look and u.look.words <= 3 and not u.look.ends for u in block)
        after = at + len(block)
        if menu and after < len(units) and units[after].kind in {Kind.HEADING, Kind.BOILERPLATE}:
            for unit in block:
                unit.kind = unit.kind or Kind.BOILERPLATE
        for unit in block:
            if unit.kind not in _SKIPPED:
                return at
            at += 1
    return at


def _may_be_title(unit: Unit) -> bool:
    look = unit.look
    if look is None or look.number or look.ends or look.colon or not look.capital or look.address:
        return False
    if unit.kind not in {None, Kind.HEADING} or _is_entry(unit) or section_name(unit.head) in SECTION_NAMES:
        return False
    return unit.kind is Kind.HEADING or (look.words <= _LONGEST_TITLE and unit.of == 1)


def _find_deck(units: Sequence[Unit]) -> None:
    """The sentence below a title that sums the text up is text, though no full stop ends it."""
    for unit in units[:8]:
        if unit.kind is Kind.HEADING and unit.look and not unit.level:
            if unit.look.words >= 8 and not unit.look.title_case and not unit.look.number and unit.of == 1:
                unit.kind = Kind.BODY
            return
        if unit.kind not in _SKIPPED:
            return
