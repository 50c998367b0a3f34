"""Sentences: the units of evidence inside a passage.

A scanner of our own: syntok breaks at "et al.", "pp. 6" and not at all in Chinese or Japanese, pysbd is no
longer kept and a hundred times slower. Each possible end (a run of end signs) is looked at once, so the time
is linear in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from brief_tui.corpus.marks import words
from brief_tui.corpus.model import Kind, Passage, Span

_CLOSERS = "\"'”’»›)\\]}*_"
_END = re.compile(
    r"(?P<wide>[。！？｡．]++[」』”’）》\"')\]]*+)"
    r"|(?P<stop>[.!?…‽؟।॥۔։።]++)(?P<close>[" + _CLOSERS + r"]*+(?:\[\d{1,3}\])*+[¹²³⁰⁴-⁹]*+)(?P<gap>\s*+)"
)
_OPENERS = re.compile(r"[\"'“‘„«‹(\[{*_¿¡]*")
_WORD = re.compile(r"[^\W_]+(?:['’\-‑–/][^\W_]+)*")
_GLUED = re.compile(r"\d{1,2}\.\s+[^\W\d_]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")

_NEVER_LAST = words(
    "dr mr mrs ms mx prof gen col lt sgt capt cpt cmdr adm maj rep sen gov rev hon pres st mt ft messrs "
    "mme mlle e.g i.e eg ie cf viz vs v resp incl approx ca al fig figs sec ch vol vols ed eds pp nos "
    "ser art arts par para dipl ing hr fr dott sig sra"
)
"""Abbreviations that something always follows."""

_SOMETIMES_LAST = words(
    "etc inc ltd co corp jr sr bros dept univ assn ave blvd rd ph.d m.d b.a m.a d.c u.s u.k u.n e.u a.m "
    "p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun est al"
)
"""Abbreviations that also end sentences: a break only before a word that starts one."""

_BEFORE_NUMBER = words("no nos art p pp fig sec ch vol par para §")
"""Abbreviations only where a number follows."""

_STARTERS = words(
    "the this that these those it its he she they we you i his her their our my your in on at by for "
    "from with as if when while although though because since after before during until under but and "
    "or so yet nor however therefore moreover furthermore meanwhile nevertheless still then there here "
    "what who why how where which a an one some many most all both each every no not now today despite "
    "unlike another other such"
)
"""Words that, with a capital, start a sentence rather than go on with a name."""

_ORDINAL_DOT = words("de da nb nn no cs sk pl hu fi et hr sl sr is lv")
"""Languages that write "3." for "third"."""


def sentences(passage: Passage, language: str = "en") -> tuple[Span, ...]:
    """The sentences of a passage, as spans of its document's text.

    They are ordered and disjoint, lie inside the passage and leave out nothing but blanks and a bullet's
    marker. A heading that shares the passage with the text after it is a sentence of its own; each line of a
    table is one.

    Args:
        passage: any passage.
        language: ISO 639-1 code, or empty where unknown.
    """
    text = passage.text
    if passage.kind is Kind.TABLE:
        cuts = [found.end() for found in re.finditer(r"\n", text)]
    else:
        cuts = _cuts(text, passage.marker, passage.inline_heading, language.partition("-")[0].lower())
    spans: list[Span] = []
    start = passage.marker
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        body = piece.strip()
        if body:
            first = passage.start + start + len(piece) - len(piece.lstrip())
            spans.append(Span(first, first + len(body)))
        start = cut
    return tuple(spans)


def _cuts(text: str, marker: int, heading: int, language: str) -> list[int]:
    """Offsets at which a sentence ends, ascending; the text's own end is not among them."""
    begin = max(marker, heading)
    cuts = [heading] if heading > marker else []
    for found in _END.finditer(text, begin):
        end = found.end("wide") if found["wide"] is not None else found.end("close")
        if found["wide"] is not None:
            cuts.append(end)
        elif found.end() < len(text) and _breaks(text, found, begin if not cuts else cuts[-1], language):
            cuts.append(end)
    return cuts


def _breaks(text: str, found: re.Match[str], begin: int, language: str) -> bool:
    """Whether the end signs that were found end a sentence."""
    stop = found["stop"]
    if not found["gap"]:
        return _glued(text, found)
    after = text[found.end() : found.end() + 40]
    opening = _OPENERS.match(after)
    rest = after[opening.end() :] if opening else after
    if rest[:1] in "-–—" and not rest[:2].strip("-–—").isdigit():
        return False
    if not rest or rest[0].islower():
        return False
    word = _WORD.match(rest)
    starts = word is not None and word[0].casefold() in _STARTERS
    if stop.startswith((".", "…")):
        spaced = text[found.start() - 1 : found.start()].isspace()
        if stop != ".":
            return starts or not spaced
        if spaced and (rest[0] == "." or text[: found.start()][-8:].rstrip().endswith(".")):
            return False
        if found["close"].strip("*_"):
            return True
        return _full_stop(text[max(begin, found.start() - 32) : found.start()], rest, starts, language)
    return True


def _glued(text: str, found: re.Match[str]) -> bool:
    """Whether a blank is missing after the stop: "role.3. Strategic Vacuum", "ends.The next"."""
    before = text[max(0, found.start() - 2) : found.start()]
    if not before.isalpha() or not before.islower():
        return bool(
            found["close"] and found["close"][-1] in "”»" and text[found.end() : found.end() + 1].isupper()
        )
    after = text[found.end() : found.end() + 24]
    if _GLUED.match(after):
        return True
    word = _WORD.match(after)
    return bool(word and word[0].istitle() and word[0].casefold() in _STARTERS)


def _full_stop(before: str, rest: str, starts: bool, language: str) -> bool:
    """Whether a single full stop ends a sentence.

    Args:
        before: what stands before it in the sentence, at most its last 32 code points.
        rest: what follows the blank after it.
        starts: whether the next word is one that starts sentences.
        language: ISO 639-1 code, or empty.
    """
    token = (before.split() or [""])[-1].lstrip("\"'“‘„«(*_[")
    low = token.casefold().replace("’", "'")
    if not token:
        return False
    alone = before.strip() == token and len(before) < 32
    number = token.isdecimal()
    if alone and (number or len(token) == 1 or _is_roman(token)):
        return False
    if number and len(token) <= 2 and language in _ORDINAL_DOT:
        return False
    if low in _BEFORE_NUMBER and (rest[0].isdigit() or _is_roman((rest.split() or [""])[0].strip(".,"))):
        return False
    if low in _NEVER_LAST:
        return low == "al" and starts
    if low in _SOMETIMES_LAST or _INITIALS.search(token):
        return starts
    if len(token) == 1 and token.isupper():
        return starts and not rest.startswith("I ")
    return True


@lru_cache(maxsize=256)
def _is_roman(token: str) -> bool:
    return bool(token) and token.isupper() and not token.strip("IVXLC")
