"""The planted situations of the sample, row by row."""

from __future__ import annotations

from datetime import date, datetime, time

from khcal.calendaring.programme_rows import RoomName
from khcal.calendaring.terms import Kind
from tests.programme.sample import sample_rows
from tests.tables import for_each


def test_74_rows_are_579_dates_with_3_closures() -> None:
    rows = sample_rows().values()
    assert (len(rows), sum(len(row.schedule.dates) for row in rows)) == (74, 579)
    assert sum(len(row.schedule.dates) for row in rows if row.kind is Kind.CLOSURE) == 3


def test_odd_weeks_break_over_new_year() -> None:
    weeks = [each.starts_at.isocalendar().week for each in sample_rows()["JH-01"].schedule.dates]
    assert weeks == [37, 39, 41, 43, 45, 47, 49, 51]
    assert all(each.starts_at.isocalendar().week % 2 for each in sample_rows()["JH-02"].schedule.dates)


def test_times_of_day_stay_over_the_clock_changes() -> None:
    times = {each.starts_at.time() for each in sample_rows()["SJ-05"].schedule.dates}
    assert times == {time(12)}


@for_each(
    ("key", "reason"),
    [
        ("SJ-05", "Ledaren är sjuk."),
        ("GB-10", "på grund av storm."),
        ("ST-09", "Vi har personalmöte."),
        ("JH-05", "på grund av väglaget. Ny dag kommer i januari."),
    ],
)
def test_cancelled(key: str, reason: str) -> None:
    dates = sample_rows()[key].schedule.dates
    assert [each.reason for each in dates if each.is_cancelled] == [reason]


@for_each(
    ("key", "left", "begins"),
    [
        ("SJ-07", datetime(2026, 10, 30, 10, 30), datetime(2026, 10, 29, 10, 30)),
        ("GB-07", datetime(2026, 12, 9, 18), datetime(2026, 12, 10, 18)),
        ("ST-07", datetime(2026, 11, 18, 18), datetime(2026, 12, 2, 18)),
    ],
)
def test_moved(key: str, left: datetime, begins: datetime) -> None:
    moved = [each for each in sample_rows()[key].schedule.dates if each.moved_from]
    assert [(each.moved_from, each.starts_at) for each in moved] == [(left, begins)]


def test_shared_rooms_and_addresses() -> None:
    row = sample_rows()["GX-01"]
    assert row.houses == ("goteborg", "stockholm")
    assert row.rooms == (RoomName("goteborg", "Vardagsrummet"), RoomName("stockholm", "Stora rummet"))
    assert row.address == "Skånegatan 16, Göteborg och Hantverkargatan 2D, Stockholm"
    assert len(sample_rows()["GX-03"].houses) == 4


def test_full_ones() -> None:
    full = {row.key for row in sample_rows().values() if any(each.is_full for each in row.schedule.dates)}
    assert full == {"SJ-03", "GB-08", "ST-02"}


def test_the_same_title_is_the_same_address() -> None:
    assert {sample_rows()[key].slug for key in ("SJ-01", "SJ-02", "SJ-15")} == {"oppet-hus"}


def test_irregular_dates_fill_no_slot() -> None:
    dates = sample_rows()["ST-06"].schedule.dates
    assert [(each.key, each.slot) for each in dates] == [
        ("2026-09-17", None),
        ("2026-10-15", None),
        ("2026-11-19", None),
        ("2026-12-10", None),
    ]


def test_skipped_dates_are_named_by_week_text_or_red_day() -> None:
    assert dict(sample_rows()["SJ-17"].schedule.skips) == {
        date(2027, 2, 18): "Sportlov",
        date(2027, 4, 1): "Påsklov",
        date(2027, 5, 6): "Kristi himmelsfärdsdag",
    }
    assert sample_rows()["SJ-15"].schedule.skips == ((date(2027, 3, 29), "Annandag påsk"),)
