"""Whatever bytes are brought in: they are read, or refused in a sentence; and what goes out comes back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as st

from khcal.calendaring.fault import CellFault
from khcal.calendaring.foreign_series import days_of_series, read_series
from khcal.calendaring.formula_guard import guarded, unguarded
from khcal.calendaring.reading_bytes import FileRefusal
from khcal.calendaring.table_when import read_when
from khcal.calendaring.zones import zone_name
from khcal.reading_apart import read
from tests.tries import tries
from tests.unit.calendars import calendar, event

TODAY = date(2026, 11, 24)
GOOD = calendar(
    event(RRULE="FREQ=WEEKLY;COUNT=5", EXDATE="20261208T110000Z", RDATE="20261224T110000Z"),
    event("2", DESCRIPTION="<p>Hej", LOCATION="Köket", CATEGORIES="Kurs,Annat", CLASS="PUBLIC"),
)
pieces = st.sampled_from(
    [
        *(b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR", b"\r\n", b"\n ", b":", b";"),
        *(
            b"DTSTART;TZID=",
            b"RRULE:FREQ=",
            b"DAILY",
            b"UNTIL=",
            b"EXDATE:",
            b"20261201T120000Z",
            b"TZID=../x",
        ),
        *(b"\xc3", b"\xa5", b"\x00", b'"', b"\t", b"DURATION:-P1W", b"99991231", b"VALUE=PERIOD"),
    ]
)


def reads_or_refuses(data: bytes) -> None:
    found: dict[str, object] = {}
    told = "En mening."
    try:
        found = read(data, TODAY)
    except FileRefusal as refusal:
        told = str(refusal)
    assert told[0].isupper()
    assert "\n" not in told
    assert len(told) < 300
    assert not found or {"encoding"} < found.keys() <= {"encoding", "table", "calendar"}


@tries(150)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff")
@example(b"\xef\xbb\xbf")
def test_any_bytes(data: bytes) -> None:
    reads_or_refuses(data)
    reads_or_refuses(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


@tries(150)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.lists(pieces, max_size=5))
def test_a_calendar_with_anything_in_it(at: int, gone: int, put: list[bytes]) -> None:
    reads_or_refuses(GOOD[:at] + b"".join(put) + GOOD[at + gone :])


@tries(100)
@given(st.text(max_size=80), st.text(max_size=30))
def test_any_words_about_when(day: str, hours: str) -> None:
    with suppress(CellFault):
        assert date.fromisoformat(read_when({"dag": day, "tid": hours}, TODAY, None)["startdatum"])


@tries(150)
@given(st.text(max_size=30))
@example("'=1")
@example("\uff1d1")
def test_a_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(tuple("=+-@\t\r\n\x00＝＋－＠"))
    assert unguarded(cell) == text


@tries(100)
@given(st.text(max_size=100))
def test_a_zone_name_is_known_or_nothing(name: str) -> None:
    assert zone_name(name) == "" or "/" in zone_name(name) or zone_name(name).isascii()


rules = st.builds(
    "FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sampled_from(["", ";BYDAY=MO,TH", ";BYDAY=TU", ";BYMONTHDAY=13,-1", ";BYMONTH=2,11"]),
    st.sampled_from(["", ";COUNT=7", ";WKST=SU"]),
)


@tries(100)
@given(rules, st.dates(date(2025, 1, 1), date(2028, 3, 1)))
def test_series_have_the_dates_that_the_library_gives(rule: str, first: date) -> None:
    assume(not (rule.startswith("FREQ=WEEKLY") and "BYMONTHDAY" in rule))
    last = first + timedelta(days=800)
    start = datetime.combine(first, datetime.min.time())
    expected = takewhile(lambda moment: moment.date() <= last, rrulestr(rule, dtstart=start))
    found = list(islice(days_of_series(read_series(rule), first, last), 900))
    assert found == [moment.date() for moment in expected]
