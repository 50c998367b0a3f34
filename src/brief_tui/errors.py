"""What can go wrong, in words a reader understands."""


class BriefError(Exception):
    """Something the reader can mend; its text is one sentence that says what to do next.

    The command line prints it as one line and exits with 2; the reader shows it as a notice.
    """


class SourceError(BriefError):
    """One document cannot be read; the others of the brief can."""


class ManifestError(BriefError):
    """brief.toml or the settings are wrong; the text names the field and what it should be."""


class QueryError(BriefError):
    """A query that does not parse.

    Attributes:
        position: where in the query the trouble is, in code points from its start.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class StoreError(BriefError):
    """The store of highlights cannot be read or written; nothing was changed."""


class ExportError(BriefError):
    """An export was not written; no file was made or changed."""
