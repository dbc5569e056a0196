"""What is wrong in a file that somebody wants to import, and what to write instead.

The messages are Swedish, like the words and columns of the spreadsheet that they quote.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """``row`` is the row of the sheet (1 is the header, 0 the whole file), ``key`` that row's id.

    ``column`` is a column of the sheet, or the path of a value in a JSON file.
    """

    row: int
    column: str
    message: str
    key: str = ""

    @property
    def where(self) -> str:
        """The place in words: ``rad 5 (SJ-04), kolumn startdatum``."""
        row = f"rad {self.row}" + (f" ({self.key})" if self.key else "") if self.row else ""
        column = f"kolumn {self.column}" if self.row and self.column else self.column
        return ", ".join(part for part in (row, column) if part)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class CellFault(ValueError):
    """A value can't be read; the message is Swedish and says what to write instead."""
