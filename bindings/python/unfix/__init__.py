# SPDX-License-Identifier: MPL-2.0
"""Repairs what OCR did to Spanish text.

    >>> import unfix
    >>> result = unfix.repair("La cooperacién internacional")
    >>> result.text
    'La cooperación internacional'
    >>> for c in result.corrections:
    ...     print(c.start, c.original, c.replacement, c.verdict)
    3 cooperacién cooperación applied

Text is ``str``, or ``bytes`` meant to be UTF-8; what comes out is of the same
type.  Bytes that are no UTF-8 come out as they went in; in a ``str`` they are
the surrogates of Python's ``surrogateescape``.

The work is done without the interpreter's lock: threads that repair different
texts run beside each other, and may share a Model, an Overlay or a Repairer.
"""

from ._encoding import Encoded, detect_encoding, repair_encoded
from ._errors import Error, FileError, InputError, ModelError, UsageError
from ._model import Model, Overlay, model_places
from ._repair import (
    Correction,
    Place,
    Reading,
    Repairer,
    Result,
    Stream,
    apply,
    explain,
    repair,
    revert,
    sections,
)
from ._survey import Evidence, Survey
from ._unfix import class_names as _class_names
from ._unfix import version as _version
from ._unfix import version_number as _version_number

#: The version of the library.
__version__: str = _version()

#: The same as a number: (major * 256 + minor) * 256 + patch.
VERSION_NUMBER: int = _version_number()

#: The kinds of repair, as ``Correction.kind`` and the option ``only`` name them.
KINDS = _class_names()

#: ``Correction.bar`` where no confidence is enough.
BAR_NONE = 1001

__all__ = [
    "BAR_NONE",
    "Correction",
    "Encoded",
    "Error",
    "Evidence",
    "FileError",
    "InputError",
    "KINDS",
    "Model",
    "ModelError",
    "Overlay",
    "Place",
    "Reading",
    "Repairer",
    "Result",
    "Stream",
    "Survey",
    "UsageError",
    "VERSION_NUMBER",
    "apply",
    "detect_encoding",
    "explain",
    "model_places",
    "repair",
    "repair_encoded",
    "revert",
    "sections",
]
