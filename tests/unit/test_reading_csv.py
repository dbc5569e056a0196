"""The spreadsheet as a file: encodings, quotes, limits, header. Every fault says where and what to do."""

from __future__ import annotations

from khcal.calendaring.limits import MOST_ROWS, Amounts
from khcal.calendaring.programme_rows import COLUMNS
from khcal.calendaring.reading_bytes import MOST_BYTES
from khcal.calendaring.reading_csv import read_programme
from tests.tables import for_each
from tests.unit.sheets import HOUSES, read, sheet


@for_each(
    "data",
    [
        sheet(),
        sheet().removeprefix(b"\xef\xbb\xbf"),
        sheet().replace(b"\r\n", b"\n"),
        sheet().decode("utf-8-sig").encode("cp1252"),
        sheet() + b";" * (len(COLUMNS) - 1) + b"\r\n",
        sheet().replace("Målarverkstad".encode(), "Ma\u030alarverkstad".encode()),
    ],
    ids=["BOM", "no BOM", "LF", "cp1252", "empty last row", "decomposed letters"],
)
def test_the_forms_that_spreadsheets_save(data: bytes) -> None:
    programme = read_programme(data, HOUSES)
    assert not programme.faults
    assert [row.title for row in programme.rows] == ["Målarverkstad"]


def test_semicolons_quotes_and_line_breaks_in_cells() -> None:
    row = read({"beskrivning": 'Ta med "papper"; du måste inte.\r\nVi bjuder på te.', "rum": "A; B"}).rows[0]
    assert row.short_text == 'Ta med "papper"; du måste inte. Vi bjuder på te.'
    assert [room.name for room in row.rooms] == ["A", "B"]


def test_columns_in_any_order_and_unused_ones_left_out() -> None:
    header = tuple(column for column in reversed(COLUMNS) if column != "intern_anteckning")
    assert read_programme(sheet(header=header), HOUSES).rows == read({}).rows


def test_rows_are_numbered_as_in_the_sheet() -> None:
    lines = sheet({"beskrivning": "En rad.\nEn till."}, {"id": "SJ-02", "typ": "fest"}).splitlines(
        keepends=True
    )
    programme = read_programme(b"".join([lines[0], b"\r\n", *lines[1:]]), HOUSES)
    assert [fault.where for fault in programme.faults] == ["rad 4 (SJ-02), kolumn typ"]
    assert [row.number for row in programme.rows] == [3]


def test_every_fault_is_told_at_once() -> None:
    programme = read(
        {"typ": "fest", "pris_kr": "fri", "titel": ""}, {"id": "SJ-02"}, {"id": "SJ-03", "startdatum": "1/9"}
    )
    assert [(fault.row, fault.column) for fault in programme.faults] == [
        (2, "typ"),
        (2, "titel"),
        (2, "pris_kr"),
        (4, "startdatum"),
    ]


@for_each(
    ("data", "remedy"),
    [
        (b"", "Den ska ha en rad med rubriker"),
        (b"\xef\xbb\xbf\r\n\r\n", "Den ska ha en rad med rubriker"),
        (sheet().decode("utf-8-sig").encode("utf-16"), "Spara om filen"),
        (b"PK\x03\x04 a workbook", "Spara om filen"),
        (sheet() + b"\x81\x8d", "Spara om filen"),
        (sheet() + b"x" * MOST_BYTES, "Dela den"),
        (sheet(*[{}] * (MOST_ROWS + 1)), "Dela den"),
    ],
    ids=["empty", "only blank lines", "UTF-16", "xlsx", "no encoding", "too large", "too many rows"],
)
def test_a_file_that_can_not_be_used(data: bytes, remedy: str) -> None:
    programme = read_programme(data, HOUSES)
    assert not programme.rows
    assert [fault.row for fault in programme.faults] == [0]
    assert remedy in programme.faults[0].message


@for_each(
    ("header", "column", "remedy"),
    [
        (("målgrup", *COLUMNS), "målgrup", "Menar du ”målgrupp”?"),
        (("lösenord", *COLUMNS), "lösenord", "Rätta rubriken eller ta bort kolumnen."),
        ((*COLUMNS, ""), "nummer 36", "Skriv en rubrik"),
        ((*COLUMNS, "rum"), "rum", "Ta bort den ena."),
        (tuple(column for column in COLUMNS if column != "titel"), "titel", "Lägg till rubriken ”titel”"),
        (tuple(f"{column}{n}" for n in range(2) for column in COLUMNS), "", "högst 60"),
        (
            tuple(column.replace("å", "Ã¥") for column in COLUMNS if column != "målgrupp"),
            "målgrupp",
            "Lägg till",
        ),
    ],
)
def test_a_header_that_can_not_be_used(header: tuple[str, ...], column: str, remedy: str) -> None:
    faults = read_programme(sheet(header=header), HOUSES).faults
    assert [fault.column for fault in faults if remedy in fault.message] == [column]
    assert {fault.row for fault in faults} == {1}


def test_mojibake_in_the_header_is_called_by_its_name() -> None:
    garbled = sheet().decode("utf-8-sig").encode().decode("cp1252").encode()
    messages = [fault.message for fault in read_programme(garbled, HOUSES).faults]
    assert any("Bokstäverna å, ä och ö har blivit fel." in message for message in messages)


def test_commas_instead_of_semicolons() -> None:
    faults = read_programme(sheet(delimiter=","), HOUSES).faults
    assert [fault.message for fault in faults] == [
        "Kolumnerna är skilda åt med komma. Spara filen med semikolon mellan kolumnerna."
    ]


@for_each("broken", [b'"SJ-01"x;', b'"SJ-01;'])
def test_quotes_that_do_not_match(broken: bytes) -> None:
    faults = read_programme(sheet().replace(b"SJ-01;", broken), HOUSES).faults
    assert [(fault.row, fault.message[:32]) for fault in faults] == [(2, "Citattecknen går inte ihop. En c")]


@for_each(
    ("row", "column", "remedy"),
    [
        (b"SJ-01;sjuharad\r\n", "", "Sätt citattecken"),
        (b"SJ-01" + b";" * 40 + b"\r\n", "", "Sätt citattecken"),
        (b"SJ-01;sjuharad;" + b"x" * 10_001 + b";" * 32 + b"\r\n", "titel", "Skriv högst 10 000"),
        (b"SJ-01;sjuharad;A\x00B" + b";" * 32 + b"\r\n", "titel", "Skriv om texten"),
    ],
    ids=["too few cells", "too many cells", "a cell too long", "a control character"],
)
def test_a_row_that_is_no_row(row: bytes, column: str, remedy: str) -> None:
    faults = read_programme(sheet().splitlines(keepends=True)[0] + row, HOUSES).faults
    assert [(fault.row, fault.key, fault.column) for fault in faults] == [(2, "SJ-01", column)]
    assert remedy in faults[0].message


def test_more_dates_than_anybody_plans() -> None:
    daily = {"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "slutdatum": "2026-09-09"}
    rows = sheet(*(daily | {"id": f"SJ-{number}"} for number in range(5)))
    programme = read_programme(rows, HOUSES, Amounts(len(rows), 5, 20))
    assert not programme.rows
    assert [(fault.row, fault.column) for fault in programme.faults] == [(4, "rrule")]
    assert "Dela den på flera" in programme.faults[0].message


def test_headings_are_quoted_without_what_a_screen_can_not_show() -> None:
    faults = read_programme(sheet(header=(*COLUMNS, "\x1b[2J" + "x" * 100)), HOUSES).faults
    assert [fault.column for fault in faults] == ["\ufffd[2j" + "x" * 56]


def test_an_id_that_stands_twice() -> None:
    faults = read({}, {"titel": "En annan"}).faults
    assert [(fault.row, fault.column) for fault in faults] == [(3, "id")]
    assert faults[0].message == "Samma id står på rad 2. Ge raden ett eget id, som ingen annan har."


def test_without_houses_the_remedy_is_to_import_them_first() -> None:
    faults = read_programme(sheet(), ()).faults
    assert [fault.column for fault in faults] == ["avdelning"]
    assert "Läs in husen först: khcal import chapters.json." in faults[0].message
