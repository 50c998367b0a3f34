"""Every key by group, made from the bindings: the reader's actions first, then those of each other screen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from itertools import groupby

from msgspec import Struct
from textual.binding import Binding, BindingType

from brief_tui.tui.actions import ALL

_SCREENS = (
    ("While searching (/)", "widgets.searchpanel", ("QueryInput", "ResultList", "SearchPanel")),
    ("Elsewhere (r)", "widgets.elsewhere", ("Elsewhere",)),
    ("Compare (c)", "screens.compare", ("CompareScreen",)),
    ("Overview (o)", "screens.overview", ("OverviewScreen",)),
    ("Sections (s)", "screens.sections", ("SectionsScreen",)),
    ("Codebook (K)", "screens.codebook", ("CodebookScreen",)),
    ("A cue of the codebook", "screens.cue", ("CueScreen",)),
    ("List of highlights (H)", "screens.highlights", ("HighlightsScreen",)),
    ("Tags (t)", "screens.tags", ("TagPicker",)),
    ("A note (a)", "screens.note", ("NoteScreen",)),
    ("Why it is tagged (i)", "screens.why", ("WhyScreen",)),
    ("Export (e)", "screens.export", ("ExportScreen",)),
    ("Choosing from a list", "screens.pick", ("PickScreen",)),
    ("In every list", "widgets.linelist", ("LineList",)),
)
_COUNTED = re.compile(r"(?:alt\+)?[1-9]")


class Key(Struct, frozen=True):
    """A line of help.

    Attributes:
        id: what the settings' keymap names.
        keys: default keys, separated by commas; empty where it lives in the palette only.
        label: what they do.
        last: of a row of digits the last key; empty for others.
    """

    id: str
    keys: str
    label: str
    last: str = ""


class Group(Struct, frozen=True):
    """The keys of a screen or of a part of what it does.

    Attributes:
        title: its heading.
        keys: in the order in which they are told.
        screens: names of the classes that have them; empty for the reading screen's.
    """

    title: str
    keys: tuple[Key, ...]
    screens: tuple[str, ...] = ()


def groups(first: Collection[str] = ()) -> list[Group]:
    """Every key by group.

    Args:
        first: groups that come first: their titles, or names of classes that have their keys.
    """
    found = [
        Group(title, tuple(Key(action.id, action.keys, action.label) for action in actions))
        for title, actions in groupby(ALL, key=lambda action: action.group)
    ]
    found += [Group(title, tuple(_keys(module, names)), names) for title, module, names in _SCREENS]
    return sorted(found, key=lambda group: set(first).isdisjoint({group.title, *group.screens}))


def _keys(module: str, names: Sequence[str]) -> Iterator[Key]:
    loaded = import_module(f"brief_tui.tui.{module}")
    bindings = [each for name in names for each in _bindings(vars(getattr(loaded, name)).get("BINDINGS", ()))]
    for (_, is_counted), group in groupby(bindings, key=_kind):
        same = list(group)
        if is_counted:
            label = re.sub(r" 1$", "", same[0].tooltip or same[0].description)
            yield Key(same[0].id or "", same[0].key, label, last=same[-1].key)
        else:
            yield from (Key(each.id or "", each.key, each.tooltip or each.description) for each in same)


def _bindings(declared: Sequence[BindingType]) -> Iterator[Binding]:
    return (each for each in declared if isinstance(each, Binding))


def _kind(binding: Binding) -> tuple[str, bool]:
    """What the binding calls, and whether it is one of a row of digits."""
    is_counted = _COUNTED.fullmatch(binding.key) is not None
    return (binding.action.partition("(")[0] if is_counted else "", is_counted)
