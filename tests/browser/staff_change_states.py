"""The states of changing an activity: for some dates, one date alone, another name, another house."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

GROUP = "/personal/sjuharad/aktivitet/{SJ-05}"
DATE = "/personal/sjuharad/tillfalle/{SJ-05 2026-12-03}"


def _fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main form [name={name}]").first.fill(value)


def _send(page: Page, button: str, first: bool = False) -> None:
    """Press a button that sends its form, without the browser's own checks, and wait for the answer."""
    page.locator("main form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    found = page.get_by_role("button", name=button, exact=not first)
    with page.expect_event("load"):
        (found.first if first else found).click()


def other_hours(page: Page) -> None:
    _fill(page, title="Torsdagsgruppen", starts="12.30", extra_days="2026-12-05 10–12")
    _send(page, "Visa datum")


def met_another_group(page: Page) -> None:
    _fill(page, title="Öppet hus")
    _send(page, "Spara")


def one_date_refused(page: Page) -> None:
    _fill(page, title="Vi får besök", ends="9")
    _send(page, "Spara")


def come_second_to_a_date(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    _fill(other, title="Gästkväll")
    _send(other, "Spara")
    other.close()
    _fill(page, title="Tekväll")
    _send(page, "Spara")


def archive(page: Page) -> None:
    _send(page, "Arkivera")


def give_nowhere(page: Page) -> None:
    _send(page, "Ge till det nya huset")


def hide_one(page: Page) -> None:
    _send(page, "Dölj hos oss", first=True)


CHANGE = (
    State("staff-change-from", f"{GROUP}?tillfalle={{SJ-05 2026-12-03}}", 200, EDITOR),
    State("staff-change-from-dates", f"{GROUP}?tillfalle={{SJ-05 2026-12-03}}", 200, EDITOR, other_hours),
    State("staff-change-next", f"{GROUP}?tillfalle={{SJ-05 2026-11-26}}", 200, EDITOR),
    State("staff-change-same-name", GROUP, 422, EDITOR, met_another_group),
    State("staff-one-date", DATE, 200, EDITOR),
    State("staff-one-date-long-words", "/personal/langa/tillfalle/{long 2026-12-01}", 200, ADMIN),
    State("staff-one-date-refused", DATE, 422, EDITOR, one_date_refused),
    State(
        "staff-one-date-conflict",
        "/personal/langa/tillfalle/{trial 2026-11-27}",
        409,
        ADMIN,
        come_second_to_a_date,
    ),
    State("staff-owner", f"{GROUP}/agare", 200, ADMIN),
    State("staff-owner-refused", f"{GROUP}/agare", 422, ADMIN, give_nowhere),
    State("staff-owner-nowhere", f"{GROUP}/agare", 200, EDITOR),
    State("staff-not-over", GROUP, 422, EDITOR, archive),
    State("staff-from-others", "/personal/sjuharad/delade", 200, EDITOR),
    State("staff-from-others-hidden", "/personal/goteborg/delade", 200, ADMIN, hide_one),
    State("staff-from-others-none", "/personal/tomma/delade", 200, ADMIN),
)
