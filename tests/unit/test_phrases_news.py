"""What became of a date, in words: full, cancelled, moved, and what comes next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from khcal.calendaring import phrases
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance, Kind, Places, Status
from tests.rows import all_day, make_row
from tests.tables import for_each

TODAY = date(2026, 11, 24)


def spaces(text: str) -> str:
    """The text with plain spaces, so that a table can be read."""
    return text.replace(phrases.NBSP, " ")


@for_each(
    ("changes", "said"),
    [
        ({}, ""),
        ({"places": Places.FEW}, "Få platser kvar"),
        ({"places": Places.FULL}, "Fullt"),
        ({"places": Places.FULL, "free_today_on": TODAY}, "Plats ledig i dag"),
        ({"places": Places.FULL, "free_today_on": date(2026, 11, 23)}, "Fullt"),
        ({"places": Places.FULL, "status": Status.CANCELLED}, ""),
    ],
)
def test_how_full_it_is(changes: dict[str, Any], said: str) -> None:
    assert phrases.places_label(make_row(**changes), TODAY) == said


@for_each(
    ("reason", "next_at", "said"),
    [
        ("", None, "Inställt."),
        ("Ledaren är sjuk", None, "Inställt. Ledaren är sjuk."),
        ("Inställt. Ledaren är sjuk.", None, "Inställt. Ledaren är sjuk."),
        ("Inställt på grund av storm.", None, "Inställt på grund av storm."),
        ("halka på vägen", None, "Inställt. Halka på vägen."),
        (
            "",
            datetime(2026, 11, 26, 12),
            "Inställt. Nästa gång är torsdag 26 november.",
        ),
        ("", datetime(2026, 11, 25, 12), "Inställt. Nästa gång är i morgon."),
        (
            "",
            datetime(2027, 1, 21, 12),
            "Inställt. Nästa gång är torsdag 21 januari 2027.",
        ),
        ("", datetime(2026, 11, 23, 12), "Inställt."),
    ],
)
def test_a_cancelled_date(reason: str, next_at: datetime | None, said: str) -> None:
    row = make_row(status=Status.CANCELLED, reason=reason, next_at=next_at)
    assert spaces(phrases.cancelled_sentence(row, TODAY)) == said


@for_each(
    ("reason", "said"),
    [
        ("", "Flyttat till tisdag 24 november kl. 13.00."),
        (
            "Flyttad till torsdag på grund av helgen.",
            "Flyttat till tisdag 24 november kl. 13.00 på grund av helgen.",
        ),
        (
            "Flyttad en dag, vi sjunger.",
            "Flyttat till tisdag 24 november kl. 13.00. Vi sjunger.",
        ),
        (
            "Flyttad till onsdag 2 december kl. 18. Din anmälan gäller.",
            "Flyttat till tisdag 24 november kl. 13.00. Din anmälan gäller.",
        ),
        (
            "Salen renoveras",
            "Flyttat till tisdag 24 november kl. 13.00. Salen renoveras.",
        ),
    ],
)
def test_a_moved_date(reason: str, said: str) -> None:
    row = make_row(appearance=Appearance.LEFT, day=date(2026, 11, 20), left_reason=reason)
    assert spaces(phrases.moved_sentence(row)) == said
    assert phrases.status_word(row) == "Flyttat"


def test_a_closed_day_that_was_moved() -> None:
    row = make_row(
        kind=Kind.CLOSURE,
        title="Huset är stängt",
        appearance=Appearance.LEFT,
        day=date(2026, 12, 21),
        starts_at=datetime(2026, 12, 28),
        ends_at=datetime(2026, 12, 31),
        left_reason="Vi målar om senare",
    )
    assert phrases.headline(row) == "Öppet som vanligt"
    assert phrases.status_word(row) == "Inte stängt"
    told = "Inte stängt. Huset är stängt 28–30 december i stället. Vi målar om senare."
    assert spaces(phrases.moved_sentence(row)) == told
    assert phrases.day_of_days(row) == ""


def test_a_moved_date_that_was_cancelled_then() -> None:
    row = make_row(appearance=Appearance.LEFT, status=Status.CANCELLED, reason="Ledaren är sjuk.")
    said = "Flyttat till tisdag 24 november kl. 13.00, sedan inställt. Ledaren är sjuk."
    assert spaces(phrases.moved_sentence(row)) == said
    assert phrases.status_word(row) == "Flyttat"


@for_each(
    ("changes", "word"),
    [({}, ""), ({"status": Status.CANCELLED}, "Inställt"), ({"appearance": Appearance.LEFT}, "Flyttat")],
)
def test_the_word_for_what_became_of_it(changes: dict[str, Any], word: str) -> None:
    assert phrases.status_word(make_row(**changes)) == word


@for_each(
    ("moved_from", "reason", "said"),
    [
        (None, "Storm.", ""),
        (datetime(2026, 11, 24, 9), "", ""),
        (datetime(2026, 11, 18, 18), "", "Flyttat hit från onsdag 18 november."),
        (datetime(2025, 12, 31, 18), "", "Flyttat hit från onsdag 31 december 2025."),
        (datetime(2026, 11, 18), "Flyttad till tisdag. Storm", "Flyttat hit från onsdag 18 november. Storm."),
    ],
)
def test_where_a_date_was_moved_from(moved_from: datetime | None, reason: str, said: str) -> None:
    assert spaces(phrases.moved_here_sentence(make_row(moved_from=moved_from), reason)) == said


def test_where_a_date_was_before_that() -> None:
    row = make_row(moved_from=datetime(2026, 11, 18, 18))
    said = "Flyttat hit från onsdag 18 november. Storm. Först skulle det vara fredag 20 november."
    assert spaces(phrases.moved_here_sentence(row, "Storm", [date(2026, 11, 20)])) == said


@for_each(
    ("changes", "said"),
    [
        ({}, "Flyttad till tisdag. Din plats finns kvar."),
        ({"moved_from": datetime(2026, 11, 18)}, "Din plats finns kvar."),
        ({"status": Status.CANCELLED}, ""),
    ],
)
def test_a_note_does_not_repeat_the_move(changes: dict[str, Any], said: str) -> None:
    row = make_row(status_note="Flyttad till tisdag. Din plats finns kvar.", **changes)
    assert phrases.note_beside_news(row) == said


@for_each(
    ("row", "said"),
    [
        (make_row(), "I dag: Samtalsgrupp kl. 13.00–15.00."),
        (make_row(ends_at=datetime(2026, 11, 26, 12)), "I dag: Samtalsgrupp kl. 13.00."),
        (all_day("2026-11-24", "2026-11-25"), "I dag: Samtalsgrupp."),
    ],
)
def test_one_of_today_is_not_the_next(row: ListedDate, said: str) -> None:
    assert spaces(phrases.next_sentence(row, TODAY)) == said


def test_what_comes_next() -> None:
    said = spaces(phrases.next_sentence(make_row(), date(2026, 11, 20)))
    assert said == "Nästa är Samtalsgrupp, tisdag 24 november kl. 13.00."
