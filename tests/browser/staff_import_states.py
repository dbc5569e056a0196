"""Bringing in a programme by hand: the states of its pages, and what a person does to come to them."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR
from tests.unit.calendars import calendar, event
from tests.web.import_files import CELLS

IMPORT = "/personal/sjuharad/import"
LONG = "Onkologirehabiliteringssamordningskonferensdeltagarinformation"


def press(page: Page, button: str) -> None:
    """Press a button and wait for the answer."""
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def paste(page: Page, cells: str = CELLS) -> None:
    page.locator("[name=pasted]").fill(cells)
    press(page, "Visa vad det blir")


def paste_nothing(page: Page) -> None:
    press(page, "Visa vad det blir")


def paste_all_sorts(page: Page) -> None:
    """Rows of every outcome: new, there already under that title, long, not understood, of another house."""
    rows = (
        "Dag\tTid\tTitel\tRum\tSlag\tHus\n"
        "2026-12-02\t10-15\tÖppet hus\tKöket\tgemenskap\t\n"
        "2027-01-29\t13–15\tFika i trapphuset\tSalongen\tgemenskap\tGöteborg\n"
        "tisdagar v. 3-20\t10–12\tSorggrupp\tSamtalsrummet\tsamtal\t\n"
        f"2027-02-12\t13–15\t{LONG}\t{LONG}\t{LONG}\t\n"
        "31/2\t13–15\tFinns inte\t\tsamtal\t\n"
    )
    paste(page, rows)


def upload(page: Page) -> None:
    more = {"RRULE": "FREQ=WEEKLY;COUNT=6", "LOCATION": "Målarverkstaden", "CATEGORIES": "Kurs"}
    weekly = event("2", "Målarkväll", **more)
    lost = event("4", "Fel zon").replace("W. Europe Standard Time", "Hemmagjord zon")
    data = calendar(event(), weekly, event("3", "Privat", CLASS="PRIVATE"), lost)
    file = {"name": "kalender.ics", "mimeType": "text/calendar", "buffer": data}
    page.locator("[name=file]").set_input_files([file])  # type: ignore[list-item]
    press(page, "Visa vad det blir")


def upload_a_workbook(page: Page) -> None:
    file = {"name": "program.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}
    page.locator("[name=file]").set_input_files([file])  # type: ignore[list-item]
    press(page, "Visa vad det blir")


def upload_too_late(page: Page) -> None:
    """Send a file when the log-in has ended."""
    page.context.clear_cookies()
    upload(page)


def come_back_without_the_file(page: Page) -> None:
    """Come back from the log-in page, which brings the name of the file along and this mark."""
    page.evaluate(
        """() => {
          const form = document.querySelector(".staff-import__ask");
          Object.assign(form.elements.file, { type: "text", value: "kalender.ics" });
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "aterta" }));
          Object.assign(form, { action: location.href, enctype: "application/x-www-form-urlencoded" });
        }"""
    )
    press(page, "Visa vad det blir")


def save_cells(page: Page) -> None:
    paste(page)
    press(page, "Spara det som är ikryssat")


IMPORTS = (
    State("staff-import", IMPORT, 200, EDITOR),
    State("staff-import-long-words", "/personal/langa/import", 200, ADMIN),
    State("staff-import-nothing", IMPORT, 422, EDITOR, paste_nothing),
    State("staff-import-workbook", IMPORT, 422, EDITOR, upload_a_workbook),
    State("staff-import-log-in", IMPORT, 401, EDITOR, upload_too_late),
    State("staff-import-file-again", IMPORT, 200, EDITOR, come_back_without_the_file),
    State("staff-import-cells", IMPORT, 200, EDITOR, paste),
    State("staff-import-all-sorts", IMPORT, 200, EDITOR, paste_all_sorts),
    State("staff-import-calendar", IMPORT, 200, EDITOR, upload),
    State("staff-import-done", f"{IMPORT}/{{import sjuharad}}", 200, EDITOR),
    State("staff-import-saved", IMPORT, 200, EDITOR, save_cells),
)
