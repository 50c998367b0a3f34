"""Writes into query.md how many passages each of its examples finds."""

from __future__ import annotations

import re
from pathlib import Path

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.search.index import Index, Source

DOCS = Path(__file__).parent
ROW = re.compile(r"^(\| (`[^|]+`) \|.*\| )\d+ \|$", re.MULTILINE)


def main() -> None:
    """Rewrite the page and print what changed."""
    brief, _ = read_brief([DOCS.parent / "seeds"])
    documents = [load(entry, default_language=brief.language) for entry in brief.entries]
    index = Index.open(None, [Source.of(document) for document in documents])

    def counted(row: re.Match[str]) -> str:
        query = re.findall("`([^`]+)`", row[2])[0]
        line = f"{row[1]}{index.search(query).total} |"
        if line != row[0]:
            print(line)
        return line

    page = DOCS / "query.md"
    page.write_text(ROW.sub(counted, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
