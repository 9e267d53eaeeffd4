# SPDX-License-Identifier: MPL-2.0
"""What is known of the language, and what a user adds to it."""

from __future__ import annotations

import os
import threading
from typing import Iterable, Iterator, List, Optional, Tuple, Union

from . import _unfix

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Buffer = Union[bytes, bytearray, memoryview]

#: The model that came with this package, if one did.
_BUNDLED = os.path.join(os.path.dirname(__file__), "bundled", "es.unfix")


def model_places() -> List[str]:
    """Where ``Model()`` looks for its image, the first place first."""
    places = [_BUNDLED]
    while (place := _unfix.model_place(len(places) - 1)) is not None:
        places.append(place)
    return places


class Model:
    """What is known of a language.  Never changes; any threads may share it.

    ``path`` names an image (es.unfix); without it, it is the one that came with
    the package or, if none did, with the library.  ``data`` is an image in
    memory instead, which must not be changed while it is in use.
    """

    __slots__ = ("_capsule", "language", "data_version", "path")

    def __init__(
        self, path: Optional[Path] = None, *, data: Optional[Buffer] = None
    ) -> None:
        if data is not None:
            if path is not None:
                raise TypeError("path and data are both given")
            self._capsule = _unfix.model_load_memory(data)
        else:
            if path is None and os.path.exists(_BUNDLED):
                path = _BUNDLED
            self._capsule = _unfix.model_load(
                None if path is None else os.fsencode(path)
            )
        facts = _unfix.model_facts(self._capsule)
        #: BCP 47 tag, version of the data, and the file, if it is one.
        self.language: str = facts[0]
        self.data_version: str = facts[1]
        self.path: Optional[str] = facts[2]

    def __repr__(self) -> str:
        return f"<unfix.Model {self.language} {self.data_version}>"


_default: Optional[Model] = None
_default_lock = threading.Lock()


def default_model() -> Model:
    """The installed model, opened once."""
    global _default
    with _default_lock:
        if _default is None:
            _default = Model()
        return _default


def _lines(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        if "\n" in item or item.startswith("#"):
            raise ValueError(f"cannot stand in a line of a table: {item!r}")
        yield item + "\n"


class Overlay:
    """A user's own words and misreadings.  Never changes once it is made.

    ``words`` are known: never repaired, and what others may be repaired into.
    ``confusions`` are (read, meant, cost), the cost in nats from 0.001 to 20;
    2 to 6 is usual, the smaller the likelier.  ``vetoes`` are repairs that are
    not to be made: a word that stays ("Manama"), a pair ("Manama=Panamá"), a
    series by its reason ("ó read as é").  ``dictionaries`` are pairs of paths of
    Hunspell dictionaries in UTF-8 (.aff, .dic).
    """

    __slots__ = ("_capsule",)

    def __init__(
        self,
        words: Iterable[str] = (),
        *,
        confusions: Iterable[Tuple[str, str, float]] = (),
        vetoes: Iterable[str] = (),
        dictionaries: Iterable[Tuple[Path, Path]] = (),
    ) -> None:
        rules = (f"{a}\t{b}\t{cost:.3f}" for a, b, cost in confusions)
        self._capsule = _unfix.overlay_new(
            "".join(_lines(words)),
            "".join(_lines(rules)),
            "".join(_lines(vetoes)),
            [(os.fsencode(aff), os.fsencode(dic)) for aff, dic in dictionaries],
        )
