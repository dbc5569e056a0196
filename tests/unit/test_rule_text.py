"""Rules in writing: what is stored is read back, what comes from elsewhere is understood or refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from khcal.calendaring import rule_text
from khcal.calendaring.recurrence import (
    Fault,
    RecurrenceError,
    RecurrenceRule,
    monthly_day,
    monthly_nth,
    weekly,
)
from tests.tables import for_each

TUESDAY = datetime(2026, 9, 15, 13)


@for_each(
    ("rule", "text"),
    [
        (weekly([1]), "FREQ=WEEKLY;BYDAY=TU"),
        (weekly([3, 1], 2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        (monthly_nth(2, 2), "FREQ=MONTHLY;BYDAY=2WE"),
        (monthly_nth(-1, 3), "FREQ=MONTHLY;BYDAY=-1TH"),
        (monthly_day(-1, 3), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    ],
)
def test_stored_text(rule: RecurrenceRule, text: str) -> None:
    assert str(rule) == text


@for_each(
    ("text", "rule"),
    [
        ("FREQ=WEEKLY", weekly([1])),
        ("freq=weekly;byday=we,mo;interval=01", weekly([0, 2])),
        ("FREQ=MONTHLY", monthly_day(15)),
        ("FREQ=MONTHLY;BYDAY=+2WE", monthly_nth(2, 2)),
        (" RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=TU\n", weekly([1])),
    ],
)
def test_other_ways_of_writing_are_understood(text: str, rule: RecurrenceRule) -> None:
    assert rule_text.read_foreign(text, TUESDAY).rule == rule


@for_each(
    ("until", "last"),
    [
        ("20261214T225959Z", date(2026, 12, 14)),
        ("20270607T215959Z", date(2027, 6, 7)),
        ("20261025T225959Z", date(2026, 10, 25)),
        ("20270328T215959Z", date(2027, 3, 28)),
        ("20261214", date(2026, 12, 14)),
        ("20261214T235959", date(2026, 12, 14)),
        ("20261214T130000", date(2026, 12, 14)),
        ("20261214T125959", date(2026, 12, 13)),
        ("20261214T120000Z", date(2026, 12, 14)),
        ("20261213T230000Z", date(2026, 12, 13)),
    ],
)
def test_until_is_the_last_local_day_with_a_start(until: str, last: date) -> None:
    assert rule_text.read_foreign(f"FREQ=WEEKLY;UNTIL={until}", TUESDAY).until == last


def test_a_count_is_kept_beside_the_rule() -> None:
    foreign = rule_text.read_foreign("FREQ=WEEKLY;INTERVAL=2;COUNT=6", TUESDAY)
    assert (str(foreign.rule), foreign.until, foreign.count) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None, 6)


@for_each(
    ("text", "fault", "value"),
    [
        ("", Fault.UNREADABLE, ""),
        ("varje tisdag", Fault.UNREADABLE, "VARJE TISDAG"),
        ("FREQ=WEEKLY;", Fault.UNREADABLE, ""),
        ("FREQ=WEEKLY;BYDAY=", Fault.UNREADABLE, "BYDAY="),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", Fault.UNREADABLE, "BYDAY=WE"),
        ("BYDAY=TU", Fault.FREQUENCY, ""),
        ("FREQ=DAILY", Fault.FREQUENCY, "DAILY"),
        ("FREQ=YEARLY;BYDAY=1TU", Fault.FREQUENCY, "YEARLY"),
        ("FREQ=SECONDLY;BYDAY=TU", Fault.FREQUENCY, "SECONDLY"),
        ("FREQ=WEEKLY;BYDAY=TU;BYHOUR=9", Fault.PART, "BYHOUR"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", Fault.PART, "BYSETPOS"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", Fault.PART, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=3", Fault.PART, "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=53", Fault.INTERVAL, "53"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=-1", Fault.INTERVAL, "-1"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=TVÅ", Fault.INTERVAL, "TVÅ"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=99999", Fault.INTERVAL, "99999"),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=٢", Fault.INTERVAL, "٢"),
        ("FREQ=WEEKLY;BYDAY=TI", Fault.WEEKDAYS, "TI"),
        ("FREQ=WEEKLY;BYDAY=2TU", Fault.WEEKDAYS, "2TU"),
        ("FREQ=WEEKLY;BYDAY=TU,TU", Fault.WEEKDAYS, "TU,TU"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", Fault.WEEKDAYS, "1TU,3TU"),
        ("FREQ=MONTHLY;BYDAY=TU", Fault.NTH, ""),
        ("FREQ=MONTHLY;BYDAY=5TU", Fault.NTH, "5"),
        ("FREQ=MONTHLY;BYDAY=0TU", Fault.NTH, ""),
        ("FREQ=MONTHLY;BYMONTHDAY=31", Fault.MONTH_DAY, "31"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", Fault.MONTH_DAY, "1,15"),
        ("FREQ=WEEKLY;BYDAY=TU,SU;INTERVAL=2;WKST=SU", Fault.WEEK_START, "SU"),
        ("FREQ=WEEKLY;UNTIL=2026-12-14", Fault.UNTIL, "2026-12-14"),
        ("FREQ=WEEKLY;UNTIL=20261314", Fault.UNTIL, "20261314"),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z", Fault.UNTIL, "99991231T235959Z"),
        ("FREQ=WEEKLY;COUNT=0", Fault.COUNT, "0"),
        ("FREQ=WEEKLY;COUNT=731", Fault.COUNT, "731"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20261214", Fault.COUNT, "3"),
    ],
)
def test_everything_else_is_refused_with_the_piece_at_fault(text: str, fault: Fault, value: str) -> None:
    with pytest.raises(RecurrenceError) as refused:
        rule_text.read_foreign(text, TUESDAY)
    assert (refused.value.fault, refused.value.value) == (fault, value)


@for_each("text", ["FREQ=WEEKLY;BYDAY=TU;UNTIL=20261214", "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "FREQ=WEEKLY"])
def test_stored_text_has_days_and_no_end(text: str) -> None:
    with pytest.raises(RecurrenceError):
        rule_text.parse(text)


@for_each(
    ("text", "expected"),
    [
        ("", ""),
        ("2026-12-24", "2026-12-24"),
        ("2026-12-24, 2026-12-22; 2026-12-23", "2026-12-22 2026-12-23 2026-12-24"),
        ("v. 53", "2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
        ("2026-12-24 och vecka 53", "2026-12-24 2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
        ("V53,v53", "2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
        ("2027-12-24", ""),
        ("53", "2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
        ("inte vecka 53", "2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
        ("ej v. 53, inte 2026-12-24", "2026-12-24 2026-12-28 2026-12-29 2026-12-30 2026-12-31"),
    ],
)
def test_skipped_days_and_weeks_are_read(text: str, expected: str) -> None:
    found = rule_text.read_skips(text, date(2026, 9, 1), date(2026, 12, 31))
    assert found == [date.fromisoformat(day) for day in expected.split()]


@for_each(
    ("text", "fault"),
    [
        ("höstlov", Fault.UNREADABLE),
        ("v. 51-53", Fault.UNREADABLE),
        ("24/12", Fault.UNREADABLE),
        ("24.12", Fault.UNREADABLE),
        ("24 december", Fault.UNREADABLE),
        ("444", Fault.UNREADABLE),
        ("20", Fault.WEEK),
        ("2026-13-01", Fault.UNREADABLE),
        ("v. 444", Fault.UNREADABLE),
        ("v. 20", Fault.WEEK),
    ],
)
def test_other_skips_are_refused(text: str, fault: Fault) -> None:
    with pytest.raises(RecurrenceError) as refused:
        rule_text.read_skips(text, date(2026, 9, 1), date(2026, 12, 31))
    assert refused.value.fault is fault
