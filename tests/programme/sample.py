"""The sample programme, read once."""

from __future__ import annotations

from functools import cache

from khcal.calendaring.programme_rows import KnownHouse, ProgrammeRow
from khcal.calendaring.reading_csv import read_programme
from tests.unit.sheets import SAMPLE, sample_houses


@cache
def sample_rows() -> dict[str, ProgrammeRow]:
    """The rows of the sample programme by id."""
    known = [KnownHouse(house.slug, house.short_name, house.city) for house in sample_houses().houses]
    programme = read_programme((SAMPLE / "programme.csv").read_bytes(), known)
    assert not programme.faults
    return {row.key: row for row in programme.rows}
