"""Feeds over HTTP: the same bytes for everybody, cheap to ask for again, open to every calendar program."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.clock import ZONE
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from khcal.models.sharing import hide_in
from tests.databases import close_app, make_app
from tests.factories import make_chapter, make_event
from tests.interop.lint import faults

FEEDS = ("/sjuharad.ics", "/riks.ics", "/alla.ics", "/sjuharad/aktivitet/oppet-hus.ics")
FEED = "/sjuharad.ics"


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_a_calendar_that_shared_caches_may_keep(sample_client: FlaskClient, address: str) -> None:
    answer = sample_client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == (
        "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400"
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/sjuharad.ics", "kraftens-hus-sjuharad.ics"),
        ("/alla.ics", "kraftens-hus-alla.ics"),
        ("/sjuharad/aktivitet/lunchyoga.ics", "kraftens-hus-sjuharad-lunchyoga.ics"),
    ],
)
def test_a_saved_file_is_named_after_its_house(sample_client: FlaskClient, address: str, name: str) -> None:
    assert sample_client.get(address).headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_each_house_has_its_own_colour(app: Flask) -> None:
    with app.app_context():
        for slug, colour in (("hus", "seagreen"), ("gard", "peru")):
            make_event(make_chapter(slug, colour=colour), "2026-12-01 13:00", title="Träff")
        db.session.commit()
    client = app.test_client()
    for slug, name, digits in (("hus", "seagreen", "2E8B57"), ("gard", "peru", "CD853F")):
        for rest in (".ics", ".ics?typ=skapande", "/diskret.ics", "/aktivitet/traff.ics"):
            lines = client.get(f"/{slug}{rest}").text.splitlines()
            assert {f"COLOR:{name}", f"X-APPLE-CALENDAR-COLOR:#{digits}"} <= set(lines)


@pytest.mark.parametrize(
    "address",
    [
        "/nix.ics",
        "/nix/aktivitet/lunchyoga.ics",
        "/sjuharad/aktivitet/nix.ics",
        "/sjuharad/tillfalle/999999.ics",
    ],
)
def test_what_is_not_there_is_said_in_plain_text(sample_client: FlaskClient, address: str) -> None:
    answer = sample_client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


@pytest.mark.parametrize("method", ["OPTIONS", "PROPFIND", "REPORT", "POST", "PUT", "DELETE"])
def test_clients_that_probe_are_told_what_works(sample_client: FlaskClient, method: str) -> None:
    answers = [sample_client.open(address, method=method) for address in FEEDS]
    assert {(answer.status_code, answer.headers["Allow"]) for answer in answers} == {(405, "GET, HEAD")}


def test_head_is_get_without_the_body(sample_client: FlaskClient) -> None:
    whole, head = sample_client.get(FEED), sample_client.head(FEED)
    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)
    assert head.content_length == len(whole.data)


def test_everybody_gets_the_same(sample_client: FlaskClient) -> None:
    agents = ("Google-Calendar-Importer", "iOS/19 (23A1) dataaccessd/1.0", "ICSx5/2.3", "")
    assert len({sample_client.get(FEED, headers={"User-Agent": agent}).data for agent in agents}) == 1


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', '"other", W/{0}', "*"])
def test_who_has_the_bytes_gets_a_304(sample_client: FlaskClient, form: str) -> None:
    whole = sample_client.get(FEED)
    again = sample_client.get(FEED, headers={"If-None-Match": form.format(whole.headers["ETag"])})
    assert (again.status_code, again.data) == (304, b"")
    kept = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy")
    assert {name: again.headers[name] for name in kept} == {name: whole.headers[name] for name in kept}


def test_the_etag_wins_over_the_time(sample_client: FlaskClient) -> None:
    whole = sample_client.get(FEED)
    time = {"If-Modified-Since": whole.headers["Last-Modified"]}
    assert sample_client.get(FEED, headers=time).status_code == 304
    assert sample_client.get(FEED, headers=time | {"If-None-Match": '"other"'}).status_code == 200
    early = {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert sample_client.get(FEED, headers=early).status_code == 200
    both = early | {"If-None-Match": whole.headers["ETag"]}
    assert sample_client.get(FEED, headers=both).status_code == 304


def test_zipped_it_is_the_same_file_with_its_own_etag(sample_client: FlaskClient) -> None:
    plain, zipped = sample_client.get(FEED), sample_client.get(FEED, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]}
    assert sample_client.get(FEED, headers=again).status_code == 304


@pytest.mark.parametrize(
    "accepted", ["gzip;q=0", "gzip; q=0.0", "identity", "br", "*;q=0", "br, gzip;q=0.000"]
)
def test_who_refuses_gzip_gets_the_plain_file(sample_client: FlaskClient, accepted: str) -> None:
    answer = sample_client.get(FEED, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("accepted", ["gzip;q=0.5", "br;q=1, gzip; q=0.1", "*", "*;q=0.2", "deflate , gzip"])
def test_who_takes_gzip_at_all_gets_it(sample_client: FlaskClient, accepted: str) -> None:
    answer = sample_client.get(FEED, headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "form", ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
)
def test_a_time_may_be_written_in_three_ways(sample_client: FlaskClient, form: str) -> None:
    """RFC 9110, 5.6.7: as today, as RFC 850 had it, and as C's asctime does."""
    modified = sample_client.get(FEED).last_modified
    assert modified is not None
    for moment, status in ((modified, 304), (modified - timedelta(seconds=1), 200)):
        since = {"If-Modified-Since": f"{moment:{form}}"}
        assert sample_client.get(FEED, headers=since).status_code == status


def test_last_modified_steps_with_the_window_and_never_back(sample_client: FlaskClient) -> None:
    modified, etags = [], set()
    for day in range(15):
        with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=ZONE) + timedelta(days=day), tick=False):
            answer = sample_client.get(FEED)
        modified.append(answer.headers["Last-Modified"])
        etags.add(answer.headers["ETag"])
    times = [parsedate_to_datetime(text) for text in modified]
    assert times == sorted(times)
    assert len(set(times)) == len(etags) == 3


def test_a_cancelled_date_stays_and_is_told_at_the_next_fetch(sample_copy: Flask) -> None:
    client = sample_copy.test_client()
    before = client.get(FEED)
    with sample_copy.app_context():
        date = db.session.scalars(db.select(Occurrence).join(Event).filter(Event.slug == "lunchyoga")).all()[
            -1
        ]
        date.cancel("Ledaren är sjuk.")
        db.session.commit()
    after = client.get(FEED, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.last_modified is not None
    assert before.last_modified is not None
    assert after.last_modified >= before.last_modified
    assert after.text.count("INSTÄLLT: Lunchyoga") == before.text.count("INSTÄLLT: Lunchyoga") + 1


def test_a_group_whose_publication_was_undone_keeps_its_feed(app: Flask) -> None:
    with app.app_context():
        event = make_event(make_chapter("hus"), "2026-12-01 13:00", title="Träff", short_text="Av misstag.")
        event.occurrences[0].withdraw()
        db.session.commit()
    answer = app.test_client().get("/hus/aktivitet/traff.ics")
    assert answer.status_code == 200
    assert "STATUS:CANCELLED" in answer.text
    assert "misstag" not in answer.text


@pytest.mark.parametrize("ends", ["hidden", "shared no longer"])
def test_who_subscribed_to_a_group_hears_that_its_house_shows_it_no_longer(app: Flask, ends: str) -> None:
    address = "/gast/aktivitet/fika.ics"
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        event = make_event(owner, "2026-12-01 13:00", title="Fika", shown_in=(guest,))
        db.session.commit()
        number, house = event.id, guest.id
    assert "DTSTART;TZID" in app.test_client().get(address).text
    with app.app_context():
        event, guest = db.session.get_one(Event, number), db.session.get_one(Chapter, house)
        hide_in(event, guest) if ends == "hidden" else event.show_in(())
        db.session.commit()
    answer = app.test_client().get(address)
    assert (answer.status_code, faults(answer.data)) == (200, [])
    assert "BEGIN:VEVENT" not in answer.text
    assert app.test_client().get("/gast/aktivitet/aldrig.ics").status_code == 404


def test_two_houses_that_save_in_one_second_are_both_told_of(
    any_engine_app: Flask, frozen_clock: time_machine.Traveller
) -> None:
    app = any_engine_app
    with app.app_context():
        for slug in ("ett", "annat"):
            make_event(make_chapter(slug), "2026-12-01 13:00", title=slug)
        db.session.commit()
    client, copies = app.test_client(), []
    frozen_clock.shift(timedelta(minutes=1))
    for slug in ("ett", "annat"):
        with app.app_context():
            db.session.scalars(db.select(Event).filter_by(slug=slug)).one().title = f"{slug} igen"
            db.session.commit()
        copies.append(client.get("/alla.ics"))
    since = {"If-Modified-Since": copies[0].headers["Last-Modified"]}
    assert copies[0].data != copies[1].data
    frozen_clock.shift(timedelta(minutes=1))
    assert client.get("/alla.ics", headers=since).status_code == 200


def test_a_house_without_dates_is_a_whole_calendar(app: Flask) -> None:
    with app.app_context():
        make_chapter("hus", name="Kraftens hus Tomt")
        db.session.commit()
    for address in ("/hus.ics", "/alla.ics"):
        answer = app.test_client().get(address)
        assert faults(answer.data) == []
        assert "BEGIN:VTIMEZONE" in answer.text


def test_no_house_at_all_is_a_calendar_too(client: FlaskClient) -> None:
    assert faults(client.get("/alla.ics").data) == []


def test_what_is_not_for_the_public_is_in_no_feed(app: Flask) -> None:
    secrets: dict[str, Any] = {
        "internal_note": "HEMLIG-ANTECKNING",
        "online_link": "https://m.example.org/HEMLIG-LANK",
        "leader": "HEMLIG-LEDARE",
        "signup_contact": "HEMLIG-KONTAKT",
    }
    with app.app_context():
        house = make_chapter("hus")
        make_event(house, "2026-12-01 13:00", title="Träff", **secrets)
        make_event(house, "2026-12-02 13:00", title="HEMLIGT-UTKAST", published=False)
        db.session.commit()
    client = app.test_client()
    texts = [client.get(address).text for address in ("/hus.ics", "/alla.ics", "/hus/aktivitet/traff.ics")]
    assert [text.count("BEGIN:VEVENT") for text in texts] == [1, 1, 1]
    assert "HEMLIG" not in "".join(texts)


def test_a_shared_date_leads_to_its_owner_and_keeps_its_uid(app: Flask) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        make_event(owner, "2026-12-01 13:00", shown_in=(guest,))
        db.session.commit()
    client = app.test_client()
    own, shown = (client.get(f"/{slug}.ics").text.partition("BEGIN:VEVENT")[2] for slug in ("vard", "gast"))
    assert own == shown
    assert "/vard/tillfalle/" in shown


def test_a_demonstration_says_so_in_the_name(app: Flask, tmp_path: Path) -> None:
    demo = make_app(tmp_path, tmp_path / "khcal.db", demo=True)
    assert "NAME:Kraftens hus\\, alla hus (påhittat program)\r\n" in demo.test_client().get("/alla.ics").text
    assert "påhittat" not in app.test_client().get("/alla.ics").text
    close_app(demo)
