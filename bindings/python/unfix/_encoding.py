# SPDX-License-Identifier: MPL-2.0
"""Texts in other encodings than UTF-8, repaired in their own."""

from __future__ import annotations

from typing import Any, List, NamedTuple, Optional

from . import _unfix
from ._model import Model, default_model
from ._repair import Correction, Repairer


def detect_encoding(
    data: bytes, model: Optional[Model] = None
) -> Optional[str]:
    """The encoding of bytes, by ICU's name; None where that is not plain."""
    used = default_model() if model is None else model
    return _unfix.encoding_detect(used._capsule, data)


class Encoded(NamedTuple):
    """Bytes that were repaired in their encoding.

    ``corrections`` are of ``text``, which is what the bytes said; ``left_out``
    are those of them that were not made, since the encoding has no such
    character.
    """

    data: bytes
    encoding: str
    text: str
    corrections: List[Correction]
    left_out: List[Correction]


def repair_encoded(
    data: bytes,
    encoding: Optional[str] = None,
    repairer: Optional[Repairer] = None,
    **options: Any,
) -> Encoded:
    """Repairs bytes in their encoding, which is told or found out.

    What is not repaired stays byte for byte.  The options are those of
    ``Repairer.repair``.  ValueError where the encoding is not told and not
    plain, or the bytes are not of it.
    """
    used = Repairer() if repairer is None else repairer
    name = encoding or detect_encoding(data, used.model)
    if name is None:
        raise ValueError("the encoding is not plain to see: name it")
    capsule = _unfix.encoding_new(name)
    text = _unfix.decode(capsule, data)
    result = used.repair(text, **options)
    parts: List[bytes] = []
    left_out: List[Correction] = []
    done = 0
    for c in result.applied:
        made = _unfix.encode(capsule, c.replacement)
        if made is None:
            left_out.append(c)
            continue
        start = _unfix.encoding_offset(capsule, c.offset)
        parts += [data[done:start], made]
        done = _unfix.encoding_offset(capsule, c.offset + c.length)
    parts.append(data[done:])
    return Encoded(
        b"".join(parts),
        _unfix.encoding_name(capsule),
        text.decode("utf-8", "surrogateescape"),
        result.corrections,
        left_out,
    )
