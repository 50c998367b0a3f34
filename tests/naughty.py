"""Strings that have broken programs: our own choice, by what they are known to break."""

from __future__ import annotations

WORDS = (
    "null", "undefined", "NaN", "true", "None", "nil", "-1", "0x0", "1e309", "0/0", "--help", "-", ".", "..",
)  # fmt: skip
PLACES = (
    "../../../../etc/passwd", "C:\\con\\con", "~root", "//host/share", "file:///etc/passwd", "a/../b",
    "%00%2e",
)  # fmt: skip
CODE = (
    "'; DROP TABLE highlights;--",
    '" OR ""="',
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "<![CDATA[x]]>&lol;<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}{0.__class__}%(x)s",
    "%s%s%n%d%x",
    "$(touch x)`touch x`; touch x | cat",
    "```\n# not a heading\n```\n[[x]](y) ![z](w) | a | ^b ~c~ \\",
    "[bold red]x[/] [/] [@click=app.quit()]y[/] [link=http://x]z[/link] \\[",
)
CELLS = (
    "=1+1", "@SUM(A1)", "+1|calc!A0", "-1+1", "\t=1+1", "\r=1+1", '"=1+1', "'=1", "a,b;c\td",
    '"a""b"', "＝1+1", "％x",
)  # fmt: skip
UNICODE = (
    "e" + "\u0301\u0327" * 200,
    "\u0301leads",
    "👩\u200d👩\u200d👧\u200d👦 👍🏽 🏳️\u200d🌈 1️⃣ ❤️ ☺︎",
    "🇩🇪🇫🇷🇮 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "한국어 \u1112\u1161\u11ab \u1100\u1100\u1161\u11a8\u11a8 \u115f\u1160\u3164",
    "क्षि ஸ்ரீ ก็ำ ཨོཾ မြန်မာ \u0600१२",
    "עברית مرحبا \u200fabc\u200e \u202eevil\u202c \u2067x\u2069",
    "ﷺ﷽ ｆｕｌｌ ﾊﾝｶｸﾞ 中文。「引」 \u3000",
    "İıſßẞŒﬁǅ ΑΣΣ ς Ⅷ ⑧ ½ ᾳ",
    "\ufeffa\u200bb\u00adc\u2060d\u180e\u034fe",
    "\ufdd0\ufffe\uffff\U0001ffff \ue000\U000f0000 \U0010ffff",
    "\u2028a\u2029b\x85c\x0bd\x0ce\x1cf\x1dg\x1eh",
    "\x1b[31m\x1b]0;x\x07\x9b31m\x7f\x08\x01",
    "x" * 3000,
    "中" * 1000,
    "a\u0300" * 400 + " " + "\u200d" * 50,
    "T\u0334\u0321\u034e\u0316h\u0337\u0322\u0353e\u0335 Z\u0338\u0318A\u0336L\u0334G\u0335O",
    "𝔘𝔫𝔦 𝕏 𐐷 \U00020000",
    "ऀ\u200d\u200c\ufe0f\ufe0e\U000e0100",
)
QUERIES = (
    '"', '"a', 'a"', "(", ")", "(()", "a AND", "OR b", "NOT", "-", "- a", "--a", "a NEAR/", "a NEAR/99999 b",
    '"a b"~', '"a b"~0', "^", "a^", "a^-1", "a^1e9", "~", "a~9", "*", "**", "?", "???*", "=", "==a", "doc:",
    "doc::x", ":", "theme:(", 'note:"', "a b c d e f g h NEAR/2", "[a TO z]", "{a}", "/re/", "\\", '\\"',
    "a\\*", "((((((((((a))))))))))", "NEAR", "AND AND AND", "tag:*", "-(a b)", '-"a"', '="a"',
    "\u201ea\u201c", "a\x00b", "a" * 200, "(" * 50, "a OR " * 100 + "b",
)  # fmt: skip

TEXTS = (*WORDS, *PLACES, *CODE, *CELLS, *UNICODE)
"""What can be a text, a tag, a note, a title."""

BYTES = (
    b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf",  # a slash, longer than need be
    b"\xc1\xbf \xe0\x9f\xbf \xf0\x8f\xbf\xbf \xf8\x87\xbf\xbf\xbf",
    b"\xed\xa0\x80 \xed\xbf\xbf \xed\xa0\x80\xed\xb0\x80",  # halves of surrogate pairs
    b"\xef\xbf\xbe \xef\xbf\xbf \xf4\x90\x80\x80",
    b"\x80 \xbf \x80\xbf\x80 \xfe \xff \xfe\xfe\xff\xff",
    b"a\xc3 b\xe2\x82 c\xf0\x9f\x98 d",  # cut off
    b"a\xc3\n\nb\xe2\x82\n\nc\xf0\x9f\x98",
    "κόσμε, naïve, 中文, \U0001f600".encode(),
    b"\xef\xbb\xbf\xef\xbb\xbftwice",
    b"\xff\xfea\x00b", b"\xfe\xff\x00a\xd8\x00", b"\xff\xfe\x00\x00a\x00\x00\x00",
    b"a\r\rb\n\rc\r\n\r\nd\x0b\x0ce\x85f",
)  # fmt: skip
"""What can be the content of a file beside its words."""
