"""One line of Swedish fills a form: written examples, and what is never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from khcal.calendaring import phrases
from khcal.calendaring.phrases.quick_entry import entry_lack, entry_remark, entry_unread
from khcal.calendaring.proposal import Pause
from khcal.calendaring.quick_entry import (
    Assumed,
    Conflict,
    Earlier,
    Entry,
    Known,
    Lack,
    LeftOut,
    Remark,
    Term,
    Unread,
    When,
    read_line,
)
from khcal.calendaring.quick_entry.spelling import nearest, shelves_of, slips_between
from khcal.calendaring.recurrence import RecurrenceError, monthly_nth, weekly
from tests.quick_entry.cases import HOUSE, TODAY, examples, told
from tests.tables import for_each

NOBODY = Known(TODAY)


def codes(entry: Entry) -> set[str]:
    return {remark.code.value for remark in (*entry.assumptions, *entry.conflicts)}


def sentence(remark: Remark) -> str:
    return entry_remark(remark).replace(phrases.NBSP, " ")


@for_each(("line", "expected"), [(each["line"], each["expected"]) for each in examples()])
def test_written_examples(line: str, expected: dict[str, object]) -> None:
    entry = read_line(line, HOUSE)
    assert told(entry) == expected
    assert all(line[piece.start : piece.end] == piece.text for piece in entry.not_understood)
    # Whatever is told can be said.
    assert all(map(sentence, (*entry.assumptions, *entry.conflicts)))


def test_there_are_enough_examples() -> None:
    lines = [each["line"] for each in examples()]
    assert len(lines) == len(set(lines)) > 200
    said = {remark.split(":")[0] for each in examples() for remark in each["expected"].get("assumptions", ())}
    assert said == set(Assumed)
    against = {
        remark.split(":")[0] for each in examples() for remark in each["expected"].get("conflicts", ())
    }
    assert against == set(Conflict) - {Conflict.TOO_LONG}
    assert {lack for each in examples() for lack in each["expected"].get("lacks", ())} == set(Lack)


def test_the_line_of_the_contract_is_complete() -> None:
    line = "Samtalsgrupp för närstående tisdagar 13–15 från 12 januari till 1 juni, ej v. 7 och v. 14"
    entry = read_line(line, HOUSE)
    assert not [*entry.conflicts, *entry.not_understood, *entry.lacks]
    assert entry.pauses == "v. 7, v. 14"
    assert len(entry.when.dates()) == 19
    assert not {7, 14} & {day.isocalendar().week for day in entry.when.dates()}


def test_a_house_without_rooms_and_titles_reads_the_same_words() -> None:
    entry = read_line("yoga varannan torsdag kl 12 med start 4 februari, sex gånger, Rörelserummet", NOBODY)
    assert (entry.title, entry.room_id) == ("Yoga", None)
    assert [piece.text for piece in entry.not_understood] == ["Rörelserummet"]


@for_each(
    ("today", "line", "first"),
    [
        (date(2026, 12, 31), "Kurs 1 januari 9-10", date(2027, 1, 1)),
        (date(2027, 1, 1), "Kurs 1 januari 9-10", date(2027, 1, 1)),
        (date(2027, 1, 2), "Kurs 1 januari 9-10", date(2028, 1, 1)),
        (date(2027, 1, 2), "Kurs lördag v. 53 9-10", date(2027, 1, 2)),
        (date(2027, 1, 4), "Kurs lördag v. 1 9-10", date(2027, 1, 9)),
        (date(2027, 1, 4), "Kurs på måndag 9-10", date(2027, 1, 11)),
        (date(2026, 12, 30), "Kurs nästa fredag 9-10", date(2027, 1, 8)),
        (date(2027, 3, 27), "Kurs annandag påsk 9-10", date(2027, 3, 29)),
        (date(2027, 3, 30), "Kurs annandag påsk 9-10", date(2028, 4, 17)),
    ],
)
def test_days_without_a_year_are_the_next_ones(today: date, line: str, first: date) -> None:
    assert read_line(line, Known(today)).when.first_day == first


@for_each(
    ("today", "line", "first", "last"),
    [
        (date(2026, 11, 24), "hela terminen", date(2027, 1, 11), date(2027, 6, 13)),
        (date(2026, 10, 1), "hela terminen", date(2026, 10, 5), date(2026, 12, 13)),
        (date(2026, 7, 1), "hela terminen", date(2026, 8, 24), date(2026, 12, 13)),
        (date(2026, 11, 24), "höstterminen", date(2026, 11, 30), date(2026, 12, 13)),
        (date(2026, 12, 20), "höstterminen", date(2027, 8, 30), date(2027, 12, 19)),
        (date(2026, 11, 24), "vt 2028", date(2028, 1, 10), date(2028, 6, 11)),
    ],
)
def test_terms_that_nobody_has_told_of(today: date, line: str, first: date, last: date) -> None:
    entry = read_line(f"Kurs måndagar 9-10 {line}", Known(today))
    assert (entry.when.first_day, entry.when.until) == (first, last)
    assert Assumed.TERM in codes(entry)


def test_the_terms_of_a_house_come_before_the_usual_ones() -> None:
    house = replace(HOUSE, terms=(Term(date(2027, 1, 25), date(2027, 5, 28)),))
    entry = read_line("Kurs måndagar 9-10 hela terminen", house)
    assert (entry.when.first_day, entry.when.until) == (date(2027, 1, 25), date(2027, 5, 28))
    assert Lack.UNTIL in read_line("Kurs måndagar 9-10 ht 27", house).lacks


@for_each(
    ("line", "is_rule"),
    [
        ("Kurs onsdagar udda veckor 9-10 v. 37–51 2027", True),
        ("Kurs onsdagar udda veckor 9-10 från 2 december till 30 december", True),
        ("Kurs onsdagar udda veckor 9-10 från 2 december till 6 januari", False),
        ("Kurs onsdagar jämna veckor 9-10 från 9 december till 23 december", True),
        ("Kurs onsdagar jämna veckor 9-10 från 9 december till 13 januari", False),
    ],
)
def test_odd_and_even_weeks_are_a_rule_only_where_no_week_53_lies_between(line: str, is_rule: bool) -> None:
    entry = read_line(line, HOUSE)
    assert (entry.when.rule is not None) is is_rule
    assert (Assumed.LONG_YEAR in codes(entry)) is not is_rule
    weeks = {day.isocalendar().week % 2 for day in entry.when.dates()}
    assert weeks == {1 if "udda" in line else 0}


def test_figures_in_titles_are_never_slips() -> None:
    house = replace(NOBODY, earlier=(Earlier(1, "Samtalsgrupp 1"), Earlier(2, "Samtalsgrupp 22")))
    assert read_line("Samtalsgrupp 2, 1/12 9-10", house).earlier is None
    assert read_line("Samtalsgrup 22, 1/12 9-10", house).earlier == 2


def test_of_two_earlier_ones_with_a_title_the_first_counts() -> None:
    house = replace(
        NOBODY, earlier=(Earlier(5, "Yoga", time(9), time(10)), Earlier(4, "Yoga", time(8), time(12)))
    )
    entry = read_line("yoga 1/12 kl 13", house)
    assert (entry.earlier, entry.ends) == (5, time(14))


def test_only_the_beginning_of_a_long_line_is_read() -> None:
    line = "Kurs 1/12 9-10 " + "och så vidare " * 10_000
    entry = read_line(line, HOUSE)
    assert entry.when.first_day == date(2026, 12, 1)
    assert Conflict.TOO_LONG in codes(entry)
    # Cut between words: "12 gånger" must not become "1".
    assert read_line("Kurs tisdagar 9-10 från 1/12 " + " " * 468 + "12 gånger", HOUSE).when.times is None


@pytest.mark.parametrize(
    "text", ["", " ", "\n", ".", "-", "(", "”", "0", "ej", "kl", "v.", "från", "🌷", "e\u0301"]
)
def test_scraps_are_read_without_fuss(text: str) -> None:
    assert Lack.DAY in read_line(text, HOUSE).lacks


def test_letters_made_of_two_signs_are_the_same_letters() -> None:
    entry = read_line("Kurs lo\u0308rdag 5 december 9-10 i Ko\u0308ket", HOUSE)
    assert (entry.when.first_day, entry.room_id) == (date(2026, 12, 5), 1)


@for_each(
    ("word", "other", "slips"),
    [
        ("tisdag", "tisdag", 0),
        ("tisdg", "tisdag", 1),
        ("tidsag", "tisdag", 1),
        ("tisdaag", "tisdag", 1),
        ("tisdog", "tisdag", 1),
        ("tsdog", "tisdag", 2),
        ("xxxxxx", "tisdag", 3),
    ],
)
def test_slips(word: str, other: str, slips: int) -> None:
    assert slips_between(word, other, 2) == slips


@for_each(
    ("word", "found"),
    [
        ("tisdgar", ("tisdagar",)),
        ("tisdagr", ("tisdag", "tisdagar")),
        ("ktober", ()),
        ("maars", ()),
        ("septmbr", ()),
        ("kostnadsfrit", ("kostnadsfritt",)),
        ("kostnadsfrrit", ("kostnadsfritt",)),
        ("x" * 5000, ()),
    ],
)
def test_near_words(word: str, found: tuple[str, ...]) -> None:
    words = ("tisdag", "tisdagar", "mars", "oktober", "september", "kostnadsfritt")
    assert nearest(word, shelves_of(words)) == found


@for_each(
    ("when", "days"),
    [
        (When(), 0),
        (When(first_day=TODAY), 1),
        (When(first_day=TODAY, until=TODAY), 0),
        (When(days=(TODAY, date(2026, 12, 1))), 2),
        (When(first_day=TODAY, rule=weekly([1])), 0),
        (When(first_day=TODAY, rule=weekly([1]), until=date(2026, 12, 8)), 3),
        (When(first_day=TODAY, rule=weekly([1]), until=date(2026, 12, 8), skips=(LeftOut(week=49),)), 2),
        (When(first_day=TODAY, rule=weekly([1]), times=3, skips=(LeftOut(day=date(2026, 12, 1)),)), 3),
    ],
)
def test_the_dates_of_every_shape(when: When, days: int) -> None:
    assert len(when.dates()) == days


def test_dates_beyond_three_years_are_refused() -> None:
    with pytest.raises(RecurrenceError):
        When(first_day=date(2026, 11, 26), rule=monthly_nth(-1, 3, 12), times=9).dates()
    assert Conflict.RULE in codes(read_line("Kurs tisdagar 9-10 från 1/12, 300 gånger", HOUSE))


def test_weeks_of_a_break_have_its_name() -> None:
    house = replace(NOBODY, breaks=(Pause("Påsklov", date(2027, 3, 29), date(2027, 4, 4)),))
    entry = read_line("Kurs måndagar 9-10 v. 2-20 ej påsklovet", house)
    assert entry.when.skips == (LeftOut(day=date(2027, 3, 29), reason="Påsklov"),)


@for_each(
    ("line", "said"),
    [
        ("Kurs 12 januari 9-10", "Året är 2027."),
        ("Kurs onsdag 24/11 9-10", "24 november är en tisdag, inte en onsdag."),
        ("Kurs tisdgar 9-10 v. 50", "”tisdgar” lästes som ”tisdagar”."),
        (
            "Kurs femte tisdagen i månaden 9-10",
            "”femte tisdagen i månaden” finns inte i alla månader. "
            "Välj första, andra, tredje, fjärde eller sista veckodagen i månaden.",
        ),
        ("Kurs 1/12 kl 2", "”kl 2” kan vara kl. 02.00 eller kl. 14.00. Skriv vilket."),
        ("Kurs 1/12 02.30-05", "Välj en annan tid än 02.30: kl. 2–3 på natten ställs klockan om ibland."),
        ("Lunchyoga 1/12 kl 13", "Slutar kl. 13.45, lika långt som förra gången."),
        ("Kurs i morgon 9-10", "Det blir onsdag 25 november 2026."),
        ("Kurs nästa vecka", "Det blir 30 november–6 december 2026."),
        (
            "Kurs den 31 varje månad 9-10",
            "”den 31 varje månad” finns inte i alla månader. "
            "Välj en dag mellan 1 och 28, eller den sista dagen i månaden.",
        ),
        ("Yoga 1/12 9-10", "Slag: Rörelse."),
        ("Fika för unga vuxna 1/12 9-10", "För vem: Unga vuxna."),
        (
            "Kurs måndagar 9-10 från 11 januari till 1 juni, ej påsk",
            "”ej påsk” lästes som 26–29 mars 2027, långfredagen–annandag påsk.",
        ),
        ("Kurs 1/12 9-10 max 20", "”max 20” lästes som 20 platser."),
        ("Kurs i morgon 13", "”13” lästes som kl. 13.00."),
        ("Kurs torsdagar 9-10 v. 18", "Torsdag 6 maj är Kristi himmelsfärdsdag. Datumet är med."),
    ],
)
def test_what_is_told_in_words(line: str, said: str) -> None:
    entry = read_line(line, HOUSE)
    assert said in [sentence(remark) for remark in (*entry.assumptions, *entry.conflicts)]


def test_what_is_lacking_and_not_understood_in_words() -> None:
    assert [entry_lack(lack) for lack in Lack][-2:] == ["När det slutar", "Hur länge det håller på"]
    assert entry_unread(Unread("kvällsöppet", 3, 14)) == "Vi förstår inte ”kvällsöppet”."
