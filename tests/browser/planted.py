"""What pages must bear and the sample programme does not hold: long words, emptiness, a full day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import time_machine
from sqlalchemy import select

from khcal.calendaring.terms import Audience, Fact, Form, Kind, Places, Signup
from khcal.db import db
from khcal.models import Chapter, OneTimeLink, User
from khcal.models.bookkeeping import begin_change
from khcal.models.one_time_link import Purpose
from khcal.models.user import token_hash
from tests import databases
from tests.browser.planted_history import plant_history
from tests.browser.planted_screens import plant_resting_screen, plant_screens
from tests.factories import (
    make_break,
    make_chapter,
    make_closure,
    make_event,
    make_notice,
    make_occurrence,
    make_room,
)
from tests.moments import INSTANT
from tests.people import EDITOR, STAFF, STRANGER, make_user

# The longest title a form lets through, in the longest words Swedish has.
LONG_WORD = "Onkologirehabiliteringssamordningskonferensdeltagare"
LONG_TITLE = f"{LONG_WORD} och närståendestödsverksamhetsutvecklarna möts i {LONG_WORD.lower()}"[:120]
ARABIC = "لقاء القهوة للمتحدثين بالعربية"
TEXT = (
    "Vi ses, pratar och fikar. Du bestämmer själv hur mycket du vill berätta.\n\n"
    "Ta med: *kläder som tål färg*, läsglasögon och den du vill ha med dig. "
    "Läs mer på https://example.org/en/mycket/lang/adress/utan/brytpunkter/som-maste-fa-plats-pa-en-telefon."
)
# Links have tokens nobody can know; those of the states have these.
INVITATION, RESET, LATER = "provinbjudan", "provlosenord", 4_000_000_000
KINDS = [kind for kind in Kind if kind is not Kind.CLOSURE]


def make_all(folder: Path) -> Path:
    """The database of all states, made from nothing in ``folder``."""
    empty, sample, states = (folder / name for name in ("empty", "sample", "states"))
    for each in (empty, sample, states):
        each.mkdir()
    return make_states(databases.make_sample(databases.make_empty(empty), sample), states)


def make_states(sample: Path, folder: Path) -> Path:
    """A copy of ``sample`` in ``folder`` with the staff and houses of its own."""
    file = databases.copy_of(sample, folder)
    app = databases.make_app(folder, file)
    with time_machine.travel(INSTANT, tick=False), app.app_context():
        make_chapter("tomma", name="Kraftens hus Tomma", short_name="Tomma", city="Tomma")
        _plant_long_words()
        _plant_full_day()
        _plant_notice_to_come()
        _plant_closed_house()
        _plant_changed_day()
        for person in STAFF:
            make_user(person)
        _plant_links()
        db.session.commit()
        _plant_change()
        _plant_import()
        db.session.commit()
        _plant_copied_term()
        db.session.commit()
        house = db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one()
        plant_screens(house, LONG_TITLE[:80])
        db.session.commit()
        long = db.session.scalars(select(Chapter).filter_by(slug="langa")).one()
        plant_history(long, LONG_TITLE, TEXT)
    databases.close_app(app)
    return file


def _plant_import() -> None:
    """A group that somebody brought in by hand and that waits to be published."""
    house = db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one()
    begin_change(db.session(), "import", None, house.id)
    dates = ("2027-02-02 13:00", "2027-02-09 13:00")
    make_event(house, *dates, title="Vårens skrivarstuga", published=False, import_key="ics.planterad")


def _plant_copied_term() -> None:
    """A group that goes on in a term that was copied, and that waits to be published."""
    house = db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one()
    begin_change(db.session(), "copy-term", None, house.id)
    dates = ("2027-01-22 13:00", "2027-01-29 13:00")
    make_event(house, *dates, title="Vårens promenader", published=False, import_key="copied")


def _plant_links() -> None:
    """Somebody who is invited and somebody who forgot her password, each with a link that can be known."""
    invited = User(name="inbjuden")
    invited.set_access(db.session.scalars(select(Chapter).filter_by(slug="sjuharad")))
    forgetful = db.session.scalars(select(User).filter_by(name=STRANGER.name)).one()
    for user, purpose, token in ((invited, Purpose.INVITE, INVITATION), (forgetful, Purpose.RESET, RESET)):
        link = OneTimeLink(user=user, purpose=purpose, token_hash=token_hash(token), expires_at=LATER)
        db.session.add(link)


def _plant_long_words() -> None:
    house = make_chapter(
        "langa",
        name=f"Kraftens hus {LONG_WORD}",
        short_name="Långa",
        street="Ansvarsförbindelsegatans förlängning 117 B, uppgång 4, våning 3",
        city="Gammelstadsvikens kyrkby",
        directions="Ta hissen till plan 3. Ring på klockan vid den gröna dörren, så kommer vi och öppnar.",
        hours="Måndag till torsdag kl. 10–15\nFredag kl. 10–13",
        email="kontaktpersonsamordningen@langa.example.org",
        access="Hiss, teleslinga och rullstolsanpassad toalett. Dörren är 90 cm bred.",
        greeting="Varmt välkommen in, precis som du är.",
    )
    room = make_room(house, "Rehabiliteringsverkstadsutställningslokalen", directions="Plan 3, till höger.")
    make_notice(
        house, "Hissen är trasig till och med torsdag. Ring 1177 gör du bara om du är sjuk: ring oss här."
    )
    make_notice(house, f"{LONG_WORD}: anmäl dig till receptionen.", last="2026-11-24")
    everything: dict[str, Any] = {
        "room": room,
        "short_text": TEXT[:74],
        "text": TEXT,
        "audience": frozenset({Audience.PATIENT, Audience.RELATIVE, Audience.BEREAVED}),
        "form": Form.HYBRID,
        "online_link": "https://example.org/mote",
        "link_is_open": True,
        "online_info": "Länken öppnar tio minuter före.",
        "facts": frozenset(Fact),
        "access": "Ramp från gården.",
        "signup": Signup.INTERVIEW,
        "signup_contact": "kontaktpersonsamordningen@langa.example.org",
        "signup_days_before": 1,
        "price": 50,
        "capacity": 8,
        "leader": "kurator och volontärer",
        "status_note": "Fullbokad. Du kan ställa dig i kö till vårens grupp.",
    }
    everything["import_key"] = "long"
    long = make_event(house, "2026-11-24 10:00", "2026-12-01 10:00", title=LONG_TITLE, **everything)
    long.occurrences[0].places = Places.FULL
    arabic = make_event(house, "2026-11-24 14:00", title=ARABIC, slug="arabiska", language="ar", text=TEXT)
    arabic.sibling = long
    _plant_states_of_dates(house)


def _plant_states_of_dates(house: Chapter) -> None:
    event = make_event(house, title="Provgruppen", import_key="trial", kind=Kind.MOVEMENT, form=Form.OUTDOORS)
    make_occurrence(event, "2026-11-24 15:00", free_today_on=date(2026, 11, 24), places=Places.FULL)
    make_occurrence(event, "2026-11-25 09:00").cancel("Ledaren är sjuk.")
    moved = make_occurrence(event, "2026-11-26 09:00")
    moved.move(moved.starts_at.replace(day=28), moved.ends_at.replace(day=28), "Lokalen är upptagen.")
    make_occurrence(event, "2026-11-27 09:00", places=Places.FEW)
    make_closure(house, date(2026, 11, 30), date(2026, 12, 2), title="Vi flyttar och håller stängt")


def _plant_full_day() -> None:
    house = make_chapter(
        "fulla", name="Kraftens hus Fulla", short_name="Fulla", street="Storgatan 1", city="Fulla"
    )
    for number in range(12):
        title = (
            f"{LONG_TITLE[:60].rsplit(' ', 1)[0]} {number + 1}" if number % 4 == 3 else f"Kurs {number + 1}"
        )
        event = make_event(house, title=title, kind=KINDS[number % len(KINDS)])
        make_occurrence(event, f"2026-11-24 {8 + number:02}:30", hours=1.5)


def _plant_change() -> None:
    """One thing that somebody on the staff has done: it can be told, and undone."""
    house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
    editor = db.session.scalars(db.select(User).filter_by(name=EDITOR.name)).one()
    event = make_event(house, "2027-02-10 10:00", title="Vinterpromenad", import_key="walk")
    db.session.commit()
    begin_change(db.session(), "cancel", editor.id, house.id)
    event.occurrences[0].cancel("Det är för halt.")
    db.session.commit()


def _plant_closed_house() -> None:
    """Closed today; one takes place all the same, one was called off."""
    house = make_chapter("stangda", name="Kraftens hus Stängda", short_name="Stängda", city="Stängda")
    make_closure(house, date(2026, 11, 24), date(2026, 11, 25)).short_text = "Vattenläcka i köket."
    make_event(house, "2026-11-24 17:00", title="Promenad i parken", form=Form.OUTDOORS)
    make_event(house, "2026-11-24 14:00", title="Samtalsgrupp").occurrences[0].cancel("Huset är stängt.")
    make_room(house, "Köket")
    make_room(house, "Gamla salongen", archived=True)
    make_break(house, "2026-11-23", "2026-11-29", "Novemberlov")
    make_event(house, "2026-11-26 10:00", "2026-11-27 10:00", title="Ny kurs", published=False)
    make_event(house, "2026-11-27 13:00", "2026-12-04 13:00", title="Yoga")
    make_notice(house, "Nycklar lämnas i receptionen.", "2026-11-01", "2026-11-10")


def _plant_changed_day() -> None:
    """A day on which something goes on and the rest is not as planned; its screen rests till two."""
    house = make_chapter("andrade", name="Kraftens hus Ändrade", short_name="Ändrade", city="Ändrade")
    make_event(house, "2026-11-24 13:00", title="Öppet hus", room=make_room(house, "Köket"))
    make_event(house, "2026-11-24 15:00", title="Samtalsgrupp").occurrences[0].cancel("Ledaren är sjuk.")
    moved = make_event(house, "2026-11-24 16:00", title="Promenad", form=Form.OUTDOORS).occurrences[0]
    moved.move(moved.starts_at.replace(day=26), moved.ends_at.replace(day=26), "Det är för halt.")
    make_event(house, "2026-11-24 17:00", title="Yoga").occurrences[0].places = Places.FULL
    make_event(house, "2026-11-25 10:00", title="Frukost")
    make_notice(house, "Hissen är trasig. Vi hjälper dig uppför trappan.")
    plant_resting_screen(house)


def _plant_notice_to_come() -> None:
    """One that visitors do not see yet, for those who keep it."""
    house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
    make_notice(house, "Öppet till kl. 20 hela veckan.", "2027-02-01", "2027-02-07")
