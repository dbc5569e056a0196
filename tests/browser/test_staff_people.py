"""A newcomer at a real browser: by keyboard alone, the password shown and hidden, the link told to nobody."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chromium import Watch
from tests.browser.planted import INVITATION
from tests.browser.staff_people_states import send
from tests.browser.test_staff_form import enter
from tests.people import PASSWORD

OWN = "tre ekar, en å och en bro"
STORED = "JSON.stringify(Object.values(localStorage)) + JSON.stringify(Object.values(sessionStorage))"


def test_a_newcomer_comes_in_by_keyboard_alone(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/personal/inbjudan/{INVITATION}")
    page.get_by_label("Användarnamn").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(OWN)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Visa lösenordet")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skapa konto och logga in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nästa gång loggar du in som inbjuden.")).to_be_visible()


def test_a_password_is_shown_on_demand_and_kept_nowhere(page: Page, own_address: str, watch: Watch) -> None:
    watch.expect_status(422)
    enter(page, own_address)  # what is typed is kept on the device of whoever is logged in
    page.clock.install()
    page.goto(f"{own_address}/personal/inbjudan/{INVITATION}")
    field, button = page.locator("[name=password]"), page.get_by_role("button", name="Visa lösenordet")
    expect(field).to_have_attribute("type", "password")
    button.click()
    field.fill("kort")
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator("[name=email]").fill("ostra@example.org")
    page.clock.run_for(5000)
    assert "kort" not in page.evaluate(STORED)
    send(page, "Skapa konto och logga in")
    expect(page.locator("#password-error")).to_be_visible()
    expect(field).to_have_attribute("type", "password")
    assert "kort" not in page.content()


def test_no_address_hears_of_the_link(page: Page, own_address: str) -> None:
    told: list[str] = []
    page.goto(f"{own_address}/personal/inbjudan/{INVITATION}")
    page.on("request", lambda request: told.append(str(request.all_headers())))
    page.get_by_role("link", name="Tillgänglighet").click()
    page.wait_for_load_state()
    assert told
    assert not [headers for headers in told if INVITATION in headers]


def test_a_link_is_copied_and_works_without_scripts_too(
    page: Page, own_address: str, new_context: Callable[..., BrowserContext]
) -> None:
    enter(page, own_address).goto(f"{own_address}/personal/sjuharad/personer/bjud-in")
    send(page, "Skapa inbjudan", name="Berit", own_password=PASSWORD)
    link = page.get_by_label("Länken visas bara den här gången").input_value()
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(f"{own_address}/{link.split('/', 3)[3]}")
    expect(plain.get_by_label("Användarnamn")).to_have_value("berit")
    plain.get_by_label("Lösenord").fill(OWN)
    plain.get_by_role("button", name="Skapa konto och logga in").click()
    expect(plain.get_by_text("Nästa gång loggar du in som berit.")).to_be_visible()
