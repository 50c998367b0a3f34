"""A brief that was moved finds what was marked in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights.adopt import adopt, find_former
from brief_tui.highlights.database import FILE, folder_of
from brief_tui.highlights.store import Store


def test_a_moved_brief_takes_its_highlights_along(tmp_path: Path, make: Callable[..., Document]) -> None:
    docs = [make(f"Text number {number} of them all.", f"{number}.txt") for number in range(3)]
    before = Store.open(folder_of(tmp_path, "/old/place"))
    before.reading.remember_documents({doc.id: doc.digest for doc in docs})
    kept = before.add(docs[0].text, docs[0].id, docs[0].digest, Span(0, 4), tags=("t",))
    before.set_theme(docs[1].text, docs[1].id, docs[1].digest, Span(0, 5), theme="x", present=True)
    before.set_note("2.txt", "On the third")
    before.close()
    own = folder_of(tmp_path, "/new/place")
    digests = {f"texts/{doc.id}": doc.digest for doc in docs[:2]} | {"2.txt": "changed since"}
    former = find_former(tmp_path, own, digests)
    assert former is not None
    assert (former.folder, former.documents, former.records) == (folder_of(tmp_path, "/old/place"), 2, 3)
    after = Store.open(own)
    assert adopt(after, former.folder, digests) == 3
    assert [(each.id, each.doc, each.span) for each in after.highlights()] == [
        (kept.id, "texts/0.txt", (0, 4))
    ]
    assert [each.doc for each in after.manual_tags()] == ["texts/1.txt"]
    assert after.notes() == {"2.txt": "On the third"}
    assert after.undo() is not None
    assert after.highlights() == ()
    after.close()


def test_other_briefs_empty_and_broken_stores_are_no_former_ones(
    tmp_path: Path, make: Callable[..., Document]
) -> None:
    doc = make("Some text.")
    for brief, digest, marked in (("other", "another text", True), ("empty", doc.digest, False)):
        store = Store.open(folder_of(tmp_path, brief))
        store.reading.remember_documents({doc.id: digest})
        if marked:
            store.set_note("", "n")
        store.close()
    broken = folder_of(tmp_path, "broken")
    broken.mkdir()
    (broken / FILE).write_bytes(b"not a database" * 100)
    assert find_former(tmp_path, folder_of(tmp_path, "own"), {doc.id: doc.digest}) is None
    assert find_former(tmp_path / "none", tmp_path, {}) is None
