"""What staff have typed is not lost: not to a closed laptop, a fault, an ended log-in or a colleague."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.staff_import_states import paste
from tests.browser.test_staff_form import NEW, enter, fill_in_a_series
from tests.people import ADMIN, COLLEAGUE, EDITOR, PASSWORD, Person

KEPT = ".staff-kept"


@pytest.fixture
def form(page: Page, own_address: str) -> Page:
    """The empty form of an activity, with a series typed into it, and kept."""
    enter(page, own_address).goto(own_address + NEW)
    fill_in_a_series(page)
    wait_until_kept(page)
    expect(page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    return page


def kept_in(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))


def wait_until_kept(page: Page, last: str = "2026-12-22") -> None:
    """The last field that was typed into is kept a moment after the typing ends."""
    looks = (kept_in(page) for _look in range(5000))
    assert any(last in found for found in looks)


def log_in(page: Page, person: Person = EDITOR) -> None:
    page.get_by_label("Användarnamn").fill(person.name)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Adventsfika har 4")).to_be_visible()


def test_a_closed_laptop_takes_nothing_away(form: Page, own_address: str) -> None:
    context = form.context
    form.close()
    again = context.new_page()
    again.goto(own_address + NEW)
    expect(again.locator(KEPT)).to_contain_text("finns kvar på den här enheten")
    expect(again.get_by_label("Titel", exact=True)).to_have_value("")
    again.get_by_role("button", name="Använd det").click()
    expect(again.get_by_label("Titel", exact=True)).to_have_value("Adventsfika")
    expect(again.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    publish(again)
    again.goto(own_address + NEW)
    expect(again.locator(KEPT)).to_have_count(0)


def test_what_is_thrown_away_is_gone(form: Page) -> None:
    form.reload()
    form.get_by_role("button", name="Släng det").click()
    expect(form.locator(KEPT)).to_have_count(0)
    form.reload()
    expect(form.get_by_label("Titel", exact=True)).to_have_value("")
    expect(form.locator(KEPT)).to_have_count(0)


def test_what_waits_is_not_lost_by_typing_something_else(form: Page) -> None:
    form.reload()
    form.get_by_label("Börjar").fill("17")
    form.reload()
    form.get_by_role("button", name="Använd det").click()
    expect(form.get_by_label("Titel", exact=True)).to_have_value("Adventsfika")
    expect(form.get_by_label("Börjar")).to_have_value("17")


def test_a_fault_takes_nothing_away(form: Page, own_address: str, watch: chromium.Watch) -> None:
    watch.expect_status(422)
    form.get_by_label("Slutar").fill("tolv")
    form.get_by_role("button", name="Publicera").click()
    expect(form.locator(".error-summary")).to_be_visible()
    expect(form.locator(KEPT)).to_have_count(0)
    form.goto(f"{own_address}/personal/sjuharad/")
    form.goto(own_address + NEW)
    form.get_by_role("button", name="Använd det").click()
    expect(form.get_by_label("Slutar")).to_have_value("tolv")


def test_logging_out_forgets(form: Page, own_address: str) -> None:
    form.get_by_role("button", name="Logga ut").click()
    form.get_by_role("button", name="Logga in").wait_for()
    assert "Adventsfika" not in kept_in(form)
    enter(form, own_address).goto(own_address + NEW)
    expect(form.locator(KEPT)).to_have_count(0)


def test_it_is_offered_to_nobody_else(form: Page, own_address: str) -> None:
    form.context.clear_cookies()
    form.goto(f"{own_address}/personal/logga-in")
    log_in(form, COLLEAGUE)
    form.get_by_role("button", name="Logga ut").wait_for()
    form.goto(own_address + NEW)
    expect(form.get_by_label("Titel", exact=True)).to_be_visible()
    expect(form.locator(KEPT)).to_have_count(0)


def test_what_was_typed_for_one_week_stays_with_it(page: Page, own_address: str) -> None:
    address = f"{own_address}/personal/sjuharad/tillfallen/stall-in?vecka=2026-v"
    enter(page, own_address).goto(f"{address}49")
    page.locator("[name=tillfalle]").first.uncheck()
    page.locator("#words").fill("Storm på gång, till den 2026-12-22.")
    wait_until_kept(page)
    assert "tillfalle" not in re.sub(r"/tillfallen/", "", kept_in(page))
    page.goto(f"{address}50")
    expect(page.locator("#words")).to_have_value("")
    expect(page.locator(KEPT)).to_have_count(0)
    page.goto(f"{address}49")
    page.get_by_role("button", name="Använd det").click()
    expect(page.locator("#words")).to_have_value("Storm på gång, till den 2026-12-22.")
    expect(page.locator("[name=tillfalle]:not(:checked)")).to_have_count(0)


def test_what_columns_mean_in_one_file_is_not_offered_for_another(page: Page, own_address: str) -> None:
    enter(page, own_address)
    page.goto(f"{own_address}/personal/sjuharad/import")
    paste(page, "Dag\tTid\tTitel\tRum\n2026-12-22\t10–12\tFika\tKöket\n")
    page.get_by_text("Vad kolumnerna betyder").first.click()
    page.locator("#svar details select").first.select_option(index=2)
    wait_until_kept(page, "kolumn-0")
    page.goto(f"{own_address}/personal/sjuharad/import")
    paste(page, "Titel\tDag\tTid\tSlag\nFika\t2026-12-22\t10–12\tkurs\n")
    expect(page.get_by_text("Vad kolumnerna betyder").first).to_be_visible()
    expect(page.locator(KEPT)).to_have_count(0)


def test_passwords_are_never_kept(page: Page, own_address: str) -> None:
    enter(page, own_address).goto(f"{own_address}/personal/konto/losenord")
    for field in page.locator("[type=password]").all():
        field.fill("hemligt ord på vägen")
    page.reload()
    assert "hemligt" not in kept_in(page)


def test_an_ended_log_in_gives_the_form_back(form: Page, watch: chromium.Watch) -> None:
    watch.expect_status(401)
    form.context.clear_cookies()
    form.get_by_role("button", name="Publicera").click()
    expect(form.get_by_text("det du skrev finns kvar")).to_be_visible()
    watch.expect_status(422)
    log_in(form)
    expect(form.get_by_text("Här är det du skrev")).to_be_visible()
    expect(form.get_by_label("Titel", exact=True)).to_have_value("Adventsfika")
    expect(form.get_by_label("Uppehåll")).to_have_value("")
    publish(form)


def test_an_ended_log_in_gives_the_form_back_without_javascript(
    new_context: Callable[..., BrowserContext], own_address: str
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.goto(own_address + NEW)
    fill_in_a_series(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Publicera").click()
    log_in(page)
    page.get_by_role("button", name="Visa det jag skrev").click()
    expect(page.get_by_label("Titel", exact=True)).to_have_value("Adventsfika")
    publish(page)


def test_a_new_log_in_elsewhere_gives_the_form_back(
    form: Page, own_address: str, watch: chromium.Watch
) -> None:
    form.context.clear_cookies()
    other = form.context.new_page()
    enter(other, own_address)
    other.close()
    watch.expected = [f"the server responded with a status of {status} " for status in (400, 422)]
    form.get_by_role("button", name="Publicera").click()
    expect(form.get_by_text("Här är det du skrev")).to_be_visible()
    publish(form)


def test_two_windows_merge_and_show_what_both_changed(
    page: Page, own_address: str, watch: chromium.Watch
) -> None:
    watch.expect_status(409)
    page.goto(f"{own_address}/personal/logga-in")
    log_in(page, ADMIN)
    page.goto(f"{own_address}/personal/langa/")
    page.get_by_role("link", name="Ändra Provgruppen").first.click()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Titel", exact=True).fill("Provgruppen byter namn")
    other.locator("#room_id").select_option(index=1)
    other.get_by_role("button", name="Spara", exact=True).click()
    expect(other.locator(".staff-done")).to_be_visible()
    page.get_by_label("Titel", exact=True).fill("Provgruppen ute")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".staff-conflict")).to_be_focused()
    expect(page.locator(".staff-conflict__field")).to_have_count(1)
    expect(page.locator("#title")).to_have_value("Provgruppen ute")
    expect(page.locator("#room_id")).not_to_have_value("")


def test_pasted_cells_are_kept_until_they_are_read_in(page: Page, own_address: str) -> None:
    form = own_address + "/personal/sjuharad/import"
    enter(page, own_address).goto(form)
    page.get_by_label("Eller celler från Excel").fill("Datum\tTid\tAktivitet\n2026-12-22\t13–15\tStickning\n")
    wait_until_kept(page)
    page.reload()
    page.get_by_role("button", name="Använd det").click()
    expect(page.get_by_label("Eller celler från Excel")).to_have_value(re.compile("Stickning"))
    page.get_by_role("button", name="Visa vad det blir").click()
    page.get_by_role("button", name="Spara det som är ikryssat").click()
    expect(page.locator(".staff-done")).to_be_visible()
    page.goto(form)
    expect(page.locator(KEPT)).to_have_count(0)
