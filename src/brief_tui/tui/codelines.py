"""The lines of the codebook screen: codes, cues, disagreements, and passages with what a cue matched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from brief_tui.corpus.model import PassageKey, Span
from brief_tui.corpus.visible import folded, visible
from brief_tui.themes.account import Account
from brief_tui.themes.codebook import Code, Codebook, Cue
from brief_tui.themes.tags import CueQuality, Disagreement
from brief_tui.tui.palette import Glyphs
from brief_tui.tui.strips import Piece, fit, in_view, painted
from brief_tui.tui.styling import Styler
from brief_tui.tui.widgets.linelist import Drawer, Line, text_line
from brief_tui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Empty:
    """Stands for a part of the codebook in which there is nothing: "theme" or "topic"."""

    kind: str


def of_codebook(codebook: Codebook, account: Account | None, glyphs: Glyphs) -> list[Line]:
    """The lines of all codes, themes first; counts where they are known."""
    return [
        text_line(" Themes"),
        *_codes("theme", codebook.themes, account, glyphs.digits),
        text_line(""),
        text_line(" Topics"),
        *_codes("topic", codebook.topics, account, ""),
    ]


def _codes(kind: str, codes: Sequence[Code], account: Account | None, digits: str) -> Iterator[Line]:
    for at, code in enumerate(codes):
        count = "" if account is None else str(account.passages.get(code.id, 0))
        yield Line(code_line(code, digits[at : at + 1], count), code)
    if not codes:
        said = {"theme": "   none yet: n makes one", "topic": "   none yet: s suggests"}[kind]
        yield text_line(said, "text", Empty(kind))


def of_code(workspace: Workspace, code: Code, account: Account | None) -> list[Line]:
    """The lines of a code's cues, and of the passages on which the reader decided otherwise."""
    told = account or Account()
    lines = [Line(cue_heads)] if code.cues else [text_line(" no cues yet: a writes one")]
    for cue in code.cues:
        count = "" if account is None else str(told.cues.get((code.id, cue.q), 0))
        lines.append(Line(cue_line(cue, count, told.quality.get((code.id, cue.q))), cue))
    differing = told.disagreements.get(code.id, ())
    if differing:
        lines += [text_line(""), text_line(f" You decided otherwise: {len(differing)}")]
        lines += [Line(disagreement_line(workspace, each), each) for each in differing]
    return lines


def code_line(code: Code, mark: str, count: str) -> Drawer:
    """A code: the digit of its key, its name in its colour, the number of its passages."""
    name = visible(code.name)

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        look = style("#" + code.colour) if code.colour else style("text")
        right = f" {count} "
        return [(f" {mark or ' '} ", look), (fit(name, width - 3 - cell_len(right)), look)], [
            (right, style("dim"))
        ]

    return draw


def cue_line(cue: Cue, count: str, quality: CueQuality | None) -> Drawer:
    """A cue: weight, query, how many passages it speaks for, and how often it was right."""
    query = visible(cue.q)
    precision = quality.precision if quality is not None else None
    right = "" if precision is None else f"{precision:.0%}"

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        tail = f" {count:>5} {right:>5} "
        room = width - 6 - len(tail)
        return [(f" {cue.weight:<4g} ", style("dim")), (fit(query, room), style("text"))], [
            (tail, style("dim"))
        ]

    return draw


def cue_heads(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
    """What the columns of cue lines mean."""
    right = " passages right " if width >= 40 else ""
    return [(fit(" weight cue", width - len(right)), style("dim"))], [(right, style("dim"))]


def disagreement_line(workspace: Workspace, each: Disagreement) -> Drawer:
    """A passage on which the reader decided otherwise than the cues."""
    decision = each.decision
    document = workspace.library.document(decision.doc)
    passage = document.passages[decision.number]
    sign = "+" if decision.present else "-"
    where = f"{visible(document.name)}:{passage.line}"
    text = folded(passage.text)

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        label = fit(where, width // 4)
        room = width - 4 - cell_len(label)
        return [
            (f" {sign} ", style("accent")),
            (f"{label} ", style("dim")),
            (fit(text, room), style("text")),
        ], []

    return draw


def about_code(code: Code) -> Content:
    """A code's name and what it means."""
    memo = folded(code.memo) or "no memo yet: m writes one"
    return Content.assemble((visible(code.name), "bold"), "\n", (memo, "$dim"))


def about_cue(cue: Cue, count: int | None, quality: CueQuality | None) -> Content:
    """All that is known of a cue, in words."""
    facts = [f"weight {cue.weight:g}"]
    if count is not None:
        facts.append(f"speaks for {count} {'passage' if count == 1 else 'passages'}")
    if cue.scope == "passage":
        facts.append("in the whole passage")
    if cue.unless:
        facts.append(f"unless {cue.unless}")
    if cue.requires:
        facts.append(f"requires {', '.join(cue.requires)}")
    if quality is not None and quality.precision is not None:
        decided = quality.right + quality.wrong
        facts.append(f"right on {quality.right} of {decided} that you decided")
    if quality is not None and quality.confirmed:
        facts.append(f"finds {quality.right} of your {quality.confirmed}")
    return Content.assemble((visible(" · ".join(facts)), "$dim"), "\n", visible(cue.q))


def about_disagreement(workspace: Workspace, each: Disagreement) -> Content:
    """What the cues say of a passage, and what the reader."""
    decision = each.decision
    document = workspace.library.document(decision.doc)
    text = folded(document.passages[decision.number].text)
    cues = " · ".join(visible(match.cue) for match in each.matches)
    said = "You put it here; no cue finds it." if decision.present else f"You took it away; found by {cues}"
    return Content.assemble((said, "$dim"), "\n", text)


def passage_line(
    workspace: Workspace, key: PassageKey, spans: Sequence[Span], glyphs: Glyphs, *, new: bool
) -> Drawer:
    """A passage's sentence with what a cue matched in it; a sign where its code did not have it yet."""
    document = workspace.library.document(key[0])
    passage = document.passages[key[1]]
    sentence = workspace.library.sentence_of(passage, spans[0].start)
    text = visible(document.text[sentence.start : sentence.end])
    first = spans[0].start - sentence.start
    place = workspace.library.place_of(key[0]) + 1

    def draw(width: int, style: Styler) -> tuple[list[Piece], list[Piece]]:
        head = f" {'+' if new else ' '} {place} "
        room = width - len(head) - 2
        start, end, lead, tail = in_view(text, first, room, glyphs.ellipsis)
        marks = [(s.start - sentence.start, s.end - sentence.start, style("hit")) for s in spans]
        pieces = painted(text, start, end, style("text"), marks)
        return [
            (head, style("accent" if new else "dim")),
            (lead, style("dim")),
            *pieces,
            (tail, style("dim")),
        ], []

    return draw
