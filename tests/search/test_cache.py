"""The index in its folder: reused, updated, shared, and built again whatever happens to the files."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from brief_tui.corpus.model import Document
from brief_tui.errors import SourceError
from brief_tui.search import build, cache, store
from brief_tui.search.index import Index, Source

Making = Callable[..., Document]

TEXTS = {
    "a.txt": "# Trust\n\nRussia is a dependable partner. Iran doubts it.\n\nThe pact was signed.",
    "b.txt": "Mutual defence was never agreed.\n\nDo not bank on Moscow.",
    "c.txt": "China is an alternative. Iran leans on Beijing.",
}
ASKED = ("dependab*", "iran", '"bank on"', "doubt OR pact", "defen?e -russia", "section:trust iran")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index"


class Shelf:
    """Documents that count how often each is read."""

    def __init__(self, make: Making, texts: dict[str, str]) -> None:
        self._make = make
        self.texts = dict(texts)
        self.read: list[str] = []

    def sources(self) -> list[Source]:
        return [self._source(doc) for doc in self.texts]

    def _source(self, doc: str) -> Source:
        document = self._make(self.texts[doc], doc=doc)

        def load() -> Document:
            self.read.append(doc)
            return document

        return Source(doc, document.digest, document.title, "en", load, doc, "")


@pytest.fixture
def shelf(make: Making) -> Shelf:
    return Shelf(make, TEXTS)


def answers(index: Index) -> list[Any]:
    found = []
    for query in ASKED:
        results = index.search(query, limit=None)
        found.append([(h.doc, h.number, round(h.score, 6), h.spans) for h in results.hits])
    return found


def files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != store.LOCK)


def test_it_is_built_once_and_read_afterwards(folder: Path, shelf: Shelf) -> None:
    first = Index.open(folder, shelf.sources())
    assert sorted(shelf.read) == sorted(TEXTS)
    assert first.notices == () and first.complete
    again = Index.open(folder, shelf.sources())
    assert sorted(shelf.read) == sorted(TEXTS)
    assert again.notices == ()
    assert answers(again) == answers(first)


def test_only_its_owner_may_enter_and_read(folder: Path, shelf: Shelf) -> None:
    Index.open(folder, shelf.sources())
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_without_a_folder_it_lives_in_memory(shelf: Shelf) -> None:
    assert Index.open(None, shelf.sources()).search("iran").total == 2


@pytest.mark.parametrize("change", ["changed", "added", "removed", "retitled"])
def test_a_change_reads_only_that_document(folder: Path, shelf: Shelf, make: Making, change: str) -> None:
    old = Index.open(folder, shelf.sources())
    before = answers(old)
    shelf.read.clear()
    sources = shelf.sources()
    if change == "changed":
        shelf.texts["b.txt"] = "Zebras bank on grass.\n\nIran agreed."
    elif change == "added":
        shelf.texts["d.txt"] = "Zebras lean on Iran."
    elif change == "removed":
        del shelf.texts["b.txt"]
    sources = shelf.sources()
    if change == "retitled":
        sources[1] = Source("b.txt", sources[1].digest, "New title", "en", sources[1].load)
    new = Index.open(folder, sources)
    assert (
        shelf.read == {"changed": ["b.txt"], "added": ["d.txt"], "removed": [], "retitled": ["b.txt"]}[change]
    )
    assert answers(old) == before
    assert answers(new) == answers(Index.open(None, sources))
    shelf.read.clear()
    assert answers(Index.open(folder, sources)) == answers(new)
    assert shelf.read == []


def test_many_changes_stay_right_and_merge(folder: Path, shelf: Shelf) -> None:
    for round_ in range(2 * build.MANY_SEGMENTS):
        shelf.texts["b.txt"] = f"Iran agreed in round {round_}.\n\nWords of {round_} only."
        index = Index.open(folder, shelf.sources())
    assert answers(index) == answers(Index.open(None, shelf.sources()))
    assert len(files_of(folder)) <= 4 * build.MANY_SEGMENTS


def test_an_unreadable_document_does_not_stop_the_others(folder: Path, shelf: Shelf) -> None:
    def fail() -> Document:
        raise SourceError("b.txt cannot be read; check it.")

    sources = shelf.sources()
    sources[1] = Source("b.txt", "0", "", "en", fail)
    index = Index.open(folder, sources)
    assert "b.txt cannot be read; check it." in index.notices
    assert index.search("iran").total == 2


def test_it_can_be_searched_while_it_grows(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "FIRST_BATCH", 1)
    monkeypatch.setattr(build, "LARGEST_BATCH", 1)
    steps = list(Index.grow(None, shelf.sources()))
    totals = [step.search("iran").total for step in steps]
    assert totals == sorted(totals)
    assert set(totals) == {0, 1, 2}
    assert [step.complete for step in steps] == [False] * (len(steps) - 1) + [True]
    assert answers(steps[-1]) == answers(Index.open(None, shelf.sources()))


def test_what_is_built_so_far_can_be_read_by_others_and_is_not_built_again(
    folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "FIRST_BATCH", 1)
    monkeypatch.setattr(build, "LARGEST_BATCH", 1)
    held, stamps = [], set()
    for step in Index.grow(folder, shelf.sources()):
        there = cache.peek(folder, lambda state: True)
        held.append([state.doc for state in there.documents])
        stamps.add(cache.manifest_of(folder))
        assert Index(there, shelf.sources()).search("iran").total == step.search("iran").total
        if len(held[-1]) == 2:
            break  # the process is ended here
    assert [] in held and len(stamps) > 2
    some = cache.peek(folder, lambda state: state.doc == "b.txt")
    assert Index(some, shelf.sources()).search("bank OR iran").counts == {"b.txt": 1}
    assert cache.holds_all_of(folder, {"a.txt", "b.txt"}) and not cache.holds_all_of(folder, set(TEXTS))
    shelf.read.clear()
    assert answers(Index.open(folder, shelf.sources())) == answers(Index.open(None, shelf.sources()))
    assert shelf.read == ["c.txt", *TEXTS]


def test_a_large_document_is_written_in_parts(
    folder: Path, make: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "FIRST_BATCH", 300)
    monkeypatch.setattr(build, "LARGEST_BATCH", 300)
    large = make("\n\n".join(f"Passage {n} is on Iran." for n in range(100)), doc="large.txt")
    steps = list(Index.grow(folder, [Source.of(large)]))
    assert len(steps) > 5
    assert {step.search("iran").total for step in steps[:-1]} == {0}
    whole = Index.open(folder, [Source.of(large)])
    assert whole.search("iran", limit=None).total == 100
    for number in (0, 7, 50, 99):
        assert [h.number for h in whole.search(f"passage {number}").hits] == [number]
    asked = iter(range(100))
    stopped = Index.open(None, [Source.of(large)], cancelled=lambda: next(asked) >= 3)
    assert (stopped.complete, stopped.search("iran").total) == (False, 0)


def test_progress_and_cancel_keep_what_is_done(folder: Path, shelf: Shelf) -> None:
    told: list[tuple[int, int]] = []
    index = Index.open(
        folder, shelf.sources(), progress=lambda *at: told.append(at), cancelled=lambda: len(told) == 2
    )
    assert told == [(1, 3), (2, 3)]
    assert not index.complete
    assert index.search("iran").total == 1
    shelf.read.clear()
    assert Index.open(folder, shelf.sources()).complete
    assert shelf.read == ["c.txt"]


# What can happen to the files


def _truncate(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(max(1, len(data)))])


def _flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes() or b" ")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _delete(path: Path, chance: random.Random) -> None:
    path.unlink()


def _garbage(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(chance.randrange(1, 3000)))


def _empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def _longer(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(10))


def _swap(path: Path, chance: random.Random) -> None:
    other = chance.choice(files_of(path.parent))
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


def _directory(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.symlink_to("/dev/zero" if chance.random() < 0.5 else path)


WAYS = (_truncate, _flip, _delete, _garbage, _empty, _longer, _swap, _directory, _link)


def _harm(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 1, 2))):
        paths = files_of(folder)
        if paths:
            path = chance.choice(paths)
            if path.is_symlink():
                continue
            WAYS[seed % len(WAYS)](path, chance)


def _survives(folder: Path, shelf: Shelf, seed: int) -> None:
    right = answers(Index.open(None, shelf.sources()))
    open_one = Index.open(folder, shelf.sources())
    assert answers(open_one) == right
    _harm(folder, seed)
    fresh_readers = Index.open(folder, shelf.sources())
    assert answers(fresh_readers) == right, f"harmed by {seed}"
    assert answers(open_one) == right, f"harmed while it was open by {seed}"
    if seed % 3 == 0:
        shelf.texts["d.txt"] = f"Iran and {seed} zebras."
        assert answers(Index.open(folder, shelf.sources())) == answers(Index.open(None, shelf.sources()))


def test_a_harmed_index_gives_right_answers(folder: Path, shelf: Shelf) -> None:
    for seed in range(3 * len(WAYS)):
        _survives(folder, shelf, seed)


def test_a_mapped_index_is_like_one_in_memory(
    folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LARGE", 0)
    right = answers(Index.open(folder, shelf.sources()))
    mapped = Index.open(folder, shelf.sources())
    for path in files_of(folder):
        path.write_bytes(b"")  # in place, under the open index
    assert answers(mapped) == right
    assert cache.is_current(folder, shelf.sources()) is False
    for seed in range(len(WAYS)):
        _survives(folder, shelf, seed)


def test_whether_it_is_current_is_known_without_reading_it(folder: Path, shelf: Shelf) -> None:
    assert not cache.is_current(folder, shelf.sources())
    Index.open(folder, shelf.sources())
    assert cache.is_current(folder, shelf.sources())
    shelf.texts["d.txt"] = "Iran and zebras."
    assert not cache.is_current(folder, shelf.sources())


@pytest.mark.long
def test_an_index_harmed_in_many_ways_gives_right_answers(folder: Path, shelf: Shelf) -> None:
    for seed in range(100, 320):
        _survives(folder, shelf, seed)


@pytest.mark.parametrize("way", [_truncate, _flip, _delete, _garbage])
def test_harm_is_told_and_mended(folder: Path, shelf: Shelf, way: Any) -> None:
    Index.open(folder, shelf.sources())
    segment = max(files_of(folder), key=lambda path: path.stat().st_size)
    way(segment, random.Random(1))
    assert any("built again" in notice for notice in Index.open(folder, shelf.sources()).notices)
    assert Index.open(folder, shelf.sources()).notices == ()


def test_an_index_of_another_brief_is_not_taken_for_this_one(
    folder: Path, shelf: Shelf, make: Making, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    Index.open(other, Shelf(make, {"a.txt": "Other words entirely."}).sources())
    shutil.copytree(other, folder)
    assert answers(Index.open(folder, shelf.sources())) == answers(Index.open(None, shelf.sources()))


def test_a_manifest_may_not_name_files_elsewhere(folder: Path, shelf: Shelf) -> None:
    Index.open(folder, shelf.sources())
    place = next(p for p in files_of(folder) if p.name == store.MANIFEST).parent
    found = store.read(place, build.stamp())
    assert found is not None
    (place.parent / "secret").write_bytes(b"secret")
    (place / "MAIN_").mkdir()
    store.write(place, found[0], {"MAIN_/../../secret": b"secret"})
    with pytest.raises(store.DamagedError, match="foreign"):
        store.read(place, build.stamp())
    assert answers(Index.open(folder, shelf.sources())) == answers(Index.open(None, shelf.sources()))


def test_a_stranger_in_the_folder_is_left_alone(folder: Path, shelf: Shelf) -> None:
    folder.mkdir(parents=True, mode=0o700)
    (folder / "notes.txt").write_text("mine")
    Index.open(folder, shelf.sources())
    shelf.texts["d.txt"] = "Iran."
    assert Index.open(folder, shelf.sources()).notices == ()
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_that_others_can_write_is_made_private_and_not_trusted(folder: Path, shelf: Shelf) -> None:
    Index.open(folder, shelf.sources())
    for path in (folder, *[p for p in folder.rglob("*") if p.is_dir()]):
        path.chmod(0o777)
    shelf.read.clear()
    index = Index.open(folder, shelf.sources())
    assert sorted(shelf.read) == sorted(TEXTS)
    assert any("others can write" in notice for notice in index.notices)
    assert Index.open(folder, shelf.sources()).notices == ()


# A cache that cannot be written


@pytest.mark.parametrize("held", ["nothing", "an index"])
def test_a_read_only_cache_is_read_and_never_needed(held: str) -> None:
    """Root may write anywhere, so the reader is made somebody else."""
    code = (
        PRELUDE
        + """
import os
Index.open(folder.parent / "warm", sources).search("iran zebra")  # imports what may be unreadable then
if os.geteuid() == 0:
    os.chown(folder.parent, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)
if sys.argv[2] == "an index":
    Index.open(folder, sources)
for path in (*folder.rglob("*"), folder, folder.parent):
    if path.is_dir():
        path.chmod(0o500)
reads = []
if sys.argv[2] == "an index":
    import dataclasses
    sources = [dataclasses.replace(s, load=lambda: reads.append(1)) for s in sources]
index = Index.open(folder, sources)
print(index.search("iran").total, any("in memory" in n for n in index.notices), reads)
for path in (folder.parent, folder, *folder.rglob("*")):
    if path.is_dir():
        path.chmod(0o700)
"""
    )
    with tempfile.TemporaryDirectory() as place:
        done = _in_process(code, f"{place}/index", held)
        assert done.stdout.strip() == f"20 {held == 'nothing'} []", done.stderr


def test_a_file_where_the_folder_should_be(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "index"):
        index = Index.open(folder, shelf.sources())
        assert any("in memory" in notice for notice in index.notices)
        assert index.search("iran").total == 2


def _in_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


PRELUDE = """
import sys
from hashlib import blake2b
from pathlib import Path
from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage
from brief_tui.search.index import Index, Source

def document(name, text):
    passage = Passage(name, 0, 0, len(text), 1, 1, Kind.BODY, source=text)
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    return Document(Entry(name, Path(name), Metadata(), name), text, digest, (passage,), "", "en")

sources = [Source.of(document(f"{n}.txt", f"Iran and {n} zebras. " * 200)) for n in range(20)]
folder = Path(sys.argv[1])
"""


def test_a_full_disk_falls_back_to_memory(folder: Path) -> None:
    done = _in_process(
        PRELUDE
        + """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
index = Index.open(folder, sources)
print(index.search("iran").total, index.notices)
print([p.name for p in folder.rglob("*") if p.is_file() and p.stat().st_size])
""",
        str(folder),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("20 (")
    assert "The search index is kept in memory only" in done.stdout
    assert done.stdout.splitlines()[1] == "[]"


# Several at once


def test_while_another_writes_the_index_is_kept_in_memory(
    folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index.open(folder, shelf.sources())
    shelf.texts["d.txt"] = "Iran."
    monkeypatch.setattr(cache, "PATIENCE", 0.05)
    (lock,) = folder.rglob(store.LOCK)
    with lock.open("r+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        index = Index.open(folder, shelf.sources())
        assert any("Another" in notice for notice in index.notices)
        assert answers(index) == answers(Index.open(None, shelf.sources()))
    shelf.read.clear()
    assert Index.open(folder, shelf.sources()).notices == ()
    assert shelf.read == ["d.txt"]


def test_the_lock_of_a_killed_process_blocks_nobody(folder: Path, shelf: Shelf) -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(
                """
                import sys, time
                from pathlib import Path
                from brief_tui.search import store
                Path(sys.argv[1]).mkdir(parents=True, mode=0o700)
                with store.lock(Path(sys.argv[1])) as mine:
                    print(mine, flush=True)
                    time.sleep(60)
                """
            ),
            str(cache.place(folder)),
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "True"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert Index.open(folder, shelf.sources()).notices == ()


def test_a_killed_writer_leaves_a_whole_index(folder: Path) -> None:
    code = PRELUDE + (
        """
import os
from brief_tui.search import store
replace, left = store._replace, int(sys.argv[2])
def dying(path, data):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    replace(path, data)
store._replace = dying
Index.open(folder, sources)
"""
    )
    for left in range(3):
        _in_process(code, str(folder), str(left))
    done = _in_process(PRELUDE + "print(Index.open(folder, sources).search('iran').total)", str(folder))
    assert done.stdout.strip() == "20", done.stderr


@pytest.fixture
def crowd(folder: Path, shelf: Shelf) -> Iterator[list[Any]]:
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.append(answers(Index.open(folder, shelf.sources()))))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    yield found
    for thread in threads:
        thread.join()


def test_windows_that_open_together_all_answer(crowd: list[Any], shelf: Shelf) -> None:
    right = answers(Index.open(None, shelf.sources()))
    while len(crowd) < 6:
        threading.Event().wait(0.01)
    assert crowd == [right] * 6


def test_threads_may_search_one_index(folder: Path, shelf: Shelf) -> None:
    index = Index.open(folder, shelf.sources())
    right = answers(Index.open(None, shelf.sources()))
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(answers(index))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [right] * 8
