"""The cells of a row that tell where it is: several rooms in one, and addresses that used to be several.

What would be taken apart stands within quotation marks, doubled inside as in a spreadsheet:
``Köket; "Salen; den lilla"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import remarks

LONGEST_ADDRESS = 200
_ROOM = re.compile(r'\s*(?:"(?:[^"]|"")*+"(?=\s*(?:;|\Z))|[^;]+)')
_NEEDS_MARKS = re.compile(r';|\A"')


def split_rooms(cell: str) -> list[str]:
    """The names of the rooms; of an empty cell none."""
    parts = (match[0].strip() for match in _ROOM.finditer(cell))
    return [remarks.told(part) for part in parts if part]


def join_rooms(names: Iterable[str]) -> str:
    """The cell in which :func:`split_rooms` reads these names."""
    return "; ".join(_within_marks(name) if _NEEDS_MARKS.search(name) else name for name in names)


def address_in(cell: str) -> str:
    """The address. A bar parts the addresses of two places, unless it stands within quotation marks."""
    whole = remarks.told(cell)
    if "|" in whole and whole != cell:
        return whole
    return " och ".join(part.strip() for part in cell.split("|"))


def address_cell(address: str) -> str:
    """The cell in which :func:`address_in` reads this address."""
    return _within_marks(address) if "|" in address else address


def _within_marks(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
