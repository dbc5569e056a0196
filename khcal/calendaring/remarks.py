"""What is said of single dates in one cell: ``2026-11-19: Ledaren är sjuk. | 2026-11-26: …``.

What somebody wrote may look like the next remark. It then stands within quotation marks, doubled inside
as in a spreadsheet: ``2026-11-19: "Vi ses 2026-12-15"``.
"""

from __future__ import annotations

import re

_STARTS = re.compile(r"[\s;|]{1,5}(?=\d{4}-\d{2}-\d{2}\s*(?:>|:|$))")
_WITHIN_MARKS = re.compile(r'(?<=[: ])"(?:[^"]|"")*+"(?=[\s;|]*(?:\d{4}-\d{2}-\d{2}|\Z))')
_NEEDS_MARKS = re.compile(r'\d{4}-\d{2}-\d{2}|\n|\A["\s;|]|[\s;|]\Z')
_EDGES = " ;|\r\n\t"


def split(text: str, starts: re.Pattern[str] = _STARTS) -> list[str]:
    """The remarks of a cell, each from where it ``starts``; nothing starts within quotation marks."""
    within = [match.span() for match in _WITHIN_MARKS.finditer(text)]
    begun, parts = 0, []
    for match in starts.finditer(text):
        if not any(first < match.start() < last for first, last in within):
            parts.append(text[begun : match.start()])
            begun = match.end()
    return [part.strip(_EDGES) for part in (*parts, text[begun:]) if part.strip()]


def told(text: str) -> str:
    """What a remark says, without its quotation marks."""
    trimmed = text.strip()
    if len(trimmed) > 1 and re.fullmatch(r'"(?:[^"]|"")*+"', trimmed):
        return trimmed[1:-1].replace('""', '"')
    return trimmed


def written(text: str) -> str:
    """The remark as it comes back from a cell."""
    if _NEEDS_MARKS.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
