"""The step into one's own phone: the right way stands open, and a tick changes every address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

PAGE = "/sjuharad/prenumerera"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
AGENTS = {
    "iPhone och iPad": IPHONE,
    "Android-telefon": "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36",
    "Windows-dator": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0",
    "Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0",
}


@pytest.mark.parametrize("device", AGENTS)
def test_the_way_that_fits_stands_first_and_open(
    new_context: Callable[..., BrowserContext], device: str
) -> None:
    page = new_context(user_agent=AGENTS[device]).new_page()
    page.goto(PAGE)
    ways = page.locator("details.device")
    expect(ways).to_have_count(5)
    expect(ways.first.locator("h2")).to_have_text(device)
    expect(page.locator("details.device[open]")).to_have_count(1)
    expect(ways.first).to_have_attribute("open", "")


def test_the_button_is_on_the_first_screen_of_an_iphone(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(user_agent=IPHONE).new_page()
    page.goto(PAGE)
    expect(page.get_by_role("link", name="Lägg till i min kalender").first).to_be_in_viewport(ratio=1)


def test_nobody_knows_what_a_strange_device_is(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(user_agent="Mozilla/5.0 (SMART-TV; Linux)").new_page()
    page.goto(PAGE)
    expect(page.locator("details.device")).to_have_count(5)
    expect(page.locator("details.device[open]")).to_have_count(0)


def test_a_tick_makes_every_address_discreet_and_leaves_the_way_open(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_text("Windows-dator").click()
    page.get_by_label("Diskret").check()
    page.wait_for_url("**/prenumerera?enhet=windows&diskret=1")
    expect(page.get_by_label("Adress att klistra in")).to_have_value(
        f"{page.url.partition('/sjuharad')[0]}/sjuharad/diskret.ics"
    )
    expect(page.locator("details.device[open] h2")).to_have_text("Windows-dator")
    page.go_back()
    page.wait_for_url("**/prenumerera")
    expect(page.get_by_label("Diskret")).not_to_be_checked()


def test_without_scripts_everything_is_there(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    page.get_by_role("link", name="Android-telefon").click()
    expect(page.locator("details.device[open] h2")).to_have_text("Android-telefon")
    page.get_by_label("Diskret").check()
    page.get_by_role("button", name="Använd valet").click()
    expect(page.get_by_label("Adress att klistra in")).to_have_value(
        f"{page.url.partition('/sjuharad')[0]}/sjuharad/diskret.ics"
    )
    expect(page.locator("details.device[open] h2")).to_have_text("Android-telefon")


def test_the_steps_lead_to_the_address_that_they_speak_of(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(user_agent=AGENTS["Windows-dator"]).new_page()
    page.goto(PAGE)
    page.get_by_role("link", name="längre ner på sidan").first.click()
    expect(page.get_by_role("heading", name="Kalenderns adress")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Kopiera")).to_be_in_viewport()


def first_date(page: Page) -> None:
    page.goto("/sjuharad/?sok=lunchyoga")
    page.locator(".row:not(.row--off) .row__link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lunchyoga")


def test_a_date_is_handed_on_by_the_devices_own_way(page: Page) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what }")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    shared = page.evaluate("window.shared")
    assert shared["url"] == page.url
    assert shared["title"].startswith("Lunchyoga, torsdag 26\N{NO-BREAK SPACE}november")


def test_where_there_is_no_such_way_the_address_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_role("button", name="Länken är kopierad")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_what_the_device_refuses_to_share_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = async () => { throw new DOMException('', 'NotAllowedError') }")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_role("button", name="Länken är kopierad")).to_be_visible()


def test_who_thinks_better_of_sharing_is_told_nothing(page: Page) -> None:
    page.add_init_script("navigator.share = async () => { throw new DOMException('', 'AbortError') }")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_role("button", name="Dela det här datumet")).to_be_visible()
    expect(page.locator("#announcement")).to_be_empty()


def test_where_nothing_is_allowed_the_link_is_shown(page: Page) -> None:
    page.add_init_script(
        "delete Navigator.prototype.share;"
        "Clipboard.prototype.writeText = async () => { throw new DOMException('', 'NotAllowedError') }"
    )
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_role("button", name=page.url)).to_be_visible()
