"""Feeds that tell less: what the filters of a list leave, and neutral words for a calendar others see."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.calendaring.terms import Form, Kind
from khcal.db import db
from khcal.models import Event
from tests.factories import make_chapter, make_event
from tests.html import select as found
from tests.interop.lint import faults, names, parts, unfolded

HOUSES = ("sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks")


def values(data: bytes, name: str) -> list[str]:
    """What every date of a feed says under a name."""
    events = parts(unfolded(data))[1]
    return [line.partition(":")[2] for event in events for line in event if re.match(f"{name}[:;]", line)]


def head(data: bytes) -> dict[str, str]:
    return dict(line.split(":", 1) for line in parts(unfolded(data))[0])


@pytest.mark.parametrize(
    "query",
    ["typ=samtal", "for=narstaende", "form=digitalt", "anmalan=utan", "typ=rorelse&for=alla&anmalan=utan"],
)
def test_a_narrowed_feed_has_the_dates_of_the_narrowed_list(sample_client: FlaskClient, query: str) -> None:
    whole = set(values(sample_client.get("/sjuharad.ics").data, "UID"))
    feed = sample_client.get(f"/sjuharad.ics?{query}")
    assert faults(feed.data) == []
    assert set(values(feed.data, "UID")) < whole
    links, page = set(values(feed.data, "URL")), sample_client.get(f"/sjuharad/?{query}")
    shown = {f"https://kalender.example.org{link['href']}" for link in found(page, ".row__title a")}
    assert shown
    assert shown <= links


def test_a_narrowed_feed_says_what_it_holds(sample_client: FlaskClient) -> None:
    feed = sample_client.get("/sjuharad.ics?for=narstaende&typ=samtal")
    told = head(feed.data)
    assert told["NAME"] == told["X-WR-CALNAME"] == "Samtal\\, Närstående\\, Kraftens hus Sjuhärad"
    address = "https://kalender.example.org/sjuharad"
    assert told["SOURCE;VALUE=URI"] == f"{address}.ics?typ=samtal&for=narstaende"
    assert told["URL"] == f"{address}/?typ=samtal&for=narstaende"
    filename = 'inline; filename="kraftens-hus-sjuharad-samtal-narstaende.ics"'
    assert feed.headers["Content-Disposition"] == filename


@pytest.mark.parametrize(
    "other",
    ["typ=samtal&for=narstaende", "for=narstaende&typ=samtal&utm=1", "for=narstaende&typ=samtal&form=nix"],
)
def test_the_order_of_an_address_does_not_matter(sample_client: FlaskClient, other: str) -> None:
    """Nor does what nobody knows: a subscriber must rather see too much than miss a date."""
    first, second = (
        sample_client.get(f"/sjuharad.ics?{query}") for query in ("for=narstaende&typ=samtal", other)
    )
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize("file", [".ics", "/diskret.ics", ".json"])
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("for=narstaende&for=alla", "for=narstaende"),
        ("for=alla&typ=samtal&for=narstaende", "typ=samtal&for=alla"),
        ("typ=rorelse&typ=samtal&typ=lugn", "typ=rorelse"),
        ("sok=kaffe&sok=yoga", "sok=kaffe"),
        # One that says nothing is the first all the same: rather too much than a date missed.
        ("for=&for=narstaende", ""),
        ("for=nix&for=narstaende", ""),
    ],
)
def test_of_what_is_asked_for_twice_the_first_counts(
    sample_client: FlaskClient, file: str, query: str, first: str
) -> None:
    twice, once = (sample_client.get(f"/sjuharad{file}?{asked}") for asked in (query, first))
    assert twice.status_code == 200
    assert (twice.data, twice.headers["ETag"]) == (once.data, once.headers["ETag"])
    others = sample_client.get(f"/sjuharad{file}?{query.rpartition('&')[2]}")
    assert others.data != once.data


def test_a_search_narrows_a_feed_too(sample_client: FlaskClient) -> None:
    summaries = values(sample_client.get("/sjuharad.ics?sok=lunchyoga").data, "SUMMARY")
    assert summaries
    assert {summary.removeprefix("INSTÄLLT: ").removeprefix("FULLT: ") for summary in summaries} == {
        "Lunchyoga"
    }


@pytest.mark.parametrize("file", [".ics", "/diskret.ics"])
def test_a_date_that_is_otherwise_than_its_group_is_found_by_its_own_form_and_title(
    app: Flask, file: str
) -> None:
    with app.app_context():
        event = make_event(make_chapter("hus"), "2026-12-01 13:00", "2026-12-08 13:00", title="Prat")
        event.occurrences[1].form, event.occurrences[1].title = Form.ONLINE, "Luciakalas"
        db.session.commit()
    days = {
        query: [start[:8] for start in values(app.test_client().get(f"/hus{file}?{query}").data, "DTSTART")]
        for query in ("form=pa-plats", "form=digitalt", "sok=kalas", "sok=prat")
    }
    assert list(days.values()) == [["20261201"], ["20261208"], ["20261208"], ["20261201", "20261208"]]


def test_nobody_can_write_a_header_by_searching(sample_client: FlaskClient) -> None:
    feed = sample_client.get("/sjuharad.ics?sok=yoga%22%3B%20filename%3Dx%0D%0AX-A%3A%20b%20%C5%82")
    assert feed.status_code == 200
    filename = feed.headers["Content-Disposition"].removeprefix('inline; filename="').removesuffix('.ics"')
    assert filename.isascii()
    assert not set(filename) & set('"; =')
    assert "X-A" not in feed.headers


@pytest.mark.parametrize("house", HOUSES)
def test_a_discreet_feed_has_the_same_dates_and_tells_nothing(sample_app: Flask, house: str) -> None:
    client = sample_app.test_client()
    plain, discreet = (client.get(f"/{house}{file}") for file in (".ics", "/diskret.ics"))
    for name in ("UID", "DTSTART", "DTEND", "STATUS", "SEQUENCE", "LAST-MODIFIED", "URL"):
        assert values(discreet.data, name) == values(plain.data, name)
    assert set(names(parts(unfolded(discreet.data))[1][0])) <= {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "SUMMARY"),
        *("TRANSP", "LOCATION", "URL"),
    }
    with sample_app.app_context():
        titles = {title.casefold() for title in db.session.scalars(select(Event.title))}
    said = [*values(discreet.data, "SUMMARY"), *values(discreet.data, "LOCATION")]
    told = head(discreet.data)
    said += [told["NAME"], told["X-WR-CALNAME"], discreet.headers["Content-Disposition"]]
    text = " ".join(said).casefold()
    assert "kraftens" not in text
    assert "cancer" not in text
    assert not {title for title in titles if title in text}


@pytest.mark.parametrize(
    "address",
    [
        "/sjuharad/diskret.ics",
        "/sjuharad/diskret.ics?typ=rorelse&for=alla",
        "/sjuharad/diskret.ics?sok=lunchyoga",
        "/sjuharad/aktivitet/lunchyoga/diskret.ics",
    ],
)
def test_a_discreet_file_says_nothing_of_itself(sample_client: FlaskClient, address: str) -> None:
    feed = sample_client.get(address)
    assert values(feed.data, "UID")
    told = head(feed.data)
    assert told["NAME"] == told["X-WR-CALNAME"] == "Aktiviteter"
    description = "Ändringar och inställda träffar kommer av sig själva."
    assert told["DESCRIPTION"] == told["X-WR-CALDESC"] == description
    # Who fetches it anew from where it says must not get the plain one.
    assert told["SOURCE;VALUE=URI"] == f"https://kalender.example.org{address}"
    assert "URL" not in told
    assert feed.headers["Content-Disposition"] == 'inline; filename="kalender.ics"'


def test_a_link_that_is_open_to_all_is_in_no_discreet_feed(app: Flask) -> None:
    link = {"form": Form.ONLINE, "online_link": "https://m.example.org/kraftens", "link_is_open": True}
    with app.app_context():
        make_event(make_chapter("hus"), "2026-12-01 13:00", title="Kvällsprat", **link)
        db.session.commit()
    plain, discreet = (app.test_client().get(f"/hus{file}").data for file in (".ics", "/diskret.ics"))
    assert values(plain, "CONFERENCE") == ["https://m.example.org/kraftens"]
    assert values(discreet, "CONFERENCE") == []
    assert faults(discreet, discreet=True) == []


def test_a_discreet_feed_of_one_group_and_of_a_filter(sample_client: FlaskClient) -> None:
    group = sample_client.get("/sjuharad/aktivitet/lunchyoga/diskret.ics")
    plain = sample_client.get("/sjuharad/aktivitet/lunchyoga.ics")
    assert values(group.data, "UID") == values(plain.data, "UID") != []
    assert "yoga" not in " ".join(values(group.data, "SUMMARY")).casefold()
    assert set(values(group.data, "SUMMARY")) >= {"Rörelse"}
    narrowed = sample_client.get("/sjuharad/diskret.ics?typ=samtal")
    uids = values(sample_client.get("/sjuharad.ics?typ=samtal").data, "UID")
    assert values(narrowed.data, "UID") == uids


def test_where_a_discreet_date_is(app: Flask) -> None:
    """Street and town, without the names of places before them."""
    with app.app_context():
        house = make_chapter("hus", street="Gatan 1", city="Borås")
        make_event(
            house,
            "2026-12-01 13:00",
            title="A",
            place="Onkologen",
            address="Cancercentrum, Hus 3, Vägen 2, Solna",
        )
        make_event(house, "2026-12-02 13:00", title="B")
        make_event(house, "2026-12-03 13:00", title="C", address="Kraftens hus, Torget 3")
        make_event(house, "2026-12-04 13:00", title="D", form=Form.ONLINE, place="Videomöte")
        db.session.commit()
    data = app.test_client().get("/hus/diskret.ics").data
    assert values(data, "LOCATION") == ["Vägen 2\\, Solna", "Torget 3"]


@pytest.mark.parametrize(
    ("title", "neutral", "kind", "said"),
    [
        ("Lunchyoga", "Träff", Kind.MOVEMENT, "Träff"),
        ("Lunchyoga", "", Kind.MOVEMENT, "Rörelse"),
        ("Samtal", "", Kind.CONVERSATION, "Aktivitet"),
        ("Lunchyoga", "Yoga för cancerberörda", Kind.MOVEMENT, "Rörelse"),
        ("Lunchyoga", "Yoga på Kraftens hus", Kind.MOVEMENT, "Rörelse"),
        ("Lunchyoga", "LUNCHYOGA", Kind.MOVEMENT, "Rörelse"),
        ("Lunchyoga", "Vi ses på Lunchyoga", Kind.MOVEMENT, "Rörelse"),
        ("Rörelse", "Rörelse för alla", Kind.MOVEMENT, "Aktivitet"),
        ("Stängt", "", Kind.CLOSURE, "Stängt"),
        ("Julstängt", "Vi ses i vår", Kind.CLOSURE, "Stängt"),
    ],
)
def test_what_a_discreet_date_is_called(app: Flask, title: str, neutral: str, kind: Kind, said: str) -> None:
    with app.app_context():
        make_event(make_chapter("hus"), "2026-12-01 13:00", title=title, neutral_title=neutral, kind=kind)
        db.session.commit()
    assert values(app.test_client().get("/hus/diskret.ics").data, "SUMMARY") == [said]


@pytest.mark.parametrize("file", ["/hus/diskret.ics", "/hus/aktivitet/samtal/diskret.ics"])
def test_a_date_with_its_own_title_does_not_tell_the_groups(app: Flask, file: str) -> None:
    with app.app_context():
        event = make_event(
            make_chapter("hus"),
            *("2026-12-01 13:00", "2026-12-08 13:00"),
            title="Samtal",
            kind=Kind.CONVERSATION,
        )
        event.occurrences[1].title = "Lunchyoga"
        db.session.commit()
    assert values(app.test_client().get(file).data, "SUMMARY") == ["Aktivitet", "Aktivitet"]


@pytest.mark.parametrize("neutral", ["Vi ses på Lunchyoga", "Vi ses på Yogan"])
def test_a_neutral_title_may_give_away_neither_of_two_titles(app: Flask, neutral: str) -> None:
    with app.app_context():
        event = make_event(
            *(make_chapter("hus"), "2026-12-01 13:00"),
            title="Lunchyoga",
            neutral_title=neutral,
            kind=Kind.MOVEMENT,
        )
        event.occurrences[0].title = "Yogan"
        db.session.commit()
    assert values(app.test_client().get("/hus/diskret.ics").data, "SUMMARY") == ["Rörelse"]


@pytest.mark.parametrize(
    ("name", "words", "said"), [("neutral_title", "Träff", "Träff"), ("title", "Rörelse", "Aktivitet")]
)
def test_another_neutral_word_is_a_new_sequence(app: Flask, name: str, words: str, said: str) -> None:
    with app.app_context():
        event = make_event(make_chapter("hus"), "2026-12-01 13:00", title="Lunchyoga", kind=Kind.MOVEMENT)
        event.occurrences[0].title = "Bara i dag"
        db.session.commit()
        number = event.id
    before = app.test_client().get("/hus/diskret.ics")
    with app.app_context():
        setattr(db.session.get_one(Event, number), name, words)
        db.session.commit()
    after = app.test_client().get("/hus/diskret.ics")
    assert values(before.data, "SUMMARY") + values(after.data, "SUMMARY") == ["Rörelse", said]
    assert int(values(after.data, "SEQUENCE")[0]) == int(values(before.data, "SEQUENCE")[0]) + 1
    assert after.headers["ETag"] != before.headers["ETag"]


def test_what_is_not_there(sample_client: FlaskClient) -> None:
    addresses = (
        "/nix/diskret.ics",
        "/sjuharad/aktivitet/nix/diskret.ics",
        "/nix/aktivitet/lunchyoga/diskret.ics",
    )
    assert {sample_client.get(address).status_code for address in addresses} == {404}
