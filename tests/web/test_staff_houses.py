"""Making, renaming, closing and opening houses, without code."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as ask
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from khcal.calendaring.terms import RESERVED_SLUGS, Status
from khcal.db import db
from khcal.models import Chapter, Occurrence
from tests.factories import make_event
from tests.html import fields, links, one, select, texts, words
from tests.people import ADMIN, EDITOR, client_of
from tests.web.accounts import last_change, send

HOUSES = "/personal/hus"
NEW = {"name": "Kraftens hus Västerås", "short_name": "Västerås", "city": "Västerås"}


@pytest.fixture
def admin(staff_app: Flask) -> FlaskClient:
    """The browser of a national admin, logged in."""
    return client_of(staff_app, ADMIN)


def number_of(app: Flask, slug: str) -> int:
    with app.app_context():
        return int(db.session.scalars(ask(Chapter.id).where(Chapter.slug == slug)).one())


def plan(app: Flask, slug: str = "sjuharad", shown_in: str = "") -> int:
    """A group with a date to come and one that was; its number."""
    with app.app_context():
        found = {house.slug: house for house in db.session.scalars(ask(Chapter))}
        others = (found[shown_in],) if shown_in else ()
        event = make_event(
            found[slug], "2026-11-20 13:00", "2026-12-01 13:00", title="Målarkväll", shown_in=others
        )
        db.session.commit()
        return int(event.id)


def test_a_new_house_has_pages_a_feed_and_a_wall(admin: FlaskClient, staff_app: Flask) -> None:
    answer = send(admin, f"{HOUSES}/nytt", **NEW)
    assert answer.headers["Location"] == HOUSES
    assert "Kraftens hus Västerås finns nu, på adressen /vasteras/." in words(admin.get(HOUSES))
    for path in ("/vasteras/", "/vasteras.ics", "/skarm/vasteras", "/personal/vasteras/"):
        assert admin.get(path).status_code == 200
    with staff_app.app_context():
        assert last_change()[0].verb == "house-create"


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_no_house_takes_an_address_of_khcals_own(admin: FlaskClient, slug: str) -> None:
    answer = send(admin, f"{HOUSES}/nytt", **NEW, slug=slug)
    assert answer.status_code == 422
    assert "hör till kalendern själv" in words(one(answer, "#slug-error"))


def test_every_address_of_khcals_own_is_reserved(staff_app: Flask) -> None:
    starts = set()
    for rule in staff_app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        starts |= {parts[0]} | ({parts[1]} if parts[0] == "personal" and len(parts) > 1 else set())
    fixed = {part for part in starts if part and "<" not in part and "." not in part}
    assert fixed - RESERVED_SLUGS == set()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"slug": "Västerås"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"slug": "sjuharad"}, "slug"),
        ({"short_name": "Göteborg"}, "slug"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    admin: FlaskClient, staff_app: Flask, values: dict[str, str], field: str
) -> None:
    answer = send(admin, f"{HOUSES}/nytt", **(NEW | values))
    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")
    assert one(answer, "[name=city]")["value"] == "Västerås"
    with staff_app.app_context():
        assert db.session.scalar(ask(db.func.count()).select_from(Chapter)) == 2


def test_a_renamed_house_is_found_at_its_old_address(admin: FlaskClient, staff_app: Flask) -> None:
    plan(staff_app)
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    send(admin, path, name="Kraftens hus Borås", short_name="Borås", slug="boras")
    visitor = staff_app.test_client()
    assert visitor.get("/sjuharad/").headers["Location"] == "/boras/"
    assert visitor.get("/q/sjuharad").headers["Location"] == "/q/boras"
    old, new = visitor.get("/sjuharad.ics"), visitor.get("/boras.ics")
    assert (old.status_code, old.data) == (200, new.data)
    assert b"M\xc3\xa5larkv\xc3\xa4ll" in new.data
    editor = client_of(staff_app, EDITOR)
    assert editor.get("/personal/sjuharad/").status_code == 200
    assert "/personal/boras/" in links(editor.get("/personal/sjuharad/"), "header a")
    with staff_app.app_context():
        assert last_change()[0].verb == "house-rename"


def test_renaming_twice_and_back_leaves_no_dead_address(admin: FlaskClient, staff_app: Flask) -> None:
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    for slug in ("boras", "alvsborg", "sjuharad"):
        send(admin, path, slug=slug)
    visitor = staff_app.test_client()
    assert visitor.get("/sjuharad/").status_code == 200
    for old in ("boras", "alvsborg"):
        assert visitor.get(f"/{old}/").headers["Location"] == "/sjuharad/"


def test_two_who_rename_a_house_both_see_both_names(admin: FlaskClient, staff_app: Flask) -> None:
    path, other = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}", client_of(staff_app, ADMIN)
    sent = fields(one(other.get(path), "main form")) | {"name": "Kraftens hus Älvsborg"}
    send(admin, path, name="Kraftens hus Borås", short_name="Borås")
    answer = other.post(path, data=sent)
    assert answer.status_code == 409
    assert texts(answer, ".staff-conflict__text") == ["Kraftens hus Älvsborg", "Kraftens hus Borås"]
    again = other.post(path, data=fields(one(answer, "main form")))
    assert again.status_code == 303
    with staff_app.app_context():
        house = db.session.scalars(ask(Chapter).where(Chapter.slug == "sjuharad")).one()
        assert (house.name, house.short_name) == ("Kraftens hus Älvsborg", "Borås")


def test_renaming_at_the_very_same_moment(
    admin: FlaskClient, staff_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise StaleDataError("another transaction was first")

    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    sent = fields(one(admin.get(path), "main form")) | {"name": "Kraftens hus Borås"}
    monkeypatch.setattr(db.session, "commit", lose)
    answer = admin.post(path, data=sent)
    assert answer.status_code == 409
    assert one(answer, "[name=name]")["value"] == "Kraftens hus Borås"
    assert "Inget sparades" in words(one(answer, ".staff-conflict"))


def test_nobody_takes_over_an_old_address(admin: FlaskClient, staff_app: Flask) -> None:
    send(admin, f"{HOUSES}/{number_of(staff_app, 'sjuharad')}", slug="boras")
    other = f"{HOUSES}/{number_of(staff_app, 'goteborg')}"
    for path in (f"{HOUSES}/nytt", other):
        answer = send(admin, path, **(NEW if path.endswith("nytt") else {}), slug="sjuharad")
        assert answer.status_code == 422
        assert "har bytt namn" in words(one(answer, "#slug-error"))


def test_a_house_with_dates_to_come_is_not_closed_by_mistake(admin: FlaskClient, staff_app: Flask) -> None:
    plan(staff_app, shown_in="goteborg")
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}/stang"
    told = texts(admin.get(path), ".staff-planned li")
    assert told == ["Målarkväll 1 tillfälle, från tisdag 1 december. Visas också i Göteborg."]
    answer = send(admin, path)
    assert answer.status_code == 422
    assert "lämna över dem till ett annat hus först" in words(one(answer, "#cancel_dates-error"))
    assert staff_app.test_client().get("/sjuharad/").status_code == 200


def test_closing_calls_off_what_is_to_come(admin: FlaskClient, staff_app: Flask) -> None:
    event = plan(staff_app, shown_in="goteborg")
    visitor = staff_app.test_client()
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    done = send(admin, f"{path}/stang", cancel_dates="y")
    assert done.headers["Location"] == f"{path}/besked"
    assert visitor.get("/sjuharad/").status_code == 404
    assert client_of(staff_app, EDITOR).get("/personal/sjuharad/").status_code == 404
    assert "Huset har stängt." in words(visitor.get("/goteborg/"))
    with staff_app.app_context():
        rows = db.session.scalars(ask(Occurrence).order_by(Occurrence.starts_at).filter_by(event_id=event))
        assert [row.status for row in rows] == [Status.PLANNED, Status.CANCELLED]
        assert last_change()[0].verb == "house-close"


def test_links_to_what_others_show_are_not_dead(admin: FlaskClient, staff_app: Flask) -> None:
    plan(staff_app, shown_in="goteborg")
    with staff_app.app_context():
        date = db.session.scalars(ask(Occurrence.id).order_by(Occurrence.id.desc()).limit(1)).one()
    send(admin, f"{HOUSES}/{number_of(staff_app, 'sjuharad')}/stang", cancel_dates="y")
    visitor = staff_app.test_client()
    for way in (f"tillfalle/{date}", "aktivitet/malarkvall"):
        answer = visitor.get(f"/sjuharad/{way}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/goteborg/{way}")
        assert visitor.get(f"/goteborg/{way}").status_code == 200
    assert visitor.get("/sjuharad/tillfalle/999999").status_code == 404
    assert "STATUS:CANCELLED" in visitor.get("/sjuharad/aktivitet/malarkvall.ics").text


def test_closing_for_good_leads_to_a_text_to_send(admin: FlaskClient, staff_app: Flask) -> None:
    plan(staff_app)
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    assert admin.get(f"{path}/besked").headers["Location"] == HOUSES
    for _again in range(2):
        done = send(admin, f"{path}/stang", cancel_dates="y")
        assert done.headers["Location"] == f"{path}/besked"
    page = admin.get(f"{path}/besked")
    assert "Kraftens hus Sjuhärad är stängt." in words(page)
    assert words(one(page, "#copy-subject")) == "Kraftens hus Sjuhärad har stängt för gott"
    assert words(one(page, "#copy-message")) == (
        "Kraftens hus Sjuhärad har stängt för gott. Ett tillfälle är inställt. "
        "De andra husen: https://kalender.example.org/"
    )
    assert "Det här blir inte av: - Målarkväll, tisdag 1 december" in words(one(page, "#copy-mail"))
    assert f"{path}/besked" in links(admin.get(HOUSES))


def test_a_closed_house_opens_again(admin: FlaskClient, staff_app: Flask) -> None:
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    send(admin, f"{path}/stang")
    assert texts(admin.get(HOUSES), ".staff-person__name")[-1] == "Kraftens hus Sjuhärad stängt"
    send(admin, HOUSES, form=f"form[action='{path}/oppna']")
    assert staff_app.test_client().get("/sjuharad/").status_code == 200
    assert client_of(staff_app, EDITOR).get("/personal/sjuharad/").status_code == 200
    with staff_app.app_context():
        assert last_change()[0].verb == "house-open"


def test_closing_asks_for_ones_own_password(admin: FlaskClient, staff_app: Flask) -> None:
    answer = send(admin, f"{HOUSES}/{number_of(staff_app, 'sjuharad')}/stang", own_password="fel här med")
    assert answer.status_code == 422
    assert select(answer, "#own_password-error")
    assert staff_app.test_client().get("/sjuharad/").status_code == 200


def press_undo(client: FlaskClient, number: int, **sent: str) -> TestResponse:
    """Send what Ångra in the history sends."""
    token = str(one(client.get("/personal/konto"), ".staff-exit [name=csrf_token]")["value"])
    return client.post(f"/personal/sjuharad/andringar/{number}/angra", data={"csrf_token": token} | sent)


@pytest.mark.parametrize("is_renamed", [True, False])
def test_an_editor_takes_back_nothing_that_was_done_to_the_house(
    admin: FlaskClient, staff_app: Flask, is_renamed: bool
) -> None:
    path = f"{HOUSES}/{number_of(staff_app, 'sjuharad')}"
    if is_renamed:
        send(admin, path, name="Kraftens hus Borås", slug="boras")
    else:
        send(admin, f"{path}/stang")
        send(admin, HOUSES, form=f"form[action='{path}/oppna']")
    with staff_app.app_context():
        number = last_change()[0].id
    editor, history = client_of(staff_app, EDITOR), "/personal/sjuharad/andringar"
    for person, buttons in ((editor, 0), (admin, 1)):
        assert len(select(person.get(history), f"form[action$='/{number}/angra']")) == buttons
        assert len(select(person.get(f"{history}/{number}"), f"form[action$='/{number}/angra']")) == buttons
    told = press_undo(editor, number)
    assert told.status_code == 409
    assert "Det får bara den som sköter alla hus ändra tillbaka." in words(one(told, "main"))
    assert press_undo(editor, number, resten="ja").status_code == 303
    with staff_app.app_context():
        assert last_change()[0].id == number
        house = db.session.scalars(ask(Chapter).order_by(Chapter.id).limit(1)).one()
        assert (house.slug, house.closed_on) == ("boras" if is_renamed else "sjuharad", None)
    assert press_undo(admin, number).status_code == 303


def test_closing_for_good_is_called_otherwise_than_closing_for_a_day(admin: FlaskClient) -> None:
    [way] = [
        a for a in select(admin.get(HOUSES), "main a") if words(a).startswith("Stäng") and "Sjuh" in words(a)
    ]
    assert words(way) == "Stäng för gott : Kraftens hus Sjuhärad"
    for_good = admin.get(str(way["href"]))
    assert texts(for_good, "h1") == ["Stäng Kraftens hus Sjuhärad för gott"]
    own = [admin.get(f"/personal/sjuharad/huset/{page}") for page in ("stangt-i-dag", "stangt/ny")]
    assert [texts(page, "main form button.button")[-1] for page in (for_good, *own)] == [
        "Stäng huset för gott",
        "Stäng huset i dag",
        "Stäng huset de dagarna",
    ]
