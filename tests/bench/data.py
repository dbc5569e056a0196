"""The databases that are measured: the sample programme, and the same with years and years behind it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from sqlalchemy import Table, create_engine, func, select, text

from khcal.db import Base
from khcal.models import Occurrence
from tests import databases

GROWING = ("event", "event_shown_in", "occurrence", "trace", "listing")
# How the columns of a copy differ from those of its original, in SQL.
DIFFERENT = {
    **dict.fromkeys(("id", "event_id", "occurrence_id", "sibling_id"), "{} + :step"),
    **dict.fromkeys(("uid", "import_key", "slug"), "{} || :suffix"),
    **dict.fromkeys(("day", "slot"), "date({}, :back)"),
    **dict.fromkeys(("starts_at", "ends_at"), "strftime('%Y-%m-%d %H\\:%M\\:%S.000000', {}, :back)"),
}
OWN_KEYS = ("id", "event_id", "occurrence_id")
STEP = 100_000
YEARS, DAYS_OF_A_YEAR = 20, 52 * 7


class Folders:
    """Data folders, each made when it is first asked for; no one is made from another that was changed."""

    def __init__(self, folder: Path, stored: int, times: int) -> None:
        self._folder, self._stored, self._times = folder, stored, times
        self._sample = databases.make_sample(databases.make_empty(self._new("empty")), self._new("sample"))

    @cached_property
    def few(self) -> Path:
        """The sample."""
        return self._grown("few", 0, 0)

    @cached_property
    def many(self) -> Path:
        """So many dates stored."""
        return self._grown("many", -(-self._stored // _counted(self._sample)) - 1, YEARS)

    @cached_property
    def large(self) -> Path:
        """So many times the dates in each feed."""
        return self._grown("large", self._times - 1, 0)

    def _grown(self, name: str, copies: int, years: int) -> Path:
        folder = self._new(name)
        _grow(databases.copy_of(self._sample, folder), copies, years)
        return folder

    def _new(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir()
        return folder


def _counted(file: Path) -> int:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(Occurrence))
    engine.dispose()
    return found or 0


def _grow(file: Path, copies: int, years: int) -> None:
    """Put the programme there again and again, each copy in one of the years gone by; with none, in this."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for name in GROWING:
            copying = text(_copying(Base.metadata.tables[name]))
            for number in range(1, copies + 1):
                back = DAYS_OF_A_YEAR * (1 + number % years) if years else 0
                values = {"step": STEP * number, "suffix": f"-{number}", "back": f"-{back} days"}
                connection.execute(
                    copying, {each: values[each] for each in values if f":{each}" in copying.text}
                )
    engine.dispose()


def _copying(table: Table) -> str:
    names = [column.name for column in table.columns]
    copied = [DIFFERENT.get(name, "{}").format(name) for name in names]
    key = next(name for name in OWN_KEYS if name in names)
    there = f"SELECT {', '.join(copied)} FROM {table} WHERE {key} < {STEP}"
    return f"INSERT INTO {table} ({', '.join(names)}) {there}"
