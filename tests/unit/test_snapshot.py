"""The snapshot of a lobby screen: every day told, everything in ready words, nothing that may not be seen."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from typing import Any

from khcal.calendaring.shapes import House, ListedDate, NoticeText
from khcal.calendaring.snapshot import DAYS, Snapshot, WallDay, WallEvent, make_snapshot
from khcal.calendaring.terms import Appearance, Form, Kind, Places, Status, WallRule
from tests.rows import all_day, make_row
from tests.tables import for_each

TUESDAY = date(2026, 11, 24)
HOUSE = House(
    id=3,
    slug="sjuharad",
    name="Kraftens hus Sjuhärad",
    short_name="Sjuhärad",
    street="Storgatan 1",
    city="Borås",
    directions="Gå in från gården",
    phone="033-00 00 00",
    email="hus@example.org",
    hours="Måndag kl. 10–15",
    greeting="Varmt välkommen",
    access="",
    colour="",
    national=False,
    revision=17,
    changed_at=0,
)


def snapshot_of(*rows: ListedDate, notices: tuple[NoticeText, ...] = (), first: date = TUESDAY) -> Snapshot:
    return make_snapshot(
        HOUSE, rows, notices, first, {"short": "example.org/q/sjuharad"}, {"now": "Pågår nu"}
    )


def day_of(*rows: ListedDate, **more: Any) -> WallDay:
    return snapshot_of(*rows, **more)["days"][0]


def event_of(row: ListedDate) -> WallEvent:
    (event,) = day_of(row, first=row.day)["events"]
    return event


def text_of(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)


def test_the_house_and_its_days() -> None:
    made = snapshot_of()
    assert made["schema"] == "khcal-wall/1"
    assert made["chapter"]["address"] == "Storgatan 1, Borås"
    assert (made["tz"], made["rev"]) == ("Europe/Stockholm", 17)
    assert (made["valid_from"], made["valid_to"]) == ("2026-11-24", "2026-12-28")


def test_every_day_is_told_also_an_empty_one() -> None:
    days = snapshot_of(make_row())["days"]
    assert len(days) == DAYS
    assert [day["date"] for day in days] == [f"{TUESDAY + timedelta(days=n)}" for n in range(DAYS)]
    assert [len(day["events"]) for day in days[:3]] == [1, 0, 0]


def test_a_day_in_words() -> None:
    eve = day_of(first=date(2026, 12, 24))
    assert (eve["label"], eve["weekday"]) == ("torsdag 24\N{NO-BREAK SPACE}december", "torsdag")
    assert (eve["week"], eve["name"]) == (52, "julafton")


def test_the_week_53() -> None:
    assert [day["week"] for day in snapshot_of(first=date(2026, 12, 27))["days"][:9]] == [52, *[53] * 7, 1]


def test_an_ordinary_date() -> None:
    event = event_of(make_row(title="Lunchyoga", kind=Kind.MOVEMENT))
    assert (event["time"], event["until"], event["all_day"]) == ("13.00", "–15.00", False)
    assert (event["title"], event["kind"], event["kind_label"]) == ("Lunchyoga", "movement", "Rörelse")
    assert (event["where"], event["status"], event["tag"], event["change_note"]) == (
        "Köket",
        "planned",
        "",
        "",
    )
    assert event["end_ms"] - event["start_ms"] == 2 * 3600 * 1000


@for_each(
    ("day", "utc"),
    [
        (date(2026, 10, 24), "2026-10-24T11:00:00+00:00"),
        (date(2026, 10, 25), "2026-10-25T12:00:00+00:00"),
        (date(2027, 3, 27), "2027-03-27T12:00:00+00:00"),
        (date(2027, 3, 28), "2027-03-28T11:00:00+00:00"),
    ],
)
def test_the_same_hour_on_both_sides_of_the_clock_changes(day: date, utc: str) -> None:
    starts_at = datetime(day.year, day.month, day.day, 13)
    event = event_of(make_row(day=day, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)))
    assert event["start_ms"] == datetime.fromisoformat(utc).timestamp() * 1000
    assert event["time"] == "13.00"


def test_a_whole_day_has_no_times() -> None:
    event = event_of(all_day("2026-11-24", "2026-11-25"))
    assert event["all_day"]
    assert (event["time"], event["until"]) == ("", "")


@for_each(("number", "told"), [(0, "dag 1 av 3"), (1, "dag 2 av 3"), (2, "dag 3 av 3")])
def test_several_days_say_which_one_it_is(number: int, told: str) -> None:
    whole = all_day("2026-11-24", "2026-11-27", rooms=(), place="Lägergården")
    row = make_row(
        **fields(whole) | {"day": TUESDAY + timedelta(days=number), "appearance": Appearance.THROUGH}
    )
    assert event_of(row)["where"] == f"Lägergården · {told}"


@for_each(
    ("number", "begins", "ends"),
    [(0, "18.00", ""), (1, "", ""), (2, "", "–13.00")],
    ids=["first", "middle", "last"],
)
def test_times_of_a_date_over_several_days_stand_on_their_own_day(
    number: int, begins: str, ends: str
) -> None:
    day = TUESDAY + timedelta(days=number)
    event = event_of(
        make_row(day=day, starts_at=datetime(2026, 11, 24, 18), ends_at=datetime(2026, 11, 26, 13))
    )
    assert (event["time"], event["until"], event["all_day"]) == (begins, ends, number == 1)


def test_one_that_lasts_until_midnight() -> None:
    event = event_of(make_row(starts_at=datetime(2026, 11, 24, 20), ends_at=datetime(2026, 11, 25)))
    assert (event["time"], event["until"]) == ("20.00", "–24.00")


@for_each(
    ("changes", "where"),
    [
        ({"form": Form.HYBRID, "rooms": ("Stora salen",)}, "Stora salen · på plats och digitalt"),
        ({"form": Form.ONLINE, "rooms": (), "place": "Digitalt"}, "Digitalt"),
        ({"form": Form.ONLINE, "rooms": (), "place": ""}, "Digitalt"),
        ({"form": Form.OUTDOORS, "rooms": (), "place": "Samling vid entrén"}, "Samling vid entrén · utomhus"),
        ({"rooms": ("Köket", "Ateljén")}, "Köket och Ateljén"),
    ],
)
def test_where_it_is(changes: dict[str, Any], where: str) -> None:
    assert event_of(make_row(**changes))["where"] == where


def test_a_cancelled_date_stays_and_says_why_and_when_next() -> None:
    gone = make_row(status=Status.CANCELLED, reason="Ledaren är sjuk", next_at=datetime(2026, 12, 1, 13))
    event = event_of(gone)
    assert (event["status"], event["tag"]) == ("cancelled", "Inställt")
    assert plain(event["change_note"]) == "Inställt. Ledaren är sjuk. Nästa gång är tisdag 1 december."


def test_a_moved_date_stays_on_its_old_day_at_its_old_time() -> None:
    moved = {"appearance": Appearance.LEFT, "left_at": datetime(2026, 11, 24, 16)}
    event = event_of(
        make_row(starts_at=datetime(2026, 12, 2, 18), ends_at=datetime(2026, 12, 2, 19, 30), **moved)
    )
    assert (event["status"], event["tag"]) == ("moved", "Flyttat")
    assert (event["time"], event["until"]) == ("16.00", "–17.30")
    assert plain(event["change_note"]) == "Flyttat till onsdag 2 december kl. 18.00."


@for_each(
    ("changes", "status", "tag"),
    [
        ({"places": Places.FULL}, "full", "Fullt"),
        ({"places": Places.FEW}, "planned", "Få platser kvar"),
        ({"places": Places.FULL, "free_today_on": TUESDAY}, "planned", "Plats ledig i dag"),
        ({"places": Places.FULL, "free_today_on": date(2026, 11, 23)}, "full", "Fullt"),
    ],
)
def test_how_full_it_is(changes: dict[str, Any], status: str, tag: str) -> None:
    event = event_of(make_row(**changes))
    assert (event["status"], event["tag"]) == (status, tag)


@for_each(
    "changes",
    [{"wall": WallRule.HIDE}, {"appearance": Appearance.GONE}, {"status": Status.WITHDRAWN}],
    ids=["hidden", "gone", "withdrawn"],
)
def test_what_is_not_for_the_wall_leaves_no_trace(changes: dict[str, Any]) -> None:
    assert snapshot_of(make_row(title="Hemlig grupp", **changes)) == snapshot_of()


@for_each(("neutral", "title"), [("Grupp i huset", "Grupp i huset"), ("", "Samtal")])
def test_a_neutral_title_says_nothing_of_the_real_one(neutral: str, title: str) -> None:
    secret = "Livet efter bröstcancer"
    row = make_row(
        title=secret, neutral_title=neutral, wall=WallRule.NEUTRAL, language="fi", short_text=secret
    )
    assert event_of(row)["title"] == title
    assert event_of(row)["lang"] == "sv"
    assert secret not in text_of(snapshot_of(row))


@for_each(
    ("neutral", "kind", "told"),
    [
        ("Grupp i huset", Kind.CONVERSATION, ("activity", "Aktivitet")),
        # Its kind is then all the title that it has.
        ("", Kind.CONVERSATION, ("conversation", "Samtal")),
        ("Städdag", Kind.CLOSURE, ("closure", "Stängt")),
    ],
)
def test_nor_do_the_sign_and_word_beside_a_neutral_title(
    neutral: str, kind: Kind, told: tuple[str, str]
) -> None:
    event = event_of(make_row(neutral_title=neutral, wall=WallRule.NEUTRAL, kind=kind))
    assert (event["kind"], event["kind_label"]) == told
    shown = event_of(make_row(neutral_title=neutral, wall=WallRule.SHOW, kind=kind))
    assert shown["kind"] == kind.value


@for_each(
    "changes",
    [
        {"status": Status.CANCELLED, "reason": "Bröstcancergruppen vilar"},
        {"appearance": Appearance.LEFT, "left_reason": "Bröstcancergruppen vilar"},
    ],
    ids=["cancelled", "moved"],
)
def test_nor_does_the_reason_of_a_neutral_one(changes: dict[str, Any]) -> None:
    told = snapshot_of(make_row(title="Samtal", neutral_title="Grupp", wall=WallRule.NEUTRAL, **changes))
    assert "Bröst" not in text_of(told)


def test_foreign_titles_say_their_language() -> None:
    assert event_of(make_row(title="مجموعة حوار", language="ar"))["lang"] == "ar"


def test_the_house_is_closed() -> None:
    closed = day_of(
        all_day("2026-11-24", "2026-11-25", title="Julstängt", kind=Kind.CLOSURE, short_text="Vi ses.")
    )
    assert closed["closed"] == {"title": "Julstängt", "text": "Vi ses."}
    assert closed["events"] == []


def test_a_closure_that_was_called_off_is_an_ordinary_day() -> None:
    off = all_day("2026-11-24", "2026-11-25", kind=Kind.CLOSURE, status=Status.CANCELLED)
    assert day_of(off)["closed"] is None
    assert day_of(off)["events"] == []


def test_a_few_hours_closed_are_a_row() -> None:
    told = day_of(make_row(kind=Kind.CLOSURE, title="Stängt för städning"))
    assert told["closed"] is None
    assert [event["title"] for event in told["events"]] == ["Stängt för städning"]


def test_notices_stand_on_their_days() -> None:
    notice = NoticeText("Hissen är trasig.", date(2026, 11, 25), date(2026, 11, 26), False)
    days = snapshot_of(notices=(notice,))["days"][:4]
    assert [day["notices"] for day in days] == [[], ["Hissen är trasig."], ["Hissen är trasig."], []]


def test_events_stand_in_order_of_the_day() -> None:
    early = make_row(starts_at=datetime(2026, 11, 24, 9), ends_at=datetime(2026, 11, 24, 10), title="B", id=1)
    late, same = make_row(title="C", id=2), make_row(title="A", id=3)
    whole = all_day("2026-11-24", "2026-11-25", title="D", id=4)
    titles = [event["title"] for event in day_of(late, same, early, whole)["events"]]
    assert titles == ["D", "B", "A", "C"]


def test_the_same_programme_is_the_same_document_in_any_order() -> None:
    rows = [make_row(id=n, title=f"Grupp {n % 3}") for n in range(8)]
    notices = [NoticeText(f"Anslag {n}", TUESDAY, TUESDAY, False) for n in range(3)]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert text_of(snapshot_of(*rows, notices=tuple(notices))) == text_of(
        snapshot_of(*shuffled, notices=tuple(reversed(notices)))
    )


def test_what_the_server_passes_through() -> None:
    made = snapshot_of()
    assert made["subscribe"] == {"short": "example.org/q/sjuharad"}
    assert made["words"] == {"now": "Pågår nu"}


def fields(row: ListedDate) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ListedDate.__slots__}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
