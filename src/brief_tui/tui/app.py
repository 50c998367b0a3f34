"""The reader as a Textual application: colours, keys and signals; the screens do the rest."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import events
from textual._context import active_message_pump
from textual.actions import ActionParseResult
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.command import CommandPalette, Provider
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import WorkerFailed

from brief_tui.corpus.visible import mark_invisible, visible
from brief_tui.settings import Settings
from brief_tui.tui import collector, palette
from brief_tui.tui.actions import APP, bindings
from brief_tui.tui.faults import Faults, guard
from brief_tui.tui.harmless import HARMLESS
from brief_tui.tui.keying import Keying
from brief_tui.tui.suspending import has_shell
from brief_tui.tui.widgets.bars import LEAST, KeyHints
from brief_tui.workspace import Workspace

_FULL = 24
"""Rows below which dialogs take the whole screen."""

_SCREENS_CSS = Path(__file__).with_name("screens.tcss")

_TELL_AGAIN = 10.0
"""Seconds after which the same failure is told again."""

_GOES_ON = {Timer._tick.__code__, MessagePump._flush_next_callbacks.__code__}
"""Where Textual reports what failed and goes on; elsewhere it has ended the widget whose message failed."""


def _commands() -> type[Provider]:
    """What the command palette offers, loaded when it is first opened."""
    from brief_tui.tui.commands import ReaderCommands

    return ReaderCommands


class ReaderApp(App[None], inherit_bindings=False):
    """Opens one brief."""

    TITLE = "brief-tui"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(APP)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(self, workspace: Workspace, settings: Settings, *, fresh: bool = False) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-no-width"), (LEAST.width, "-width")]
        self.VERTICAL_BREAKPOINTS = [(0, "-no-height"), (LEAST.height, "-low"), (_FULL, "-height")]
        self.workspace = workspace
        workspace.library.apart = True
        self.settings = settings
        workspace.relating.semantic = settings.semantic
        self.fresh = fresh
        self.fatal: Exception | None = None
        self._faults = Faults()
        self._told: dict[str, float] = {}
        self.glyphs = palette.glyphs(settings.glyphs)
        mark_invisible(settings.invisible_marks)
        self.keying = Keying(self, super().on_event)
        for theme in palette.THEMES:
            self.register_theme(theme)
        self.set_keymap(settings.keys)
        self._begin_with(settings.theme if settings.theme in self.available_themes else palette.DARK.name)

    def _begin_with(self, theme: str) -> None:
        """Set the theme for the first frame: to assign it would have all styles read a second time."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        modes = {f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}
        self.update_classes(modes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for themes that are not ours."""
        return palette.fallbacks(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever is drawn passes the last net before the terminal."""
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:  # its default colours are no shades of grey
            filters = [NoColor() if isinstance(each, Monochrome) else each for each in filters]
        return [*filters, HARMLESS]

    def _load_screen_css(self, screen: Screen[object]) -> None:
        """Bring in the styles of all other screens with the first of them."""
        if not self.stylesheet.has_source(str(_SCREENS_CSS)):
            self.stylesheet.read(_SCREENS_CSS)
            self.stylesheet.parse()
        super()._load_screen_css(screen)

    def get_default_screen(self) -> Screen[object]:
        """The reading screen is the first, not one above an empty one."""
        from brief_tui.tui.screens.reader import ReaderScreen

        return ReaderScreen(self.workspace, self.settings, self.glyphs, fresh=self.fresh)

    async def on_event(self, event: events.Event) -> None:
        """Keys one after the other; all else as it comes."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if (hints := self._hints()) is not None:
                hints.go_on()
            await self.keying.take(event)
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Answer signals; say what of the settings could not be had."""
        self._answer_signals()
        if self.theme != self.settings.theme:
            told = f"There is no theme {self.settings.theme!r}; choose another in the settings."
            self.call_after_refresh(self.notify, told, markup=False)  # the screen is not there yet

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen on top, unless one that was left already asks for it (Enter came twice)."""
        asking = active_message_pump.get(None)
        if isinstance(asking, Screen) and asking not in self.screen_stack:
            return AwaitComplete()
        collector.forget_drawn()
        self.call_later(collector.give_back)
        return super().pop_screen()

    # What nobody foresaw

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for; what fails costs a sentence, not the session."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            self._say_failure(error)
            return True

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Take in a screen or widget, so that a message of it that fails need not end it."""
        guard(child, self._bears)
        super()._register_child(parent, child, before, after)

    def _bears(self, message: Message, error: Exception) -> bool:
        """Whether the reading screen goes on without what a message set off; a screen above it is left."""
        is_making = isinstance(message, events.Compose | events.Mount)
        if is_making or self._screen_above() is not None or not self._faults.are_few():
            return False
        self._say_failure(error)
        return True

    def _handle_exception(self, error: Exception) -> None:
        """Go on where Textual can. Where it has ended a widget, leave its screen; if it is the last, end."""
        frames = error.__traceback__
        if isinstance(error, WorkerFailed):
            self._say_failure(error.error)
        elif frames is not None and frames.tb_frame.f_code in _GOES_ON:
            self._say_failure(error)
        elif (screen := self._screen_above()) is not None:
            self._say_failure(error)
            self.call_later(self._leave, screen)
        elif self.is_headless:
            super()._handle_exception(error)  # for the tests, which raise it
        else:
            self.fatal = self.fatal or error
            self._close_messages_no_wait()

    def _screen_above(self) -> Screen[object] | None:
        """The screen that is being worked on, if there is another below it."""
        node = active_message_pump.get(None)
        while node is not None and not isinstance(node, Screen):
            node = node._parent
        return node if isinstance(node, Screen) and node in self.screen_stack[1:] else None

    def _leave(self, screen: Screen[object]) -> None:
        while screen in self.screen_stack[1:]:
            super().pop_screen()
        self.keying.recover()

    def _say_failure(self, error: BaseException) -> None:
        from brief_tui import failures

        told = failures.note(error, self.workspace.places.data)
        now = time.monotonic()
        if now - self._told.get(told, -_TELL_AGAIN) >= _TELL_AGAIN:  # it may come with every key
            self._told[told] = now
            self.notify(visible(told), severity="error", markup=False, timeout=_TELL_AGAIN)

    def action_switch_theme(self) -> None:
        """Colours: the next of our themes."""
        names = [theme.name for theme in palette.THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.switch_to(names[(at + 1) % len(names)])

    def switch_to(self, theme: str) -> None:
        """Show other colours, and say how they stay."""
        self.theme = theme
        if (hints := self._hints()) is not None:
            hints.say(visible(f'colours: {theme} · theme = "{theme}" in the settings keeps them'))

    def _hints(self) -> KeyHints | None:
        """The bottom row of the screen on top, if it has one."""
        hints = getattr(self.screen, "hints", None) if self.screen_stack else None
        return hints if isinstance(hints, KeyHints) else None

    def action_command_palette(self) -> None:
        """Every action, theme, document and section by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="action, theme, document, section or colours"))

    def action_suspend_process(self) -> None:
        """Back to the shell, where there is one; `fg` returns."""
        if has_shell():
            super().action_suspend_process()
        else:
            self.notify("There is no shell to go back to from here.", markup=False)

    def action_help(self) -> None:
        """Every key."""
        from brief_tui.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.settings.keys, self.screen))

    def _answer_signals(self) -> None:
        """End cleanly when the terminal goes away; Textual would die with it in raw mode."""
        import asyncio

        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, ValueError, RuntimeError):  # not in a thread, not on Windows
                loop.add_signal_handler(name, self.exit, None, 128 + name)


def run(workspace: Workspace, settings: Settings, *, fresh: bool = False) -> int:
    """Open the reader and return the exit code.

    Raises:
        Exception: what ended it, where it could not go on.
    """
    app = ReaderApp(workspace, settings, fresh=fresh)
    try:
        app.run()
    finally:
        workspace.close()
    if app.fatal is not None:
        raise app.fatal
    return app.return_code or 0
