"""A query's tree as the text that a reader would type for it."""

from __future__ import annotations

from brief_tui.search import query as q


def render(tree: q.Query) -> str:  # noqa: PLR0911 - one a kind of node
    """Text that parses to the tree again."""
    match tree:
        case q.Word():
            return _word(tree) + _boost(tree.boost)
        case q.Phrase(words=words, within=within):
            if within == 1 and words[0].how == "stem":
                return "-".join(word.text for word in words) + _boost(tree.boost)
            inside = " ".join(word.cased or word.text for word in words)
            return f'"{inside}"' + (f"~{within}" if within > 1 else "") + _boost(tree.boost)
        case q.Near(left=left, right=right, distance=distance):
            near = f"{_operand(left)} NEAR/{distance} {_operand(right, last=True)}"
            return f"({near}){_boost(tree.boost)}" if tree.boost != 1.0 else near
        case q.And(parts=parts, written=written):
            return _group((" AND " if written else " ").join(map(_operand, parts)), tree.boost)
        case q.Or(parts=parts):
            return _group(" OR ".join(map(_operand, parts)), tree.boost)
        case q.Not(part=part):
            return "-" + _operand(part, last=True)
        case q.Section(part=part):
            return "section:" + _operand(part, last=True)
        case q.Where(field=field, value=value):
            return f'{field}:"{value}"' if any(c in value for c in " ()") else f"{field}:{value}"
        case _:
            return ""


def _word(word: q.Word) -> str:
    if word.cased:
        return f'"{word.cased}"'
    if word.how == "exact":
        return f"={word.text}"
    if word.how == "fuzzy":
        return f"{word.text}~{word.edits or ''}"
    return word.text


def _operand(part: q.Query, *, last: bool = False) -> str:
    text = render(part)
    bare = isinstance(part, q.And | q.Or) and part.boost == 1.0
    chained = last and isinstance(part, q.Near) and part.boost == 1.0
    return f"({text})" if bare or chained else text


def _group(text: str, boost: float) -> str:
    return f"({text}){_boost(boost)}" if boost != 1.0 else text


def _boost(boost: float) -> str:
    return "" if boost == 1.0 else f"^{boost:g}"
