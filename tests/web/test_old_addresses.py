"""The old address of a house or a group goes on working: pages lead on, files are the same file."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Audience, Kind
from khcal.db import db
from khcal.models import Event, OldAddress
from tests.factories import make_chapter, make_event

UID = re.compile(r"[\w-]+@khcal")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    with app.app_context():
        owner, guest = make_chapter("nytt-hus"), make_chapter("grannhus")
        members, relatives = (frozenset({audience}) for audience in (Audience.MEMBER, Audience.RELATIVE))
        make_event(owner, "2026-12-01 13:00", title="Nya gruppen", shown_in=(guest,), audience=members)
        make_event(owner, "2026-12-02 13:00", title="Prat", kind=Kind.CONVERSATION, audience=relatives)
        db.session.add(OldAddress(slug="gammalt-hus", new_chapter_id=owner.id))
        db.session.add(
            OldAddress(
                chapter_id=owner.id, slug="gamla-gruppen", new_chapter_id=owner.id, new_slug="nya-gruppen"
            )
        )
        db.session.commit()
    return app.test_client()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/gammalt-hus/", "/nytt-hus/"),
        ("/gammalt-hus/?typ=samtal&sok=%C3%A5", "/nytt-hus/?typ=samtal&sok=%C3%A5"),
        ("/gammalt-hus/vecka/2026-v48", "/nytt-hus/vecka/2026-v48"),
        ("/skarm/gammalt-hus", "/skarm/nytt-hus"),
        ("/q/gammalt-hus", "/q/nytt-hus"),
        ("/Nytt-Hus/", "/nytt-hus/"),
        ("/q/Nytt-hus", "/q/nytt-hus"),
        ("/nytt-hus/aktivitet/gamla-gruppen", "/nytt-hus/aktivitet/nya-gruppen"),
        ("/grannhus/aktivitet/gamla-gruppen", "/grannhus/aktivitet/nya-gruppen"),
        (
            "/nytt-hus/prenumerera?enhet=mac&grupp=gamla-gruppen&diskret=1",
            "/nytt-hus/prenumerera?enhet=mac&grupp=nya-gruppen&diskret=1",
        ),
        ("/gammalt-hus/prenumerera?grupp=nya-gruppen", "/nytt-hus/prenumerera?grupp=nya-gruppen"),
    ],
)
def test_a_page_leads_on_for_good(client: FlaskClient, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/gammalt-hus.ics", "/nytt-hus.ics"),
        ("/nytt-hus/aktivitet/gamla-gruppen.ics", "/nytt-hus/aktivitet/nya-gruppen.ics"),
        ("/gammalt-hus/aktivitet/gamla-gruppen.ics", "/nytt-hus/aktivitet/nya-gruppen.ics"),
        ("/gammalt-hus/diskret.ics", "/nytt-hus/diskret.ics"),
        ("/nytt-hus/aktivitet/gamla-gruppen/diskret.ics", "/nytt-hus/aktivitet/nya-gruppen/diskret.ics"),
        ("/gammalt-hus.json", "/nytt-hus.json"),
        ("/skarm/gammalt-hus/program.json", "/skarm/nytt-hus/program.json"),
    ],
)
def test_a_file_answers_the_same_bytes(client: FlaskClient, old: str, new: str) -> None:
    was, now = client.get(old), client.get(new)
    assert (was.status_code, was.data, was.headers["ETag"]) == (200, now.data, now.headers["ETag"])


@pytest.mark.parametrize("query", ["for=narstaende", "for=medlemmar", "typ=samtal&utm=1", "sok=prat"])
@pytest.mark.parametrize("file", [".ics", "/diskret.ics", ".json"])
def test_a_narrowed_file_answers_the_same_bytes(client: FlaskClient, file: str, query: str) -> None:
    # Asked twice, since what was asked for once may have been kept.
    was, again = (client.get(f"/gammalt-hus{file}?{query}") for _ in range(2))
    now, whole = client.get(f"/nytt-hus{file}?{query}"), client.get(f"/nytt-hus{file}")
    assert (was.status_code, was.data, was.headers["ETag"]) == (200, now.data, now.headers["ETag"])
    assert again.data == was.data
    assert [len(set(UID.findall(answer.text))) for answer in (was, whole)] == [1, 2]


def test_a_narrowed_file_at_an_old_address_tells_what_is_new(app: Flask, client: FlaskClient) -> None:
    addresses = [f"/gammalt-hus{file}?for=narstaende" for file in (".ics", "/diskret.ics", ".json")]
    before = [client.get(address).data for address in addresses]
    with app.app_context():
        db.session.scalars(db.select(Event).filter_by(slug="prat")).one().occurrences[0].cancel("Storm.")
        db.session.commit()
    after = [client.get(address) for address in addresses]
    assert all("INSTÄLLT" in answer.text or '"cancelled"' in answer.text for answer in after)
    assert not {answer.data for answer in after} & set(before)


@pytest.mark.parametrize("address", ["/aldrig-funnits/", "/nytt-hus/aktivitet/aldrig", "/aldrig.ics"])
def test_what_never_was_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
