"""How a screen is, its code and its settings, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from khcal.calendaring import clock
from khcal.calendaring.pairing_code import SIGNS, CodeError, CodeFault, in_halves, read_code
from khcal.calendaring.phrases import screens
from khcal.calendaring.screen_health import ScreenReport, ScreenState, Wanted, screen_state
from khcal.calendaring.screen_settings import USUAL, whole
from tests.moments import INSTANT
from tests.tables import for_each

NOW = int(INSTANT.timestamp())
WANTED = Wanted(revision=7, changed_at=NOW - 3600, shell="b")
GOOD = ScreenReport(NOW - 20, 7, "b", date(2026, 11, 24), (NOW - 40) * 1000)
MIDNIGHT = clock.to_epoch_milliseconds(clock.midnight(date(2026, 11, 25))) // 1000


@for_each(
    ("said", "wanted", "state"),
    [
        ({}, {}, ScreenState.GOOD),
        ({"seen_at": NOW - 120}, {}, ScreenState.GOOD),
        ({"seen_at": NOW - 121}, {}, ScreenState.SILENT),
        # What it showed before it fell silent is no news.
        ({"seen_at": NOW - 121, "revision": None, "shell": "a"}, {}, ScreenState.SILENT),
        ({"revision": None}, {}, ScreenState.BLANK),
        ({"page_day": None}, {}, ScreenState.BLANK),
        ({"revision": 6}, {}, ScreenState.OLD_PROGRAMME),
        ({"revision": 6}, {"changed_at": NOW - 141}, ScreenState.OLD_PROGRAMME),
        ({"revision": 6}, {"changed_at": NOW - 140}, ScreenState.GOOD),
        # Another process may tell of a change before this one has read it.
        ({"revision": 8}, {}, ScreenState.GOOD),
        ({"page_day": date(2026, 11, 23)}, {}, ScreenState.OLD_PROGRAMME),
        ({"page_day": date(2026, 11, 25)}, {}, ScreenState.OLD_PROGRAMME),
        ({"rendered_at": (NOW - 320) * 1000}, {}, ScreenState.GOOD),
        ({"rendered_at": (NOW - 321) * 1000}, {}, ScreenState.OLD_PROGRAMME),
        ({"rendered_at": None}, {}, ScreenState.OLD_PROGRAMME),
        # Its clock is two minutes fast.
        ({"rendered_at": (NOW + 120) * 1000}, {}, ScreenState.GOOD),
        ({"shell": "a"}, {}, ScreenState.OLD_SHELL),
        ({"shell": "a", "revision": 6}, {}, ScreenState.OLD_PROGRAMME),
    ],
)
def test_a_state(said: dict[str, Any], wanted: dict[str, Any], state: ScreenState) -> None:
    assert screen_state(replace(GOOD, **said), replace(WANTED, **wanted), NOW) is state


def test_a_screen_that_never_reported() -> None:
    assert screen_state(None, WANTED, NOW) is ScreenState.UNHEARD


@for_each(
    ("seconds", "day", "state"),
    [
        (-300, 24, ScreenState.GOOD),
        (-300, 25, ScreenState.OLD_PROGRAMME),
        (-60, 25, ScreenState.GOOD),
        (60, 24, ScreenState.GOOD),
        (300, 24, ScreenState.OLD_PROGRAMME),
        (300, 25, ScreenState.GOOD),
    ],
)
def test_at_midnight_both_days_are_right_for_a_moment(seconds: int, day: int, state: ScreenState) -> None:
    seen = MIDNIGHT + seconds
    said = ScreenReport(seen, 7, "b", date(2026, 11, day), seen * 1000)
    # Asked a little later, on the other side of midnight perhaps.
    assert screen_state(said, WANTED, seen + 90) is state


@for_each(
    ("state", "ago", "words"),
    [
        (ScreenState.UNHEARD, None, "Har inte hörts av än"),
        (ScreenState.SILENT, timedelta(hours=4), "Tyst sedan 09.12"),
        (ScreenState.SILENT, timedelta(hours=15), "Tyst sedan i går 22.12"),
        (ScreenState.SILENT, timedelta(days=3), "Tyst sedan lördag 21 november kl. 13.12"),
        (ScreenState.BLANK, timedelta(0), "Sågs nyss · visar inget program"),
        (ScreenState.OLD_PROGRAMME, timedelta(0), "Sågs nyss · visar gammalt program"),
        (ScreenState.OLD_SHELL, timedelta(0), "Sågs nyss · har en äldre version av skärmsidan"),
        (ScreenState.GOOD, timedelta(0), "Sågs nyss · visar rätt version"),
    ],
)
def test_a_state_in_words(state: ScreenState, ago: timedelta | None, words: str) -> None:
    seen = None if ago is None else int((INSTANT - ago).timestamp())
    assert screens.screen_health(state, seen).replace("\N{NO-BREAK SPACE}", " ") == words


def test_no_two_states_have_one_sign() -> None:
    assert len({screens.screen_icon(state) for state in ScreenState}) == len(ScreenState)
    assert [state for state in ScreenState if not screens.screen_help(state)] == [ScreenState.GOOD]


@for_each(
    "typed",
    [
        *("CDFH-2345", "cdfh-2345", "CDFH2345", "cdfh 2345", " c d f h 2 3 4 5 ", "CDFH–2345", "CDFH_2345"),
        # Letters that no code has, for the digits that look like them.
        *("CDFH-Z34S", "cdfh-z34s"),
    ],
)
def test_a_code_is_read_as_people_type(typed: str) -> None:
    assert in_halves(read_code(typed)) == "CDFH-2345"


@for_each(
    ("typed", "fault", "words"),
    [
        ("", CodeFault.MISSING, "Skriv koden som står på skärmen."),
        (" - ", CodeFault.MISSING, "Skriv koden som står på skärmen."),
        ("CDFH-234", CodeFault.TOO_SHORT, "Koden har 8 tecken. Det fattas något."),
        ("CDFH-23456", CodeFault.TOO_LONG, "Koden har 8 tecken. Det har blivit för många."),
        ("CDOH-2340", CodeFault.OTHER_SIGNS, "Koden har inget O och 0. Titta på skärmen en gång till."),
        ("CDFÅ-2345", CodeFault.OTHER_SIGNS, "Koden har inget Å. Titta på skärmen en gång till."),
    ],
)
def test_what_is_no_code(typed: str, fault: CodeFault, words: str) -> None:
    with pytest.raises(CodeError) as raised:
        read_code(typed)
    assert raised.value.fault is fault
    assert screens.code_fault(raised.value) == words


def test_no_sign_of_a_code_is_taken_for_another() -> None:
    assert not set(SIGNS) & set("AEIOUYÅÄÖ01LQBGSZ")
    assert len(set(SIGNS)) == len(SIGNS) == 22


def test_settings() -> None:
    assert whole({}) == USUAL
    assert whole({"distance": "6", "gone": "x"}) == USUAL | {"distance": "6"}
    told = {"distance": "3", "turned": "left", "opens": "08.00", "closes": "17.00", "greeting": "Hej"}
    assert screens.settings_in_words({}) == "läses på 4 meter"
    assert (
        screens.settings_in_words(told)
        == "läses på 3 meter, vriden åt vänster, tänd 08.00–17.00, hälsar ”Hej”"
    )
