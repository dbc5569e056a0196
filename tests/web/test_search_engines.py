"""What search engines may read and find: every page by its one address, and nothing that is not public."""

from __future__ import annotations

from datetime import date, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter
from khcal.web.visitor import search_engines
from tests.databases import PUBLIC_URL
from tests.factories import make_chapter, make_event, make_occurrence
from tests.html import one

FEEDS = ("/sjuharad.ics", "/riks.ics", "/alla.ics", "/sjuharad/aktivitet/oppet-hus.ics")


def pages(client: FlaskClient) -> dict[str, str]:
    """The paths in the sitemap with what it says of their last change."""
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    found = {}
    for url in ElementTree.fromstring(answer.data):
        address = url.findtext("{*}loc") or ""
        assert address.startswith(f"{PUBLIC_URL}/")
        assert address not in found
        found[address] = url.findtext("{*}lastmod") or ""
    return {address.removeprefix(PUBLIC_URL): changed for address, changed in found.items()}


def test_every_page_in_the_sitemap_is_there_under_that_address(sample_client: FlaskClient) -> None:
    found = pages(sample_client)
    assert len(found) > 200
    assert {"/", "/om/integritet", "/sjuharad/", "/riks/huset", "/goteborg/prenumerera"} <= found.keys()
    for path in list(found)[::5]:
        answer = sample_client.get(path)
        assert answer.status_code == 200
        assert one(answer, "link[rel=canonical]")["href"] == PUBLIC_URL + path


def test_only_what_is_public_and_to_come_each_once(app: Flask) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        closed = make_chapter("borta", closed_on=date(2026, 11, 1))
        event = make_event(owner, "2026-11-23 13:00", "2026-12-01 13:00", title="Kaffe", shown_in=(guest,))
        coming = event.occurrences[1]
        make_occurrence(event, "2026-12-02 13:00", published=False)
        make_occurrence(event, "2026-12-03 13:00").withdraw()
        off = make_occurrence(event, "2026-12-04 13:00")
        off.cancel("Snö.")
        make_event(owner, "2026-11-23 13:00", title="Slut")
        make_event(owner, "2026-12-01 13:00", title="Utkast", published=False)
        make_event(closed, "2026-12-01 13:00", title="Borta")
        make_event(closed, "2026-12-02 13:00", title="Avlyst").occurrences[0].cancel("Huset har stängt.")
        db.session.commit()
        # What was moved into the past is over; what began before today goes on.
        back = make_event(owner, "2026-12-05 13:00", title="Slut").occurrences[0]
        back.move(datetime(2026, 11, 2, 13), datetime(2026, 11, 2, 15), "")
        goes_on = make_occurrence(event, "2026-11-20", hours=0, ends_at=datetime(2026, 11, 28))
        db.session.commit()
        shown = (coming, off, goes_on)
        expected = {f"/vard/tillfalle/{date.id}" for date in shown}
        changed = {each.changed_at for each in shown}
        house = db.session.scalars(db.select(Chapter).filter_by(slug="vard")).one().changed_at
    found = pages(app.test_client())
    assert {path for path in found if "/tillfalle/" in path} == expected
    assert {path for path in found if "/aktivitet/" in path} == {"/vard/aktivitet/kaffe"}
    assert not [path for path in found if path.startswith("/borta")]
    assert {datetime.fromisoformat(found[path]).timestamp() for path in expected} == changed
    assert datetime.fromisoformat(found["/vard/aktivitet/kaffe"]).timestamp() == max(changed)
    assert datetime.fromisoformat(found["/vard/huset"]).timestamp() == house
    assert found["/om/integritet"] == ""


def test_a_sitemap_is_never_larger_than_they_read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_engines, "MOST", 2)
    assert len(pages(app.test_client())) == 2


def test_robots_may_read_feeds(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert answer.mimetype == "text/plain"
    assert all(rules.can_fetch("Google-Calendar-Importer", address) for address in FEEDS)
    assert not rules.can_fetch("Googlebot", "/personal/")
    # Readers that know signs for "whatever stands here" must find no other rule either.
    assert [line for line in answer.text.splitlines() if line.startswith("Dis")] == ["Disallow: /personal/"]
    assert rules.site_maps() == [f"{PUBLIC_URL}/sitemap.xml"]
