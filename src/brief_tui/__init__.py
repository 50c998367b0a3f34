"""brief-tui: several sources on one subject, read against each other, offline."""

__version__ = "0.1.0"
