"""Make constraints.txt anew: what a fresh environment of every Python gets, in one file.

Run it from the checkout with the Pythons to pin for, which must be the ones that the tests run on:

    python3 .ci/pin.py python3.11 python3.12 python3.13
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = "brief-tui"
HEADER = """\
# What the project was tested with, in every extra. Made by .ci/pin.py; CONTRIBUTING.md says how.
"""


def freeze(python: str, folder: Path) -> tuple[str, dict[str, str]]:
    """Install the project with every extra into a new environment.

    Returns:
        The Python's version ("3.11"), and each package's pinned line by its name in lower case.
    """
    extras = ",".join(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    )
    subprocess.run([python, "-m", "venv", folder], check=True)
    inside = folder / "bin" / "python"
    subprocess.run([inside, "-m", "pip", "install", "-qq", f"{ROOT}[{extras}]"], check=True)
    says = [inside, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    version = subprocess.run(says, check=True, capture_output=True, text=True).stdout.strip()
    frozen = subprocess.run(
        [inside, "-m", "pip", "freeze", "--exclude", NAME], check=True, capture_output=True, text=True
    )
    lines = [line for line in frozen.stdout.splitlines() if "==" in line]
    return version, {line.partition("==")[0].lower(): line for line in lines}


def merge(found: dict[str, dict[str, str]]) -> list[str]:
    """One line a package where all Pythons that have it agree, else one a Python."""
    lines: list[str] = []
    for name in sorted({name for pins in found.values() for name in pins}):
        by_version = {version: pins[name] for version, pins in found.items() if name in pins}
        if len(set(by_version.values())) == 1:
            lines.append(next(iter(by_version.values())))
        else:
            lines += [f'{line} ; python_version == "{version}"' for version, line in by_version.items()]
    return lines


def main() -> None:
    """Pin for the Pythons named on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        found = dict(freeze(python, Path(folder) / str(at)) for at, python in enumerate(sys.argv[1:]))
    (ROOT / "constraints.txt").write_text(HEADER + "\n".join(merge(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
