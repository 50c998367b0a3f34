"""Markup is never read from data: what a text, a name or a tag says in square brackets stays what it says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "brief_tui" / "tui"

PLAIN_WIDGETS = {"Static", "Input", "TextArea"}
"""Widgets of Textual that can be told to read no markup, or never do; all others read it in some part."""

READ_MARKUP = {"Static", "Label", "notify"}
"""Calls whose text is markup unless they are told otherwise."""

MARKUP_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
"""Attributes and arguments whose text is markup, whatever is said."""


def faults(tree: ast.AST) -> Iterator[str]:
    """Where a module could read markup from data: line and what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "textual.widgets":
            for name in {each.name for each in node.names} - PLAIN_WIDGETS:
                yield f"{node.lineno}: {name} reads markup; draw it with a widget of ours"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets."):
            yield f"{node.lineno}: {node.module}: use a widget of ours"
        elif isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            told = {base for base in bases & READ_MARKUP if _tells_no_markup(node)}
            for base in bases & (PLAIN_WIDGETS | READ_MARKUP) - told:
                yield f"{node.lineno}: a kind of {base}: draw it, or use LineField and TextField"
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr in MARKUP_ATTRIBUTES
                    and not is_plain(node.value)
                ):
                    yield f"{node.lineno}: {target.attr} is markup; give it Content"


def _tells_no_markup(kind: ast.ClassDef) -> bool:
    """Whether a class tells the one it is a kind of to read no markup."""
    inits = [
        node for node in ast.walk(kind) if isinstance(node, ast.Call) and _is_call_of([node], "__init__")
    ]
    return any(_without_markup(call) for call in inits)


def _without_markup(call: ast.Call) -> bool:
    return any(
        each.arg == "markup" and isinstance(each.value, ast.Constant) and each.value.value is False
        for each in call.keywords
    )


def _of_call(call: ast.Call) -> Iterator[str]:
    function = call.func
    name = (
        function.attr
        if isinstance(function, ast.Attribute)
        else function.id
        if isinstance(function, ast.Name)
        else ""
    )
    keywords = {each.arg: each.value for each in call.keywords}
    if name in {"Input", "TextArea"}:
        yield f"{call.lineno}: {name} draws what it is given; use LineField or TextField"
    if name in READ_MARKUP:
        if not _without_markup(call):
            yield f"{call.lineno}: {name} without markup=False"
        if name == "notify" and "title" in keywords and not is_plain(keywords["title"]):
            yield f"{call.lineno}: the title of a notice is markup"
    if name in {"from_markup", "render_markup", "to_content"} and not all(map(is_plain, call.args)):
        yield f"{call.lineno}: {name} of what is no literal"
    for each in MARKUP_ATTRIBUTES:
        if each in keywords and name != "Binding" and not is_plain(keywords[each]):
            yield f"{call.lineno}: {each} is markup; give it Content"
    if name in {"Hit", "DiscoveryHit"} and ("help" in keywords or not _is_call_of(call.args[:2], "display")):
        yield f"{call.lineno}: what the palette shows is markup, unless it is Content"


def is_plain(value: ast.expr | None) -> bool:
    """Whether a value can be no data read as markup: a literal, or Content."""
    if isinstance(value, ast.IfExp):
        return is_plain(value.body) and is_plain(value.orelse)
    return (
        value is None
        or isinstance(value, ast.Constant)
        or _is_call_of([value], "Content", "assemble", "styled")
    )


def _is_call_of(values: list[ast.expr], *names: str) -> bool:
    return any(
        isinstance(value, ast.Call)
        and (
            (isinstance(value.func, ast.Attribute) and value.func.attr in names)
            or (isinstance(value.func, ast.Name) and value.func.id in names)
        )
        for value in values
    )


def test_no_markup_is_read_from_data() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{fault}"
        for path in sorted(SOURCE.rglob("*.py"))
        for fault in faults(ast.parse(path.read_text("utf-8")))
        if path.name != "fields.py"
    ]
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "Static(name)",
        "Static('[b]x[/]')",
        "self.notify(str(error))",
        "self.notify('x', title=name, markup=False)",
        "widget.border_title = document.title",
        "widget.tooltip = f'{name}'",
        "Static('x', markup=False).with_tooltip(tooltip=name)",
        "Content.from_markup(f'[b]{name}')",
        "from textual.widgets import OptionList",
        "from textual.widgets.option_list import Option",
        "Input(note)",
        "class Name(Static): ...",
        "class Name(Static):\n    def __init__(self, text): super().__init__(text)",
        "Hit(1, name, run)",
        "DiscoveryHit(shown.display(), run, help=name)",
    ],
)
def test_the_guard_sees_what_it_is_for(code: str) -> None:
    assert list(faults(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "Static(name, markup=False)",
        "self.app.notify(visible(told), markup=False)",
        "widget.border_title = Content(name)",
        "widget.tooltip = None",
        "Content.from_markup('[b]x[/]')",
        "Hit(1, command.display(), run, name)",
        "class Name(Static):\n    def __init__(self, text): super().__init__(text, markup=False)",
    ],
)
def test_the_guard_lets_be_what_is_right(code: str) -> None:
    assert not list(faults(ast.parse(code)))
