"""The pages about screens: their states, and what a person does to come to them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.planted_screens import KEYS
from tests.browser.staff_house_states import fill, send
from tests.browser.state import State
from tests.people import ADMIN, EDITOR

SCREENS = "/personal/sjuharad/skarmar"
ENTRANCE = f"{SCREENS}/{{screen sjuharad}}"


def type_a_wrong_code(page: Page) -> None:
    fill(page, code="cdfh 2345", name="Skärmen i salen")
    send(page, "Koppla skärmen")


def hear_the_screens(page: Page) -> None:
    """All is well, or it shows another day, or has an old release, or knows no programme."""
    answer = page.request.get("/skarm/sjuharad/program.json")
    programme = answer.json()
    well = {
        "revision": programme["rev"],
        "shell": answer.headers["x-kiosk-shell"],
        "day": programme["days"][0]["date"],
        "rendered_at": int(answer.headers["x-server-time"]),
    }
    said: dict[str, dict[str, object]] = {
        "entrance": {},
        "tablet": {"day": "2026-11-23"},
        "upstairs": {"shell": "0123456789abcdef"},
        "library": {"revision": None, "day": None},
    }
    for screen, otherwise in said.items():
        page.request.post(
            "/skarm/sjuharad/puls", data=well | otherwise, headers={"X-Screen-Key": KEYS[screen]}
        )
    page.reload()
    for told in ("visar rätt version", "Tyst sedan", "Visar gammalt program"):
        expect(page.get_by_text(told).first).to_be_visible()


def half_the_hours(page: Page) -> None:
    fill(page, name="", opens="8")
    send(page, "Spara")


SCREEN_STATES = (
    State("staff-screens", SCREENS, 200, EDITOR, hear_the_screens),
    State("staff-screens-empty", "/personal/tomma/skarmar", 200, ADMIN),
    State("staff-screen", ENTRANCE, 200, EDITOR),
    State("staff-screen-to-move", ENTRANCE, 200, ADMIN),
    State("staff-screen-refused", ENTRANCE, 422, EDITOR, half_the_hours),
    State("staff-screen-gone", f"{SCREENS}/999999", 404, EDITOR),
    State("staff-screen-first", "/personal/tomma/skarmar/ny?kod=CDFH-2345", 200, ADMIN),
    State("staff-screen-new", f"{SCREENS}/ny", 200, EDITOR),
    State("staff-screen-new-refused", f"{SCREENS}/ny", 422, EDITOR, type_a_wrong_code),
    State("staff-screen-house", "/personal/skarmar/para?kod=CDFH-2345", 200, ADMIN),
)
