"""A row as the history keeps it: column values as JSON, and back again."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, DateTime, Enum, Time, inspect

from khcal.db import Base, CodeSet

Image = dict[str, Any]

# Kept by bookkeeping itself, so neither a change nor something to undo.
DERIVED = frozenset(
    {"revision", "changed_at", "dropped_at", "sequence", "feed_digest", "version", "search_text"}
)
# What staff alone see, or only the next import goes by.
STAFF_ONLY = frozenset({"internal_note", "import_key", "imported"})
# What a row is, that it was published once, when a screen was paired: undo leaves it alone.
LASTING = frozenset({"id", "uid", "published_at", "made_at"})
# What is in no image at all.
SECRET = frozenset({"key_hash"})


def as_json(value: Any) -> Any:
    """A column's value as an image holds it."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    return str(value) if isinstance(value, StrEnum) else value


def from_json(model: type[Base], column: str, value: Any) -> Any:
    """What an image holds as the column's value. Raises ValueError for a code that is no more."""
    kind = model.__table__.c[column].type
    if value is None:
        return None
    if isinstance(kind, CodeSet):
        return frozenset(kind.codes(code) for code in value)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    readers: tuple[tuple[type, Any], ...] = ((DateTime, datetime), (Date, date), (Time, time))
    reader = next((reader for sort, reader in readers if isinstance(kind, sort)), None)
    return reader.fromisoformat(value) if reader else value


def image_of(row: Base) -> Image:
    """The row as it is now."""
    return {key: as_json(getattr(row, key)) for key in columns_of(row)}


def columns_of(row: Base) -> list[str]:
    """The columns that an image has."""
    return [column.key for column in inspect(row).mapper.column_attrs if column.key not in SECRET]


def telling(image: Image | None) -> Image:
    """The values that people can change: without what is derived."""
    return {name: value for name, value in (image or {}).items() if name not in DERIVED}


def showing(image: Image | None) -> Image:
    """The values that somebody else than staff may see in some way."""
    return {name: value for name, value in telling(image).items() if name not in STAFF_ONLY}
