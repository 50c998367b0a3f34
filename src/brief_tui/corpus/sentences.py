"""Sentences: the units of evidence inside a passage.

A scanner of our own: syntok breaks at "et al.", "pp. 6" and not at all in Chinese or Japanese, pysbd is no
longer kept and a hundred times slower. Each possible end (a run of end signs) is looked at once, so the time
is linear in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from brief_tui.corpus.looks import words
from brief_tui.corpus.model import Kind, Passage, Span

_CLOSERS = "\"'”’»›)\\]}*_"
_END = re.compile(
    r"(?P<wide>[。！？｡．]++[」』”’）》\"')\]]*+)"
    r"|(?P<stop>[.!?…‽؟।॥۔։።]++)(?P<close>[" + _CLOSERS + r"]*+(?:\[\d{1,3}\])*+[¹²³⁰⁴-⁹]*+)(?P<gap>\s*+)"
)
_OPENERS = re.compile(r"[\"'“‘„«‹(\[{*_¿¡]+")
_DASHES = ("-", "–", "—")
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
    cuts = [heading] if heading > marker else []
    begin = max(marker, heading)
    for found in _END.finditer(text, begin):
        wide = found["wide"] is not None
        end = found.end("wide") if wide else found.end("close")
        start = cuts[-1] if cuts else begin
        if wide or (found.end() < len(text) and _breaks(text, found, start, language)):
            cuts.append(end)
    return cuts


def _breaks(text: str, found: re.Match[str], begin: int, language: str) -> bool:
    """Whether the end signs that were found end the sentence that began at an offset."""
    after = text[found.end() : found.end() + 40]
    if not found["gap"]:
        return _glued(text, found, after)
    rest = _OPENERS.sub("", after, count=1)
    dash = rest[:1] in _DASHES and not rest[1:2].isdigit()
    if not rest or dash or rest[0].islower():
        return False
    stop = found["stop"]
    if not stop.startswith((".", "…")):
        return True
    word = _WORD.match(rest)
    starts = word is not None and word[0].casefold() in _STARTERS
    before = text[max(begin, found.start() - 32) : found.start()]
    if stop != "." or rest[0] == "." or before[-8:].rstrip().endswith("."):
        # Dots with a blank before them leave something out; without one they may end a sentence.
        return rest[0] != "." and (starts or not before[-1:].isspace())
    if found["close"].strip("*_"):
        return True
    whole = found.start() - begin <= 32
    return _full_stop(before, rest, starts=starts, whole=whole, language=language)


def _glued(text: str, found: re.Match[str], after: str) -> bool:
    """Whether a blank is missing after the stop: "role.3. Strategic Vacuum", "ends.The next"."""
    if found["close"]:
        return found["close"][-1] in "”»" and after[:1].isupper()
    before = text[max(0, found.start() - 2) : found.start()]
    if not (before.isalpha() and before.islower()):
        return False
    word = _WORD.match(after)
    starts = word is not None and word[0].istitle() and word[0].casefold() in _STARTERS
    return starts or bool(_GLUED.match(after))


def _full_stop(before: str, rest: str, *, starts: bool, whole: bool, language: str) -> bool:
    """Whether a single full stop ends a sentence.

    Args:
        before: what stands before it in the sentence, at most its last 32 code points.
        rest: what follows the blank after it.
        starts: whether the next word is one that starts sentences.
        whole: whether `before` is all of the sentence so far.
        language: ISO 639-1 code, or empty.
    """
    token = (before.split() or [""])[-1].lstrip("\"'“‘„«(*_[")
    low = token.casefold().replace("’", "'")
    number = token.isdecimal()
    if whole and before.strip() == token and (number or len(token) <= 1 or _is_roman(token)):
        return False  # "3. Strategic Vacuum", "IV. Results": a number, not a sentence
    if number and len(token) <= 2 and language in _ORDINAL_DOT:
        return False
    following = (rest.split() or [""])[0].strip(".,;:()")
    if low in _BEFORE_NUMBER and (rest[0].isdigit() or _is_roman(following)):
        return False
    if low in _SOMETIMES_LAST or _INITIALS.search(token) or (len(token) == 1 and token.isupper()):
        return starts and not rest.startswith("I ")
    return low not in _NEVER_LAST


@lru_cache(maxsize=256)
def _is_roman(token: str) -> bool:
    return bool(token) and token.isupper() and not token.strip("IVXLC")
