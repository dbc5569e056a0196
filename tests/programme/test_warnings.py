"""What an import of the sample asks people to look at, and who must be known before."""

from __future__ import annotations

from datetime import date

import pytest

from khcal.calendaring.import_values import values_of_row
from khcal.calendaring.import_warnings import Caution, RoomClash, WhileClosed, bookings_of, cautions
from khcal.calendaring.programme_rows import KnownHouse
from khcal.calendaring.reading_csv import read_programme
from tests.programme.sample import sample_rows
from tests.unit.sheets import SAMPLE


@pytest.fixture(scope="module")
def of_sample() -> list[Caution]:
    rows = sample_rows().values()
    return cautions([booking for row in rows for booking in bookings_of(row.key, values_of_row(row))])


def test_the_planted_clash_is_the_only_one(of_sample: list[Caution]) -> None:
    clashes = [caution for caution in of_sample if isinstance(caution, RoomClash)]
    assert [(clash.day, clash.room, clash.first.key, clash.second.key) for clash in clashes] == [
        (date(2026, 11, 26), "Ateljén", "ST-04", "ST-12")
    ]


def test_the_open_afternoon_of_a_closed_house_is_told(of_sample: list[Caution]) -> None:
    others = [caution for caution in of_sample if not isinstance(caution, RoomClash)]
    assert [type(caution) for caution in others] == [WhileClosed]
    assert (others[0].day, others[0].booking.key) == (date(2026, 12, 29), "SJ-13")


def test_an_unknown_house_anywhere_in_the_sample_is_told() -> None:
    only_one = [KnownHouse("riks", "Riksföreningen")]
    programme = read_programme((SAMPLE / "programme.csv").read_bytes(), only_one)
    assert [row.key for row in programme.rows] == ["RX-01", "RX-02"]
    assert len({fault.row for fault in programme.faults}) == 72
