"""One row of the sheet: what each column becomes, and what it says when it can't."""

from __future__ import annotations

from datetime import date, datetime, time

from khcal.calendaring.programme_rows import RoomName
from khcal.calendaring.shapes import Deadline
from khcal.calendaring.terms import Audience, Form, Kind, Signup
from tests.tables import for_each
from tests.unit.sheets import ALL_DAY, ONCE, fault_of, good_row

RULE = "FREQ=WEEKLY;BYDAY=TU"
FAULTS = [
    ({"id": ""}, "id", "Ge raden ett eget id"),
    ({"id": "SJ 01; x"}, "id", "Skriv högst 40 bokstäver"),
    ({"avdelning": ""}, "avdelning", "Skriv något av: ”sjuharad”"),
    ({"avdelning": "boras"}, "avdelning", "läs in det huset först"),
    ({"avdelning": "sjuharad|boras"}, "avdelning", "”boras” är inget känt hus"),
    ({"titel": " "}, "titel", "Skriv vad aktiviteten heter"),
    ({"titel": "x" * 121}, "titel", "Skriv högst 120"),
    ({"typ": ""}, "typ", "Skriv något av: ”samtal”"),
    ({"typ": "skapand"}, "typ", "Menar du ”skapande”?"),
    ({"målgrupp": ""}, "målgrupp", "Skriv till exempel ”alla cancerberörda”"),
    ({"målgrupp": "alla"}, "målgrupp", "Skriv något av: ”alla cancerberörda”"),
    ({"målgrupp": "närstående|grannar"}, "målgrupp", "”grannar” är inget känt värde"),
    ({"språk": "klingon"}, "språk", "Skriv något av: ”sv”"),
    ({"veckodag": "onsdag"}, "veckodag", "Skriv ”tisdag”, eller rätta startdatum"),
    ({"startdatum": ""}, "startdatum", "Skriv första dagen så här: 2026-09-17"),
    ({"startdatum": "1/9 2026"}, "startdatum", "så här: 2026-09-17"),
    ({"startdatum": "2026-09-31"}, "startdatum", "finns inte i almanackan"),
    ({"startdatum": "1926-09-01"}, "startdatum", "så här: 2026-09-17"),
    ({"startdatum": "2026-09-02", "veckodag": ""}, "startdatum", "Skriv 2026-09-08"),
    ({"slutdatum": "2026-09-28"}, "slutdatum", "Skriv det datumet, eller rätta UNTIL"),
    ({"rrule": "", "slutdatum": "2026-09-29"}, "slutdatum", "fyll i rrule eller extra_datum"),
    ({**ALL_DAY, "rrule": "", "slutdatum": "2026-08-30"}, "slutdatum", "Skriv samma dag eller en senare"),
    ({**ALL_DAY, "rrule": "", "slutdatum": "2027-08-30"}, "slutdatum", "Skriv högst 62"),
    ({"starttid": ""}, "starttid", "Skriv när det börjar, till exempel 13:00, eller ja i heldag"),
    ({"starttid": "kl 13"}, "starttid", "så här: 13:00"),
    ({"starttid": "25:00"}, "starttid", "så här: 13:00"),
    ({"starttid": "02:30"}, "starttid", "Skriv en tid före 02.00 eller från 03.00"),
    ({"sluttid": ""}, "sluttid", "Skriv när det slutar"),
    ({"sluttid": "13:00"}, "sluttid", "Skriv en senare tid"),
    ({"heldag": "kanske"}, "heldag", "Skriv ja eller nej"),
    ({"heldag": "ja", "sluttid": ""}, "starttid", "Ta bort tiden"),
    ({"typ": "stängt"}, "heldag", "Skriv ja och töm starttid och sluttid"),
    ({"rrule": "varje tisdag"}, "rrule", "Skriv till exempel FREQ=WEEKLY"),
    ({"rrule": "FREQ=SECONDLY;UNTIL=20260929T215959Z"}, "rrule", "Skriv FREQ=WEEKLY eller FREQ=MONTHLY"),
    ({"rrule": f"{RULE};INTERVAL=0"}, "rrule", "Skriv INTERVAL som ett heltal från 1"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=TI"}, "rrule", "MO, TU, WE"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=6TU"}, "rrule", "BYDAY=1TH"),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=31"}, "rrule", "1 till 28"),
    ({"rrule": f"{RULE};UNTIL=imorgon"}, "rrule", "UNTIL=20261214T225959Z"),
    ({"rrule": RULE, "slutdatum": ""}, "rrule", "Lägg till UNTIL, eller skriv sista dagen i slutdatum"),
    ({"rrule": RULE, "slutdatum": "2026-08-01"}, "rrule", "Skriv en senare sista dag"),
    ({"rrule": RULE, "slutdatum": "2036-08-01"}, "rrule", "Skriv en tidigare sista dag"),
    ({"exdatum": "2026-09-09"}, "exdatum", "Närmast ligger 2026-09-08"),
    ({"exdatum": "2026-09-08, 2026-09-15"}, "exdatum", "så här: 2026-09-17"),
    ({"exdatum": "2026-09-08 2026-09-08"}, "exdatum", "Skriv varje datum en gång"),
    ({**ONCE, "exdatum": "2026-09-08"}, "exdatum", "Töm cellen, eller fyll i rrule"),
    (
        {"exdatum": "2026-09-01 2026-09-08 2026-09-15 2026-09-22 2026-09-29"},
        "exdatum",
        "Ta bort raden, eller lämna kvar något datum",
    ),
    ({"extra_datum": "2026-09-08"}, "extra_datum", "ingår redan i upprepningen. Ta bort det här"),
    ({**ONCE, "extra_datum": "2026-09-01"}, "extra_datum", "är redan startdatum. Ta bort det här"),
    ({"inställda_datum": "sjuk"}, "inställda_datum", "Skriv så här: 2026-11-19: Ledaren är sjuk."),
    ({"inställda_datum": "2026-09-09: Sjuk."}, "inställda_datum", "Närmast ligger 2026-09-08"),
    ({"inställda_datum": f"2026-09-08: {'x' * 301}"}, "inställda_datum", "Skriv högst 300"),
    ({"exdatum": "2026-09-08", "inställda_datum": "2026-09-08: Sjuk."}, "inställda_datum", "Närmast ligger"),
    ({"flyttade_datum": "2026-09-08: onsdag"}, "flyttade_datum", "Skriv gammal dag, ny dag, tid och orsak"),
    ({"flyttade_datum": "2026-09-09>2026-09-10"}, "flyttade_datum", "Närmast ligger 2026-09-08"),
    ({"flyttade_datum": "2026-09-08>2026-09-08 13:00"}, "flyttade_datum", "Skriv den nya dagen eller tiden"),
    ({"flyttade_datum": "2026-09-08>2026-09-09 02:10"}, "flyttade_datum", "från 03.00"),
    (
        {**ONCE, **ALL_DAY, "flyttade_datum": "2026-09-01>2026-09-02 10:00"},
        "flyttade_datum",
        "Ta bort klockslaget",
    ),
    (
        {"flyttade_datum": "2026-09-08>2026-09-09; 2026-09-08>2026-09-10"},
        "flyttade_datum",
        "Skriv bara den sista flytten",
    ),
    ({"status": "flyttad"}, "flyttade_datum", "Skriv så här: 2026-11-18>2026-12-02 18:00: Orsak."),
    ({"status": "nja"}, "status", "Skriv något av: ”planerad”"),
    ({"statustext": "x" * 301}, "statustext", "Skriv högst 300"),
    ({"plats": "x" * 201}, "plats", "Skriv högst 200"),
    ({"rum": "A; B; C"}, "rum", "Skriv högst två"),
    ({"rum": "A; A"}, "rum", "Skriv det en gång"),
    ({"rum": "x" * 121}, "rum", "Skriv högst 120"),
    ({"rum": "Ateljén (Stockholm)"}, "rum", "Lägg till ”stockholm” där"),
    ({"form": ""}, "form", "Skriv något av: ”på plats”"),
    ({"form": "hybrid"}, "form", "Skriv något av: ”på plats”"),
    ({"anmälan": ""}, "anmälan", "Skriv något av: ”drop-in”"),
    ({"anmälan": "dropin"}, "anmälan", "Menar du ”drop-in”?"),
    ({"anmälan_senast": "2026-13-01"}, "anmälan_senast", "finns inte i almanackan"),
    ({"anmälan_senast": "dagen före kl. 25"}, "anmälan_senast", "så här: 13:00"),
    ({"anmälan_senast": "x" * 121}, "anmälan_senast", "Skriv högst 120"),
    ({"platser": "många"}, "platser", "Skriv antal platser som ett heltal"),
    ({"platser": "0"}, "platser", "mellan 1 och 10000"),
    ({"pris_kr": "50 kr"}, "pris_kr", "Skriv priset i hela kronor som ett heltal"),
    ({"pris_kr": "-5"}, "pris_kr", "mellan 0 och 100000"),
    ({"fullbokad": "snart"}, "fullbokad", "Skriv ja eller nej"),
]


@for_each(
    ("changes", "column", "remedy"), FAULTS, ids=[f"{n}-{column}" for n, (_, column, _) in enumerate(FAULTS)]
)
def test_a_fault_names_row_column_and_remedy(changes: dict[str, str], column: str, remedy: str) -> None:
    fault = fault_of(changes)
    assert (fault.row, fault.column) == (2, column)
    assert remedy in fault.message
    assert str(fault).startswith("rad 2")


@for_each(
    ("text", "deadline"),
    [
        ("2026-09-08", Deadline(day=date(2026, 9, 8))),
        ("samma dag kl. 10", Deadline(days_before=0, at=time(10))),
        ("Samma dag", Deadline(days_before=0)),
        ("dagen före", Deadline(days_before=1)),
        ("dagen innan klockan 15.30", Deadline(days_before=1, at=time(15, 30))),
        ("dagen före kl. 15", Deadline(days_before=1, at=time(15))),
        ("tre dagar före", Deadline(days_before=3)),
        ("10 dagar före kl 9", Deadline(days_before=10, at=time(9))),
        ("en vecka före", Deadline(days_before=7)),
        ("två veckor före", Deadline(days_before=14)),
        ("när du vill", Deadline(words="när du vill")),
        ("", Deadline()),
    ],
)
def test_deadlines_in_words(text: str, deadline: Deadline) -> None:
    assert good_row({"anmälan_senast": text}).deadline == deadline


def test_the_columns_of_a_plain_row() -> None:
    row = good_row(
        {"målgrupp": "närstående | efterlevande", "pris_kr": "50", "platser": "12", "rum": "Köket"}
    )
    assert (row.key, row.houses, row.slug) == ("SJ-01", ("sjuharad",), "malarverkstad")
    assert (row.kind, row.form, row.signup) == (Kind.CREATIVE, Form.ONSITE, Signup.DROP_IN)
    assert row.audience == {Audience.RELATIVE, Audience.BEREAVED}
    assert (row.price, row.capacity, row.rooms) == (50, 12, (RoomName("sjuharad", "Köket"),))


def test_a_room_in_brackets_lies_in_that_house_and_other_brackets_are_part_of_the_name() -> None:
    row = good_row({"avdelning": "sjuharad|goteborg", "rum": "Salen (stora); Vardagsrummet (Göteborg)"})
    assert row.rooms == (RoomName("sjuharad", "Salen (stora)"), RoomName("goteborg", "Vardagsrummet"))


def test_a_rule_gives_slots_and_extra_dates_none() -> None:
    schedule = good_row({"exdatum": "2026-09-15", "extra_datum": "2026-09-17"}).schedule
    assert [(each.key, each.slot and each.slot.isoformat()) for each in schedule.dates] == [
        ("2026-09-01", "2026-09-01"),
        ("2026-09-08", "2026-09-08"),
        ("2026-09-17", None),
        ("2026-09-22", "2026-09-22"),
        ("2026-09-29", "2026-09-29"),
    ]
    assert (schedule.rule, schedule.rule_until) == ("FREQ=WEEKLY;BYDAY=TU", date(2026, 9, 29))


def test_a_rule_may_end_by_slutdatum_or_by_a_number_of_times() -> None:
    assert len(good_row({"rrule": "FREQ=WEEKLY;BYDAY=TU"}).schedule.dates) == 5
    assert len(good_row({"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "slutdatum": ""}).schedule.dates) == 3


@for_each(
    ("text", "reason"),
    [
        ("Uppehåll v. 38 (höstlov)", "Höstlov"),
        ("Uppehåll v. 38", "Uppehåll v. 38"),
        ("Uppehåll v. 37 (städdag) och personalkonferens", "Personalkonferens"),
        ("Uppehåll v. 44 (höstlov)", ""),
        ("", ""),
    ],
)
def test_why_a_date_is_skipped(text: str, reason: str) -> None:
    skips = good_row({"exdatum": "2026-09-15", "uppehåll_text": text}).schedule.skips
    assert skips == ((date(2026, 9, 15), reason),)


def test_several_cancelled_dates_in_one_cell() -> None:
    text = "2026-09-08: Inställt. Ledaren är sjuk. 2026-09-15: Inställt på grund av storm.\n2026-09-22"
    dates = good_row({"inställda_datum": text}).schedule.dates
    assert [(each.key, each.reason) for each in dates if each.is_cancelled] == [
        ("2026-09-08", "Ledaren är sjuk."),
        ("2026-09-15", "på grund av storm."),
        ("2026-09-22", ""),
    ]


def test_a_moved_date_keeps_its_length_and_key() -> None:
    moved = good_row({"flyttade_datum": "2026-09-08>2026-09-09 10:00: Helg."}).schedule.dates[1]
    assert (moved.key, moved.slot, moved.moved_from) == (
        "2026-09-08",
        date(2026, 9, 8),
        datetime(2026, 9, 8, 13),
    )
    assert (moved.starts_at, moved.ends_at) == (datetime(2026, 9, 9, 10), datetime(2026, 9, 9, 12, 30))
    assert moved.moved_reason == "Helg."


def test_a_cancelled_event_has_its_status_text_as_reason_and_no_note() -> None:
    row = good_row({"status": "inställd", "statustext": "Inställt. Vi har flyttat."})
    assert {(each.is_cancelled, each.reason) for each in row.schedule.dates} == {(True, "Vi har flyttat.")}
    assert row.status_note == ""


def test_an_event_of_several_days_ends_at_midnight_after_the_last() -> None:
    only = good_row({**ALL_DAY, "rrule": "", "slutdatum": "2026-09-03"}).schedule.dates[0]
    assert (only.starts_at, only.ends_at) == (datetime(2026, 9, 1), datetime(2026, 9, 4))
