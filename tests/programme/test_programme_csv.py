"""An export comes back as it was: everything that staff can say, and cells that look like formulas."""

from __future__ import annotations

import csv
import io
from typing import Any

from khcal.calendaring.formula_guard import guarded, unguarded
from khcal.calendaring.import_values import StoredEvent, values_of_row
from khcal.calendaring.programme_csv import programme_csv
from khcal.calendaring.programme_rows import COLUMNS
from khcal.calendaring.reading_csv import read_programme
from tests.tables import for_each
from tests.unit.sheets import ALL_DAY, HOUSES, ONCE, good_row

STAFF_VALUES = {
    "online_link": "",
    "link_is_open": False,
    "signup_contact": "",
    "neutral_title": "",
    "wall": "show",
    "sibling": "",
    "everywhere": False,
    "archived": False,
}
LAST = "2026-09-29"
EXTRA = {"slot": None, "left": [], "own": {}, "state": ["planned", ""], "places": "open", "draft": False}


def stored(
    sheet: dict[str, str] | None = None, key: str = "SJ-01", uid: str = "uid-1", **values: Any
) -> StoredEvent:
    """The good row as it is stored, with these values otherwise; ``dates`` are merged into its own."""
    now = values_of_row(good_row(sheet)) | STAFF_VALUES
    dates = {day: {"draft": False, "own": {}, **each} for day, each in now["dates"].items()}
    for day, changes in values.pop("dates", {}).items():
        dates[day] = dates.get(day, {}) | changes
    return StoredEvent(1, key, {}, {**now, **values, "dates": dates}, uid)


def exported(*events: StoredEvent) -> list[dict[str, str]]:
    """The rows of the export by column."""
    text = programme_csv(events, HOUSES).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def back(event: StoredEvent) -> dict[str, Any]:
    """The values after an import of the export, beside those that a sheet need not say."""
    programme = read_programme(programme_csv([event], HOUSES), HOUSES)
    assert not programme.faults, programme.faults
    whole: dict[str, Any] = {}
    for row in programme.rows:
        values = values_of_row(row)
        values["dates"] = {
            day: {"draft": False, "own": {}, **each} for day, each in values["dates"].items()
        } | whole.get("dates", {})
        whole = values | whole | {"dates": values["dates"]}
    return STAFF_VALUES | whole


def as_shown(values: dict[str, Any]) -> list[dict[str, Any]]:
    """The dates whatever their keys."""
    return sorted(values["dates"].values(), key=lambda each: each["when"])


@for_each(
    "values",
    [
        {},
        {"title": "=HYPERLINK(1)", "slug": "hyperlink-1", "text": "", "short_text": "+46 och @alla"},
        {"short_text": "Kort.", "text": "Något helt annat.\n\nMed två stycken."},
        {"short_text": "", "text": "Bara den långa."},
        {"facts": ["calm", "hearing_loop"], "access": "Ramp."},
        {"access": "Stegfritt.", "facts": []},
        {"slug": "gammal-adress"},
        {
            "online_link": "https://example.org/mote",
            "link_is_open": True,
            "signup_contact": "kontakt@example.org",
        },
        {"neutral_title": "Grupp", "wall": "neutral"},
        {"wall": "hide", "sibling": "SJ-02", "everywhere": True, "archived": True},
        {"houses": ["sjuharad", "goteborg"], "rooms": [["sjuharad", "Köket"], ["goteborg", "Salen"]]},
        {"rooms": [["sjuharad", "Salen (Göteborg)"]], "houses": ["sjuharad", "goteborg"]},
        {"rooms": [["sjuharad", "Salen; den lilla"], ["sjuharad", '"Köket"']]},
        {"rooms": [["sjuharad", "R" * 120]], "address": "Storgatan 1 | uppgång B"},
        {"rooms": [["goteborg", "R" * 120]], "houses": ["sjuharad", "goteborg"], "address": '"A|B"'},
        {"houses": ["sjuharad", "goteborg", "stockholm"], "hidden": ["stockholm"]},
        {"short_text": "-", "text": "Det är ett streck."},
        {"audience": ["patient", "relative"], "capacity": 10_000, "price": 100_000, "language": "fi"},
        {"deadline": ["2026-09-01", None, "15:30:00", ""]},
        {"deadline": [None, 0, "10:00:00", ""]},
        {"deadline": [None, 3, None, ""]},
        {"deadline": [None, None, None, "så snart du kan"]},
        {"status_note": "Fullbokad.", "internal_note": 'Tre; "fyra"\nfem', "leader": "kurator"},
        {"times": ["22:00:00", "00:00:00"]},
    ],
)
def test_what_an_activity_says_comes_back(values: dict[str, Any]) -> None:
    hours = values.get("times")
    event = stored({"starttid": "22:00", "sluttid": "24:00"} if hours else None, **values)
    assert back(event) == event.now


def date(day: int, **changes: Any) -> dict[str, Any]:
    return {f"2026-09-{day:02}": changes}


CANCELLED = {"state": ["cancelled", "Inställt är ordet. Ledaren är sjuk."]}
MOVED = {
    "when": ["2026-09-09T18:00:00", "2026-09-09T19:00:00"],
    "left": [["2026-09-08T13:00:00", "Lokalen är upptagen."]],
}
TELLING = (
    "Vi ses i stället 2026-09-15",
    "Nya datum: 2026-09-15; 2026-12-15",
    "Sjuk\n2026-09-15: också",
    '"Vi kommer igen"',
    'Hon sa "nej"',
    "Slut;",
)
TWICE = {
    "when": ["2026-09-10T18:00:00", "2026-09-10T20:30:00"],
    "left": [["2026-09-08T13:00:00", "Ett."], ["2026-09-09T13:00:00", ""]],
}


@for_each(
    "dates",
    [
        date(8, **CANCELLED),
        date(8, **MOVED),
        date(8, **TWICE),
        date(8, **(MOVED | {"left": []})),
        date(8, **(MOVED | CANCELLED)),
        date(8, when=["2026-09-08T09:00:00", "2026-09-08T12:00:00"]),
        date(8, when=["2026-09-08T13:00:00", "2026-09-10T12:00:00"]),
        date(8, draft=True) | date(15, draft=True),
        {f"2026-09-{day:02}": {"draft": True} for day in (1, 8, 15, 22, 29)},
        {f"2026-09-{day:02}": {"places": "full"} for day in (1, 8, 15, 22, 29)},
        date(8, places="few") | date(15, places="full"),
        date(8, own={"title": "=Extra", "short_text": "Ett.\nTvå.", "leader": "volontär", "form": "online"}),
        date(8, own={"room": ["sjuharad", "Köket"]}),
        date(8, own={"room": ["sjuharad", '"Salen"; den lilla']}),
        date(8, own={"room": ["sjuharad", "Salen (Göteborg)"]}),
        date(8, own={"short_text": "", "leader": ""}) | date(15, own={"title": "Extra"}),
        date(8, own={"short_text": "Program:\n2026-09-15 titel: så heter det"}),
        date(8, own={"title": '"Vi" och "ni"'}),
        *(date(8, state=["cancelled", reason]) for reason in TELLING),
        *(date(8, **(MOVED | {"left": [["2026-09-08T13:00:00", reason]]})) for reason in TELLING),
        *(date(8, **(TWICE | {"left": [["2026-09-09T13:00:00", reason]]})) for reason in TELLING),
    ],
)
def test_what_becomes_of_single_dates_comes_back(dates: dict[str, Any]) -> None:
    event = stored(dates=dates)
    assert back(event) == event.now


def test_skipped_withdrawn_and_further_dates() -> None:
    extra = EXTRA | {"when": ["2026-10-20T18:00:00", "2026-10-20T20:00:00"]}
    event = stored(
        {"exdatum": "2026-09-15"},
        skips={"2026-09-15": "Studiedag: vi lär oss"},
        dates={"2026-10-20": extra, **date(22, state=["withdrawn", ""])},
    )
    found = back(event)
    assert found["skips"] == {"2026-09-15": "Studiedag: vi lär oss", "2026-09-22": ""}
    expected = {day: each for day, each in event.now["dates"].items() if day != "2026-09-22"}
    assert found["dates"] == expected
    assert found["rule"] == event.now["rule"]


@for_each("reason", TELLING)
def test_why_a_day_is_skipped_comes_back(reason: str) -> None:
    event = stored({"exdatum": "2026-09-15 2026-09-22"}, skips={"2026-09-15": reason, "2026-09-22": "Ett"})
    assert back(event) == event.now


def test_breaks_are_told_in_words_when_these_come_back() -> None:
    event = stored({"exdatum": "2026-09-15"}, skips={"2026-09-15": "Studiedag"})
    assert exported(event)[0]["uppehåll_text"] == "Uppehåll v. 38 (studiedag)"
    assert back(event) == event.now


def test_dates_on_one_day_and_whole_days_among_hours_share_the_row() -> None:
    whole_day = {"when": ["2026-09-08T00:00:00", "2026-09-09T00:00:00"]}
    evening = EXTRA | {"when": ["2026-09-15T18:00:00", "2026-09-15T20:00:00"], "places": "few"}
    event = stored(dates=date(8, **whole_day) | {"#7": evening})
    assert [row["id"] for row in exported(event)] == ["SJ-01"]
    assert as_shown(back(event)) == as_shown(event.now)


def test_whole_days_of_different_lengths_share_the_row() -> None:
    long = EXTRA | {"when": ["2026-10-20T00:00:00", "2026-10-23T00:00:00"]}
    event = stored(ONCE | ALL_DAY, dates={"#8": long})
    assert len(exported(event)) == 1
    assert as_shown(back(event)) == as_shown(event.now)


def test_much_may_be_said_of_each_of_many_dates() -> None:
    days = [f"{year}-{month:02}-05" for year in range(2027, 2042) for month in range(1, 13)]
    said = {"own": {"short_text": "ab " * 99 + "abc"}}
    dates = {day: EXTRA | said | {"when": [f"{day}T10:00:00", f"{day}T12:00:00"]} for day in days}
    event = stored(dates=dates)
    assert back(event)["dates"] == event.now["dates"]


def test_what_waits_to_be_published_again_is_a_draft() -> None:
    event = stored(dates={f"2026-09-{day:02}": {"state": ["withdrawn", ""]} for day in (1, 8, 15, 22, 29)})
    assert {day: each["draft"] for day, each in back(event)["dates"].items()} == dict.fromkeys(
        event.now["dates"], True
    )


def test_parallel_groups_find_each_other_under_the_names_of_the_file() -> None:
    other = stored(uid="uid-2", houses=["goteborg"], sibling="sjuharad/SJ-01")
    rows = exported(stored(sibling="goteborg/SJ-01"), other)
    assert [(row["id"], row["samtidigt_med"]) for row in rows] == [
        ("uid-1", "goteborg/uid-2"),
        ("uid-2", "sjuharad/uid-1"),
    ]


def test_a_rule_that_no_longer_gives_the_dates_is_written_as_dates() -> None:
    event = stored(rule=["FREQ=WEEKLY;BYDAY=TU", "2020-09-01", LAST])
    (row,) = exported(event)
    assert (row["rrule"], row["extra_datum"]) == ("", "2026-09-08 2026-09-15 2026-09-22 2026-09-29")


def test_without_a_key_of_a_sheet_it_is_named_by_its_uid() -> None:
    assert [row["id"] for row in exported(stored(key=""))] == ["uid-1"]
    assert [row["id"] for row in exported(stored(), stored())] == ["uid-1", "uid-1"]


def test_usual_columns_only_when_no_row_needs_more() -> None:
    assert tuple(exported(stored())[0]) == COLUMNS
    assert "möteslänk" in exported(stored(online_link="https://example.org/"))[0]


@for_each("text", ["=1+1", "+46", "-1", "@SUM", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", "'=1", "''=1"])
def test_no_cell_is_a_formula_and_all_come_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@for_each("text", ["", "'", "'s-Hertogenbosch", "Yoga", "1=1", " =1", "''"])
def test_any_other_cell_stays(text: str) -> None:
    assert guarded(text) == text == unguarded(text)
