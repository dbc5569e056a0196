"""The states of the pages about accounts and about houses themselves."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.planted import INVITATION, RESET
from tests.browser.state import State
from tests.people import ADMIN, EDITOR, PASSWORD, STRANGER

HOUSE = "/personal/sjuharad/personer"


def send(page: Page, button: str, **values: str) -> None:
    """Fill in the form without the browser's own checks, send it and wait for the answer."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").first.fill(value)
    page.locator("main form").last.evaluate("form => { form.noValidate = true }")
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def invite_nobody(page: Page) -> None:
    send(page, "Skapa inbjudan")


def be_handed_a_link(page: Page) -> None:
    send(page, "Skapa länk", own_password=PASSWORD)


def choose_badly(page: Page) -> None:
    send(page, "Spara och logga in", password="kort")


def type_another_password(page: Page) -> None:
    send(page, "Avsluta kontot", own_password="något helt annat")


def leave_as_the_last(page: Page) -> None:
    send(page, "Avsluta mitt konto", own_password=PASSWORD)


def make_nothing(page: Page) -> None:
    send(page, "Skapa huset", slug="personal")


def close_at_once(page: Page) -> None:
    send(page, "Stäng huset för gott", own_password=PASSWORD)


def close_for_good(page: Page) -> None:
    page.locator("[name=cancel_dates]").check()
    send(page, "Stäng huset för gott", own_password=PASSWORD)


PEOPLE = (
    State("staff-people", HOUSE, 200, EDITOR),
    State("staff-people-empty", "/personal/tomma/personer", 200, ADMIN),
    State("staff-invite", f"{HOUSE}/bjud-in", 200, EDITOR),
    State("staff-invite-refused", f"{HOUSE}/bjud-in", 422, EDITOR, invite_nobody),
    State("staff-link", HOUSE + "/{person kollega}/ny-lank", 200, EDITOR, be_handed_a_link),
    State("staff-new-link", HOUSE + "/{person kollega}/ny-lank", 200, EDITOR),
    State("staff-end", HOUSE + "/{person kollega}/ta-bort", 200, EDITOR),
    State("staff-end-refused", HOUSE + "/{person kollega}/ta-bort", 422, EDITOR, type_another_password),
    State("staff-new-password", f"/personal/losenord/{RESET}"),
    State("staff-new-password-refused", f"/personal/losenord/{RESET}", 422, None, choose_badly),
    State("staff-join", f"/personal/inbjudan/{INVITATION}"),
    State("staff-join-own-account", f"/personal/inbjudan/{INVITATION}", 200, STRANGER),
    State("staff-link-gone", "/personal/inbjudan/finns-inte", 404),
    State("staff-account", "/personal/konto", 200, EDITOR),
    State("staff-own-password", "/personal/konto/losenord", 200, EDITOR),
    State("staff-last-admin", "/personal/konto/avsluta", 422, ADMIN, leave_as_the_last),
    State("staff-everybody", "/personal/personer", 200, ADMIN),
    State("staff-invite-anywhere", "/personal/personer/bjud-in", 200, ADMIN),
    State("staff-access", "/personal/personer/{person kollega}/roll", 200, ADMIN),
    State("staff-houses", "/personal/hus", 200, ADMIN),
    State("staff-new-house", "/personal/hus/nytt", 200, ADMIN),
    State("staff-new-house-refused", "/personal/hus/nytt", 422, ADMIN, make_nothing),
    State("staff-rename-house", "/personal/hus/{house sjuharad}", 200, ADMIN),
    State("staff-close-house", "/personal/hus/{house goteborg}/stang", 422, ADMIN, close_at_once),
    State("staff-closed-house", "/personal/hus/{house goteborg}/stang", 200, ADMIN, close_for_good),
)
