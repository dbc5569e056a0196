"""The states of the staff's pages, with what a person does to come to them."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.staff_change_states import CHANGE
from tests.browser.staff_dates_states import DATES
from tests.browser.staff_history_states import HISTORY_STATES
from tests.browser.staff_house_states import HOUSE_STATES
from tests.browser.staff_import_states import IMPORTS
from tests.browser.staff_line_states import LINE
from tests.browser.staff_people_states import PEOPLE
from tests.browser.staff_programme_states import PROGRAMME
from tests.browser.staff_screen_states import SCREEN_STATES
from tests.browser.staff_term_states import TERM
from tests.browser.state import State
from tests.people import ADMIN, EDITOR

NEW = "/personal/sjuharad/aktivitet/ny"


def fill(page: Page, **values: str) -> None:
    """Type into the fields with these names, or choose in them."""
    for name, value in values.items():
        field = page.locator(f"#event-form [name={name}]").first
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)


def send(page: Page, button: str) -> None:
    """Press a button that sends the form, without the browser's own checks, and wait for the answer."""
    page.locator("main form").last.evaluate("form => { form.noValidate = true }")
    # A preview that comes in just now counts as a navigation too; only another page has its own content.
    with page.expect_event("domcontentloaded"):
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def log_in_wrongly(page: Page) -> None:
    page.locator("[name=name]").fill(EDITOR.name)
    page.locator("[name=password]").fill("fel lösenord")
    send(page, "Logga in")


def look_at_dates(page: Page) -> None:
    """A weekly group over New Year: a break, red days and a room that is taken."""
    values = {"first_day": "2026-11-30", "starts": "10", "ends": "12", "until": "2027-01-18"}
    fill(page, title="Öppet hus", repeat="weekly", **values)
    send(page, "Visa datum")
    page.locator(".staff-preview__dates").first.wait_for()


def publish_nothing(page: Page) -> None:
    send(page, "Publicera")


def publish_nonsense(page: Page) -> None:
    page.locator(".staff-more > summary").click()
    fill(page, title="Fika", first_day="2026-11-20", starts="25", ends="tolv", price="gratis")
    send(page, "Publicera")


def come_second(page: Page) -> None:
    """Save what somebody else has changed meanwhile."""
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, title="Provgruppen byter namn")
    send(other, "Spara")
    other.close()
    fill(page, title="Provgruppen ute")
    send(page, "Spara")


STAFF = (
    State("staff-log-in", "/personal/logga-in"),
    State("staff-log-in-wrong", "/personal/logga-in", 422, None, log_in_wrongly),
    State("staff-start", "/personal/", 200, ADMIN),
    *PROGRAMME,
    State("staff-new", NEW, 200, EDITOR),
    State("staff-new-dates", NEW, 200, EDITOR, look_at_dates),
    State("staff-new-empty-refused", NEW, 422, EDITOR, publish_nothing),
    State("staff-new-refused", NEW, 422, EDITOR, publish_nonsense),
    State("staff-edit", "/personal/sjuharad/aktivitet/{SJ-05}", 200, EDITOR),
    State("staff-edit-long-words", "/personal/langa/aktivitet/{long}", 200, ADMIN),
    State("staff-edit-conflict", "/personal/langa/aktivitet/{trial}", 409, ADMIN, come_second),
    *PEOPLE,
    State("staff-not-there", "/personal/goteborg/", 404, EDITOR),
    *DATES,
    *CHANGE,
    *LINE,
    *HOUSE_STATES,
    *SCREEN_STATES,
    *HISTORY_STATES,
    *IMPORTS,
    *TERM,
)
