"""Cells that a spreadsheet would take for formulas: an apostrophe keeps them text.

The guard is taken away by :func:`unguarded` and nothing else is, so that any text comes back as it was.
"""

from __future__ import annotations

import re

# The signs that begin a formula, their full-width twins, and what a program may skip before one.
_DANGEROUS = "=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
_NEEDS_GUARD = re.compile(f"'*[{_DANGEROUS}]")
_IS_GUARDED = re.compile(f"'+[{_DANGEROUS}]")


def guarded(text: str) -> str:
    """The text as it can stand in a cell."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded; any other cell as it is."""
    return cell[1:] if _IS_GUARDED.match(cell) else cell
