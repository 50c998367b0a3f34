"""Every action of the reader in one registry; keys, footer, help and command palette are made from it.

An action's `id` is what the settings' keymap names. Its `call` is the Textual action that does the work: it
leads to `action_…` of the screen it is listed for, which calls the domain.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from textual.binding import Binding, BindingType

from brief_tui.corpus.visible import visible


class Action(Struct, frozen=True):
    """Something the reader can do.

    Attributes:
        id: dotted name, what the keymap names.
        keys: default keys, separated by commas; empty where it lives in the palette only.
        call: the Textual action.
        label: what the palette and help call it.
        group: its heading in help.
        hint: a word for the footer; empty keeps it out of there.
    """

    id: str
    keys: str
    call: str
    label: str
    group: str
    hint: str = ""


MOVING = "Moving"
DOCUMENTS = "Documents"
THEMES = "Themes and trails"
SEARCHING = "Search and related passages"
MARKING = "Highlights"
SELECTING = "While selecting (v)"
IN_MAP = "In the minimap (M)"
PROGRAM = "Program"

READER: tuple[Action, ...] = (
    *(Action(f"theme.{n}", str(n), f"theme({n})", f"Walk theme {n}", THEMES, "theme") for n in range(1, 10)),
    Action("theme.all", "0", "theme(0)", "Walk all themes", THEMES),
    Action("trail.next", "n", "trail(1)", "Next passage of the trail", THEMES, "next"),
    Action("trail.previous", "N,shift+n", "trail(-1)", "Previous passage of the trail", THEMES),
    Action("trail.filter", "f", "filter", "Show only the trail's passages, or all", THEMES),
    Action("search.open", "slash", "search", "Search as you type", SEARCHING, "search"),
    Action("related.enter", "r,enter", "related", "Into the passages elsewhere", SEARCHING, "elsewhere"),
    Action("search.save_cue", "", "save_cue", "Keep the search as a cue of a theme", SEARCHING),
    Action("codebook.open", "K,shift+k", "codebook", "Codebook: themes, topics and their cues", THEMES),
    Action("mark.add", "m", "mark", "Mark the passage or the selection as a highlight", MARKING, "mark"),
    Action("mark.tags", "t", "tags", "Tags of the highlight, or a theme on the passage", MARKING, "tag"),
    Action("mark.note", "a", "note", "Note on the highlight", MARKING),
    Action("note.whole", "A,shift+a", "notes", "Notes on the brief and on whole documents", MARKING),
    Action("mark.copy", "y", "copy", "Copy the excerpt with its citation", MARKING),
    Action("mark.undo", "u", "undo", "Undo", MARKING),
    Action("mark.redo", "ctrl+r", "redo", "Redo", MARKING),
    Action("mark.list", "H,shift+h", "highlights", "The list of highlights", MARKING),
    Action("mark.trail", "", "walk_highlights", "Walk the highlights", MARKING),
    Action("select.start", "v", "select", "Select by sentence, word and character", MARKING),
    Action("theme.why", "i", "why", "Why this passage is tagged", THEMES),
    Action(
        "compare.open",
        "c",
        "compare",
        "Compare: one theme, all sources beside each other",
        DOCUMENTS,
        "compare",
    ),
    Action("overview.open", "o", "overview", "Overview: documents and themes", DOCUMENTS, "overview"),
    Action("export.open", "e", "export", "Export highlights and themes", MARKING, "export"),
    Action("move.down", "j,down", "move(1)", "Passage down", MOVING),
    Action("move.up", "k,up", "move(-1)", "Passage up", MOVING),
    Action("move.page_down", "space,pagedown", "page(1)", "Page down", MOVING),
    Action("move.page_up", "b,pageup", "page(-1)", "Page up", MOVING),
    Action("move.top", "g,home", "edge(-1)", "Top of the document", MOVING),
    Action("move.bottom", "G,shift+g,end", "edge(1)", "Bottom of the document", MOVING),
    Action("move.back", "backspace,left_square_bracket", "jump(-1)", "Back where you were", MOVING),
    Action("move.forward", "right_square_bracket", "jump(1)", "Forward again", MOVING),
    Action("bookmark.toggle", "B,shift+b", "bookmark", "Put a bookmark here, or take it away", MOVING),
    Action("bookmark.next", "apostrophe", "next_bookmark", "Next bookmark", MOVING),
    Action("map.start", "M,shift+m", "map", "Into the minimap: Enter goes to the place", MOVING),
    Action("move.sections", "s", "sections", "Sections of the documents", MOVING),
    Action("document.next", "tab,l,right", "document(1)", "Next document", DOCUMENTS),
    Action("document.previous", "shift+tab,h,left", "document(-1)", "Previous document", DOCUMENTS),
    Action("columns.more", "plus", "columns(1)", "More columns", DOCUMENTS),
    Action("columns.fewer", "minus", "columns(-1)", "Fewer columns", DOCUMENTS),
    Action("columns.auto", "equals_sign", "columns(0)", "As many columns as fit", DOCUMENTS),
    Action("columns.zoom", "z", "zoom", "Zoom one document", DOCUMENTS),
    Action("columns.width", "w", "width", "Text width: narrow, medium, full", DOCUMENTS),
    Action("columns.link", "", "link", "Let the other columns follow the cursor", DOCUMENTS),
    Action("columns.numbers", "", "numbers", "Show or hide line numbers", DOCUMENTS),
    Action("document.reload", "R,shift+r", "reload", "Reload what changed on disk", DOCUMENTS),
    Action("fold.toggle", "x", "fold", "Fold or unfold boilerplate", DOCUMENTS),
)
"""What the reading screen does, in the order in which the footer offers it."""

SELECTION: tuple[Action, ...] = (
    *(
        Action(
            f"select.{unit}_{way}",
            keys,
            f"select_move({unit!r}, {step})",
            f"Edge {to} by a {unit}",
            SELECTING,
            unit,
        )
        for unit, forward, backward in (
            ("sentence", "j,down", "k,up"),
            ("word", "l,right", "h,left"),
            ("character", "L,shift+l", "H,shift+h"),
        )
        for way, keys, step, to in (("on", forward, 1, "onwards"), ("back", backward, -1, "back"))
    ),
    Action("select.edge", "o", "select_edge", "The other edge", SELECTING, "edge"),
    Action("select.stop", "escape,v", "select_stop", "End selecting", SELECTING, "end"),
    Action("select.passage", "p", "select_passage", "The whole passage", SELECTING, "whole passage"),
)
"""What shadows the reading screen's keys while selecting."""

MAPPING: tuple[Action, ...] = (
    Action("map.down", "j,down", "map_move(1)", "Down the minimap", IN_MAP, "along"),
    Action("map.up", "k,up", "map_move(-1)", "Up the minimap", IN_MAP, "along"),
    Action("map.go", "enter", "map_go", "Go to the place", IN_MAP, "go there"),
    Action("map.stop", "escape,M,shift+m", "map_stop", "Leave the minimap", IN_MAP, "leave"),
)
"""What shadows the reading screen's keys while in the minimap."""

APP: tuple[Action, ...] = (
    Action("help.open", "question_mark", "app.help", "Help: every key", PROGRAM, "help"),
    Action("palette.open", "ctrl+p", "app.command_palette", "Command palette", PROGRAM),
    Action("theme.switch", "", "app.switch_theme", "Colours: next theme", PROGRAM),
    Action("app.suspend", "ctrl+z", "app.suspend_process", "Back to the shell; fg returns", PROGRAM),
    Action("app.quit", "q", "app.quit", "Quit", PROGRAM),
    Action("app.quit_now", "ctrl+q,ctrl+c", "app.quit", "Quit from anywhere", PROGRAM),
)
"""What works on every screen."""

ALL: tuple[Action, ...] = tuple(
    action
    for group in (MOVING, DOCUMENTS, THEMES, SEARCHING, MARKING, SELECTING, IN_MAP, PROGRAM)
    for action in (*READER, *SELECTION, *MAPPING, *APP)
    if action.group == group
)
"""Every action, by group, in the order in which help tells them."""


_SHOWN = {
    "slash": "/", "apostrophe": "'", "question_mark": "?", "plus": "+", "minus": "-", "equals_sign": "=",
    "left_square_bracket": "[", "right_square_bracket": "]", "backspace": "Bksp",
    "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "tab": "Tab", "shift+tab": "Shift+Tab", "enter": "Enter", "escape": "Esc",
    "home": "Home", "end": "End", "space": "Space", "delete": "Del",
}  # fmt: skip


def shown_keys(keys: str) -> str:
    """Keys as readers write them: "slash,ctrl+r" is "/ Ctrl+R"; a capital's second name is left out."""
    names = []
    for key in keys.split(","):
        *modifiers, last = key.split("+")
        if modifiers == ["shift"] and len(last) == 1 and last.upper() in names:
            continue
        named = _SHOWN.get(key) or _SHOWN.get(last) or (last.upper() if modifiers else last)
        names.append("+".join([*(each.capitalize() for each in modifiers if key not in _SHOWN), named]))
    return visible(" ".join(names))


def bindings(actions: Iterable[Action]) -> list[BindingType]:
    """Actions as Textual bindings; those without a key are left to the palette."""
    return [
        Binding(
            action.keys,
            action.call,
            action.label,
            show=bool(action.hint),
            key_display=shown_keys(action.keys).split()[0],
            id=action.id,
            tooltip=action.label,
            priority=action.id == "app.quit_now",  # also where a dialog has the keys
        )
        for action in actions
        if action.keys
    ]
