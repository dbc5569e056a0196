"""Staff at work: each edit through its web form, as a browser sends it; dates are named by their labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Change, Chapter, Event, Occurrence, Room
from tests import html
from tests.people import ADMIN, EDITOR, STAFF, Person, client_of, make_user
from tests.web import house_forms, import_files, staff_dates, staff_forms
from tests.web.accounts import send as send_main_form
from tests.web.conftest import make_houses

HOUSE = "/personal/sjuharad"


def open_office(app: Flask) -> None:
    """Two houses, their rooms and everybody's account in an empty database."""
    with app.app_context():
        make_houses()
        for person in STAFF:
            make_user(person)
        db.session.commit()


@dataclass
class Office:
    """Those who plan in two houses, and the national association; ``uids`` are the labels of a watch."""

    app: Flask
    uids: dict[str, str]
    browsers: dict[tuple[str, date], FlaskClient] = field(default_factory=dict)

    def browser(self, person: Person = EDITOR) -> FlaskClient:
        """The person's browser, logged in at the first use of the day."""
        today = person.name, clock.today()
        if today not in self.browsers:
            self.browsers[today] = client_of(self.app, person)
        return self.browsers[today]

    # Activities.

    def create(self, action: str = "publicera", query: str = "", **values: Any) -> None:
        done(staff_forms.save(self.browser(), f"{staff_forms.NEW}{query}", action, **values))

    def change(self, label: str, path: str = HOUSE, person: Person = EDITOR, **values: Any) -> None:
        """The whole activity: look at the dates, save."""
        done(staff_forms.save(self.browser(person), f"{path}/aktivitet/{self.event(label)}", **values))

    def change_from(self, label: str, **values: Any) -> None:
        """The activity from one date on: come from its row, look at the dates, save."""
        address = f"{HOUSE}/aktivitet/{self.event(label)}"
        page = self.browser().get(f"{address}?tillfalle={self.date(label)}")
        shown = self.browser().post(f"{address}/datum", data=staff_forms.form_of(page) | values)
        done(self.browser().post(address, data=staff_forms.form_of(shown) | {"action": "publicera"}))

    def give(self, label: str, giver: str, taker: str) -> None:
        address = f"/personal/{giver}/aktivitet/{self.event(label)}/agare"
        page = self.browser(ADMIN).get(address)
        sent = html.fields(html.one(page, "main form.staff-alone")) | {"house": str(self.house(taker))}
        done(self.browser(ADMIN).post(address, data=sent))

    def extend(self, label: str, until: str) -> None:
        address = f"{HOUSE}/aktivitet/{self.event(label)}/forlang"
        form = html.one(self.browser().get(address), "main form.stack")
        looked = self.browser().post(f"{address}/datum", data=html.fields(form) | {"until": until})
        sent = html.fields(html.one(looked, "main form.stack")) | {"action": "publicera"}
        done(self.browser().post(address, data=sent))

    def copy_term(self, **days: str) -> None:
        page = self.browser().get(f"{HOUSE}/termin", query_string=days)
        sent = html.fields(html.one(page, "#term-form")) | {"action": "utkast"}
        done(self.browser().post(f"{HOUSE}/termin", data=sent))

    def publish_term(self) -> None:
        self.press(f"{HOUSE}/termin/{self.latest_change()}", "/publicera")

    # Dates.

    def on_date(self, label: str, action: str, **values: Any) -> None:
        """``stall-in`` or ``flytta`` one date."""
        done(staff_dates.send(self.browser(), staff_dates.address(self.date(label), action), **values))

    def bring_back(self, label: str) -> None:
        number = self.date(label)
        self.press(staff_dates.address(number, "stall-in"), f"/tillfalle/{number}/ta-tillbaka")

    def on_several(self, action: str, *labels: str, query: str = "", **values: Any) -> None:
        chosen = query or "&".join(f"tillfalle={self.date(label)}" for label in labels)
        do = staff_dates.look_and_send if action == "flytta" else staff_dates.send
        done(do(self.browser(), f"{staff_dates.ALL}/{action}?{chosen}", **values))

    def change_date(self, label: str, **values: Any) -> None:
        address = f"{HOUSE}/tillfalle/{self.date(label)}"
        sent = html.fields(html.one(self.browser().get(address), "#date-form")) | values
        done(self.browser().post(address, data=sent))

    def tap_places(self, label: str) -> None:
        number = self.date(label)
        with self.app.app_context():
            day = db.session.get_one(Occurrence, number).starts_at.date()
        form = html.one(self.browser().get(f"{HOUSE}/?fran={day}"), f"#tillfalle-{number} .staff-row__places")
        done(self.browser().post(str(form["action"]), data=html.fields(form)))

    # The house.

    def fill(self, path: str, **values: Any) -> None:
        """One of the forms of the house's own facts."""
        done(house_forms.send(self.browser(), f"{house_forms.HOUSE}/{path}", **values))

    def close(self, path: str = "stangt/ny", **values: Any) -> None:
        """Look at what a closure hits, then save as it stands."""
        address = f"{house_forms.HOUSE}/{path}"
        sent = house_forms.form_at(self.browser(), address) | values
        page = self.browser().post(f"{address}/traffar", data=sent)
        done(self.browser().post(address, data=house_forms.sent_of(page)))

    def rename_house(self, house: str, **values: Any) -> None:
        path = f"/personal/hus/{self.house(house)}"
        done(send_main_form(self.browser(ADMIN), path, "main form.stack", **values))

    def new_house(self, **values: Any) -> None:
        done(send_main_form(self.browser(ADMIN), "/personal/hus/nytt", **values))

    def bring_in(self, cells: str) -> None:
        import_files.bring_in(self.browser(), cells)

    # Whatever has a button.

    def press(self, page: str, action: str, person: Person = EDITOR) -> None:
        done(house_forms.press(self.browser(person), page, action))

    def undo(self) -> None:
        """Take back the latest change, as the history offers it."""
        number = self.latest_change()
        self.press(f"{HOUSE}/andringar/{number}", f"/andringar/{number}/angra")

    # What is where.

    def date(self, label: str) -> int:
        return self._id(select(Occurrence.id).where(Occurrence.uid == self.uids[label]))

    def event(self, label: str) -> int:
        return self._id(select(Occurrence.event_id).where(Occurrence.uid == self.uids[label]))

    def newest_event(self) -> int:
        return self._id(select(func.max(Event.id)))

    def house(self, slug: str) -> int:
        return self._id(select(Chapter.id).where(Chapter.slug == slug))

    def room(self, name: str) -> int:
        return self._id(select(Room.id).where(Room.name == name))

    def latest_change(self) -> int:
        return self._id(select(func.max(Change.id)))

    def _id(self, statement: Any) -> int:
        with self.app.app_context():
            return int(db.session.scalars(statement).one())


def done(answer: TestResponse) -> None:
    """An edit that was refused would prove nothing."""
    assert answer.status_code == 303, html.texts(answer, ".error-summary, .staff-conflict, main")
