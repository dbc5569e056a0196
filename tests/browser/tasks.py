"""What staff do most, walked as they do it; clicks and keys are counted by listeners in the page.

``python -m tests.browser.tasks`` prints the table, as ``bin/bench`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import databases
from tests.browser import chromium, planted
from tests.browser.look import come_in
from tests.browser.server import serving
from tests.people import ADMIN, EDITOR, Person
from tests.samples import filled
from tests.web.import_files import CELLS

PROGRAMME = "/personal/sjuharad/"
IMPORT = "/personal/sjuharad/import"
GROUP = "/personal/sjuharad/aktivitet/{SJ-05}"
LINE = "Yoga tisdagar 13–15 från 12 januari till 1 juni, ej v. 7"
LINK = "https://mote.example.org/lunch"
# A tap, a key and a chosen day, wherever on the page, over all pages of the task.
COUNTING = """for (const [kind, isOne] of [
  ['pointerdown', event => event.isTrusted],
  ['keydown', event => event.isTrusted],
  ['change', event => event.target.type === 'date'],
]) addEventListener(kind, event => {
  if (isOne(event)) sessionStorage[kind] = Number(sessionStorage[kind] || 0) + 1
}, true)"""
COUNTED = "['pointerdown', 'keydown', 'change'].map(kind => Number(sessionStorage[kind] || 0))"


@dataclass(frozen=True)
class Cost:
    """What a task takes: taps or clicks, keys, and days chosen."""

    clicks: int
    keys: int = 0
    days: int = 0


@dataclass(frozen=True)
class Task:
    """One thing that staff do, from ``start`` to the message that it is done, and the most it may take."""

    name: str
    start: str
    most: Cost
    walk: Callable[[Page], None]
    person: Person = EDITOR


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str | re.Pattern[str]) -> None:
    page.get_by_role("link", name=link).first.click()


def done(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def write(page: Page, line: str, shown: str) -> None:
    """Open the form and type one line; ``shown`` is what the page says to it."""
    follow(page, "Ny aktivitet")
    expect(page.locator("#line")).to_be_focused()
    page.keyboard.type(line)
    expect(page.locator("#event-fields")).to_contain_text(shown)


def add_a_weekly_group(page: Page) -> None:
    write(page, LINE, "Blir 19 tillfällen")
    press(page, "Publicera")
    done(page, "Sparat och publicerat. Yoga har 19 tillfällen")


def write_a_known_title(page: Page) -> None:
    write(page, "lunchyoga", "Dagarna blir som förra gången")


def add_a_known_group(page: Page) -> None:
    write_a_known_title(page)
    press(page, "Publicera")
    done(page, "Sparat och publicerat. Lunchyoga har")


def add_it_in_two_houses(page: Page) -> None:
    write_a_known_title(page)
    page.get_by_label("Göteborg", exact=True).check()
    press(page, "Publicera")
    done(page, "Sparat och publicerat. Lunchyoga har")


def add_it_in_all_houses(page: Page) -> None:
    write_a_known_title(page)
    page.get_by_label("Visa i alla hus").check()
    press(page, "Publicera")
    done(page, "Sparat och publicerat. Lunchyoga har")


def add_it_online(page: Page) -> None:
    write_a_known_title(page)
    page.get_by_label("Digitalt", exact=True).check()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Möteslänk")).to_be_focused()
    page.keyboard.insert_text(LINK)
    press(page, "Publicera")
    done(page, "Sparat och publicerat. Lunchyoga har")


def call_one_off(page: Page) -> None:
    follow(page, re.compile("^Ställ in Lunchyoga, torsdag 26 november"))
    page.get_by_label("Ledaren är sjuk").check()
    press(page, "Ställ in")
    expect(page.locator("#copy-message")).to_contain_text("Vi ställer in Lunchyoga")


def move_one(page: Page) -> None:
    follow(page, re.compile("^Flytta Lunchyoga, torsdag 26 november"))
    page.get_by_label("Datum", exact=True).fill("2026-11-27")
    expect(page.locator("#date-preview")).to_contain_text("Fredag 27 november")
    press(page, "Flytta")
    expect(page.locator("#copy-message")).to_contain_text("till fredag 27 november")


def change_from_now_on(page: Page) -> None:
    follow(page, re.compile("^Ändra Lunchyoga, torsdag 3 december"))
    page.keyboard.press("Tab")
    page.get_by_label("Börjar").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("12.30")
    expect(page.locator("#date-preview")).to_contain_text("ändras från 3 december 12.00")
    press(page, "Spara")
    done(page, "Sparat och publicerat.")


def make_a_series_longer(page: Page) -> None:
    follow(page, "Förläng")
    page.get_by_label("Till och med").fill("2027-03-25")
    expect(page.locator("#date-preview")).not_to_contain_text("juni")
    press(page, "Publicera")
    done(page, "nya tillfällen")


def copy_the_term(page: Page) -> None:
    follow(page, "Kopiera termin")
    page.get_by_label("Nya terminen börjar").fill("2027-01-18")
    page.get_by_label("och slutar").fill("2027-06-04")
    press(page, "Visa grupperna")
    press(page, "Skapa utkast")
    page.get_by_role("button", name="Publicera alla").click()
    done(page, "Allt som kopierades är publicerat.")


def say_few_places(page: Page) -> None:
    page.locator(".staff-row", has_text="Lunchyoga").first.locator(".staff-places").click()
    expect(page.locator(".staff-done")).to_contain_text("Få kvar")


def close_today(page: Page) -> None:
    follow(page, "Huset är stängt i dag")
    press(page, "Stäng huset i dag")
    done(page, "stängt")


def bring_in_cells(page: Page) -> None:
    page.get_by_label("Eller celler från Excel").click()
    page.keyboard.insert_text(CELLS)
    press(page, "Visa vad det blir")
    page.locator(".staff-import__end button").click()
    done(page, "utkast")


ADD_KNOWN = Cost(2, 15)
TASKS = (
    Task("weekly group, in one line", PROGRAMME, Cost(2, 60), add_a_weekly_group),
    Task("weekly group that the house knows", PROGRAMME, ADD_KNOWN, add_a_known_group),
    Task("the same, in another house too", PROGRAMME, Cost(3, 15), add_it_in_two_houses),
    Task("the same, in all houses", PROGRAMME, Cost(3, 15), add_it_in_all_houses, ADMIN),
    Task("the same, online with a link", PROGRAMME, Cost(3, 16), add_it_online),
    Task("cancel one date", PROGRAMME, Cost(3), call_one_off),
    Task("move one date", PROGRAMME, Cost(2, 0, 1), move_one),
    Task("change from a date on", PROGRAMME, Cost(3, 8), change_from_now_on),
    Task("make a series longer", GROUP, Cost(2, 0, 1), make_a_series_longer),
    Task("copy a term", PROGRAMME, Cost(4, 0, 2), copy_the_term),
    Task("few places left", PROGRAMME, Cost(1), say_few_places),
    Task("the house is closed today", PROGRAMME, Cost(2), close_today),
    Task("bring in cells of a table", IMPORT, Cost(3), bring_in_cells),
)


def walked(page: Page, task: Task, app: Flask) -> Cost:
    """Log in, do the task, and tell what it took; ``app`` knows the ids of what there is."""
    come_in(page, task.person)
    page.add_init_script(COUNTING)
    page.goto(filled(app, task.start))
    task.walk(page)
    return Cost(*page.evaluate(COUNTED))


def main() -> None:
    """Print what each task takes, beside the most that it may take."""
    print(f"{'what staff do':<34} {'clicks':>10} {'keys':>10} {'days':>10}")
    with TemporaryDirectory(prefix="khcal-tasks-") as work, sync_playwright() as playwright:
        folder = Path(work)
        states = planted.make_all(folder)
        app = databases.make_app(folder, states)
        browser = chromium.launch(playwright)
        for number, task in enumerate(TASKS):
            print(_row(task, _walked_anew(browser, task, app, folder / str(number))), flush=True)
        browser.close()
        databases.close_app(app)


def _walked_anew(browser: Browser, task: Task, app: Flask, folder: Path) -> Cost:
    """The task at a khcal of its own, with a profile of its own."""
    folder.mkdir()
    states = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    with serving(folder, databases.copy_of(states, folder)) as address:
        context = browser.new_context(**chromium.READER, base_url=address)
        cost = walked(context.new_page(), task, app)
        context.close()
    return cost


def _row(task: Task, cost: Cost) -> str:
    pairs = zip(astuple(cost), astuple(task.most), strict=True)
    return f"{task.name:<34} " + " ".join(f"{took:>4} of {most:>2}" for took, most in pairs)


if __name__ == "__main__":
    main()
