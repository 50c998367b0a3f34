"""The cache does not grow for ever, and what is in use stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

from brief_tui import pruning
from brief_tui.workspace import Workspace

DAY = 24 * 3600.0


def thing(path: Path, days: float, size: int = 1000) -> Path:
    """A file of the cache, last used so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    os.utime(path.parent, (then, then))
    return path


def left(cache: Path) -> set[str]:
    return {str(path.relative_to(cache)) for path in cache.rglob("*") if path.is_file()} - {"pruned"}


def test_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    thing(tmp_path / "passages" / "old", 100)
    thing(tmp_path / "passages" / "new", 80)
    thing(tmp_path / "indexes" / "one" / "x.seg", 100)
    thing(tmp_path / "indexes" / "two" / "x.seg", 100)
    thing(tmp_path / "indexes" / "two" / "lock", 3)
    elsewhere = thing(tmp_path.parent / f"{tmp_path.name}-outside" / "x", 100)
    (tmp_path / "tags").mkdir()
    (tmp_path / "tags" / "link").symlink_to(elsewhere.parent)
    (tmp_path / "linked").symlink_to(elsewhere.parent)
    assert pruning.prune(tmp_path) == 2
    assert left(tmp_path) >= {"passages/new", "indexes/two/x.seg", "indexes/two/lock"}
    assert not (tmp_path / "indexes" / "one").exists()
    assert elsewhere.exists()
    thing(tmp_path / "passages" / "old", 100)
    assert pruning.prune(tmp_path) == 0  # it looked today
    assert pruning.prune(tmp_path, now=time.time() + 2 * DAY) == 1


def test_the_least_recently_used_goes_where_it_is_too_much_but_nothing_of_today(tmp_path: Path) -> None:
    for days in (0, 1, 2, 3, 4):
        thing(tmp_path / "passages" / str(days), days + 0.5)
    assert pruning.prune(tmp_path, most=2500) == 3
    assert left(tmp_path) == {"passages/0", "passages/1"}
    assert pruning.prune(tmp_path, most=0, now=time.time() + 0.4 * DAY) == 0
    os.utime(tmp_path / "pruned", (0, 0))
    assert pruning.prune(tmp_path, most=0, now=time.time() + 0.4 * DAY) == 1
    assert left(tmp_path) == {"passages/0"}


def test_what_a_brief_uses_is_kept_and_a_removed_cache_is_made_again(
    seeds: Path, private_places: Path
) -> None:
    cache = private_places / "cache"
    for round_ in range(2):
        workspace = Workspace.open([seeds])
        tags = workspace.coding.tags()
        related = workspace.searching.results("iran").total
        workspace.tidy()
        workspace.close()
        kept = left(cache)
        assert any(name.startswith("passages/") for name in kept)
        assert any(name.startswith("indexes/") for name in kept)
        if not round_:
            then = time.time() - 100 * DAY
            for path in (cache, *cache.rglob("*")):
                os.utime(path, (then, then))
    assert kept == left(cache)
    then = time.time() - 100 * DAY
    for path in (cache, *cache.rglob("*")):
        os.utime(path, (then, then))
    assert pruning.prune(cache) > 5
    assert not left(cache)
    workspace = Workspace.open([seeds])
    assert workspace.coding.tags() == tags
    assert workspace.searching.results("iran").total == related
    workspace.close()


def test_no_cache_and_one_that_may_not_be_written_to_are_no_trouble(tmp_path: Path) -> None:
    assert pruning.prune(tmp_path / "none") == 0
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").write_text("x", "utf-8")
    assert pruning.prune(tmp_path / "file") == 0
