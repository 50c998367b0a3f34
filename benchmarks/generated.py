"""Large briefs made from the words of the five documents, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"


def paragraphs(count: int, *, mean: int = 55, seed: int = 7) -> Iterator[str]:
    """Paragraphs of varied length, some of them headings and list items.

    Args:
        count: how many.
        mean: words of one, on average.
        seed: of the choice of words.
    """
    rng = random.Random(seed)
    words = [word for path in sorted(SEEDS.glob("*.txt")) for word in path.read_text("utf-8").split()]
    plain = [word for word in words if word.isalpha() or word[:-1].isalpha()]
    for number in range(count):
        if number % 25 == 0:
            yield f"{number // 25 + 1}. " + " ".join(rng.choices(plain, k=4)).title().rstrip(".,")
            continue
        size = max(3, int(rng.lognormvariate(0, 0.7) * mean * 0.8))
        text = " ".join(rng.choices(plain, k=size))
        yield ("- " if number % 9 == 0 else "") + text[:1].upper() + text[1:].rstrip(".,") + "."


def one_large(folder: Path, count: int = 50_000) -> Path:
    """A brief of one document of many paragraphs (about 17 MB for 50,000)."""
    return _write(folder, {"large.txt": "\n\n".join(paragraphs(count)) + "\n"})


def many_small(folder: Path, count: int = 500, each: int = 60) -> Path:
    """A brief of many documents of 20 KB (10 MB for 500)."""
    return _write(
        folder,
        {
            f"{n:03}.txt": f"Document {n} of Many\n\n" + "\n\n".join(paragraphs(each, seed=n)) + "\n"
            for n in range(count)
        },
    )


def one_line(folder: Path, size: int = 50_000_000) -> Path:
    """A brief whose document is a single line of a size in characters."""
    line = " ".join(paragraphs(400)).replace("\n", " ")
    return _write(folder, {"line.txt": (line * (size // len(line) + 1))[:size] + "\n"})


def short_lines(folder: Path, count: int = 100_000) -> Path:
    """A brief whose document has many short lines without a blank one between them."""
    return _write(folder, {"lines.txt": "\n".join(p[:40] for p in paragraphs(count, mean=6)) + "\n"})


def _write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, "utf-8")
    return folder
