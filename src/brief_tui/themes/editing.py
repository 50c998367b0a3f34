"""A codebook edited from inside the program: new themes, cues and order, and the file they are kept in.

Other fields of a code are changed with `dataclasses.replace` and `codebook.with_code`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from brief_tui.errors import ManifestError
from brief_tui.themes.codebook import COLOURS, Code, Codebook, Cue, check_cue, id_for, with_code


def with_new_theme(codebook: Codebook, name: str, cue: Cue | None = None) -> Codebook:
    """The codebook with a theme more, its last.

    Args:
        codebook: what is changed.
        name: of the theme.
        cue: its first cue; None for none yet.

    Raises:
        ManifestError: the name is empty or another theme's, or the cue does not parse.
    """
    name = _own_name(name, codebook.themes, "A theme")
    used = {theme.colour for theme in codebook.themes}
    colour = next((c for c in COLOURS if c not in used), COLOURS[len(codebook.themes) % len(COLOURS)])
    theme = Code(id_for(name, codebook.codes), name, colour)
    added = with_code(codebook, theme)
    return with_cue(added, theme.id, cue) if cue is not None else added


def with_new_topic(codebook: Codebook, name: str) -> Codebook:
    """The codebook with a topic more, its last.

    Raises:
        ManifestError: the name is empty or another topic's.
    """
    name = _own_name(name, codebook.topics, "A topic")
    return replace(codebook, topics=(*codebook.topics, Code(id_for(name, codebook.codes), name)))


def renamed(codebook: Codebook, code_id: str, name: str) -> Codebook:
    """The codebook with another name for a code; its id stays, and with it the reader's marks.

    Raises:
        ManifestError: there is no such code, or the name is empty or another code's of its kind.
    """
    code = _code(codebook, code_id)
    kind = codebook.themes if code in codebook.themes else codebook.topics
    others = [other for other in kind if other is not code]
    return with_code(codebook, replace(code, name=_own_name(name, others, repr(code.name))))


def _own_name(name: str, others: Iterable[Code], what: str) -> str:
    """A name on one line that no other code has.

    Raises:
        ManifestError: it is empty or another's; `what` is what it was to name.
    """
    name = " ".join(name.split())
    if not name:
        raise ManifestError(f"{what} needs a name.")
    if name.casefold() in {other.name.casefold() for other in others}:
        raise ManifestError(f"There is {name!r} already; choose another name.")
    return name


def with_cue(codebook: Codebook, code_id: str, cue: Cue, *, instead: str = "") -> Codebook:
    """The codebook with a cue more on a code; one with the same query is replaced.

    Args:
        codebook: what is changed.
        code_id: the code.
        cue: its cue.
        instead: the query of a cue whose place it takes; empty for none.

    Raises:
        ManifestError: there is no such code, or the cue does not parse.
    """
    code = _code(codebook, code_id)
    cue = replace(cue, q=" ".join(cue.q.split()), unless=" ".join(cue.unless.split()))
    if not cue.q:
        raise ManifestError("A cue needs a query.")
    check_cue(cue, f"The new cue of {code.name!r}")
    replaced = {cue.q, instead}
    cues = list(dict.fromkeys(cue if had.q in replaced else had for had in code.cues))
    changed = with_code(codebook, replace(code, cues=tuple(cues if cue in cues else [*cues, cue])))
    for _ in changed.in_order():  # says what is wrong with `requires`
        pass
    return changed


def without_cue(codebook: Codebook, code_id: str, query: str) -> Codebook:
    """The codebook without the cue of a code that has this query.

    Raises:
        ManifestError: there is no such code.
    """
    code = _code(codebook, code_id)
    return with_code(codebook, replace(code, cues=tuple(cue for cue in code.cues if cue.q != query)))


def without_code(codebook: Codebook, code_id: str) -> Codebook:
    """The codebook without a code.

    Raises:
        ManifestError: there is no such code, or a cue of another code requires it.
    """
    code = _code(codebook, code_id)
    for other in codebook.codes.values():
        if other is not code and any(code_id in cue.requires for cue in other.cues):
            raise ManifestError(f"A cue of {other.name!r} requires {code.name!r}; change that cue first.")
    return replace(
        codebook,
        themes=tuple(theme for theme in codebook.themes if theme is not code),
        topics=tuple(topic for topic in codebook.topics if topic is not code),
    )


def moved(codebook: Codebook, theme_id: str, by: int) -> Codebook:
    """The codebook with a theme some places later, or earlier: themes have their keys by their order.

    Raises:
        ManifestError: there is no such theme.
    """
    theme = _code(codebook, theme_id)
    themes = [other for other in codebook.themes if other is not theme]
    if len(themes) == len(codebook.themes):
        raise ManifestError(f"{theme.name!r} is a topic; only themes have an order.")
    themes.insert(max(0, codebook.themes.index(theme) + by), theme)
    return replace(codebook, themes=tuple(themes))


def write_codebook(path: Path, codebook: Codebook) -> None:
    """Put a codebook into a brief.toml, which is made where there is none and else keeps what is not changed.

    Raises:
        ManifestError: what is there is no valid brief.toml, or it cannot be written; nothing was changed.
    """
    from brief_tui.themes.toml import with_codebook

    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        written = with_codebook(text, codebook)
        if written != text:
            replace_text(path, written)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ManifestError(f"{path} cannot be written: {reason}; nothing was changed.") from error


def replace_text(path: Path, text: str) -> None:
    """Write a file beside the old one and put it in its place, with its mode.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    real = path.resolve()
    mode = real.stat().st_mode & 0o777 if real.exists() else 0o600
    descriptor, name = tempfile.mkstemp(dir=real.parent, prefix=".brief-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(real)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _code(codebook: Codebook, code_id: str) -> Code:
    try:
        return codebook.codes[code_id]
    except KeyError as error:
        raise ManifestError(f"There is no theme or topic {code_id!r}.") from error
