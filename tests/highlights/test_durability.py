"""A highlight that was reported as kept survives kills, full disks and other windows."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from brief_tui.corpus.model import Document, Span
from brief_tui.errors import StoreError
from brief_tui.highlights.database import FILE, folder_of
from brief_tui.highlights.migrations import STEPS, migrate
from brief_tui.highlights.store import Store

ROOT = Path(__file__).parents[2]

MARKING = """
import sys
from pathlib import Path
from brief_tui.corpus.model import Span
from brief_tui.highlights.store import Store

store = Store.open(Path(sys.argv[1]))
text = "word " * 200
for number in range(int(sys.argv[2])):
    kept = store.add(text, "a.txt", "0" * 32, Span(number % 900, number % 900 + 10), tags=("t",))
    sys.stdout.write(kept.id + "\\n")
    sys.stdout.flush()
"""


def marking(folder: Path, count: int) -> subprocess.Popen[str]:
    """A process that marks and reports each id once it is told that it is kept."""
    return subprocess.Popen(
        [sys.executable, "-c", MARKING, str(folder), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


def kill_while_marking(folder: Path, kills: int) -> None:
    chance = random.Random(7)
    reported: set[str] = set()
    for _ in range(kills):
        process = marking(folder, 100_000)
        assert process.stdout is not None
        reported.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.15)
        process.kill()
        reported |= {line.strip() for line in process.stdout if line.endswith("\n")}
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        store = Store.open(folder)
        kept = {each.id for each in store.highlights()}
        store.close()
        assert reported <= kept
    assert len(reported) > kills


def test_nothing_reported_is_lost_when_killed(folder: Path) -> None:
    kill_while_marking(folder, 6)


@pytest.mark.long
def test_nothing_reported_is_lost_in_200_kills(folder: Path) -> None:
    kill_while_marking(folder, 200)


def mark_from_two_processes(folder: Path, each: int) -> None:
    processes = [marking(folder, each) for _ in range(2)]
    reported = [id_ for process in processes for id_ in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0]
    store = Store.open(folder)
    assert {mark.id for mark in store.highlights()} == set(reported)
    assert len(reported) == 2 * each
    store.close()


def test_two_processes_lose_nothing(folder: Path) -> None:
    mark_from_two_processes(folder, 100)


@pytest.mark.long
def test_two_processes_marking_1000_each_keep_2000(folder: Path) -> None:
    mark_from_two_processes(folder, 1_000)


def test_many_may_open_a_new_store_at_once(folder: Path) -> None:
    processes = [marking(folder, 1) for _ in range(6)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0] * 6
    store = Store.open(folder)
    assert len(store.highlights()) == 6
    store.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from brief_tui.corpus.model import Span
from brief_tui.errors import StoreError
from brief_tui.highlights.store import Store

store = Store.open(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
text = "word " * 20_000
kept = []
try:
    while True:
        kept.append(store.add(text, "a.txt", "0" * 32, Span(0, 20_000)).id)
except StoreError as error:
    print(error)
assert {each.id for each in store.highlights()} == set(kept)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
kept.append(store.add(text, "a.txt", "0" * 32, Span(0, 20_000)).id)
assert {each.id for each in store.highlights()} == set(kept)
print(len(kept))
"""


def test_a_full_disk_is_said_and_what_was_kept_stays(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said, count = run.stdout.splitlines()
    assert "free some space" in said
    assert int(count) >= 2


def test_sqlites_own_word_for_full_is_said_too(store: Store, doc: Document) -> None:
    with store._database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    long = "x" * 30_000
    with pytest.raises(StoreError, match="free some space"):
        store.add(long, doc.id, doc.digest, Span(0, 30_000))
    assert store.highlights() == ()
    with store._database.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages + 100}")
    store.add(long, doc.id, doc.digest, Span(0, 30_000))
    assert len(store.highlights()) == 1


READ_ONLY = """
import os, sys
from pathlib import Path
from brief_tui.corpus.model import Span
from brief_tui.errors import StoreError
from brief_tui.highlights.store import Store

def mark(store):
    return store.add("text", "a.txt", "0" * 32, Span(0, 3))

# All that is imported late is imported here, by a user who may read it.
store = Store.open(Path(sys.argv[2]))
mark(store)
store.close()
if os.getuid() == 0:
    os.setgroups([])
    os.setresuid(65534, 65534, 65534)

store = Store.open(Path(sys.argv[1]))
assert [each.exact for each in store.highlights()] == ["Moscow"], store.highlights()
assert store.refusal
for attempt in (lambda: mark(store), lambda: Store.open(Path(sys.argv[1]) / "new")):
    try:
        attempt()
    except StoreError as error:
        print(error)
assert len(store.highlights()) == 1
store.changed()
"""


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that another user may enter: under root, permissions bind only another user."""
    place = Path(tempfile.mkdtemp(prefix="brief-tui-"))
    place.chmod(0o755)
    yield place
    for each in place.rglob("*"):
        each.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.parametrize("with_log", [False, True])
def test_a_read_only_store_is_read_and_says_so(open_place: Path, doc: Document, with_log: bool) -> None:
    folder = open_place / "one"
    store = Store.open(folder)
    store.add(doc.text, doc.id, doc.digest, Span(0, 6))
    if with_log:
        for each in list(folder.iterdir()):
            shutil.copy(each, open_place / each.name)
    store.close()
    if with_log:
        for each in open_place.glob("store*"):
            shutil.copy(each, folder / each.name)
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    run = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(folder), str(open_place / "warm")],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    refused, unmade = run.stdout.splitlines()
    assert "read-only" in refused
    assert "cannot be made" in unmade


def test_a_store_that_is_nowhere_refuses_in_its_words(doc: Document) -> None:
    store = Store.nowhere("The disk is full; free some space.")
    assert store.highlights() == ()
    with pytest.raises(StoreError, match="free some space"):
        store.add(doc.text, doc.id, doc.digest, Span(0, 3))
    assert store.path is None
    store.close()


@pytest.mark.parametrize(
    "content",
    [b"not a database at all, but long enough to be looked at" * 20, b"SQLite format 3\0" + bytes(84)],
)
def test_what_is_no_store_is_said_and_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.sqlite3"):
        Store.open(folder)
    assert (folder / FILE).read_bytes() == content


def test_a_store_of_a_newer_version_is_left_alone(folder: Path) -> None:
    Store.open(folder).close()
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer brief-tui"):
        Store.open(folder)


def test_a_migration_copies_first_and_keeps_everything(folder: Path, doc: Document) -> None:
    store = Store.open(folder)
    kept = store.add(doc.text, doc.id, doc.digest, Span(0, 6))
    store.close()
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    copy = migrate(connection, folder / FILE, (*STEPS, "CREATE TABLE more (id TEXT)"))
    assert copy is not None
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    connection.execute("INSERT INTO more VALUES ('x')")
    connection.close()
    copy.rename(folder / FILE)
    store = Store.open(folder)
    assert store.highlights() == (kept,)
    store.close()


def test_a_migration_that_fails_changes_nothing(folder: Path) -> None:
    Store.open(folder).close()
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(
            connection, folder / FILE, (*STEPS, "CREATE TABLE more (id TEXT); CREATE TABLE more (id TEXT)")
        )
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
    assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall()
    connection.close()


def test_a_store_of_the_first_version_is_brought_up(folder: Path) -> None:
    folder.mkdir(parents=True)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    migrate(connection, folder / FILE, STEPS[:1])
    connection.close()
    store = Store.open(folder)
    assert store.reading.searches() == ()
    store.close()
    assert (folder / "store-v1.sqlite3").exists()


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError):
        store.highlights()


@pytest.mark.parametrize(
    "brief", ["../../etc", "/etc", "", ".", "a/b", "a b", "\ud800", "x" * 500, "con\0", "Ä"]
)
def test_any_brief_has_a_folder_of_its_own_in_the_data_directory(tmp_path: Path, brief: str) -> None:
    folder = folder_of(tmp_path, brief)
    assert folder.resolve().parent == tmp_path.resolve() / "briefs"
    assert folder != folder_of(tmp_path, brief + "x")
    assert folder_of(tmp_path, "plain-Id_1").name == "plain-Id_1"


@pytest.mark.parametrize(("column", "value"), [("tags", "{}"), ("tags", "[1]"), ("tags", ""), ("state", "x")])
def test_a_record_that_nobody_wrote_is_said(folder: Path, doc: Document, column: str, value: str) -> None:
    with closing(Store.open(folder)) as store:
        store.add(doc.text, doc.id, doc.digest, Span(0, 5))
        with closing(sqlite3.connect(folder / FILE)) as other, other:
            other.execute(f"UPDATE highlights SET {column} = ?", (value,))
        with pytest.raises(StoreError, match="damaged"):
            store.highlights()
