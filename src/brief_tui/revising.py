"""Rewrites a brief's brief.toml: in its folder, or in a copy of a brief that may not be written to."""

from __future__ import annotations

import shutil
from pathlib import Path

from brief_tui.corpus.manifest import FILE_NAME, read_manifest
from brief_tui.corpus.model import Brief
from brief_tui.errors import BriefError
from brief_tui.settings import make_private
from brief_tui.themes.codebook import Codebook, from_manifest


def add_codes(brief: Brief, new: Codebook, data: Path) -> Path:
    """Add the codes of another codebook to a brief's own; comments and everything else stay.

    Args:
        brief: the brief. The packaged one is read-only: its copy in the data directory is changed, and
            made if there is none.
        new: what is added; a code that both have keeps its id, place and cues.
        data: the data directory.

    Returns:
        The folder whose brief.toml holds the codes now.

    Raises:
        ManifestError: its brief.toml is wrong or cannot be written; it is as it was.
        BriefError: the copy cannot be made.
    """
    from brief_tui.themes.editing import write_codebook
    from brief_tui.themes.imports import merged

    folder = copy_of(brief, data) if brief.read_only else brief.root
    path = folder / FILE_NAME
    before = from_manifest(read_manifest(path)) if path.exists() else Codebook()
    write_codebook(path, merged(before, new))
    return folder


def copy_of(brief: Brief, data: Path) -> Path:
    """The reader's own copy of a read-only brief; made at first.

    Raises:
        BriefError: it cannot be made.
    """
    folder = data / "copies" / brief.id
    if (folder / FILE_NAME).exists():
        return folder
    make_private(folder)
    try:
        for entry in brief.entries:
            _copy(entry.path, folder / Path(entry.id).name)
        if brief.manifest is not None:
            # Last: a copy that was cut short has none, and is made again.
            _copy(brief.manifest, folder / FILE_NAME)
    except OSError as error:
        raise BriefError(f"The brief cannot be copied to {folder}: {error.strerror}.") from error
    return folder


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.part")
    part.touch(mode=0o600)
    shutil.copyfile(source, part)
    part.replace(target)
