"""The list: what can I go to next, where, must I sign up."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Fact, Form, Kind, Places, Signup
from khcal.models import Chapter
from tests.factories import make_chapter, make_closure, make_event, make_notice, make_occurrence, make_room
from tests.html import links, one, select, texts, words

LIST = "/goteborg/"


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg", short_name="Göteborg")


def test_days_with_their_dates_in_order(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-25 10:00", "2026-11-24 17:30", title="Körsång")
    make_event(house, "2026-11-24 13:00", title="Målarkväll")
    session.commit()
    page = client.get(LIST)
    assert texts(page, "h1") == ["Kraftens hus Göteborg"]
    assert texts(page, ".day h2") == ["tisdag 24 november", "onsdag 25 november"]
    assert texts(page, ".row h3") == [
        "Målarkväll , tisdag 24 november",
        "Körsång , tisdag 24 november",
        "Körsång , onsdag 25 november",
    ]


def test_a_row_says_when_what_where_and_how(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(
        house,
        title="Medicinsk yoga",
        kind=Kind.MOVEMENT,
        short_text="Matta och stol finns.",
        form=Form.HYBRID,
        room=make_room(house, "Rörelserummet"),
        signup=Signup.REQUIRED,
        signup_days_before=1,
        facts=frozenset({Fact.CALM}),
    )
    make_occurrence(event, "2026-11-26 15:30", hours=1)
    session.commit()
    row = one(client.get(LIST), ".row")
    assert [words(part) for part in row.select(".row__time, .row__about li, .row__text, .row__tags li")] == [
        "15.30–16.30",
        "Rörelse",
        "Rörelserummet",
        "På plats och digitalt",
        "Matta och stol finns.",
        "Anmälan senast onsdag 25 november",
        "Lugnt tempo",
    ]
    assert one(row, "time")["datetime"] == "2026-11-26T15:30"


def test_the_time_stands_first_in_a_row(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 13:00")
    session.commit()
    assert words(one(client.get(LIST), ".row")).startswith("13.00–15.00 Målarkväll")


def test_a_cancelled_date_keeps_its_place(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(
        house, "2026-11-25 13:00", "2026-12-02 13:00", title="Skrivarcirkel", short_text="Kom."
    )
    event.occurrences[0].cancel("Ledaren är sjuk.")
    session.commit()
    row = one(client.get(LIST), ".row--off")
    assert words(one(row, ".row__status")) == "Inställt . Ledaren är sjuk. Nästa gång är onsdag 2 december."
    assert texts(row, "s") == ["13.00–15.00"]
    assert "Kom." not in words(row)


def test_only_the_time_of_a_cancelled_date_is_struck_through(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(house, "2026-11-25 13:00").occurrences[0].cancel("")
    session.commit()
    assert not select(client.get(LIST), "s .row__link, s strong, h3 s")


def test_a_moved_date_leaves_a_row_on_its_old_day(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    event = make_event(house, "2026-11-27 10:30", title="Promenad")
    event.occurrences[0].move(datetime(2026, 11, 26, 10, 30), datetime(2026, 11, 26, 12), "Det blir storm.")
    session.commit()
    page = client.get(LIST)
    assert texts(page, ".day h2")[1:] == ["torsdag 26 november", "fredag 27 november"]
    assert words(one(page, ".row--off .row__status")) == (
        "Flyttat till torsdag 26 november kl. 10.30. Det blir storm."
    )
    assert texts(page, ".row--off s") == ["10.30"]
    assert texts(page, ".row__moved") == ["Flyttat hit från fredag 27 november."]


def test_today_is_named(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 13:00", "2026-11-25 13:00", "2026-11-26 13:00")
    session.commit()
    assert [words(tags) for tags in select(client.get(LIST), ".day__tags")] == ["i dag", "i morgon"]


def test_what_is_over_today_stays_on_the_list(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-23 13:00", "2026-11-24 08:00")
    session.commit()
    assert texts(client.get(LIST), ".day h2") == ["tisdag 24 november"]


def test_an_empty_today_says_what_is_next(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-30 10:00", title="Öppet hus")
    session.commit()
    page = client.get(LIST)
    assert texts(page, ".day h2") == ["tisdag 24 november", "måndag 30 november"]
    assert words(select(page, ".day__body")[0]) == (
        "Inget i dag. Nästa är Öppet hus, måndag 30 november kl. 10.00."
    )


def test_an_empty_programme_says_so(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    assert "Det finns inga fler datum i kalendern än." in words(one(client.get(LIST), "#occurrence-list"))


def test_a_red_day_is_named(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-24 13:00", "2026-12-25 13:00")
    session.commit()
    assert texts(client.get(LIST), ".tag--named-day") == ["julafton", "juldagen"]


def test_days_of_another_year_say_the_year(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-31 13:00", "2027-01-01 13:00")
    session.commit()
    assert texts(client.get(LIST), ".day h2")[1:] == ["torsdag 31 december", "fredag 1 januari 2027"]


def test_a_long_closure_is_told_of_once(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_closure(house, date(2026, 12, 21), date(2027, 1, 6), "Julstängt")
    make_event(house, "2026-12-29 13:00", title="Mellandagsfika")
    session.commit()
    page = client.get(LIST)
    assert texts(page, ".day h2")[1:] == ["måndag 21 december", "tisdag 29 december"]
    assert "21 december 2026–6 januari 2027" in words(one(page, ".row--closed"))
    assert texts(page, ".day__running") == ["Julstängt , dag 9 av 17"]


def test_several_days_are_counted(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, title="Helg vid havet")
    make_occurrence(event, "2026-11-27", ends_at=datetime(2026, 11, 30))
    session.commit()
    assert texts(client.get(LIST), ".row__time") == ["Dag 1 av 3", "Dag 2 av 3", "Dag 3 av 3"]


@pytest.mark.parametrize(("places", "tag"), [(Places.FULL, "Fullt"), (Places.FEW, "Få platser kvar")])
def test_places_are_told(
    client: FlaskClient, session: Session, house: Chapter, places: Places, tag: str
) -> None:
    make_event(house, "2026-11-27 10:00").occurrences[0].places = places
    session.commit()
    assert texts(client.get(LIST), ".tag--strong") == [tag]


def test_a_place_that_became_free_today(client: FlaskClient, session: Session, house: Chapter) -> None:
    occurrence = make_event(house, "2026-11-27 10:00").occurrences[0]
    occurrence.places, occurrence.free_today_on = Places.FULL, date(2026, 11, 24)
    session.commit()
    assert texts(client.get(LIST), ".tag--strong") == ["Plats ledig i dag"]


def test_a_notice_stands_above_the_list(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_notice(house, "Hissen är trasig.")
    make_notice(house, "Det här är över.", "2026-11-01", "2026-11-23")
    session.commit()
    assert texts(client.get(LIST), ".notice") == ["Hissen är trasig."]


def test_what_another_house_shares_names_it(client: FlaskClient, session: Session, house: Chapter) -> None:
    other = make_chapter("stockholm", name="Kraftens hus Stockholm")
    make_event(other, "2026-11-26 18:00", title="Författarkväll", shown_in=(house,))
    session.commit()
    page = client.get(LIST)
    assert "Kraftens hus Stockholm" in texts(page, ".row__about li")
    assert links(page, ".row__link")[0].startswith("/goteborg/tillfalle/")


def test_a_draft_is_not_listed(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 13:00", published=False)
    session.commit()
    assert not select(client.get(LIST), ".row")


def test_titles_in_other_languages_are_marked(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 10:00", title="لقاء القهوة", language="ar")
    make_event(house, "2026-11-24 11:00", title="Samtal på arabiska", language="ar")
    session.commit()
    titles = select(client.get(LIST), ".row__link > span[dir]")
    assert [(title.get("lang"), title["dir"]) for title in titles] == [("ar", "auto"), (None, "auto")]


def test_fourteen_days_and_then_the_rest(client: FlaskClient, session: Session, house: Chapter) -> None:
    days = [
        f"2026-{month}-{day:02} 13:00" for month, first in ((11, 24), (12, 1)) for day in range(first, 31)
    ]
    make_event(house, *days, "2027-01-01 13:00")
    session.commit()
    page = client.get(LIST)
    assert len(select(page, ".row")) == 20
    assert links(page, "#more-dates a") == ["/goteborg/?fran=2026-12-14"]
    later = client.get("/goteborg/?fran=2026-12-14")
    assert texts(later, ".day h2")[0] == "måndag 14 december"
    assert len(select(later, ".row")) == 18
    assert not select(later, "#more-dates")


def test_a_closure_does_not_hide_what_comes_after(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_closure(house, date(2026, 11, 24), date(2026, 12, 31))
    make_event(house, "2027-01-11 10:00", title="Öppet hus")
    session.commit()
    assert texts(client.get(LIST), ".day h2") == ["tisdag 24 november", "måndag 11 januari 2027"]


@pytest.mark.parametrize("start", ["igår", "2026-13-01", "20261124", "2026-W48-2", "9999-12-31"])
def test_a_start_that_is_no_day_is_said(
    client: FlaskClient, session: Session, house: Chapter, start: str
) -> None:
    session.commit()
    page = client.get(LIST, query_string={"fran": start})
    assert page.status_code == 200
    assert f"Vi förstår inte ”{start}”." in words(one(page, "#occurrence-list"))


def test_a_house_that_does_not_exist(client: FlaskClient) -> None:
    page = client.get("/atlantis/")
    assert page.status_code == 404
    assert texts(page, "h1") == ["Sidan finns inte"]
    assert "/" in links(page, "main a")


def test_markup_in_a_title_is_only_text(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 13:00", title="<b>Fika</b> & prat", slug="fika")
    session.commit()
    page = client.get(LIST)
    assert "<b>Fika</b> & prat" in words(one(page, ".row__link"))
    assert not select(page, ".row b")


def test_the_page_points_at_its_calendar(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    page = client.get(LIST)
    assert one(page, "link[rel=alternate]")["href"] == "/goteborg.ics"
    assert "Kraftens hus Göteborg" in str(one(page, "meta[name=description]")["content"])


def test_a_closed_day_says_what_takes_place_all_the_same(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_closure(house, date(2026, 11, 23), date(2026, 11, 29), "Vi flyttar")
    make_event(house, "2026-11-25 10:00", "2026-11-26 10:00", title="Yoga")
    session.commit()
    page = client.get(f"/{house.slug}/")
    assert texts(page, ".day__despite") == ["Det här blir av ändå:"] * 2
