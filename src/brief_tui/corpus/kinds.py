"""What each passage is: first by its looks, then by its place and its neighbours.

The rules read typography and structure (numbers, case, length, end signs, blank lines, repetition, place), not
the subject. `segment` runs them in the order of this page; a kind that is decided is not decided again,
save where a later rule says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from brief_tui.corpus import furniture
from brief_tui.corpus.lines import MARKER, UNDERLINE, Unit, is_contents_row, is_table_row
from brief_tui.corpus.marks import ENOUGH, SECTION_NAMES, Looks, inline_heading, looks, skip_symbols
from brief_tui.corpus.model import Kind

_QUIET = frozenset({Kind.BOILERPLATE, Kind.CAPTION})
_LONGEST_HEADING = 18
_LONGEST_SENTENCE_CASE = 11


def classify(text: str, units: Sequence[Unit]) -> None:
    """Decide the kind, marker and inline heading of every unit.

    Args:
        text: the document's text.
        units: in reading order; those whose kind is set already keep it.
    """
    seen = [looks(u.head) if u.size <= ENOUGH else None for u in units]
    _by_looks(text, units, seen)
    _profiles(units)
    _captions(units)
    _numbered(text, units, seen)
    _headings(units, seen)
    _title(units, seen)
    _repeats(units)
    _link_titles(units)
    _tail(units)
    for unit in units:
        unit.kind = unit.kind or Kind.BODY


def _by_looks(text: str, units: Sequence[Unit], seen: Sequence[Looks | None]) -> None:
    dates = sum(furniture.is_date(u.head) for u in units if u.size <= 60)
    numbers = sum(u.of == 1 and bool(furniture.is_page_number(u.head)) for u in units if u.size <= 6)
    for unit, look in zip(units, seen, strict=True):
        if unit.kind:
            continue
        if look and (UNDERLINE.match(unit.head) or is_contents_row(unit.head)):
            unit.kind = Kind.BOILERPLATE
        elif is_table_row(unit.head) or (
            unit.last > unit.first and "\t" in text[unit.start : unit.start + 200]
        ):
            unit.kind = Kind.TABLE
        elif look and (furniture.is_furniture(unit.head) or (dates < 3 and furniture.is_date(unit.head))):
            unit.kind = Kind.BOILERPLATE
        elif numbers >= 3 and unit.of == 1 and unit.size <= 6 and furniture.is_page_number(unit.head):
            unit.kind = Kind.BOILERPLATE
        elif (found := MARKER.match(text, unit.start, min(unit.end, unit.start + 16))) and not found[
            0
        ].lstrip("(")[0].isalnum():
            unit.marker = found.end() - unit.start
            unit.kind = Kind.BULLET


def _profiles(units: Sequence[Unit]) -> None:
    """Runs of "key : value" that hold a person's particulars, and the labels right above them."""
    run: list[Unit] = []
    known = 0
    for unit in [*units, None]:
        key = None
        if unit is not None and unit.kind in {None, Kind.BULLET}:
            key = furniture.pair_key(unit.head[unit.marker : unit.marker + 60])
        if unit is not None and key:
            run.append(unit)
            known += furniture.is_profile_key(key)
            continue
        if known >= 2 and known * 2 >= len(run):
            for member in run:
                member.kind, member.marker = Kind.BOILERPLATE, 0
        run, known = [], 0
    for unit, after in zip(reversed(units[:-1]), reversed(units[1:]), strict=True):
        label = unit.size <= 40 and unit.tail.endswith(":") and unit.kind is None
        if label and after.kind is Kind.BOILERPLATE:
            unit.kind = Kind.BOILERPLATE


def _captions(units: Sequence[Unit]) -> None:
    """Picture credit_lines and what stands with them between the same blank lines; copies of captions."""
    captions: set[str] = set()
    for block in _blocks(units):
        credit_lines = [
            u for u in block if u.kind in {None, Kind.BOILERPLATE} and furniture.is_credit(u.head)
        ]
        for unit in credit_lines:
            unit.kind = Kind.BOILERPLATE
        for unit in block:
            beside = bool(credit_lines) and len(block) <= 4 and unit.size <= 600
            own = unit.size <= 600 and furniture.is_caption(unit.head, unit.tail)
            if unit.kind is None and (beside or own):
                unit.kind = Kind.CAPTION
                captions.add(unit.head)
    for unit in units:
        if unit.kind is None and unit.head in captions:
            unit.kind = Kind.CAPTION


def _blocks(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    start = 0
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at].block != units[start].block:
            yield units[start:at]
            start = at


def _numbered(text: str, units: Sequence[Unit], seen: Sequence[Looks | None]) -> None:
    """Numbered lines: an item where its like stands right beside it or it is a sentence, else a heading."""
    for at, unit in enumerate(units):
        if unit.kind:
            continue
        look = seen[at]
        number = look.number if look else looks(unit.head[:80]).number
        raw = text[unit.start : min(unit.end, unit.start + 600)]
        if look is None or look.ends:
            unit.inline = inline_heading(raw, number) if unit.size > 80 else 0
        if number is None or unit.inline:
            continue
        beside = any(
            other.number is not None
            and other.number.style == number.style
            and abs(other.number.value - number.value) == 1
            for other in (seen[at - 1] if at else None, seen[at + 1] if at + 1 < len(units) else None)
            if other is not None
        )
        listed = number.style in {"arabic", "paren1", "parena"} or (
            beside and number.style in {"letter", "roman"}
        )
        if look is not None and _may_head(unit, look) and not (beside and listed):
            unit.kind = Kind.HEADING
        elif listed and number.value <= 200 and (beside or number.style != "arabic" or number.value <= 50):
            unit.kind = Kind.BULLET
            unit.marker = number.length


def _may_head(unit: Unit, look: Looks) -> bool:
    """Whether a line looks like a heading, wherever it stands."""
    if not look.capital or look.ends or look.address or not 0 < look.words <= _LONGEST_HEADING:
        return False
    if look.colon and look.clause:
        return False
    return look.title_case or look.words <= _LONGEST_SENTENCE_CASE


def _headings(units: Sequence[Unit], seen: Sequence[Looks | None]) -> None:
    """Lines without a number that stand as headings do: short, open at the end, above some text."""
    plain = [
        u.kind is None
        and look is not None
        and u.last - u.first < 3
        and (_may_head(u, look) or _introduces(units, at, look))
        for at, (u, look) in enumerate(zip(units, seen, strict=True))
    ]
    for at, unit in enumerate(units):
        if not plain[at]:
            continue
        start = at
        while start > 0 and plain[start - 1] and units[start - 1].block == unit.block:
            start -= 1
            if at - start >= 3:
                break
        end = at
        while end + 1 < len(units) and plain[end + 1] and units[end + 1].block == unit.block:
            end += 1
            if end - start >= 3:
                break
        # Three open short lines with no blank line between are verse, an address or a list.
        unit.kind = Kind.BODY if end - start >= 2 else Kind.HEADING


def _introduces(units: Sequence[Unit], at: int, look: Looks) -> bool:
    """Whether a line in lower case names the parts that follow it: "the key arrangements:"."""
    after = units[at + 1].kind if at + 1 < len(units) else None
    return look.colon and not look.clause and look.words <= 8 and after in {Kind.BULLET, Kind.HEADING}


def _title(units: Sequence[Unit], seen: Sequence[Looks | None]) -> None:
    """The first open line of a document, and a heading that the introduction of a paper follows."""
    for at, (unit, look) in enumerate(zip(units[:12], seen[:12], strict=True)):
        if unit.kind in {Kind.BOILERPLATE, Kind.CAPTION, Kind.TABLE}:
            continue
        if (
            look
            and not look.number
            and not look.ends
            and not look.colon
            and look.words <= 25
            and unit.kind in {None, Kind.HEADING, Kind.BODY}
            and unit.of <= 3
            or (unit.kind is Kind.HEADING and look and not look.number)
        ):
            if look.capital and _name(unit) not in SECTION_NAMES and at + 1 < len(units):
                unit.kind = Kind.TITLE
        break
    for unit, after in zip(units, units[1:], strict=False):
        opening = (
            after.head[: after.inline] if after.inline else after.head if after.kind is Kind.HEADING else ""
        )
        if (
            unit.kind is Kind.HEADING
            and opening.casefold() in {"introduction", "abstract"}
            and looks(unit.head).number is None
        ):
            unit.kind = Kind.TITLE if _name(unit) not in SECTION_NAMES else unit.kind


def _name(unit: Unit) -> str:
    return unit.head[skip_symbols(unit.head) :].strip(" #*_:").casefold()


def _repeats(units: Sequence[Unit]) -> None:
    """Lines that say again what was said: the title in the middle, names of pictures twice."""
    count = Counter(u.head for u in units if u.kind in {Kind.HEADING, Kind.TITLE})
    title = next((u.head for u in units if u.kind is Kind.TITLE), "")
    started = False
    for at, unit in enumerate(units):
        if unit.kind in {None, Kind.BODY} and unit.size > ENOUGH:
            started = True
        if unit.kind is not Kind.HEADING or count[unit.head] < 2:
            continue
        after = units[at + 1].kind if at + 1 < len(units) else Kind.BOILERPLATE
        if unit.head == title:
            unit.kind = Kind.BOILERPLATE if started else Kind.TITLE
        elif after in _QUIET or after is Kind.HEADING:
            unit.kind = Kind.BOILERPLATE


def _link_titles(units: Sequence[Unit]) -> None:
    """The titles of other pages right below "Read also:"."""
    for at, unit in enumerate(units[:-1]):
        if unit.kind is not Kind.BOILERPLATE or not furniture.is_link_label(unit.head):
            continue
        for below in units[at + 1 :]:
            if (
                below.block != unit.block
                or below.kind not in {Kind.HEADING, None, Kind.BULLET}
                or below.size > ENOUGH
            ):
                break
            if below.tail.endswith("."):
                break
            below.kind, below.marker = Kind.BOILERPLATE, 0


def _tail(units: Sequence[Unit]) -> None:
    """Headings at the end that nothing follows: links and labels of the page."""
    for unit in reversed(units):
        if unit.kind is Kind.HEADING:
            unit.kind = Kind.BOILERPLATE
        elif unit.kind not in _QUIET:
            return
