"""The states of the history, of undoing, and of what was typed when a log-in had ended."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

NEW = "/personal/sjuharad/aktivitet/ny"
HISTORY = "/personal/langa/andringar"


def open_many(page: Page) -> None:
    """The page of a change of many dates, with the dates unfolded."""
    page.get_by_role("link", name="Flyttade: Gruppen").first.click()
    for summary in page.locator("main summary").all():
        summary.click()


def undo_what_was_changed_since(page: Page) -> None:
    change = page.locator(".staff-change").filter(has_text="Minnesrummet").last
    with page.expect_event("load"):
        change.get_by_role("button").click()


def type_a_little(page: Page) -> None:
    page.get_by_label("Titel", exact=True).fill("Adventsfika")
    page.get_by_label("Datum", exact=True).fill("2026-12-01")


def come_back_later(page: Page) -> None:
    """Type something, go away without saving, and come back."""
    type_a_little(page)
    page.reload()
    page.locator(".staff-kept").wait_for()


def send_too_late(page: Page) -> None:
    """Send a form when the log-in has ended."""
    type_a_little(page)
    page.context.clear_cookies()
    page.locator("#event-form").evaluate("form => { form.noValidate = true }")
    with page.expect_event("load"):
        page.get_by_role("button", name="Publicera", exact=True).click()


def get_it_back(page: Page) -> None:
    """Come back from the log-in page, which sends the form along with this mark."""
    type_a_little(page)
    page.evaluate(
        """() => {
          const form = document.getElementById("event-form");
          const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "aterta" });
          form.noValidate = true;
          form.append(mark);
        }"""
    )
    with page.expect_event("load"):
        page.get_by_role("button", name="Publicera", exact=True).click()


HISTORY_STATES = (
    State("staff-history", HISTORY, 200, ADMIN),
    State("staff-history-of-one", HISTORY + "?aktivitet={remember}", 200, ADMIN),
    State("staff-history-empty", "/personal/tomma/andringar", 200, ADMIN),
    State("staff-history-change", HISTORY, 200, ADMIN, open_many),
    State("staff-history-undo-asks", HISTORY, 409, ADMIN, undo_what_was_changed_since),
    State("staff-typed-offered", NEW, 200, EDITOR, come_back_later),
    State("staff-typed-log-in", NEW, 401, EDITOR, send_too_late),
    State("staff-typed-back", NEW, 422, EDITOR, get_it_back),
)
