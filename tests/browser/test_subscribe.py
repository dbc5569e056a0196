"""The step into one's own phone: the right way stands open, and a tick changes every address at once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

PAGE = "/sjuharad/prenumerera"
REFUSED = "Clipboard.prototype.writeText = async () => { throw new DOMException('', 'NotAllowedError') };"
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


@pytest.mark.parametrize(
    ("device", "name"),
    [("iPhone och iPad", "Lägg till i min kalender"), ("Android-telefon", "Öppna Google Kalender")],
)
def test_the_button_is_on_the_first_screen_of_a_phone(
    new_context: Callable[..., BrowserContext], device: str, name: str
) -> None:
    page = new_context(user_agent=AGENTS[device]).new_page()
    page.goto(PAGE)
    expect(page.get_by_role("link", name=name, exact=True).first).to_be_in_viewport(ratio=1)


def test_an_ipad_is_no_mac(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(user_agent=AGENTS["Mac"], has_touch=True).new_page()
    page.add_init_script("Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 })")
    page.goto(PAGE)
    expect(page.locator("details.device[open] h2")).to_have_text("iPhone och iPad")


def test_nobody_knows_what_a_strange_device_is(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(user_agent="Mozilla/5.0 (SMART-TV; Linux)").new_page()
    page.goto(PAGE)
    expect(page.locator("details.device")).to_have_count(5)
    expect(page.locator("details.device[open]")).to_have_count(0)


def feed(page: Page, name: str = "/sjuharad.ics") -> str:
    return f"{page.url.partition('/sjuharad')[0]}{name}"


def ways(page: Page) -> list[str]:
    """Everything in sight that leads to a feed, all steps unfolded."""
    for way in page.locator("details.device").all():
        way.evaluate("way => { way.open = true }")
    shown = page.locator("main a.button:visible").evaluate_all("links => links.map(link => link.href)")
    return [*shown, *(field.input_value() for field in page.locator("input[readonly]:visible").all())]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_tick_makes_every_address_discreet_at_once(
    new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    context = new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{PAGE}?enhet=windows")
    # No answer is waited for: nothing is asked.
    context.set_offline(True)
    for tick, is_discreet in (
        (page.get_by_role("checkbox", name="Diskret").check, True),
        (page.get_by_role("checkbox", name="Diskret").uncheck, False),
    ):
        tick()
        found = ways(page)
        assert len(found) == 7
        assert {"diskret.ics" in unquote(address) for address in found} == {is_discreet}
        expect(page.locator(".qr:visible")).to_have_count(1)
        code = page.get_by_role("img", name="QR-kod till den här sidan, diskret")
        expect(code).to_be_visible(visible=is_discreet)
        for told in ("Alla hus finns inte som diskret", "Kryssa i Diskret igen"):
            expect(page.get_by_text(told)).to_be_visible(visible=is_discreet)
    expect(page.locator("details.device[open] h2").first).to_be_visible()


def test_who_comes_back_sees_what_the_tick_says(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_role("checkbox", name="Diskret").check()
    page.get_by_role("link", name="Till programmet").click()
    page.wait_for_url("**/sjuharad/")
    page.go_back()
    is_ticked = page.get_by_role("checkbox", name="Diskret").is_checked()
    assert {"diskret.ics" in unquote(address) for address in ways(page)} == {is_ticked}


def test_without_scripts_everything_is_there(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    page.get_by_role("checkbox", name="Diskret").check()
    page.get_by_role("link", name="Android-telefon, diskret").click()
    expect(page.locator("details.device[open] h2")).to_have_text("Android-telefon")
    expect(page.get_by_role("checkbox", name="Diskret")).to_be_checked()
    expect(page.get_by_label("Adress att klistra in, diskret")).to_have_value(
        feed(page, "/sjuharad/diskret.ics")
    )
    # Nothing promises to copy where nothing can.
    expect(page.get_by_role("button", name="Kopiera")).to_have_count(0)


def test_the_address_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    for name in ("/sjuharad.ics", "/sjuharad/diskret.ics"):
        page.get_by_role("button", name="Kopiera").click()
        expect(page.locator(".told:visible")).to_have_text("Kopierad")
        expect(page.locator("#announcement")).to_have_text("Kopierad")
        assert page.evaluate("navigator.clipboard.readText()") == feed(page, name)
        page.get_by_role("checkbox", name="Diskret").check()


def test_where_copying_is_refused_the_address_is_marked(page: Page) -> None:
    page.add_init_script(REFUSED)
    page.goto(PAGE)
    for _ in range(2):
        page.get_by_role("button", name="Kopiera").click()
        expect(page.locator(".told:visible")).to_contain_text("Adressen är markerad")
        expect(page.locator("#announcement")).to_contain_text("Adressen är markerad")
        assert page.evaluate("getSelection().toString()") == feed(page)
        page.locator("#announcement").evaluate("heard => { heard.textContent = '' }")


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
    expect(page.locator("share-link .told")).to_have_text("Länken är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_what_the_device_refuses_to_share_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = async () => { throw new DOMException('', 'NotAllowedError') }")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.locator("share-link .told")).to_have_text("Länken är kopierad.")


def test_who_thinks_better_of_sharing_is_told_nothing(page: Page) -> None:
    page.add_init_script("navigator.share = async () => { throw new DOMException('', 'AbortError') }")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_role("button", name="Dela det här datumet")).to_be_visible()
    expect(page.locator("share-link .told")).to_be_empty()
    expect(page.locator("#announcement")).to_be_empty()


def test_where_nothing_is_allowed_the_link_is_shown(page: Page) -> None:
    page.add_init_script(f"delete Navigator.prototype.share; {REFUSED}")
    first_date(page)
    page.get_by_role("button", name="Dela det här datumet").click()
    expect(page.get_by_label("Länk till det här datumet")).to_have_value(page.url)
    expect(page.get_by_label("Länk till det här datumet")).to_be_visible()
    expect(page.locator("share-link .told")).to_contain_text("Länken är markerad")
    assert page.evaluate("getSelection().toString()") == page.url
