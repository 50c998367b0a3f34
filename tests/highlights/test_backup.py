"""A backup holds everything, and comes back whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document, Span
from brief_tui.errors import BriefError, StoreError
from brief_tui.export.write import write_file
from brief_tui.highlights.backup import before_restore
from brief_tui.highlights.database import FILE
from brief_tui.highlights.migrations import STEPS, migrate
from brief_tui.highlights.store import Store


def fill(store: Store, doc: Document) -> None:
    kept = store.add(doc.text, doc.id, doc.digest, Span(0, 6), tags=("trust",), note="n")
    store.set_theme(doc.text, doc.id, doc.digest, doc.passages[1].span, theme="asym", present=False)
    store.set_note("", "All in all")
    store.reading.save_state({"at": 7})
    store.reading.mark_read(doc.id, ["00"])
    store.reading.add_search("iran")
    store.edit(kept.id, note="better")


def everything(store: Store) -> object:
    reading = store.reading
    return (
        *(store.highlights(), store.manual_tags(), store.notes(), reading.state(dict[str, int])),
        *(reading.read("a.txt"), reading.searches(), reading.recent_tags(), reading.documents()),
    )


def test_a_backup_brings_back_everything_also_what_can_be_undone(
    store: Store, doc: Document, tmp_path: Path
) -> None:
    fill(store, doc)
    target = tmp_path / "backup"
    assert write_file(store.back_up, target) == (1, 1, 1)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["backup"]
    with pytest.raises(BriefError, match="--force"):
        write_file(store.back_up, target)
    other = Store.open(tmp_path / "other", window="1")
    assert other.restore(target) == (1, 1, 1)
    assert everything(other) == everything(store)
    assert other.undo() is not None
    assert other.highlights()[0].note == "n"
    other.close()


def test_a_restore_keeps_a_copy_and_shows_in_other_windows(
    store: Store, doc: Document, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "backup"
    write_file(store.back_up, target)
    other = Store.open(folder)
    fill(other, doc)
    assert store.changed()
    before = everything(other)
    assert store.restore(target) == (0, 0, 0)
    assert other.changed()
    assert other.highlights() == ()
    copy = before_restore(folder / FILE)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert other.restore(copy) == (1, 1, 1)
    assert everything(store) == before
    other.close()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5000:9000] = bytes(4000)
    path.write_bytes(content)


def changed(statement: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "harm",
    [
        damaged,
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.write_bytes(path.read_bytes()[:9000]),
        lambda path: changed("PRAGMA user_version = 999", path),
        lambda path: changed("DROP TABLE notes", path),
        lambda path: changed(
            "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM highlights; END", path
        ),
        lambda path: changed("UPDATE highlights SET tags = 'not json'", path),
        lambda path: changed("UPDATE highlights SET state = 'lost'", path),
        lambda path: path.unlink(),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(
    store: Store, doc: Document, folder: Path, tmp_path: Path, harm: object
) -> None:
    fill(store, doc)
    target = tmp_path / "backup"
    write_file(store.back_up, target)
    assert callable(harm)
    harm(target)
    before, files = everything(store), sorted(folder.iterdir())
    with pytest.raises(BriefError):
        store.restore(target)
    assert everything(store) == before
    assert sorted(folder.iterdir()) == files


def test_a_backup_of_the_first_version_is_brought_up(store: Store, tmp_path: Path) -> None:
    old = tmp_path / "old"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        migrate(connection, None, STEPS[:1])
        connection.execute("INSERT INTO notes VALUES ('', 'Old', '2026', 'v')")
    assert store.restore(old) == (0, 0, 1)
    assert store.notes() == {"": "Old"}
    assert store.reading.searches() == ()


def test_nothing_is_restored_into_a_store_that_is_nowhere(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    write_file(store.back_up, target)
    with (
        closing(Store.nowhere("The disk is full; free some space.")) as nowhere,
        pytest.raises(StoreError, match="free some space"),
    ):
        nowhere.restore(target)


FULL = """
import resource, signal, sys
from pathlib import Path
from brief_tui.errors import BriefError
from brief_tui.export.write import write_file
from brief_tui.highlights.store import Store

store = Store.open(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
for make in (lambda: write_file(store.back_up, Path(sys.argv[2])), lambda: store.restore(Path(sys.argv[3]))):
    try:
        make()
    except BriefError as error:
        print(error)
print(len(store.highlights()))
"""


def test_a_full_disk_is_said_and_leaves_nothing(
    store: Store, doc: Document, folder: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    store.add("x" * 200_000, doc.id, doc.digest, Span(0, 200_000))
    write_file(store.back_up, whole)
    store.close()
    there = tmp_path / "there"
    there.mkdir()
    before = sorted(folder.iterdir())
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), str(there / "backup"), str(whole)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    full, unrestored, count = run.stdout.splitlines()
    assert "free some space" in full and str(there) in full
    assert "free some space" in unrestored
    assert count == "1"
    assert list(there.iterdir()) == []
    assert sorted(
        each.name for each in folder.iterdir() if "wal" not in each.name and "shm" not in each.name
    ) == [each.name for each in before]
