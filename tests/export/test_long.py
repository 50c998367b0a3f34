"""Exports of 100,000 highlights fit into little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from brief_tui.export import FORMATS

ROOT = Path(__file__).parents[2]
MOST = 100_000
"""Kilobytes that an export may take, Python and the store included: half of what is promised, since the brief
takes some too; all highlights at once would take more."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says VmHWM")

MANY = """
import sys
from pathlib import Path
from hashlib import blake2b
from dataclasses import replace
from brief_tui.corpus.model import Document, Entry, Kind, Metadata, Passage, Span
from brief_tui.export import CodeRow, ExportRequest, render, write
from brief_tui.highlights.anchor import selector
from brief_tui.highlights.store import Store

kept, out, name, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
words = "says that what was promised in it did not come, 安全 and so on and on."
text = "\\n\\n".join(f"Paragraph {n} {words}" for n in range(2000))
passages, at, line = [], 0, 1
for number, part in enumerate(text.split("\\n\\n")):
    passages.append(Passage("a.txt", number, at, at + len(part), line, line, Kind.BODY, source=text))
    at, line = at + len(part) + 2, line + 2
entry = Entry("a.txt", Path("a.txt"), Metadata(title="A"), "a")
document = Document(entry, text, blake2b(text.encode(), digest_size=16).hexdigest(), tuple(passages), "A")
is_made = kept.exists()
store = Store.open(kept)
if not is_made:
    first = store.add(text, "a.txt", document.digest, Span(0, 70), tags=("t", "free"), note="a note")
    for start in range(0, count - 1, 5000):
        some = []
        for n in range(start, min(start + 5000, count - 1)):
            at = passages[n % len(passages)].start
            id_ = f"{n:08x}-0000-4000-8000-000000000000"
            quote = selector(text, Span(at, at + 70))
            place = {name: getattr(quote, name) for name in ("start", "end", "exact", "prefix", "suffix")}
            some.append(replace(first, id=id_, **place))
        store.put(some)
    del some
highlights = store.all_highlights
assert len(highlights) == count
request = ExportRequest(
    "b", "B", (document,), highlights, codes=(CodeRow("t", "Theme"),), generated="2026-01-02T03:04:05.678Z"
)
write(render(name, request), out)
assert out.stat().st_size > 10
# The peak of this process alone: ru_maxrss counts what it was forked from.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def memory(kept: Path, out: Path, name: str, count: int) -> int:
    """What an export of so many highlights takes; they are kept for the next where none are there."""
    run = subprocess.run(
        [sys.executable, "-c", MANY, str(kept), str(out), name, str(count)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


def test_a_thousand_highlights_are_written(tmp_path: Path) -> None:
    assert memory(tmp_path / "kept", tmp_path / "out", "markdown", 1_000) < MOST


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where 100,000 highlights are kept."""
    return tmp_path_factory.mktemp("many") / "kept"


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
def test_a_hundred_thousand_highlights_fit(tmp_path: Path, many: Path, name: str) -> None:
    assert memory(many, tmp_path / "out", name, 100_000) < MOST
