"""Excerpts on their way to other tools: one module a format, one registry."""

from brief_tui.export.registry import FORMATS, Format, render
from brief_tui.export.request import CodeRow, ExportRequest, Scope, ThemeRow, narrow
from brief_tui.export.write import file_name, write

__all__ = [
    "FORMATS",
    "CodeRow",
    "ExportRequest",
    "Format",
    "Scope",
    "ThemeRow",
    "file_name",
    "narrow",
    "render",
    "write",
]
