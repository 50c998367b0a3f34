"""What a public function says of itself: its arguments in the API, and everywhere what it raises."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import brief_tui

SOURCE = Path(brief_tui.__file__).parent
API = [getattr(brief_tui, name) for name in brief_tui.__all__ if name not in {"__version__", "BriefError"}]


def public_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function and method of the package, by where it stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [each for each in tree.body if isinstance(each, ast.ClassDef) and each.name[0] != "_"]
        owners: list[ast.Module | ast.ClassDef] = [tree, *classes]
        for owner in owners:
            for each in owner.body:
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                    yield f"{path.relative_to(SOURCE)}:{each.lineno} {each.name}", each


def raised_in(function: ast.FunctionDef) -> Iterator[str]:
    """The errors that a function makes and raises itself, not in a function within it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield ast.unparse(node.exc.func).rpartition(".")[2]
        pending.extend(ast.iter_child_nodes(node))


def test_what_a_function_raises_is_said() -> None:
    silent = [
        f"{where}: {error}"
        for where, function in public_functions()
        for error in raised_in(function)
        if "Raises:" not in (ast.get_docstring(function) or "")
    ]
    assert not silent


def members() -> Iterator[tuple[str, Callable[..., object]]]:
    """Each function of the API, and each public method of its own classes."""
    for each in API:
        if inspect.isfunction(each):
            yield each.__qualname__, each
        elif each.__module__ == "brief_tui.api":
            for name, member in inspect.getmembers(each, inspect.isfunction):
                if not name.startswith("_"):
                    yield f"{each.__name__}.{name}", member


@pytest.mark.parametrize(("name", "function"), members(), ids=[name for name, _ in members()])
def test_the_api_says_what_goes_in(name: str, function: Callable[..., object]) -> None:
    said = inspect.getdoc(function) or ""
    arguments = said.partition("Args:")[2].partition("Raises:")[0]
    for argument in inspect.signature(function).parameters:
        if argument != "self":
            assert re.search(rf"^\s+{argument}: \S", arguments, re.MULTILINE), f"{argument} of {name}"


@pytest.mark.parametrize(
    "record", [each for each in API if dataclasses.is_dataclass(each)], ids=lambda each: each.__name__
)
def test_the_api_says_what_comes_out(record: type) -> None:
    said = inspect.getdoc(record) or ""
    for field in dataclasses.fields(record):
        assert re.search(rf"^\s+{field.name}: \S", said, re.MULTILINE), f"{field.name} of {record.__name__}"
