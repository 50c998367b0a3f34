"""What stands around a text: profiles, pictures' captions and credits, repeats, links to other pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from brief_tui.corpus import furniture
from brief_tui.corpus.lines import Unit, unit_blocks
from brief_tui.corpus.looks import ENOUGH
from brief_tui.corpus.model import HEADINGS, Kind

_QUIET = frozenset({Kind.BOILERPLATE, Kind.CAPTION})
_LONGEST_CAPTION = 600


def find_profiles(units: Sequence[Unit]) -> None:
    """Runs of "key : value" that hold a person's particulars, and the labels right above them."""
    run: list[Unit] = []
    known = 0
    for unit in [*units, None]:
        key = None
        if unit and unit.kind in {None, Kind.BULLET}:
            key = furniture.pair_key(unit.head[unit.marker : unit.marker + 60])
        if unit and key:
            run.append(unit)
            known += furniture.is_profile_key(key)
            continue
        if known >= 2 and known * 2 >= len(run):
            for member in run:
                member.kind, member.marker = Kind.BOILERPLATE, 0
        run, known = [], 0
    below: Unit | None = None
    for unit in reversed(units):
        label = unit.kind is None and unit.size <= 40 and unit.tail.endswith(":")
        if label and below and below.kind is Kind.BOILERPLATE:
            unit.kind = Kind.BOILERPLATE
        below = unit


def find_captions(units: Sequence[Unit]) -> None:
    """Picture credits and what stands with them between the same blank lines; copies of captions."""
    captions: set[str] = set()
    for block in unit_blocks(units):
        credits_ = [u for u in block if u.kind in {None, Kind.BOILERPLATE} and furniture.is_credit(u.head)]
        for unit in credits_:
            unit.kind = Kind.BOILERPLATE
        for unit in block:
            if unit.kind or unit.size > _LONGEST_CAPTION:
                continue
            beside = bool(credits_) and len(block) <= 4
            if beside or furniture.is_caption(unit.head, unit.tail):
                unit.kind = Kind.CAPTION
                captions.add(unit.head)
    for unit in units:
        if unit.kind is None and unit.head in captions:
            unit.kind = Kind.CAPTION


def find_repeats(units: Sequence[Unit]) -> None:
    """Headings that say again what was said: the title in the middle, the names of pictures twice."""
    count = Counter(u.head for u in units if u.kind in {Kind.HEADING, Kind.TITLE})
    title = next((u.head for u in units if u.kind is Kind.TITLE), "")
    started = False
    for at, unit in enumerate(units):
        started = started or (unit.kind is None and unit.size > ENOUGH)
        if unit.kind is not Kind.HEADING or unit.level or count[unit.head] < 2:
            continue
        below = units[at + 1].kind if at + 1 < len(units) else Kind.BOILERPLATE
        if unit.head == title:
            unit.kind = Kind.BOILERPLATE if started else Kind.TITLE
        elif below in _QUIET or below is Kind.HEADING:
            unit.kind = Kind.BOILERPLATE


def find_link_titles(units: Sequence[Unit]) -> None:
    """The titles of other pages right below "Read also:"."""
    below_label = False
    block = -1
    for unit in units:
        if unit.kind is Kind.BOILERPLATE and furniture.is_link_label(unit.head):
            below_label, block = True, unit.block
            continue
        title = unit.kind in {Kind.HEADING, Kind.BULLET, None} and unit.look and not unit.look.ends
        below_label = below_label and unit.block == block and bool(title) and not unit.level
        if below_label:
            unit.kind, unit.marker = Kind.BOILERPLATE, 0


def find_tail(units: Sequence[Unit]) -> None:
    """Headings at the end that nothing follows: links and labels of the page, if not all there is."""
    if all(unit.kind in HEADINGS or unit.kind in _QUIET for unit in units):
        return
    for unit in reversed(units):
        if unit.kind is Kind.HEADING and not unit.level:
            unit.kind = Kind.BOILERPLATE
        elif unit.kind not in _QUIET:
            return
