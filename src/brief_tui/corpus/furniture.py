"""Signs of what a page carries beside its text: links, bylines, credits, profiles, page numbers.

The patterns are the furniture of web and printed pages in general; what repeats or stands at a document's
end is found by `kinds` from its place.
"""

from __future__ import annotations

import re

_LINKS = re.compile(
    r"""(?:
      (?:read|see|learn|find\ out|watch|listen)\ (?:more|also|next|on|the\ full\ \w+)(?:\ (?:here|about\b.{0,60}))?\s*(?:[:»>→]+.{0,200}|\.{3}|…)?
    | (?:also\ read|also\ see|must\ read|don['’]?t\ miss|up\ next|now\ read|more\ here|in\ case\ you\ missed\ it)\s*(?::.{0,200})?
    | you\ (?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested\ in|have\ missed)\b.{0,20}
    | (?:related|recommended|suggested|popular|latest|recent|trending|top|most[ ](?:read|popular|viewed)|more|further|previous|next|older|newer|featured)
      \ (?:articles?|stories|story|posts?|news|content|topics?|coverage|videos?|pages?|now|links?)\b\s*(?::.{0,200}|[→»>]+)?
    | related:.{1,200} | most\ (?:read|popular|viewed) | more\ (?:from|on|in)\ (?:this|the)\ .{1,40} | trending(?:\ now)? | recommended
    | (?:share|tweet|pin|print|e-?mail|save|bookmark)(?:\ (?:this|on|via|to|with)\b.{0,40})?\s*:?
    | (?:share|tweet|follow|find|join|like|connect\ with)\ us\b.{0,60} | follow\ (?:@\S+|\S+\ on\ \w+)\s*
    | (?:subscribe|sign\ up|sign\ in|log\ in|log\ out|register|donate)(?:\ (?:to|for|now|here|today|with)\b.{0,80})?[.!]?
    | (?:advertisement|advertising|sponsored(?:\ content)?|promoted|paid\ content|story\ continues\ below.{0,30})
    | skip\ to\ .{1,30} | back\ to\ (?:top|home.{0,20}) | load\ more.{0,20} | show\ (?:more|less|all)(?:\ \w+)? | view\ (?:all|more|comments)\b.{0,20}
    | (?:font|text|type)\ (?:change|size|resize)\b.{0,12} | (?:listen|listen\ to\ this\ (?:article|story))(?:\ \d.{0,12})?
    | (?:leave|add|post|write)\ a\ (?:reply|comment)\b.{0,30} | (?:no|\d[\d,.]*)\ (?:comments?|replies|shares?|likes?|views?|responses?)\b.{0,30}
    | comments?\ (?:\(\d+\)|are\ closed|off)\.? | join\ the\ (?:conversation|discussion)\.?
    | click\ (?:here|to)\b.{0,80} | continue\ reading\b.{0,80} | (?:cookie|privacy)\ (?:policy|settings|preferences|notice)
    | terms\ (?:of\ (?:use|service)|and\ conditions) | accept\ (?:all\ )?cookies | all\ rights\ reserved\.?
    | (?:copyright\b|©|\(c\))\ ?.{0,160}
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
LINK_LABEL = re.compile(
    r"(?:(?:read|see)\ (?:more|also|next)|also\ (?:read|see)|related(?:\ \w+)?|recommended(?:\ \w+)?|more\ on\ this.{0,20}|don['’]?t\ miss)\s*[:»>]?$",
    re.IGNORECASE | re.VERBOSE,
)
"""A label after which the title of another page stands on the next line."""

_NAME = r"(?:[A-Z][\w.'’-]*|de|da|di|van|von|der|bin|al|el|la|le|and|&|the)"
_BYLINE = re.compile(
    rf"(?:(?:[Bb]y|BY)\s+(?:{_NAME},?\s*){{1,8}}(?:\|.{{0,60}})?"
    r"|(?:[Bb]y|BY)\s+(?:admin|staff|editor\w*|guest|the editors|our\s\w+)\b.{0,40}"
    r"|(?i:(?:written|posted|published|reported|reviewed|edited|translated)\s+(?:by|on|in|at)\b.{0,80})"
    r"|(?i:(?:filed\s+under|tags?|tagged(?:\s+with)?|categor(?:y|ies)|last\s+(?:updated|modified)|updated|published|first\s+published|"
    r"posted|photo|photos|image|author|reading\s+time|source)\s*[:|]\s*.{0,120})"
    r"|(?i:\d{1,3}[\s-]?min(?:ute)?s?\s+read\b.{0,20})|(?i:reading\s+time\b.{0,20}))$"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
    r"(?:[\s,|·•–-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?$",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(
    r"(?:<?(?:https?://|www\.)\S+>?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w[\w.]*|(?:#[^\W\d]\w*[\s,]*)+)$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:.{0,70}\[page\s+\w{1,6}\]|(?:page|p\.)\s*\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?|[-–—\[(|~]+\s*\d{1,4}\s*[-–—\])|~]+)$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(r"\d{1,4}$|[ivxlc]{1,6}$")
"""A line that holds a bare page number."""

_AGENCIES = (
    r"(?:AFP|AP|Associated\ Press|Reuters|Getty(?:\ Images)?|EPA(?:-EFE)?|dpa|DPA|ANP|TASS|Xinhua|Shutterstock|"
    r"Anadolu(?:\ (?:Agency|Images))?|Bloomberg|Alamy(?:\ Stock\ Photo)?|i?Stock(?:photo)?|Unsplash|PA(?:\ (?:Wire|Images|Media))?|"
    r"Sipa(?:\ USA)?|ZUMA(?:\ Press)?|Keystone|ANSA|EFE|Kyodo|Sputnik|UPI|NurPhoto|Magnum|Wikimedia(?:\ Commons)?|Flickr|Corbis|"
    r"Pexels|Pixabay|AP\ Photo|WireImage|FilmMagic|Rex\ Features|SOPA\ Images|Imago|IMAGO|Adobe\ Stock|Pool)"
)
_CREDIT = re.compile(
    rf"\(?(?:(?:[^.!?:]{{1,60}}?(?:\s*[/|,]\s*|\s+[–—-]\s+|\s+via\s+))?{_AGENCIES}(?:\s*(?:/|,|\||via)\s*[^.!?:]{{1,40}})?"
    r"|(?i:(?:photo(?:graph)?|image|picture|foto|illustration|credit|courtesy)s?(?:\s+(?:credit|courtesy|by|via|of))*\s*[:/]?\s*(?-i:[A-Z©]).{0,80})"
    r"|©.{1,80})\)?$",
    re.VERBOSE if False else 0,
)
_CREDIT_END = re.compile(
    rf"(?:\(\s*(?:[^()]{{0,60}}[/,|]\s*)?{_AGENCIES}(?:[/,|][^()]{{0,40}})?\s*\)|(?:\||©|[Pp]hotos?(?:graph)?(?:\s+by)?:|[Ii]mage:|[Cc]redit:)\s*[^.!?|]{{2,60}})$"
)
_CAPTION_LABEL = re.compile(
    r"(?:\[?(?:photo|image|picture|caption|photograph|illustration|video)\s*(?:\d+\s*)?[:.\]]|\[illustration\b"
    r"|(?:figure|fig\.|table|chart|map|graphic|exhibit|plate|abbildung|abb\.)\s*\d+(?:\.\d+)*\s*(?:[:.|–—-]\s)|!\[[^\]]*\]\()",
    re.IGNORECASE,
)
_PROFILE_KEYS = frozenset(
    "url username user email e-mail mail phone telephone tel mobile fax address website web site homepage "
    "followers following bio birthdate birthday born dob twitter instagram facebook linkedin tiktok youtube github "
    "company job occupation employer location handle name zip postcode city country".split()
)
_PAIR = re.compile(r"([^\W\d_][\w .-]{0,24}?)\s*[:：]\s*(?=\S)")


def is_furniture(head: str) -> bool:
    """Whether a short line is a link, a byline, a date, a bare address or a page number."""
    line = head.strip(" *_#>|[]")
    return len(head) <= 240 and bool(
        _LINKS.match(line) or _BYLINE.match(line) or _BARE_ADDRESS.match(head) or _PAGE.match(line)
    )


def is_date(head: str) -> bool:
    """Whether a line holds a date and nothing else."""
    return len(head) <= 60 and bool(_DATE.match(head))


def is_credit(head: str) -> bool:
    """Whether a line says whose picture it is."""
    return len(head) <= 120 and bool(_CREDIT.match(head))


def is_caption(head: str, tail: str) -> bool:
    """Whether a line says of itself that it is a caption: by its label or by the credit at its end."""
    return bool(_CAPTION_LABEL.match(head) or _CREDIT_END.search(tail))


def pair_key(head: str) -> str | None:
    """The key of a line like "key : value", in lower case; None for any other line."""
    found = _PAIR.match(head)
    return found[1].strip().casefold() if found else None


def is_profile_key(key: str) -> bool:
    """Whether a key is one of a person's or a firm's particulars."""
    return key in _PROFILE_KEYS or key.split()[-1] in _PROFILE_KEYS
