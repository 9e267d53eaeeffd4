# SPDX-License-Identifier: MPL-2.0
"""What a text is, and what the engine that read it says."""

from __future__ import annotations

from typing import (
    TYPE_CHECKING,
    Any,
    Dict,
    Iterable,
    List,
    NamedTuple,
    Tuple,
    Union,
)

from . import _unfix

if TYPE_CHECKING:
    from ._repair import Result


class Evidence(NamedTuple):
    """How sure the engine was of a piece of a text, mostly a word.

    ``start`` and ``end`` count as indices of the text do: code points of str,
    bytes of bytes.  ``confidence`` is from 0 to 1000.  ``readings`` are what
    else it might have read there, with a confidence each.
    """

    start: int
    end: int
    confidence: int
    readings: Tuple[Tuple[str, int], ...] = ()


def in_bytes(
    text: Union[str, bytes], evidence: Iterable[Tuple[Any, ...]], begin: int
) -> _unfix.Evidence:
    """The same as the library wants it, `begin` bytes farther on."""
    made: _unfix.Evidence = []
    at = 0
    for item in evidence:
        start, end, confidence, readings = Evidence(*item)
        if not at <= start <= end <= len(text):
            raise ValueError("evidence is not sorted, or not of this text")
        begin += byte_length(text[at:start])
        length = byte_length(text[start:end])
        made.append((begin, length, confidence, _encoded(readings)))
        begin += length
        at = end
    return made


def byte_length(text: Union[str, bytes]) -> int:
    if isinstance(text, str):
        return len(text.encode("utf-8", "surrogateescape"))
    return len(text)


def _encoded(
    readings: Iterable[Tuple[str, int]],
) -> List[Tuple[bytes, int]]:
    return [
        (text.encode("utf-8", "surrogateescape"), confidence)
        for text, confidence in readings
    ]


class Survey:
    """What texts were judged to be: one, its pieces, or a collection.

    Not for several threads at a time; gather in several and ``merge``.
    """

    __slots__ = ("_capsule",)

    def __init__(self) -> None:
        self._capsule = _unfix.survey_new()

    def add(self, result: Result[Any]) -> None:
        """Adds the text of what ``repair`` gave.

        The pieces of a stream are added by the stream that this is given to.
        """
        if result._capsule is None:
            raise ValueError("a piece of a stream: give the survey to that")
        _unfix.survey_add(self._capsule, result._capsule)

    def merge(self, more: Survey) -> None:
        """Adds what another one has gathered."""
        _unfix.survey_merge(self._capsule, more._capsule)

    def clear(self) -> None:
        """Forgets everything."""
        _unfix.survey_clear(self._capsule)

    @property
    def words(self) -> int:
        """Words that it covers."""
        return _unfix.survey_facts(self._capsule)[0]

    @property
    def language(self) -> str:
        """BCP 47 tag of the language of most of it; "und": none is plain."""
        return _unfix.survey_facts(self._capsule)[1]

    @property
    def spelling(self) -> str:
        """ "modern", or "old" as in print before 1900 or so."""
        return _unfix.survey_facts(self._capsule)[2]

    @property
    def form(self) -> str:
        """ "prose"; "syntax": code, markup, logs; "figures": tables, lists."""
        return _unfix.survey_facts(self._capsule)[3]

    @property
    def person(self) -> str:
        """ "third", "first" or "second": of most verbs."""
        return _unfix.survey_facts(self._capsule)[4]

    @property
    def left(self) -> Dict[str, int]:
        """Unknown words that nothing was done to, by what they were taken for:
        "foreign", "old", "syntax", "unknown"."""
        names = ("foreign", "old", "syntax", "unknown")
        return dict(zip(names, _unfix.survey_facts(self._capsule)[5]))

    @property
    def damage(self) -> str:
        """What was read for what, and how often that was mended, in a line."""
        return _unfix.survey_facts(self._capsule)[6]

    def __repr__(self) -> str:
        return f"<unfix.Survey of {self.words} words, {self.language}>"
