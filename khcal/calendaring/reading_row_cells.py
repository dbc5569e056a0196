"""The cells of one row while they are read: each is asked for by column, and what is wrong is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from .fault import CellFault, Fault

T = TypeVar("T")
D = TypeVar("D")


class RowCells:
    """The trimmed cells of row ``number`` by column, and the ``faults`` found in them so far."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.faults: list[Fault] = []
        self._cells = cells

    @property
    def key(self) -> str:
        """The row's id, shortened if it is absurdly long."""
        return self.text("id")[:40]

    def has(self, column: str) -> bool:
        """Whether the sheet has this column."""
        return column in self._cells

    def text(self, column: str) -> str:
        """The cell as it stands, with line breaks as one character; empty for a missing column."""
        return self._cells.get(column, "").replace("\r\n", "\n").replace("\r", "\n").strip()

    def short(self, column: str, most: int) -> str:
        """A text that must not be longer than ``most`` letters."""
        text = self.text(column)
        if len(text) > most:
            self.fault(column, f"Texten är {len(text)} tecken. Skriv högst {most}.")
        return text

    def read(self, column: str, reader: Callable[[str], T], empty: D) -> T | D:
        """What ``reader`` makes of the cell; ``empty`` when it is empty or at fault."""
        text = self.text(column)
        if not text:
            return empty
        try:
            return reader(text)
        except CellFault as fault:
            self.fault(column, str(fault))
            return empty

    def needed(self, column: str, reader: Callable[[str], T], remedy: str) -> T | None:
        """As ``read``, but an empty cell is a fault with ``remedy``."""
        if not self.text(column):
            self.fault(column, f"Cellen är tom. {remedy}")
        return self.read(column, reader, None)

    def fault(self, column: str, message: str) -> None:
        """Note what is wrong in ``column``; the message says what to write instead."""
        fault = Fault(self.number, column, message, self.key)
        if fault not in self.faults:
            self.faults.append(fault)
