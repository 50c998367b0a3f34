"""Signs of what a page carries beside its text: links, bylines, credits, profiles, page numbers.

The signs are those of web and printed pages in general; what repeats or stands at a document's end is found
by `apparatus` from its place. Patterns are kept by the first word of the line and compiled when one is met:
most lines meet none, and a start of the program waits for few.
"""

from __future__ import annotations

import re
from functools import cache

from brief_tui.corpus.looks import words

_LONGEST = 240

# Each pattern is tried on the whole line in lower case, if its first word is one of the words before it.
_LINKS: tuple[tuple[str, str], ...] = (
    (
        "read see learn find watch listen",
        r"\w+ (?:out )?(?:more|also|next|on|the full \w+)(?: here| about .{0,60})?\s*"
        r"(?:[:»>→]+.{0,200}|\.{3}|…)?",
    ),
    (
        "also must don't don’t up now more",
        r"(?:also read|also see|must read|don['’]t miss|up next|now read|more here)\s*(?::.{0,200})?",
    ),
    ("in", r"in case you missed it\s*(?::.{0,200})?"),
    ("you", r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed)\b.{0,20}"),
    (
        "related recommended suggested popular latest recent trending top most more further previous next "
        "older newer featured",
        r"(?:most )?\w+ (?:articles?|stories|story|posts?|news|content|topics?|coverage|videos?|links?|now)\b"
        r"\s*(?::.{0,200}|[→»>]+)?",
    ),
    ("related", r"related\s*:.{0,200}"),
    ("most", r"most (?:read|popular|viewed|shared)"),
    ("more", r"more (?:from|on) (?:this|the) .{1,40}"),
    ("trending recommended advertisement advertising sponsored promoted", r"\w+(?: content)?"),
    ("paid", r"paid content"),
    ("story article", r"\w+ continues below.{0,30}"),
    (
        "share tweet pin print email e-mail save bookmark",
        r"[\w-]+(?: (?:this|on|via|to|with)\b.{0,40})?\s*:?",
    ),
    ("share tweet follow find join like connect", r"\w+ (?:with )?us\b.{0,60}"),
    ("follow", r"follow (?:@\S+|\S+ on \w+)"),
    (
        "subscribe sign log register donate",
        r"\w+(?: (?:up|in|out))?(?: (?:to|for|now|here|today|with)\b.{0,80})?[.!]?",
    ),
    ("skip", r"skip to .{1,30}"),
    ("back", r"back to (?:top|home.{0,20})"),
    ("load show view", r"\w+ (?:more|less|all|comments)(?: \w+)?"),
    ("font text type", r"\w+ (?:change|size|resize)\b.{0,12}"),
    ("listen", r"listen(?: to this (?:article|story))?(?: \d.{0,12})?"),
    ("leave add post write", r"\w+ a (?:reply|comment)\b.{0,30}"),
    ("no", r"no (?:comments?|replies|responses)\b.{0,30}"),
    ("comments comment", r"comments? (?:\(\d+\)|are closed|off)\.?"),
    ("join", r"join the (?:conversation|discussion)\.?"),
    ("click continue", r"(?:click (?:here|to)|continue reading)\b.{0,80}"),
    ("cookie privacy", r"\w+ (?:policy|settings|preferences|notice)"),
    ("terms", r"terms (?:of (?:use|service)|and conditions)"),
    ("accept", r"accept (?:all )?cookies"),
    ("all", r"all rights reserved\.?"),
    ("copyright © (c)", r"(?:copyright\b|©|\(c\)).{0,160}"),
    ("by", r"by (?:admin|staff|editor\w*|guest|the editors|our \w+)\b.{0,40}"),
    (
        "written posted published reported reviewed edited translated",
        r"\w+ (?:by|on|in|at)\b.{0,80}",
    ),
    (
        "filed tags tag tagged category categories last updated published first posted photo photos image "
        "author reading source",
        r"(?:filed under|tags?|tagged(?: with)?|categor(?:y|ies)|last (?:updated|modified)|updated|posted"
        r"|(?:first )?published|photos?|image|author|reading time|source)\s*[:|]\s*.{0,120}",
    ),
)
_COUNTED = (
    r"\d[\d,.]*[\s-]?(?:min(?:ute)?s? read|comments?|replies|shares?|likes?|views?|responses?)\b.{0,30}"
)
_PAGE = (
    r"(?:.{0,70}\[page\s+\w{1,6}\]|(?:page|p\.)\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?"
    r"|[-–—\[(|~]+\s*\d{1,4}\s*[-–—\])|~]+)"
)
_ADDRESS = r"(?:<?(?:https?://|www\.)\S+>?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w[\w.]*|(?:#[^\W\d]\w*[\s,]*)+)"
_NAME = r"(?:[A-Z][\w.'’-]*|de|da|di|van|von|der|bin|al|el|la|le|and|&|the)"
_BYLINE = rf"(?:[Bb]y|BY)\s+{_NAME}(?:,?\s+{_NAME}){{0,8}}(?:\s*\|.{{0,60}})?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:[\s,|·•–-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?"
)
_LINK_LABEL = (
    r"(?:(?:read|see) (?:more|also|next)|also (?:read|see)|related(?: \w+)?|recommended(?: \w+)?"
    r"|more on this.{0,20}|don['’]t miss)\s*[:»>]?"
)
_PAGE_NUMBER = r"\d{1,4}|[ivxlc]{1,6}"

_AGENCIES = words(
    "AFP AP AP_Photo Associated_Press Reuters REUTERS Getty Getty_Images EPA EPA-EFE dpa DPA ANP TASS Xinhua "
    "Shutterstock Anadolu Anadolu_Agency Anadolu_Images Bloomberg Alamy Alamy_Stock_Photo iStock iStockphoto "
    "Unsplash PA PA_Wire PA_Images PA_Media Sipa Sipa_USA ZUMA ZUMA_Press Keystone ANSA EFE Kyodo Sputnik "
    "UPI NurPhoto Magnum Wikimedia Wikimedia_Commons Flickr Corbis Pexels Pixabay WireImage SOPA_Images "
    "Imago IMAGO Adobe_Stock Rex_Features"
)
_AGENCY_WORDS = frozenset(word for name in _AGENCIES for word in re.split("[_-]", name))
_BETWEEN_WORDS = re.compile("[/|,–—-]")
_CREDIT_LABEL = re.compile(
    r"(?:(?:photo|photograph|image|picture|illustration)s?(?:\s+(?:credit|courtesy))?"
    r"(?:\s*:|\s+by|\s+of|\s+via)"
    r"|credits?\s*:|(?:photo|image|picture)?\s*courtesy\s+of)\s*\S.{0,80}$",
    re.IGNORECASE,
)
_CREDIT_PARTS = re.compile(r"\s*[/|,]\s*|\s+(?:[–—-]|via)\s+")
_CREDIT_AT_END = re.compile(r"\(([^()]{2,80})\)$|[|©]\s*([^|©.!?]{2,60})$")
_CAPTION_LABEL = re.compile(
    r"\[?(?:photo|image|picture|caption|photograph|illustration|video)\s*(?:\d+\s*)?[:.\]]|\[illustration\b"
    r"|(?:figure|fig\.|table|chart|map|graphic|exhibit|plate|abb\.)\s*\d+(?:\.\d+)*\s*[:.|–—-]\s|!\[[^\]]*\]\(",
    re.IGNORECASE,
)
_PROFILE_KEYS = words(
    "url username user email e-mail mail phone telephone tel mobile fax address website web site homepage "
    "followers following bio birthdate birthday born dob twitter instagram facebook linkedin tiktok youtube "
    "github company job occupation employer location handle name zip postcode city country"
)
_DIGIT = re.compile(r"\d")
_PAIR = re.compile(r"([^\W\d_][\w .-]{0,24}?)\s*[:：]\s*(?=\S)")


@cache
def _links_by_word() -> dict[str, list[str]]:
    by_word: dict[str, list[str]] = {}
    for firsts, pattern in _LINKS:
        for word in firsts.split():
            by_word.setdefault(word, []).append(pattern)
    return by_word


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_all(pattern: str, line: str) -> bool:
    return _compiled(pattern).fullmatch(line) is not None


def is_furniture(head: str) -> bool:
    """Whether a short line is a link, a byline, a bare address or a page number."""
    line = head.strip(" \u00a0*_#>|[]")
    if not line or line.isspace() or len(head) > _LONGEST:
        return False
    low = line.casefold()
    first = low.split(maxsplit=1)[0].rstrip(":")
    if any(_is_all(pattern, low) for pattern in _links_by_word().get(first, ())):
        return True
    if first == "by" and _is_all(_BYLINE, line):
        return True
    if first[:1].isdigit() and _is_all(_COUNTED, low):
        return True
    address = "@" in low or first.startswith(("http", "www.", "<", "#"))
    if (address or head.startswith("#")) and _is_all(_ADDRESS, head.casefold()):
        return True
    page = (
        low.endswith(("]", "-", "–", "—", ")", "|", "~"))
        or first in {"page", "p."}
        or "[page" in head.casefold()
    )
    return page and any(_is_all(_PAGE, form) for form in (low, head.casefold()))


def is_link_label(head: str) -> bool:
    """Whether the title of another page stands on the line below: "Read also:"."""
    return len(head) <= 40 and _is_all(_LINK_LABEL, head.casefold())


def is_date(head: str) -> bool:
    """Whether a line holds a date and nothing else."""
    return len(head) <= 60 and _DIGIT.search(head) is not None and _is_all(_DATE, head.casefold())


def is_page_number(head: str) -> bool:
    """Whether a line holds a bare number, as the foot of a page does."""
    return len(head) <= 6 and _is_all(_PAGE_NUMBER, head.casefold())


def is_credit(head: str) -> bool:
    """Whether a line says whose picture it is: "Jane Doe / AFP", "Photo: Jane Doe", "© Jane Doe"."""
    line = head.strip("()[] *_")
    if not 2 <= len(line) <= 120:
        return False
    if line.startswith("©") or (line[0] in "cipCIP" and _CREDIT_LABEL.match(line)):
        return True
    if line[-1] in ".!?:" or _AGENCY_WORDS.isdisjoint(_BETWEEN_WORDS.sub(" ", line).split()):
        return False
    parts = _CREDIT_PARTS.split(line)
    return (
        len(parts) <= 4
        and any(p.replace(" ", "_") in _AGENCIES for p in parts)
        and all(len(p) <= 60 for p in parts)
    )


def is_caption(head: str, tail: str) -> bool:
    """Whether a line says of itself that it is a caption: by its label, or by the credit at its end."""
    if _CAPTION_LABEL.match(head):
        return True
    found = _CREDIT_AT_END.search(tail) if tail.endswith(")") or "|" in tail or "©" in tail else None
    if not found:
        return False
    credit = found[1] or found[2]
    # A bare "(Reuters)" at the end of a paragraph says where the news is from.
    return is_credit(credit) and (found[1] is None or "/" in credit or credit.casefold().startswith("photo"))


def pair_key(head: str) -> str | None:
    """The key of a line like "key : value", in lower case; None for any other line."""
    found = _PAIR.match(head)
    return found[1].strip().casefold() if found else None


def is_profile_key(key: str) -> bool:
    """Whether a key is one of a person's or a firm's particulars."""
    return key in _PROFILE_KEYS or key.rpartition(" ")[2] in _PROFILE_KEYS
