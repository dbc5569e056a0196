"""A new activity filled by one line: what is understood, remarked on, lacking and not understood."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

NEW = "/personal/sjuharad/aktivitet/ny"
FIRST_EXAMPLE = "Samtalsgrupp för närstående tisdagar 13–15 från 12 januari till 1 juni, ej v. 7 och v. 14"
LONG_WORD = "Onkologirehabiliteringssamordningskonferensdeltagare"


def say(line: str) -> Callable[[Page], None]:
    """Write a line and wait until the form is filled by it."""

    def write(page: Page) -> None:
        page.locator("#line").fill(line)
        expect(page.locator("[name=filled_line]")).to_have_value(line)

    return write


def open_more_months(page: Page) -> None:
    say("yoga mån och ons 10-11 hela vårterminen i Köket")(page)
    page.locator(".staff-month summary").first.click()


def publish_without_kind(page: Page) -> None:
    say("Kvällsöppet 3/12 18–19")(page)
    page.locator("#event-form").evaluate("form => { form.noValidate = true }")
    with page.expect_event("load"):
        page.get_by_role("button", name="Publicera", exact=True).click()


LINE = (
    State("staff-line-filled", NEW, 200, EDITOR, say(FIRST_EXAMPLE)),
    State(
        "staff-line-remarks",
        NEW,
        200,
        EDITOR,
        say("föreläsning om sömn tisdag 25/11 17.30–19 även digitalt, anmälan senast 20/11, Samtalsrummet"),
    ),
    State("staff-line-earlier", NEW, 200, EDITOR, say("lunchyoga")),
    State(
        "staff-line-clash",
        NEW,
        200,
        EDITOR,
        say("Bokprat torsdag 26 november 17–19 i Samtalsrummet"),
    ),
    State("staff-line-long", NEW, 200, EDITOR, open_more_months),
    State(
        "staff-line-unread",
        NEW,
        200,
        EDITOR,
        say(f"bokprat i morgon kl 14 {LONG_WORD} (vid behov), fyrtioelva gånger"),
    ),
    State(
        "staff-line-long-words",
        "/personal/langa/aktivitet/ny",
        200,
        ADMIN,
        say(f"{LONG_WORD} i {LONG_WORD} i morgon"),
    ),
    State("staff-line-no-kind", NEW, 422, EDITOR, publish_without_kind),
)
