"""What a line looks like: numbering, the case of its words, how it ends."""

from __future__ import annotations

import re
from typing import NamedTuple


def words(listed: str) -> frozenset[str]:
    """A set of words from a line of them."""
    return frozenset(listed.split())


_SYMBOLS = re.compile(r"(?:[^\w\s\"'“”‘’„«»‹›(\[<#*•@&$€£¥%§\-–—+…¿¡.,:;!?/\\|]\s*)+")
_NUMBER = re.compile(
    r"(?:(?P<word>chapter|part|section|book|appendix|annex|article|act|scene|volume|kapitel|chapitre)\s+"
    r"(?P<which>\d{1,3}|[ivxlc]{1,7}|[a-z])\b[.:)]?(?:\s+|$)|"
    r"(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.)]?\s+|"
    r"(?P<paren>\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})\))\s+|"
    r"(?P<arabic>\d{1,3})(?:[.:]\s+|\s{2,})|"
    r"(?P<roman>[IVXLC]{1,7})[.:]\s+|"
    r"(?P<letter>[A-Z])[.:]\s+|(?P<bracket>\[\d{1,3}\])\s+)",
    re.IGNORECASE,
)
_NUMBERED = frozenset("acbkpsvACBKPSV")  # what the words begin with: most lines need no search
_WORD = re.compile(r"[^\W_]+(?:['’\-‑–.&/][^\W_]+)*")
_SMALL = words(
    "a an and as at but by de del der des di du el en et for from if in into la le nor of on onto or "
    "over per so than the to und up upon via von vs with within without y yet amid about after against "
    "among before between"
)
_ENDS_SENTENCE = tuple(".,;…。，；、।")
_ACRONYM_END = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Ltd|Jr|Sr|Co|Corp|etc)\.$")
_CLOSERS = "\"'”’»›)]*_ "
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|shall|may|might|must|do|does|did|"
    r"follow\w*|includes?|included|says?|said)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.\w|[\w.+-]+@[\w-]+\.\w|(?:^|\s)@\w{2}", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

ENOUGH = 220
"""Code points of the longest line whose looks are worth a look: no heading is longer."""


class Numbering(NamedTuple):
    """The number at the start of a line.

    Attributes:
        style: what kind of number: chapter, dotted2 …, arabic, roman, letter or paren.
        value: its place in its series, from 1.
        length: how many code points it takes, with the blanks after it.
        signs: how many signs the number itself has.
    """

    style: str
    value: int
    length: int
    signs: int


class Looks(NamedTuple):
    """How a short line looks.

    Attributes:
        words: how many words, its number left out.
        title_case: whether its chief words have capitals.
        capital: whether it starts with a capital, a digit or a letter without case.
        ends: whether it ends as a sentence or a part of one does.
        colon: whether it ends with a colon.
        clause: whether it ends with a colon and has an auxiliary verb.
        address: whether it has a web or mail address or a handle.
        number: the number at its start.
    """

    words: int
    title_case: bool
    capital: bool
    ends: bool
    colon: bool
    clause: bool
    address: bool
    number: Numbering | None


def skip_symbols(head: str) -> int:
    """Length of the pictures ("⛓️ ", "🧭 ") at the start of a line."""
    if head[:1].isalnum():
        return 0
    found = _SYMBOLS.match(head)
    return found.end() if found else 0


def numbering(head: str) -> Numbering | None:
    """The number at the start of a line, pictures before it left aside."""
    skip = skip_symbols(head)
    start = head[skip : skip + 9]
    if start[:1].isalpha() and start[0] not in _NUMBERED and "." not in start and ":" not in start:
        return None
    found = _NUMBER.match(head, skip, skip + 40)
    if not found:
        return None
    style = found.lastgroup or ""
    sign = found[style]
    if style in {"roman", "letter"} and not sign.isupper():
        return None
    if style == "which":
        style = "chapter"
    elif style == "dotted":
        style, sign = f"dotted{sign.count('.') + 1}", sign.rpartition(".")[2]
    elif style == "paren":
        sign = sign.strip("()")
        style = "paren1" if sign.isdigit() else "parena"
    sign = sign.strip("[]")
    return Numbering(style, _value(sign, style), found.end(), len(sign))


def as_letter(number: Numbering) -> Numbering | None:
    """The letter that a Roman number of one sign may be as well: "C." is 100 or the third."""
    letter = {value: ord(sign) - 64 for sign, value in _ROMAN.items()}.get(number.value)
    if number.style != "roman" or letter is None or number.signs != 1:
        return None
    return number._replace(style="letter", value=letter)


def _value(sign: str, style: str) -> int:
    upper = sign.upper()
    if sign.isdigit():
        return int(sign)
    roman = not upper.strip("IVXLC") and (
        style in {"roman", "chapter"} or (style == "parena" and (len(sign) > 1 or upper in "IVX"))
    )
    if not roman:
        return ord(upper[0]) - 64
    digits = [_ROMAN[c] for c in upper]
    return sum(-d if d < max(digits[i + 1 :], default=0) else d for i, d in enumerate(digits))


def looks(head: str) -> Looks:
    """Look at a short line (at most `ENOUGH` code points; a longer one is no heading)."""
    number = numbering(head)
    body = head[number.length if number else skip_symbols(head) :].strip(" #*_")
    words = _WORD.findall(body)
    chief = [w for w in words if w.casefold() not in _SMALL]
    capitals = len([w for w in chief if not w[0].islower()])
    end = body.rstrip(_CLOSERS)
    first = body.lstrip("\"'“‘„«‹([¿¡*_")[:1]
    colon = end.endswith((":", "："))
    return Looks(
        words=len(words),
        title_case=len(words) > 0
        and not words[0][0].islower()
        and capitals >= 0.75 * len(chief)
        and len(chief) > 0,
        capital=bool(first) and not first.islower(),
        ends=end.endswith(_ENDS_SENTENCE) and not _ACRONYM_END.search(end),
        colon=colon,
        clause=colon and bool(_AUXILIARY.search(body)),
        address=("@" in head or "/" in head or "." in head) and bool(_ADDRESS.search(head)),
        number=number,
    )


_DETERMINERS = words(
    "the this these that those it its in on at by for from with as if when while although despite "
    "unlike like many most some all both each every no one two a an he she they we however since after "
    "before during"
)
_VERB = re.compile(
    r"(?:['’]s?\b|,|\s+(?:and|or|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|did)\b)"
)


def inline_heading(head: str, number: Numbering | None) -> int:
    """Length of a heading that shares its paragraph with the text after it; 0 where there is none.

    "1. Perceived Unreliability Russia’s unwillingness to …": title case runs up to the sentence's first
    small word; the sentence starts with the last capital before that.

    Args:
        head: the paragraph's beginning.
        number: its number, if it has one.
    """
    at = number.length if number else skip_symbols(head)
    if not number:
        word = _WORD.match(head, at)
        named = word is not None and word[0].casefold() in SECTION_NAMES
        after = _WORD.match(head, word.end() + 1) if word and named else None
        starts = after is not None and after[0][0].isupper() and after[0].casefold() in _DETERMINERS
        return word.end() if word and named and starts and head[word.end()].isspace() else 0
    run: list[re.Match[str]] = []
    end = at
    for word in _WORD.finditer(head, at):
        if re.search(r"[.!?;:,]", head[end : word.start()]) and end > at:
            break
        if word[0][0].islower() and word[0] not in _SMALL:
            break
        run.append(word)
        end = word.end()
    while run and run[-1][0][0].islower():
        run.pop()
    if len(run) < 3:
        return 0
    first = run[-1]
    # A sentence that begins with a small-word in capitals begins there: "Agreement The Kremlin’s position".
    for word in run[2:]:
        if word[0].casefold() in _DETERMINERS and word[0][0].isupper():
            first = word
            break
    clear = (
        first[0].casefold() in _DETERMINERS
        or "’" in first[0]
        or "'" in first[0]
        or _VERB.match(head, first.end())
    )
    return len(head[: first.start()].rstrip()) if clear and first is not run[0] else 0


SECTION_NAMES = words(
    "introduction conclusion conclusions summary abstract background overview methods methodology "
    "results discussion preface foreword prologue epilogue references bibliography acknowledgements "
    "acknowledgments appendix notes contents findings recommendations einleitung fazit zusammenfassung "
    "résumé"
) | {"executive summary", "table of contents", "key points", "key findings", "key takeaways", "works cited"}
"""Names of parts that any report has: a heading, never a document's title."""


def section_name(head: str) -> str:
    """A heading's words without pictures, signs and case, to look up in `SECTION_NAMES`."""
    return head[skip_symbols(head) :].strip(" #*_:").casefold()
