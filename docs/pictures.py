"""Draw the pictures in docs/pictures from the running program, on the default brief.

    python docs/pictures.py [NAME …]

The pictures stand alone: they name no web font, and blanks are kept as they are.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from brief_tui.settings import Settings
from brief_tui.tui.app import ReaderApp
from brief_tui.workspace import Workspace

FOLDER = Path(__file__).with_name("pictures")
FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"


@dataclass(frozen=True)
class Picture:
    """A screen to draw.

    Attributes:
        name: of its file.
        keys: what is pressed to get there.
        size: columns and lines of the terminal.
        theme: colours.
    """

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    theme: str = "brief-dark"


PICTURES = (
    Picture("reader", ("1", "n", "n", "m"), size=(170, 46)),
    Picture("reader-light", ("2", "n"), size=(120, 36), theme="brief-light"),
    Picture("reader-small", ("1", "n"), size=(80, 24)),
    Picture("search", ("slash", *"mutual", "space", *"defense")),
    Picture("compare", ("2", "c"), size=(180, 44)),
    Picture("overview", ("o",)),
    Picture("why", ("1", "n", "i")),
    Picture("highlights", ("1", "m", "n", "m", "2", "m", "H")),
    Picture("export", ("1", "m", "n", "m", "e")),
    Picture("help", ("question_mark",)),
)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and what they brought is on the screen."""
    await pilot.pause(0.3)
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.1)
    await pilot.pause(0.3)


async def draw(picture: Picture) -> str:
    """Run the program, press the keys, and take the screen as SVG."""
    workspace = Workspace.open()
    # A folder of nobody's, so that the picture names none of the machine's.
    settings = Settings(theme=picture.theme, glyphs="unicode", export_folder="/home/reader/excerpts")
    app = ReaderApp(workspace, settings, fresh=True)
    try:
        async with app.run_test(size=picture.size) as pilot:
            await settled(pilot)
            for key in picture.keys:
                await pilot.press(key)
                await settled(pilot)
            return alone(app.export_screenshot(title="brief-tui"))
    finally:
        workspace.close()


def alone(svg: str) -> str:
    """The picture without web fonts, with blanks that no program that draws it swallows."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    # The names of classes hold a checksum of the picture: one name for all makes changes small.
    svg = re.sub(r"terminal-\d{4,}", "screen", svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return re.sub(
        r"(<text [^>]*>)([^<]*)(</text>)",
        lambda found: found[1] + found[2].replace(" ", "\N{NO-BREAK SPACE}") + found[3],
        svg,
    )


def main() -> None:
    """Draw the pictures that are named, or all."""
    named = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    Input.cursor_blink.default = False  # type: ignore[attr-defined]
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as places:
        os.environ["BRIEF_TUI_CACHE_DIR"] = f"{places}/cache"
        for picture in PICTURES:
            if named and picture.name not in named:
                continue
            for name in ("DATA", "CONFIG"):
                os.environ[f"BRIEF_TUI_{name}_DIR"] = f"{places}/{picture.name}/{name.lower()}"
            (FOLDER / f"{picture.name}.svg").write_text(asyncio.run(draw(picture)), encoding="utf-8")
            print(FOLDER / f"{picture.name}.svg")


if __name__ == "__main__":
    main()
