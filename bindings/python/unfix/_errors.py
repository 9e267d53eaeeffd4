# SPDX-License-Identifier: MPL-2.0
"""What is raised where the library reports a failure."""

from __future__ import annotations

from . import _unfix


class Error(Exception):
    """A call of the library failed.

    ``status`` is the library's number of the kind of failure, ``offset`` the
    byte and ``line`` the line in a table or file, 0 where there is none to
    tell.  Memory that runs out is a MemoryError instead.
    """

    def __init__(
        self, message: str, status: int = 0, offset: int = 0, line: int = 0
    ) -> None:
        where = f" (line {line})" if line else ""
        super().__init__(message + where)
        self.status = status
        self.offset = offset
        self.line = line


class InputError(Error, ValueError):
    """An argument, an option or a line of a table is not as it has to be."""


class ModelError(Error):
    """The model is damaged, or was made for another version."""


class FileError(Error, OSError):
    """A file could not be opened or read."""


class UsageError(Error, RuntimeError):
    """Out of order, or a limit that was passed."""


def make(status: int, message: str, offset: int, line: int) -> Error:
    """The exception for a status of the library."""
    kind = {
        2: InputError,
        3: FileError,
        4: InputError if line else ModelError,
        5: ModelError,
        6: UsageError,
        7: UsageError,
    }.get(status, Error)
    return kind(message or _unfix.status_text(status), status, offset, line)
