"""The session: where the reader was, kept on every change and taken up again the next time.

Places are kept as code points, not as numbers of passages, so that they survive a document's edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from brief_tui.corpus.model import Document
from brief_tui.errors import BriefError
from brief_tui.highlights.reading import fingerprint
from brief_tui.trail import Place
from brief_tui.tui import trails

if TYPE_CHECKING:
    from brief_tui.tui.screens.reader import ReaderScreen

_KEPT_AFTER = 1.0


class DocumentState(msgspec.Struct, frozen=True):
    """Where the reader was in a document.

    Attributes:
        cursor: first code point of the passage under the cursor.
        top: code point at the top of the view.
        bookmarks: first code points of the passages that the reader put a bookmark on.
    """

    cursor: int = 0
    top: int = 0
    bookmarks: tuple[int, ...] = ()


class Session(msgspec.Struct, frozen=True):
    """Where the reader was.

    Attributes:
        active: id of the document that the keys acted on.
        first: id of the leftmost document.
        wanted: columns asked for; 0 for as many as fit.
        zoomed: whether one document had the screen for itself.
        folded: whether boilerplate was folded.
        text_width: cells of a row of text at most; 0 for what the settings say.
        trail: what was walked: kind and id; empty for nothing.
        linked: whether the other columns followed the cursor.
        numbers: whether line numbers were shown.
        documents: by id.
    """

    active: str = ""
    first: str = ""
    wanted: int = 0
    zoomed: bool = False
    folded: bool = True
    text_width: int = 0
    trail: tuple[str, str] = ("", "")
    linked: bool = False
    numbers: bool = False
    aliases: bool = False
    documents: dict[str, DocumentState] = msgspec.field(default_factory=dict)


def restore(screen: ReaderScreen) -> None:
    """Take up the last session's columns, places and choices; its trail waits for the themes."""
    session = screen.workspace.marks.store.reading.state(Session)
    if session is None:
        return
    reading, entries = screen.reading, screen.workspace.brief.entries
    order = {entry.id: at for at, entry in enumerate(entries)}
    reading.active = order.get(session.active, 0)
    reading.first = order.get(session.first, 0)
    reading.wanted, reading.zoomed, reading.folded = session.wanted, session.zoomed, session.folded
    reading.linked, reading.numbers = session.linked, session.numbers
    reading.waiting_trail, reading.aliases = session.trail, session.aliases
    if session.text_width:
        screen.columns.text_width = session.text_width
    for doc, state in session.documents.items():
        if doc in order:
            reading.waiting[order[doc]] = (state.cursor, state.top)
            reading.bookmarks[order[doc]] = set(state.bookmarks)


def settle(screen: ReaderScreen, at: int, document: Document) -> None:
    """Once a document was read: put its cursor where it was, and learn what of it was read."""
    reading = screen.reading
    cursor, top = reading.waiting.pop(at, (None, 0))
    if cursor is not None and document.passages:
        passage = document.passage_at(min(cursor, len(document.text) - 1)) or document.passages[0]
        reading.cursors[at] = passage.number
        reading.tops[at] = top
    if at not in reading.settled:
        reading.settled.add(at)
        known = screen.workspace.marks.store.reading.read(document.id)
        before = {p.number for p in document.passages if fingerprint(p.text) in known} if known else set()
        reading.read[at] = before | reading.read.get(at, set())


def restore_trail(screen: ReaderScreen) -> None:
    """Take up the last session's trail, now that themes and index are there."""
    kind, name = screen.reading.waiting_trail
    screen.reading.waiting_trail = ("", "")
    if not kind or screen.reading.trail is not None:
        return
    if kind == "search":
        from brief_tui.tui import accepting  # it stands on this module

        accepting.walk_again(screen, name)
        return
    trail = trails.again(screen.workspace, screen.painting, screen.glyphs, kind, name)
    if trail is not None and trail.stops:
        screen.set_trail(trail)


def keep_soon(screen: ReaderScreen) -> None:
    """Keep the session in a moment, once for many changes, off the event loop."""
    if screen.session_timer is not None:
        return

    def keep() -> None:
        screen.session_timer = None
        session, read = capture(screen), newly_read(screen)
        screen.run_worker(lambda: save(screen, session, read), thread=True, group="session")

    screen.session_timer = screen.set_timer(_KEPT_AFTER, keep)


def save(screen: ReaderScreen, session: Session, read: dict[Place, tuple[str, str]]) -> None:
    """Write the session and what was read; a store that refuses has said so already."""
    found: dict[str, list[str]] = {}
    for doc, passage in read.values():
        found.setdefault(doc, []).append(passage)
    try:
        for doc, fingerprints in found.items():
            screen.workspace.marks.store.reading.mark_read(doc, fingerprints)
        screen.reading.newly_read.difference_update(read)
        screen.workspace.marks.store.reading.save_state(session)
    except BriefError:
        return


def newly_read(screen: ReaderScreen) -> dict[Place, tuple[str, str]]:
    """Document id and fingerprint of each passage that was read and is not kept yet."""
    found: dict[Place, tuple[str, str]] = {}
    for at, number in screen.reading.newly_read:
        document = screen.workspace.library.if_read(screen.workspace.brief.entries[at].id)
        if document is not None:  # else only its beginning was read so far
            found[at, number] = (document.id, fingerprint(document.passages[number].text))
    return found


def capture(screen: ReaderScreen) -> Session:
    """The session as it is now."""
    reading, entries = screen.reading, screen.workspace.brief.entries
    for column in screen.columns:
        if column.document is not None:
            reading.tops[column.place_in_brief] = column.view.anchor()
    documents: dict[str, DocumentState] = {}
    for at, entry in enumerate(entries):
        marks = tuple(sorted(reading.bookmarks.get(at, ())))
        if at in reading.waiting:
            documents[entry.id] = DocumentState(*reading.waiting[at], marks)
        elif at in reading.cursors:
            document = screen.workspace.library.if_read(entry.id)
            if document is not None and document.passages:
                start = document.passages[reading.cursors[at]].start
                documents[entry.id] = DocumentState(start, reading.tops.get(at, 0), marks)
    trail = reading.trail
    return Session(
        active=entries[reading.active].id,
        first=entries[reading.first].id,
        wanted=reading.wanted,
        zoomed=reading.zoomed,
        folded=reading.folded,
        text_width=screen.columns.text_width
        if screen.columns.text_width != screen.settings.text_width
        else 0,
        trail=(trail.kind, trail.id) if trail else reading.waiting_trail,
        linked=reading.linked,
        numbers=reading.numbers,
        aliases=reading.aliases,
        documents=documents,
    )
