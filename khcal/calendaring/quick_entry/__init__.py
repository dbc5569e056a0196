"""Write it as you say it: one line of Swedish fills the form.

:func:`read_line` is all there is to call. It goes from tokens (:mod:`.tokens`, :mod:`.line`) by recognisers
of small things (:mod:`.hours`, :mod:`.weekdays`, :mod:`.day_points`, :mod:`.stretches`, :mod:`.bounds`,
:mod:`.exclusions`, :mod:`.rhythms`, :mod:`.groups`, :mod:`.rooms`, :mod:`.signups`, :mod:`.amounts`,
:mod:`.titles`), tried in the order of :mod:`.scanning`, to the decisions (``deciding_*``, :mod:`.series`).
"""

from __future__ import annotations

from .entry import Assumed, Conflict, Entry, Lack, LeftOut, Remark, Unread, When
from .known import Earlier, Known, Room, Term

__all__ = [
    "Assumed",
    "Conflict",
    "Earlier",
    "Entry",
    "Known",
    "Lack",
    "LeftOut",
    "Remark",
    "Room",
    "Term",
    "Unread",
    "When",
    "read_line",
]


def read_line(text: str, known: Known) -> Entry:
    """Everything that the line says, what was assumed, what is lacking and what was not understood.

    The same line, day and house always give the same entry; nothing is raised for any text. Only the
    first 500 characters are read, and it is told when there were more.
    """
    # Most who load this package need its shapes and words; only the form needs the grammar.
    from .reading import read

    return read(text, known)
