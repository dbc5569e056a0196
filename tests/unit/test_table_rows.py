"""Somebody's own table: which column means what, when it is in any spelling, which rows are one activity."""

from __future__ import annotations

from datetime import date

import pytest

from khcal.calendaring import table_rows
from khcal.calendaring.column_mapping import Sheet, as_sheet, suggest
from khcal.calendaring.import_words import NEW_ROOM, NOTHING, THIS_HOUSE, Answers, Known, Word
from khcal.calendaring.reading_bytes import FileRefusal
from khcal.calendaring.reading_table import read_table
from khcal.calendaring.table_rows import Reading, own_columns, read_other, read_own, words_in
from tests.tables import for_each
from tests.unit.sheets import GOOD, HOUSES, sheet

TODAY = date(2026, 11, 24)
KNOWN = Known("sjuharad", ("Köket", "Samtalsrummet"), {house.slug: house for house in HOUSES})
FOR_ALL = {"typ": "samtal", "målgrupp": "alla cancerberörda", "form": "på plats", "anmälan": "drop-in"}


def table(text: str) -> Sheet:
    return as_sheet(read_table(text))


def read(text: str, words: dict[str, str] | None = None, minutes: int | None = None) -> list[Reading]:
    """The rows of a table, with what its words mean by the words themselves."""
    whole = table(text)
    columns = suggest(whole)
    asked = KNOWN.unknown(words_in(whole, columns, KNOWN))
    chosen = {word.field: (words or {}).get(word.text, word.suggestion) for word in asked}
    return read_other(whole, columns, Answers(chosen, FOR_ALL, minutes), KNOWN, {}, TODAY)


def one(text: str, **more: object) -> Reading:
    (found,) = read(text, **more)  # type: ignore[arg-type]
    return found


def dates(reading: Reading) -> list[str]:
    assert reading.row, reading.faults
    return [f"{each.starts_at:%m-%d %H:%M}–{each.ends_at:%H:%M}" for each in reading.row.schedule.dates]


def fault(reading: Reading) -> str:
    assert reading.row is None
    return f"{reading.faults[0]}"


@for_each(
    "text",
    [
        "Dag\tTid\tTitel\n2027-01-12\t13–15\tYoga\n",
        "Dag;Tid;Titel\n2027-01-12;13–15;Yoga\n",
        "Dag,Tid,Titel\n2027-01-12,13–15,Yoga\n",
        'Dag\tTid\tTitel\n2027-01-12\t13–15\t"Yo\nga"\n',
        "Titel\tTid\tDag\nYoga\t13–15\t2027-01-12\n",
        "\n\nDatum\tKl.\tAktivitet\n\n2027-01-12\t13–15\tYoga\n\n",
        "2027-01-12\t13–15\tYoga\n",
        "Datum\tFrån\tTill\tNamn\n2027-01-12 00:00:00\t13:00:00\t15:00:00\tYoga\n",
    ],
)
def test_the_same_row_however_its_cells_are_parted(text: str) -> None:
    found = one(text)
    assert dates(found) == ["01-12 13:00–15:00"]
    assert found.row
    assert found.row.title.replace(" ", "") == "Yoga"


@for_each(
    ("day", "hours", "expected"),
    [
        ("12/1", "13-15", ["01-12 13:00–15:00"]),
        ("tis 12 jan", "kl. 13.00–15.30", ["01-12 13:00–15:30"]),
        ("12 januari 2027", "heldag", ["01-12 00:00–00:00"]),
        ("måndagar v. 3-5", "10–12", ["01-18 10:00–12:00", "01-25 10:00–12:00", "02-01 10:00–12:00"]),
        ("12/1 och 26/1", "13–15", ["01-12 13:00–15:00", "01-26 13:00–15:00"]),
    ],
)
def test_days_and_hours_in_any_spelling(day: str, hours: str, expected: list[str]) -> None:
    assert dates(one(f"Dag\tTid\tTitel\n{day}\t{hours}\tYoga\n")) == expected


@for_each(
    ("day", "hours", "told"),
    [
        ("31/2", "13–15", "finns inte i almanackan"),
        ("1/13/2027", "13–15", "går inte att läsa som dag"),
        ("mån 12/1 2027", "13–15", "är en tisdag"),
        ("12/1", "", "När det börjar saknas"),
        ("12/1", "13", "När det slutar saknas"),
        ("", "", "Det står inte när"),
        ("måndagar", "13–15", "saknas i"),
        ("12/1", "15–13", "slutar"),
        ("x" * 300, "13–15", "för lång"),
    ],
)
def test_what_is_not_understood_is_told_by_row_and_column(day: str, hours: str, told: str) -> None:
    text = fault(one(f"Dag\tTid\tTitel\n{day}\t{hours}\tYoga\n"))
    assert text.startswith("rad 2, kolumn Dag, Tid: ")
    assert told in text
    assert "Skriv till exempel" in text


def test_a_length_for_what_has_no_end() -> None:
    assert dates(one("Dag\tTid\tTitel\n12/1\t13\tYoga\n", minutes=90)) == ["01-12 13:00–14:30"]


def test_rows_that_say_the_same_but_for_the_day_are_one_activity() -> None:
    rows = "12/1\t13–15\tYoga\n19/1\t13–15\tYoga\n19/1\t13–15\tYoga\n26/1\t14–16\tYoga\n20/1\t13–15\tKör\n"
    found = read(f"Dag\tTid\tTitel\n{rows}")
    assert [(each.title, each.numbers, len(dates(each))) for each in found] == [
        ("Yoga", (2, 3, 4), 2),
        ("Yoga", (5,), 1),
        ("Kör", (6,), 1),
    ]
    assert found[0].note == "Samma rad står flera gånger."
    keys = [each.row.key for each in found if each.row]
    assert keys[1] == f"{keys[0]}.2"
    assert all(each.row and each.row.only_adds for each in found)
    again = read("Dag\tTid\tTitel\n2/2\t10–12\tYoga\n")
    assert again[0].row
    assert again[0].row.key == keys[0]


def test_words_that_khcal_does_not_know_are_asked_for() -> None:
    text = "Dag\tTid\tTitel\tTyp\tLokal\n12/1\t13–15\tVattengympa\tBad\tSimhallen\n"
    asked = list(KNOWN.unknown(words_in(table(text), suggest(table(text)), KNOWN)))
    assert [(word.column, word.text) for word in asked] == [("typ", "Bad"), ("rum", "Simhallen")]
    assert "Vi känner inte igen ”Bad”" in fault(one(text))
    row = one(text, words={"Bad": "rörelse", "Simhallen": NEW_ROOM}).row
    assert row
    assert (row.kind, [room.name for room in row.rooms]) == ("movement", ["Simhallen"])
    other = one(text, words={"Bad": "rörelse", "Simhallen": "Köket"}).row
    assert other
    assert [room.name for room in other.rooms] == ["Köket"]
    nowhere = one(text, words={"Bad": "rörelse", "Simhallen": NOTHING}).row
    assert nowhere
    assert (nowhere.rooms, nowhere.place) == ((), "")


def test_a_room_that_is_nobodys_is_a_place_until_somebody_says_more() -> None:
    row = one("Dag\tTid\tTitel\tLokal\tPlats\n12/1\t13–15\tYoga\tSimhallen\tBorås\n").row
    assert row
    assert (row.rooms, row.place) == ((), "Borås; Simhallen")


def test_rows_of_another_house_are_left_to_it() -> None:
    pairs = ("Yoga\tGöteborg", "Kör\tBorås", "Fika\tHemma")
    text = "\n".join(["Dag\tTid\tTitel\tHus", *(f"12/1\t13–15\t{pair}" for pair in pairs)])
    found = read(text, {"Hemma": THIS_HOUSE})
    assert [(each.title, each.elsewhere) for each in found] == [
        ("Yoga", "Göteborg"),
        ("Kör", ""),
        ("Fika", ""),
    ]
    assert [each.elsewhere for each in read(text)] == ["Göteborg", "", "Hemma"]


def test_a_title_says_the_kind_when_nothing_else_does_and_earlier_times_before_that() -> None:
    whole = table("Dag\tTid\tTitel\n12/1\t13–15\tYoga\n")
    earlier = {"yoga": {"typ": "lugn", "rum": "Köket"}}
    plain, known = (
        read_other(whole, suggest(whole), Answers({}, FOR_ALL), KNOWN, each, TODAY)[0].row
        for each in ({}, earlier)
    )
    assert plain
    assert known
    assert (plain.kind, plain.rooms) == ("movement", ())
    assert (known.kind, known.rooms[0].name) == ("calm", "Köket")


def own(*rows: dict[str, str]) -> list[Reading]:
    """Our own programme, as a spreadsheet saves it or as its cells are pasted."""
    whole = table(sheet(*rows).decode("utf-8-sig"))
    return read_own(whole, own_columns(whole), Answers(), KNOWN)


def test_our_own_programme_is_known_at_once() -> None:
    whole = table(sheet({}).decode("utf-8-sig"))
    assert whole.is_own
    assert [each.row.key for each in own({}) if each.row] == ["SJ-01"]
    pasted = table(sheet({}, delimiter="\t").decode("utf-8-sig"))
    assert read_own(pasted, own_columns(pasted), Answers(), KNOWN) == own({})


def test_a_fault_in_one_row_of_it_leaves_the_others() -> None:
    found = own({}, {"id": "SJ-02", "typ": "fest"}, {"id": "SJ-03", "avdelning": "goteborg"}, {"id": "SJ-04"})
    assert [(bool(each.row), each.elsewhere) for each in found] == [
        (True, ""),
        (False, ""),
        (False, "Göteborg"),
        (True, ""),
    ]
    assert found[1].faults[0].where == "rad 3 (SJ-02), kolumn typ"


def test_columns_that_it_does_not_have_are_not_used() -> None:
    text = sheet({}).decode("utf-8-sig").replace("intern_anteckning", "Favoritfärg", 1)
    whole = table(text)
    assert [each.row.title for each in read_own(whole, own_columns(whole), Answers(), KNOWN) if each.row] == [
        GOOD["titel"]
    ]


@for_each(
    ("text", "told"),
    [
        ("", "inget att läsa in"),
        (" \n\t\n", "inget att läsa in"),
        ("a\tb\n" * 2_002, "högst 2000"),
        ("\t".join("abc" for _ in range(61)), "högst 60"),
        ("a;b\n" + "x" * 10_001 + ";b", "Korta texten"),
        ('a;b\n"x;b', "Citattecknen"),
        ("a\tb\x00", "styrtecken"),
    ],
)
def test_tables_that_are_refused(text: str, told: str) -> None:
    with pytest.raises(FileRefusal, match=told):
        read_table(text)


def test_quotes_of_programs_that_do_not_quote() -> None:
    assert one('Dag\tTid\tTitel\n12/1\t13–15\t"Yoga" för alla\n').title == '"Yoga" för alla'


def test_a_table_too_large_for_one_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MOST_WORDS_OF_WHEN", 20)
    found = read("Dag\tTid\tTitel\n2027-01-12\t13–15\tYoga\n2027-01-19\t13–15\tKör\n")
    assert [bool(each.row) for each in found] == [True, False]
    assert "Dela upp den" in fault(found[1])


def test_each_word_has_a_field_of_its_own() -> None:
    words = [Word("typ", "a"), Word("rum", "a"), Word("typ", "b"), Word("typ", "A")]
    assert len({word.field for word in words}) == 3
