"""What a change did, in words: fields by their names, values without codes, many dates as one line."""

from __future__ import annotations

from typing import Any

from khcal.calendaring.phrases.changed_fields import Names, field_value
from khcal.calendaring.phrases.changed_rows import fate, subject, tell
from khcal.calendaring.phrases.changed_values import Line, Part, RowChange
from khcal.calendaring.phrases.changes import change_heading, change_verb
from tests.tables import for_each

NAMES = Names(rooms={1: "Köket"}, houses={2: "Göteborg"}, events={7: "Yoga", 8: "Fika"})
YOGA = {"id": 7, "title": "Yoga", "price": 0, "kind": "calm", "internal_note": ""}
DATE = {
    "id": 70,
    "event_id": 7,
    "starts_at": "2026-12-03T18:00:00",
    "ends_at": "2026-12-03T19:30:00",
    "status": "planned",
    "reason": "",
    "published_at": 1,
    "room_id": None,
}
WHEN = "torsdag 3 december 2026 kl. 18.00–19.30"
NOTICE = {"id": 5, "chapter_id": 1, "text": "Hissen lagas.", "first_day": "2026-12-01", "everywhere": False}


def changed(table: str, row: dict[str, Any], **values: Any) -> RowChange:
    return RowChange(table, str(row["id"]), row, row | values)


def date(number: int, **values: Any) -> RowChange:
    day = f"2026-12-{number:02}"
    own = {"id": number, "starts_at": f"{day}T18:00:00", "ends_at": f"{day}T19:30:00"}
    return changed("occurrence", DATE | own, **values)


def plain(parts: list[Part]) -> list[tuple[str, list[str]]]:
    return [(part.title, [_line(line) for line in part.lines]) for part in parts]


def _line(line: Line) -> str:
    values = [line.after] if line.before is None else [line.before, line.after]
    return " | ".join([line.text, *filter(None, values), *line.items]).replace("\N{NO-BREAK SPACE}", " ")


@for_each(
    ("row", "told"),
    [
        (changed("event", YOGA, title="Mjuk yoga"), ("Mjuk yoga", ["Titel | Yoga | Mjuk yoga"])),
        (
            changed("event", YOGA, price=20),
            ("Yoga", ["Pris i kronor | Kostnadsfritt | 20 kr"]),
        ),
        (changed("event", YOGA, internal_note="Ring."), ("Yoga", ["Anteckning för personalen | Ring."])),
        (RowChange("event", "7", None, YOGA), ("Yoga", ["Ny aktivitet"])),
        (RowChange("event", "7", YOGA, None), ("Yoga", ["Aktiviteten togs bort"])),
        (RowChange("occurrence", "70", None, DATE), ("Yoga", [f"Nytt tillfälle: {WHEN}"])),
        (
            RowChange("occurrence", "70", None, DATE | {"published_at": None}),
            ("Yoga", [f"Nytt utkast: {WHEN}"]),
        ),
        (RowChange("occurrence", "70", DATE, None), ("Yoga", [f"Togs bort: {WHEN}"])),
        (
            changed("occurrence", DATE, status="cancelled", reason="Storm."),
            (f"Yoga, {WHEN}", ["Läge | Blir av | Inställt", "Skäl | Storm."]),
        ),
        (
            changed("occurrence", DATE | {"published_at": None}, published_at=1),
            (f"Yoga, {WHEN}", ["Publicerat | Nej | Ja"]),
        ),
        (changed("occurrence", DATE, room_id=1), (f"Yoga, {WHEN}", ["Rum | Köket"])),
        (
            RowChange("event_shown_in", "7/2", None, {"event_id": 7, "chapter_id": 2, "hidden": False}),
            ("Yoga", ["Visas också hos Göteborg"]),
        ),
        (
            RowChange("notice", "5", None, NOTICE),
            (
                "Anslag: Hissen lagas.",
                ["Nytt", "Vad vill du säga | Hissen lagas.", "Visas från | tisdag 1 december 2026"],
            ),
        ),
    ],
)
def test_one_row(row: RowChange, told: tuple[str, list[str]]) -> None:
    parts = [(title.replace("\N{NO-BREAK SPACE}", " "), lines) for title, lines in plain(tell([row], NAMES))]
    assert parts == [told]


def test_dates_to_which_the_same_was_done_share_a_line() -> None:
    rows = [date(number, status="cancelled", reason="Storm.") for number in (10, 3, 17)]
    rows.append(date(24, places="full"))
    [(_title, lines)] = plain(tell(rows, NAMES))
    assert [line.split(" | ")[:3] for line in lines] == [
        ["Läge, 3 tillfällen", "Blir av", "Inställt"],
        ["Skäl, 3 tillfällen", "Storm.", lines[1].split(" | ")[2]],
        ["Platser, torsdag 24 december 2026 kl. 18.00–19.30", "Fullt"],
    ]
    assert lines[0].split(" | ")[3].startswith("torsdag 3 december")


def test_dates_that_were_moved_tell_from_when_to_when_and_why() -> None:
    ends = [
        {"starts_at": f"2026-12-{day}T10:00:00", "ends_at": f"2026-12-{day}T11:00:00"} for day in (11, 18)
    ]
    rows = [date(number, **values) for number, values in zip((10, 17), ends, strict=True)]
    trace = {"id": 1, "occurrence_id": 10, "day": "2026-12-10", "reason": "Lokalen är tagen."}
    [(_title, lines)] = plain(tell([*rows, RowChange("trace", "1", None, trace)], NAMES))
    assert lines[0].startswith(
        "2 tillfällen flyttades | torsdag 10 december 2026 kl. 18.00–19.30 blev "
        "fredag 11 december 2026 kl. 10.00–11.00 | "
    )
    assert lines[1] == "Skäl till flytten | Lokalen är tagen."


def test_what_is_khcals_own_business_is_not_told() -> None:
    assert tell([changed("occurrence", DATE, slot="2026-12-03", by_hand=True)], NAMES) == []


@for_each(
    ("rows", "told"),
    [
        ([changed("event", YOGA, price=1)], "Yoga"),
        ([changed("event", YOGA, price=1), date(3)], "Yoga, torsdag 3 december 2026 kl. 18.00–19.30"),
        ([date(3), date(4)], "Yoga, 2 tillfällen"),
        ([date(3), date(4, event_id=8)], "2 aktiviteter, 2 tillfällen"),
        ([changed("event", YOGA, price=1), changed("event", YOGA | {"id": 8})], "2 aktiviteter"),
        ([RowChange("notice", "5", None, NOTICE)], "Hissen lagas."),
        (
            [RowChange("room", str(n), None, {"id": n, "name": f"Rum {n}"}) for n in (1, 2, 3)],
            "Rum 1 med mera",
        ),
        ([], ""),
    ],
)
def test_what_a_change_is_about(rows: list[RowChange], told: str) -> None:
    assert subject(rows, NAMES).replace("\N{NO-BREAK SPACE}", " ") == told


def test_of_many_rows_the_numbers_are_told() -> None:
    assert subject([date(3)], NAMES, events=12, dates=240) == "12 aktiviteter, 240 tillfällen"


@for_each(
    ("verbs", "what", "told"),
    [
        (["cancel"], "Yoga", "Ställde in: Yoga"),
        (["undo", "cancel"], "Yoga", "Ångrade ”Ställde in: Yoga”"),
        (["undo", "undo", "cancel"], "Yoga", "Gjorde om ”Ställde in: Yoga”"),
        (["undo", "undo", "undo", "cancel"], "", "Ångrade ”Ställde in”"),
        (["from another release"], "Yoga", "Ändrade: Yoga"),
    ],
)
def test_headings(verbs: list[str], what: str, told: str) -> None:
    assert change_heading(verbs, what) == told


@for_each(
    ("table", "column", "value", "told"),
    [
        ("event", "kind", "of another release", "ett värde från en äldre version"),
        ("event", "room_id", 99, "ett rum som inte finns längre"),
        ("event", "skips", {"2026-12-08": "Storm", "2026-12-01": ""}, None),
        ("event", "rule", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Varannan tisdag"),
        ("event", "rule", "nonsense", "Ett mönster som inte går att läsa"),
        ("event", "facts", ["calm", "seated"], "Lugnt tempo och Går att göra sittande"),
        ("event", "signup_time", "15:00:00", "15.00"),
        ("event", "everywhere", False, "Nej"),
        ("occurrence", "status", "withdrawn", "Borttaget ur kalendern"),
        ("unheard", "of", "x", ""),
    ],
)
def test_values(table: str, column: str, value: Any, told: str | None) -> None:
    said = field_value(table, column, value, NAMES).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (told if told is not None else "tisdag 1 december 2026, tisdag 8 december 2026 (Storm)")


@for_each(
    ("verbs", "before", "after", "told"),
    [
        (["notice"], None, NOTICE, "Satte upp anslag: Hissen lagas."),
        (["notice"], NOTICE, NOTICE | {"text": "Hissen går."}, "Ändrade anslag: Hissen går."),
        (["notice"], NOTICE, None, "Tog ner anslag: Hissen lagas."),
        (["undo", "notice"], NOTICE, None, "Ångrade ”Satte upp anslag: Hissen lagas.”"),
        (["undo", "undo", "notice"], None, NOTICE, "Gjorde om ”Satte upp anslag: Hissen lagas.”"),
    ],
)
def test_what_came_and_went_is_told(
    verbs: list[str], before: dict[str, Any] | None, after: dict[str, Any] | None, told: str
) -> None:
    rows = [RowChange("notice", "5", before, after)]
    assert change_heading(verbs, subject(rows, NAMES), fate(rows)) == told


def test_a_verb_without_words_is_a_change() -> None:
    assert change_verb("unheard of") == "Ändrade"
