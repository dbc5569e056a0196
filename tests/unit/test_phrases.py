"""The words for days, times, states and rules, one line of a table for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from khcal.calendaring import phrases
from khcal.calendaring.shapes import Deadline, ListedDate
from khcal.calendaring.terms import (
    Audience,
    Fact,
    Form,
    Kind,
    Places,
    Signup,
)
from tests.rows import all_day, make_row
from tests.tables import for_each

TODAY = date(2026, 11, 24)


def spaces(text: str) -> str:
    """The text with plain spaces, so that a table can be read."""
    return text.replace(phrases.NBSP, " ")


@for_each(
    ("phrase", "value", "said"),
    [
        (phrases.day, date(2026, 11, 21), "lördag 21 november"),
        (phrases.day, datetime(2026, 11, 21, 13), "lördag 21 november"),
        (phrases.day_with_year, date(2027, 1, 1), "fredag 1 januari 2027"),
        (phrases.short_date, date(2026, 11, 21), "21 november"),
        (phrases.weekday, date(2026, 11, 21), "lördag"),
        (phrases.month, date(2026, 11, 21), "november 2026"),
        (phrases.month_name, date(2026, 11, 21), "november"),
        (phrases.week, date(2026, 12, 31), "v. 53"),
        (phrases.week, date(2027, 1, 4), "v. 1"),
        (phrases.week_with_days, date(2026, 11, 24), "Vecka 48, 23–29 november 2026"),
        (
            phrases.week_with_days,
            date(2027, 1, 3),
            "Vecka 53, 28 december 2026–3 januari 2027",
        ),
        (phrases.clock_time, time(9, 5), "09.05"),
        (phrases.clock_time, datetime(2026, 11, 21, 13), "13.00"),
        (phrases.price_label, 0, "Kostnadsfritt"),
        (phrases.price_label, 50, "50 kr"),
        (phrases.price_label, 1200, "1 200 kr"),
        (phrases.language_label, "fi", "På finska"),
        (phrases.language_label, "so", "so"),
        (phrases.kind_label, Kind.MOVEMENT, "Rörelse"),
        (phrases.form_label, Form.HYBRID, "På plats och digitalt"),
        (phrases.fact_label, Fact.HEARING_LOOP, "Hörslinga finns"),
        (phrases.signup_word, Signup.APPOINTMENT, "Bokad tid"),
        (
            phrases.audience_label,
            {Audience.BEREAVED, Audience.RELATIVE},
            "Närstående och efterlevande",
        ),
        (phrases.audience_label, {Audience.EVERYONE}, "Alla cancerberörda"),
        (phrases.audience_label, set(), ""),
        (phrases.dates_counted, 1, "1 tillfälle"),
        (phrases.dates_counted, 12, "12 tillfällen"),
        (phrases.listing, [], ""),
        (phrases.listing, ["a", "b", "c"], "a, b och c"),
        (phrases.capital, "lördag 21 november", "Lördag 21 november"),
    ],
)
def test_a_value_in_words(phrase: Any, value: Any, said: str) -> None:
    assert spaces(phrase(value)) == said


@for_each(
    ("first", "last", "said"),
    [
        (date(2027, 5, 20), date(2027, 5, 20), "20 maj"),
        (date(2027, 5, 25), date(2027, 5, 27), "25–27 maj"),
        (date(2027, 3, 29), date(2027, 4, 2), "29 mars–2 april"),
        (date(2026, 12, 21), date(2027, 1, 6), "21 december 2026–6 januari 2027"),
    ],
)
def test_days_in_a_row(first: date, last: date, said: str) -> None:
    assert spaces(phrases.days(first, last)) == said


@for_each(
    ("phrase", "said"),
    [
        (phrases.day(TODAY), "tisdag 24_november"),
        (phrases.day_with_year(TODAY), "tisdag 24_november_2026"),
        (phrases.week(TODAY), "v._48"),
        (phrases.price_label(50), "50_kr"),
        (
            phrases.at_span(datetime(2026, 11, 24), datetime(2026, 11, 25)),
            "hela dagen",
        ),
        (
            phrases.at_span(datetime(2026, 11, 24, 13), datetime(2026, 11, 24, 15)),
            "kl._13.00–15.00",
        ),
        (phrases.relative_day(TODAY, TODAY), "i_dag"),
    ],
)
def test_what_belongs_together_is_never_parted(phrase: str, said: str) -> None:
    assert phrase.replace(phrases.NBSP, "_") == said


@for_each(("offset", "said"), [(-1, ""), (0, "i dag"), (1, "i morgon"), (2, "")])
def test_only_today_and_tomorrow_have_names(offset: int, said: str) -> None:
    assert spaces(phrases.relative_day(date(2026, 11, 24 + offset), TODAY)) == said


@for_each(
    ("row", "said"),
    [
        (make_row(), "tisdag 24 november kl. 13.00–15.00"),
        (
            make_row(ends_at=datetime(2026, 11, 25)),
            "tisdag 24 november kl. 13.00–24.00",
        ),
        (
            make_row(ends_at=datetime(2026, 11, 26, 12)),
            "tisdag 24 november kl. 13.00 till torsdag 26 november kl. 12.00",
        ),
        (all_day("2027-05-20", "2027-05-21"), "torsdag 20 maj, hela dagen"),
        (
            all_day("2026-12-21", "2027-01-07"),
            "21 december 2026–6 januari 2027",
        ),
    ],
)
def test_when_a_date_is(row: ListedDate, said: str) -> None:
    assert spaces(phrases.when(row)) == said


def test_which_day_of_several() -> None:
    closed = all_day("2026-12-21", "2027-01-07")
    assert phrases.day_of_days(replace(closed, day=date(2026, 12, 22))) == "dag 2 av 17"
    assert spaces(phrases.hours(closed)) == "21 december 2026–6 januari 2027"
    assert phrases.day_of_days(make_row()) == ""


@for_each(
    ("signup", "deadline", "said"),
    [
        (Signup.DROP_IN, Deadline(), "Du behöver inte anmäla dig"),
        (Signup.NONE, Deadline(), ""),
        (Signup.REQUIRED, Deadline(), "Anmäl dig före"),
        (
            Signup.REQUIRED,
            Deadline(day=date(2026, 11, 23)),
            "Anmälan senast måndag 23 november",
        ),
        (
            Signup.REQUIRED,
            Deadline(days_before=1, at=time(15)),
            "Anmälan senast måndag 23 november kl. 15.00",
        ),
        (
            Signup.REQUIRED,
            Deadline(days_before=0, at=time(10)),
            "Anmälan senast samma dag kl. 10.00",
        ),
        (
            Signup.REQUIRED,
            Deadline(day=date(2025, 12, 1)),
            "Anmälan senast måndag 1 december 2025",
        ),
        (Signup.REQUIRED, Deadline(words="när du vill"), "Anmälan senast när du vill"),
        (
            Signup.INTERVIEW,
            Deadline(day=date(2026, 11, 20)),
            "Anmälan senast fredag 20 november, med ett samtal före start",
        ),
        (
            Signup.APPOINTMENT,
            Deadline(days_before=1),
            "Boka tid senast måndag 23 november",
        ),
    ],
)
def test_what_to_do_before_coming(signup: Signup, deadline: Deadline, said: str) -> None:
    assert spaces(phrases.signup_label(make_row(signup=signup, deadline=deadline))) == said


@for_each(
    ("changes", "said"),
    [
        ({}, "Fråga huset om du vill stå i kö"),
        ({"signup": Signup.APPOINTMENT}, "Fråga huset om du vill stå i kö"),
        ({"signup": Signup.DROP_IN}, "Fråga huset innan du kommer"),
        ({"signup": Signup.NONE}, ""),
        ({"free_today_on": TODAY}, "Anmälan senast tisdag 24 november"),
        ({"ends_at": datetime(2026, 11, 23, 20)}, "Anmälan senast tisdag 24 november"),
        ({"free_today_on": date(2026, 11, 23)}, "Fråga huset om du vill stå i kö"),
    ],
)
def test_a_full_date_asks_nobody_to_sign_up(changes: dict[str, Any], said: str) -> None:
    full = {"signup": Signup.REQUIRED, "deadline": Deadline(day=TODAY), "places": Places.FULL}
    assert spaces(phrases.signup_label(make_row(**(full | changes)), TODAY)) == said


def test_what_is_full_is_full_for_who_does_not_know_the_day() -> None:
    row = make_row(signup=Signup.REQUIRED, places=Places.FULL, free_today_on=TODAY)
    assert phrases.signup_label(row) == "Fråga huset om du vill stå i kö"


@for_each(
    ("day", "said"),
    [
        (24, "Anmälan senast tisdag 24 november"),
        (25, "Anmälan stängde tisdag 24 november"),
    ],
)
def test_a_deadline_that_passed(day: int, said: str) -> None:
    row = make_row(signup=Signup.REQUIRED, deadline=Deadline(day=TODAY))
    assert spaces(phrases.signup_label(row, date(2026, 11, day))) == said
