"""Filling in the staff's forms as a browser does: look at the page, change some fields, send it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.html import Answer, fields, one, select

NEW = "/personal/sjuharad/aktivitet/ny"
ONE_DATE = {"title": "Kvällsfika", "kind": "conversation"} | {
    "first_day": "2026-12-03",
    "starts": "18",
    "ends": "19.30",
}
WEEKLY = ONE_DATE | {"repeat": "weekly", "until": "2026-12-17"}


def form_of(page: Answer) -> dict[str, Any]:
    """What a browser would send of the activity's form as it stands."""
    return fields(one(page, "#event-form"))


def look_at(client: FlaskClient, address: str = NEW, **values: Any) -> TestResponse:
    """The form with these values and the dates they lead to, before saving."""
    return client.post(f"{address}/datum", data=form_of(client.get(address)) | values)


def save(client: FlaskClient, address: str = NEW, action: str = "publicera", **values: Any) -> TestResponse:
    """Look at the dates, then save what was shown."""
    return client.post(address, data=form_of(look_at(client, address, **values)) | {"action": action})


def press(client: FlaskClient, page: Answer, action: str) -> Any:
    """Send the form on the page that goes to ``action``."""
    form = select(page, f"form[action$='{action}']")[0]
    return client.post(str(form["action"]), data=fields(form))


def token(client: FlaskClient) -> dict[str, str]:
    """The token that every form of this log-in carries."""
    page = client.get("/personal/", follow_redirects=True)
    return {"csrf_token": str(one(page, ".staff-exit [name=csrf_token]")["value"])}
