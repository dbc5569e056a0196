"""The code that a new screen shows and that staff type: what it is made of, and reading what was typed.

No vowels, so that it spells nothing, and of letters and digits that are taken for each other only one.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

SIGNS: Final = "CDFHJKMNPRTVWX23456789"
LENGTH = 8
_HALF = LENGTH // 2
# Not in a code; who types one of them has read the sign beside it.
_TAKEN_FOR = str.maketrans("BGSZ", "8652")
_BETWEEN = re.compile(r"[\s\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}.,:_/]+")


class CodeFault(Enum):
    """Why what was typed is no code."""

    MISSING = auto()
    TOO_SHORT = auto()
    TOO_LONG = auto()
    OTHER_SIGNS = auto()


class CodeError(ValueError):
    """What was typed is no code; ``signs`` are those that no code has."""

    def __init__(self, fault: CodeFault, signs: str = "") -> None:
        super().__init__(fault.name)
        self.fault, self.signs = fault, signs


def in_halves(code: str) -> str:
    """``CDFH-2345``, as it is shown and read aloud."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def read_code(text: str) -> str:
    """The code in ``cdfh 2345``, ``CDFH-2345`` or ``CDFH2345``. Raises :class:`CodeError`."""
    typed = _BETWEEN.sub("", text).upper().translate(_TAKEN_FOR)
    if not typed:
        raise CodeError(CodeFault.MISSING)
    if strange := "".join(dict.fromkeys(sign for sign in typed if sign not in SIGNS)):
        raise CodeError(CodeFault.OTHER_SIGNS, strange)
    if len(typed) != LENGTH:
        raise CodeError(CodeFault.TOO_SHORT if len(typed) < LENGTH else CodeFault.TOO_LONG)
    return typed
