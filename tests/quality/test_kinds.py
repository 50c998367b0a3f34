"""The kind of each line of two documents, labelled by hand, against what segmentation says."""

from __future__ import annotations

import json
from pathlib import Path

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief

LABELS = Path(__file__).parent / "passages.json"
TWINS = {"pullquote": "body", "comment": "body", "caption": "boilerplate", "title": "heading"}


def test_kinds_of_the_labelled_documents(seeds: Path) -> None:
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    brief, _ = read_brief([seeds])
    found = {
        (entry.name, line): passage.kind.value
        for entry in brief.entries
        for passage in load(entry).passages
        for line in range(passage.line, passage.line_end + 1)
    }
    wrong = []
    for row in labels:
        have = found.get((row["doc"], row["line"]), "missing")
        if TWINS.get(have, have) != TWINS.get(row["kind"], row["kind"]):
            wrong.append(f"{row['doc']}:{row['line']} is {row['kind']}, got {have}")
    assert 1 - len(wrong) / len(labels) >= 0.97, wrong
