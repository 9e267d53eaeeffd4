# SPDX-License-Identifier: MPL-2.0
"""Repairing texts, and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import (
    Any,
    AnyStr,
    Callable,
    Dict,
    Generic,
    Iterable,
    Iterator,
    List,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    cast,
)

from . import _unfix
from ._model import Model, Overlay, default_model
from ._survey import Survey, byte_length, in_bytes


class Correction(NamedTuple):
    """One repair, made or not.

    A place is given twice: ``start`` to ``end`` in the input and ``out_start``
    to ``out_end`` in the output count code points, as indices of ``str`` do;
    ``offset`` and ``length``, ``out_offset`` and ``out_length`` count bytes of
    UTF-8.  Whatever the input's type, ``original`` and ``replacement`` are str.
    """

    start: int
    end: int
    out_start: int
    out_end: int
    offset: int
    length: int
    out_offset: int
    out_length: int
    original: str
    replacement: str
    #: Probability that the change is right, in thousandths.
    confidence: int
    #: The verifier's log-odds in thousandths, before calibration.
    score: int
    #: "applied"; "proposed": not sure enough, or its kind is switched off;
    #: "rejected": protected, a name, or vetoed.
    verdict: str
    #: One of ``unfix.KINDS``.
    kind: str
    #: A short English phrase, such as "ó read as é".
    reason: str
    #: Other readings and their confidences, the best first.
    alternatives: Tuple[Tuple[str, int], ...]
    #: How odd the misreading is, and how much better the words fit, in
    #: thousandths of a nat.
    channel_cost: int
    context_gain: int
    known_before: bool
    known_after: bool
    #: How often the original, and the replacement, stands in the section so
    #: far.
    seen_before: int
    seen_after: int
    #: Why it was not applied, in a few English words; None if it was.
    held_back: Optional[str]
    #: The confidence that it has to have; BAR_NONE: none is enough.
    bar: int

    @property
    def applied(self) -> bool:
        """Whether the output has the replacement."""
        return self.verdict == "applied"


# What Correction._make does, without a call in Python for each.
_make = cast(
    "Callable[[Tuple[Any, ...]], Correction]",
    partial(tuple.__new__, Correction),
)


class Reading(NamedTuple):
    """A way to read a place and what it costs, in thousandths of a nat."""

    text: str
    channel_cost: int
    context_cost: int


class Place(NamedTuple):
    """A piece of a text and how it may be read, that of the best path first."""

    start: int
    end: int
    offset: int
    length: int
    original: str
    known: bool
    protected: bool
    readings: Tuple[Reading, ...]


class Result(Generic[AnyStr]):
    """A repaired text, or a piece of one, and what was done to it."""

    __slots__ = ("text", "_capsule", "_corrections", "_figures")

    #: The repaired text.
    text: AnyStr

    def __init__(
        self,
        text: AnyStr,
        capsule: Optional[_unfix.Capsule],
        corrections: Optional[List[Correction]] = None,
        figures: Optional[_unfix.Figures] = None,
    ) -> None:
        self.text = text
        self._capsule = capsule
        self._corrections = corrections
        self._figures = figures

    @property
    def corrections(self) -> List[Correction]:
        """All repairs, applied or not, sorted by place and disjoint."""
        if self._corrections is None:
            assert self._capsule is not None
            self._corrections = _unfix.result_corrections(self._capsule, _make)
        return self._corrections

    @property
    def applied(self) -> List[Correction]:
        """Those that were made."""
        return [c for c in self.corrections if c.applied]

    def _figure(self) -> _unfix.Figures:
        if self._figures is None:
            assert self._capsule is not None
            self._figures = _unfix.result_figures(self._capsule)
        return self._figures

    @property
    def words(self) -> int:
        """Words that the result covers."""
        return self._figure()[0]

    @property
    def expected_harm(self) -> float:
        """Wrong changes that are to be expected among those applied."""
        return self._figure()[1] / 1000

    @property
    def bars(self) -> Dict[str, int]:
        """For each kind the confidence from which on it was applied."""
        return dict(zip(_unfix.class_names(), self._figure()[2]))

    @property
    def unsearched(self) -> int:
        """Bytes that were left alone, since to look for their readings would
        have taken too long; none but in garbage."""
        return self._figure()[3]

    def revert(self) -> AnyStr:
        """The input."""
        return revert(self.text, self.corrections)

    def __repr__(self) -> str:
        return f"<unfix.Result {self.text[:40]!r}>"


_Options = Tuple[int, int, int, int, int]


def _options(
    base: _Options,
    min_confidence: Optional[int],
    only: Optional[Iterable[str]],
    max_harm: Optional[float],
    join_hyphens: Optional[bool],
    compose: Optional[bool],
) -> _Options:
    bits = base[1]
    if only is not None:
        names = _unfix.class_names()
        bits = 0
        for name in only:
            if name not in names:
                raise ValueError(f"no kind of repair: {name!r}")
            bits |= 1 << names.index(name)
    return (
        base[0] if min_confidence is None else min_confidence,
        bits,
        base[2] if max_harm is None else round(max_harm * 1000),
        base[3] if join_hyphens is None else int(join_hyphens),
        base[4] if compose is None else int(compose),
    )


class Repairer:
    """Repairs texts with one model, one overlay and options.

    Any threads may share it; it holds as many contexts of the library as are
    used at a time.  The options, which each call may give otherwise:

    * ``min_confidence``: repairs are made from this confidence on (0 to 1000);
    * ``only``: the kinds of repair that are made, of ``unfix.KINDS``;
    * ``max_harm``: so many wrong changes are to be expected in 10,000 words at
      most; each kind gets a bar by that;
    * ``join_hyphens``: words broken at a line's end are made whole;
    * ``compose``: letters with combining marks become one character (NFC).
    """

    def __init__(
        self,
        model: Optional[Model] = None,
        overlay: Optional[Overlay] = None,
        *,
        min_confidence: Optional[int] = None,
        only: Optional[Iterable[str]] = None,
        max_harm: Optional[float] = None,
        join_hyphens: Optional[bool] = None,
        compose: Optional[bool] = None,
    ) -> None:
        self.model = default_model() if model is None else model
        self.overlay = overlay
        self._defaults = _options(
            _unfix.options_default(),
            min_confidence,
            only,
            max_harm,
            join_hyphens,
            compose,
        )
        self._idle: List[_unfix.Capsule] = []
        self._idle.append(self._context(self._defaults))

    def _context(self, options: _Options) -> _unfix.Capsule:
        return _unfix.context_new(
            self.model._capsule,
            None if self.overlay is None else self.overlay._capsule,
            options,
        )

    def _take(self, options: _Options) -> _unfix.Capsule:
        try:
            context = self._idle.pop()
        except IndexError:
            return self._context(options)
        try:
            _unfix.context_set_options(context, options)
        except BaseException:
            self._idle.append(context)
            raise
        return context

    def repair(
        self,
        text: AnyStr,
        *,
        evidence: Optional[Iterable[Tuple[Any, ...]]] = None,
        min_confidence: Optional[int] = None,
        only: Optional[Iterable[str]] = None,
        max_harm: Optional[float] = None,
        join_hyphens: Optional[bool] = None,
        compose: Optional[bool] = None,
    ) -> Result[AnyStr]:
        """Repairs a whole text.

        ``evidence``: what the engine said of its words, sorted and apart; an
        ``Evidence`` each, or a tuple of the same.
        """
        said = None if evidence is None else in_bytes(text, evidence, 0)
        context = self._take(
            _options(
                self._defaults,
                min_confidence,
                only,
                max_harm,
                join_hyphens,
                compose,
            )
        )
        try:
            result = _unfix.correct(context, text, said)
        finally:
            self._idle.append(context)
        return Result(
            cast(AnyStr, _unfix.result_text(result, isinstance(text, str))),
            result,
        )

    def explain(self, text: AnyStr) -> List[Place]:
        """How each place of a text may be read, before any verdict."""
        context = self._take(self._defaults)
        try:
            found = _unfix.explain(context, text)
        finally:
            self._idle.append(context)
        return [
            Place._make((*facts, tuple(map(Reading._make, readings))))
            for *facts, readings in found
        ]

    def stream(
        self,
        chunks: Iterable[AnyStr],
        *,
        survey: Optional[Survey] = None,
        min_confidence: Optional[int] = None,
        only: Optional[Iterable[str]] = None,
        max_harm: Optional[float] = None,
        join_hyphens: Optional[bool] = None,
        compose: Optional[bool] = None,
    ) -> Iterator[Result[AnyStr]]:
        """Repairs a text that comes in pieces, however they are cut.

        What comes out is that of one ``repair`` over the whole, in other
        pieces; offsets count from the text's beginning.  Memory stays bounded.
        The pieces are added to the survey, if there is one.
        """
        stream: Optional[Stream[AnyStr]] = None
        for chunk in chunks:
            if stream is None:
                stream = Stream(
                    self,
                    isinstance(chunk, str),
                    survey=survey,
                    min_confidence=min_confidence,
                    only=only,
                    max_harm=max_harm,
                    join_hyphens=join_hyphens,
                    compose=compose,
                )
            yield from stream.feed(chunk)
        if stream is not None:
            yield from stream.finish()


class Stream(Generic[AnyStr]):
    """A text that is fed piece by piece; see ``Repairer.stream``.

    Not for several threads at a time.  ``as_str`` says whether what comes out
    is str or bytes.
    """

    def __init__(
        self,
        repairer: Repairer,
        as_str: bool = True,
        *,
        survey: Optional[Survey] = None,
        min_confidence: Optional[int] = None,
        only: Optional[Iterable[str]] = None,
        max_harm: Optional[float] = None,
        join_hyphens: Optional[bool] = None,
        compose: Optional[bool] = None,
    ) -> None:
        self._as_str = as_str
        self._fed = 0
        self._stream = _unfix.stream_new(
            repairer._context(
                _options(
                    repairer._defaults,
                    min_confidence,
                    only,
                    max_harm,
                    join_hyphens,
                    compose,
                )
            ),
            _make,
            None if survey is None else survey._capsule,
        )

    def _results(
        self, pieces: List[Tuple[bytes, List[Correction], _unfix.Figures]]
    ) -> List[Result[AnyStr]]:
        return [
            Result(
                cast(
                    AnyStr,
                    text.decode("utf-8", "surrogateescape")
                    if self._as_str
                    else text,
                ),
                None,
                corrections,
                figures,
            )
            for text, corrections, figures in pieces
        ]

    def feed(
        self,
        chunk: AnyStr,
        evidence: Optional[Iterable[Tuple[Any, ...]]] = None,
    ) -> List[Result[AnyStr]]:
        """Takes the next piece; what is finished comes out.

        ``evidence`` is of this piece, and its places are those in it.
        """
        if evidence is not None:
            said = in_bytes(chunk, evidence, self._fed)
            _unfix.stream_evidence(self._stream, said)
        pieces = _unfix.stream_feed(self._stream, chunk)
        self._fed += byte_length(chunk)
        return self._results(pieces)

    def flush(self) -> List[Result[AnyStr]]:
        """All that was fed comes out, as if a page ended here."""
        return self._results(_unfix.stream_flush(self._stream))

    def finish(self) -> List[Result[AnyStr]]:
        """Ends the text.  The stream may then be fed another."""
        self._fed = 0
        return self._results(_unfix.stream_finish(self._stream))


_repairers: Dict[Tuple[int, int], Repairer] = {}


def _repairer(model: Optional[Model], overlay: Optional[Overlay]) -> Repairer:
    """One for each pair: to make a context takes longer than a short text.

    The repairer holds both, so that their ids stay theirs.
    """
    key = (id(model), id(overlay))
    repairer = _repairers.get(key)
    if repairer is None:
        repairer = Repairer(model, overlay)
        if len(_repairers) >= 8:
            _repairers.clear()
        _repairers[key] = repairer
    return repairer


def repair(
    text: AnyStr,
    *,
    model: Optional[Model] = None,
    overlay: Optional[Overlay] = None,
    evidence: Optional[Iterable[Tuple[Any, ...]]] = None,
    min_confidence: Optional[int] = None,
    only: Optional[Iterable[str]] = None,
    max_harm: Optional[float] = None,
    join_hyphens: Optional[bool] = None,
    compose: Optional[bool] = None,
) -> Result[AnyStr]:
    """Repairs a text; the options are those of ``Repairer``."""
    return _repairer(model, overlay).repair(
        text,
        evidence=evidence,
        min_confidence=min_confidence,
        only=only,
        max_harm=max_harm,
        join_hyphens=join_hyphens,
        compose=compose,
    )


def explain(
    text: AnyStr,
    *,
    model: Optional[Model] = None,
    overlay: Optional[Overlay] = None,
) -> List[Place]:
    """How each place of a text may be read, before any verdict."""
    return _repairer(model, overlay).explain(text)


def sections(text: bytes) -> Iterator[bytes]:
    """Cuts a long text where its parts may be repaired apart.

    To repair them one by one, in any threads, gives what repairing the whole
    gives, but that offsets count from the beginning of each.
    """
    view = memoryview(text)
    while view:
        length = _unfix.section_length(view, True)
        yield bytes(view[:length])
        view = view[length:]


def _splice(
    text: AnyStr, edits: Sequence[Tuple[int, int, AnyStr, AnyStr]]
) -> AnyStr:
    parts: List[AnyStr] = []
    done = 0
    for start, end, old, new in edits:
        if start < done or text[start:end] != old:
            raise ValueError(f"the text does not have {old!r} at {start}")
        parts += [text[done:start], new]
        done = end
    parts.append(text[done:])
    return text[:0].join(parts)


def apply(text: AnyStr, corrections: Iterable[Correction]) -> AnyStr:
    """Makes these corrections in the text that they were found in.

    All of them, whatever their verdict: filter them before.  ValueError if the
    text is not the one.
    """
    edits: List[Tuple[int, int, AnyStr, AnyStr]] = []
    for c in corrections:
        if isinstance(text, str):
            edits.append((c.start, c.end, c.original, c.replacement))
        else:
            edits.append(
                (
                    c.offset,
                    c.offset + c.length,
                    _encode(c.original),
                    _encode(c.replacement),
                )
            )
    return _splice(text, edits)


def revert(text: AnyStr, corrections: Iterable[Correction]) -> AnyStr:
    """Takes the applied ones of a result back from the result's text."""
    edits: List[Tuple[int, int, AnyStr, AnyStr]] = []
    for c in corrections:
        if not c.applied:
            continue
        if isinstance(text, str):
            edits.append((c.out_start, c.out_end, c.replacement, c.original))
        else:
            edits.append(
                (
                    c.out_offset,
                    c.out_offset + c.out_length,
                    _encode(c.replacement),
                    _encode(c.original),
                )
            )
    return _splice(text, edits)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
