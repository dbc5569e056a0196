"""What staff do over some weeks, edit by edit, and which dates each of them is about.

A date keeps the label it had when it was first told of, whatever it is called or moved to later; ``*``
stands for all that begin so. What an edit does not name must not change in a byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

from tests.interop.office import HOUSE, Office
from tests.people import ADMIN, STRANGER
from tests.web.house_forms import HOUSE as FACTS

TERM = {"old_first": "2026-11-30", "old_last": "2026-12-20"}
NEXT_TERM = {"new_first": "2027-02-01", "new_last": "2027-02-21"}
FIKA = {"title": "Fika", "kind": "conversation", "starts": "18", "ends": "19.30", "first_day": "2026-12-03"}
WEEKLY = FIKA | {"repeat": "weekly", "until": "2026-12-17"}
WEAVING = {"title": "Väv", "kind": "creative", "starts": "17", "ends": "19", "first_day": "2027-01-12"} | {
    "repeat": "weekly",
    "until": "2027-01-26",
}
YOGA = {"title": "Yoga", "kind": "calm", "starts": "10", "ends": "11", "first_day": "2026-12-04"}
CELLS = "Datum\tTid\tAktivitet\tTyp\n2027-01-12\t13–15\tSamtal\tsamtal\n2027-01-19\t13–15\tSamtal\tsamtal\n"
AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Edit:
    """``came``, ``went`` and ``changed`` are labels, one a line part: those of some feed that it concerns."""

    name: str
    do: Callable[[Office], None]
    changed: str = ""
    came: str = ""
    went: str = ""
    # Out of a group's feed and into another's.
    regroups: bool = False
    # What comes into a narrowed feed or goes out of it, because the edit changes what a filter reads.
    narrows: str = ""
    later: timedelta = timedelta(minutes=3)


def meant(patterns: str, labels: set[str]) -> set[str]:
    """The labels that are meant: separated by commas, each with ``*`` for any end."""
    wanted = [pattern.strip() for pattern in patterns.split(",") if pattern.strip()]
    found = {label for label in labels if any(fnmatchcase(label, pattern) for pattern in wanted)}
    unknown = [each for each in wanted if not any(fnmatchcase(label, each) for label in labels)]
    assert not unknown, f"no date is called {unknown}"
    return found


def undone(name: str, changed: str = "", **more: str) -> Edit:
    return Edit(f"undo: {name}", Office.undo, changed, **more)  # type: ignore[arg-type]


DATES = (
    Edit("publish a series", lambda o: o.create(**WEEKLY, room_id="1"), came="Fika *"),
    Edit("save a draft", lambda o: o.create("utkast", **YOGA)),
    Edit("delete a draft", lambda o: o.press(f"{HOUSE}/aktivitet/{o.newest_event()}", "/ta-bort")),
    Edit("publish one date", lambda o: o.create(**YOGA), came="Yoga 12-04"),
    Edit("move", lambda o: o.on_date("Fika 12-03", "flytta", day="2026-12-07"), "Fika 12-03"),
    Edit("move back", lambda o: o.on_date("Fika 12-03", "flytta", day="2026-12-03"), "Fika 12-03"),
    Edit("move beyond what feeds tell of",
         lambda o: o.on_date("Fika 12-03", "flytta", day="2028-03-02"), "Fika 12-03"),
    undone("move beyond what feeds tell of", "Fika 12-03"),
    Edit("move several", lambda o: o.on_several("flytta", "Fika 12-10", "Fika 12-17", shift="-1"),
         "Fika 12-10, Fika 12-17"),
    undone("move several", "Fika 12-10, Fika 12-17", later=AT_ONCE),
    undone("that undo", "Fika 12-10, Fika 12-17", later=AT_ONCE),
    undone("the undo of the undo", "Fika 12-10, Fika 12-17"),
    Edit("other hours and room for one",
         lambda o: o.on_several("flytta", "Fika 12-10", starts="17", room_id="2"),
         "Fika 12-10"),
    Edit("cancel one", lambda o: o.on_date("Fika 12-10", "stall-in", reason="ill"), "Fika 12-10"),
    Edit("other words for why", lambda o: o.on_date("Fika 12-10", "stall-in", reason="room"), "Fika 12-10"),
    Edit("bring it back", lambda o: o.bring_back("Fika 12-10"), "Fika 12-10"),
    Edit("cancel all from a day",
         lambda o: o.on_several(
             "stall-in", query=f"aktivitet={o.event('Fika 12-03')}&fran=2026-12-10", reason="few"),
         "Fika 12-10, Fika 12-17"),
    Edit("bring those back", lambda o: o.on_several("ta-tillbaka", "Fika 12-10", "Fika 12-17"),
         "Fika 12-10, Fika 12-17"),
    Edit("cancel a week", lambda o: o.on_several("stall-in", query="vecka=2026-v49", reason="room"),
         "Fika 12-03, Yoga 12-04"),
    undone("cancel a week", "Fika 12-03, Yoga 12-04"),
    Edit("one date otherwise", lambda o: o.change_date("Fika 12-17", title="Luciafika"), "Fika 12-17"),
    Edit("one date's leader", lambda o: o.change_date("Fika 12-17", leader="en gäst")),
    Edit("one date's hour", lambda o: o.change_date("Fika 12-03", starts="17"), "Fika 12-03"),
    Edit("few places", lambda o: o.tap_places("Fika 12-17")),
    Edit("full", lambda o: o.tap_places("Fika 12-17"), "Fika 12-17"),
    Edit("places again", lambda o: o.tap_places("Fika 12-17"), "Fika 12-17"),
)  # fmt: skip

ACTIVITIES = (
    Edit("rename: the group is found at its old address", lambda o: o.change("Fika 12-03", title="Te"),
         "Fika 12-03, Fika 12-10", narrows="Fika 12-03, Fika 12-10"),
    undone("rename", "Fika 12-03, Fika 12-10", narrows="Fika 12-03, Fika 12-10"),
    Edit("another term of the group",
         lambda o: o.create(**FIKA | {"first_day": "2027-01-14"}), came="Fika 01-14"),
    Edit("rename one out of the group",
         lambda o: o.change("Fika 01-14", title="Te", renamed="one"),
         "Fika 01-14", regroups=True, narrows="Fika 01-14"),
    Edit("rename one into a group",
         lambda o: o.change("Fika 01-14", title="Yoga", meeting="join"), "Fika 01-14", regroups=True),
    undone("rename into a group", "Fika 01-14", regroups=True),
    Edit("short text", lambda o: o.change("Yoga 12-04", short_text="Mjuka rörelser."), "Yoga 12-04"),
    Edit("long text", lambda o: o.change("Yoga 12-04", text="Ta med en filt.")),
    Edit("internal note", lambda o: o.change("Yoga 12-04", internal_note="Nyckeln hänger i hallen.")),
    Edit("neutral title", lambda o: o.change("Yoga 12-04", neutral_title="Träning"), "Yoga 12-04"),
    Edit("price", lambda o: o.change("Yoga 12-04", price="40")),
    Edit("sign-up", lambda o: o.change("Yoga 12-04", signup="required"), "Yoga 12-04"),
    Edit("a word on places", lambda o: o.change("Yoga 12-04", status_note="Kö finns."), "Yoga 12-04"),
    Edit("for whom", lambda o: o.change("Yoga 12-04", audience=["relative"]), narrows="Yoga 12-04"),
    Edit("kind", lambda o: o.change("Yoga 12-04", kind="creative"), "Yoga 12-04", narrows="Yoga 12-04"),
    Edit("room", lambda o: o.change("Yoga 12-04", room_id="2"), "Yoga 12-04"),
    Edit("another series", lambda o: o.create(**WEAVING), came="Väv *"),
    Edit("the hours of this and the following", lambda o: o.change_from("Väv 01-19", starts="16"),
         "Väv 01-19, Väv 01-26"),
    undone("the hours of this and the following", "Väv 01-19, Väv 01-26"),
    Edit("the hours of all", lambda o: o.change("Väv 01-12", ends="20"), "Väv *"),
    Edit("weekday", lambda o: o.change("Väv 01-12", weekdays="3"), "Väv *"),
    undone("weekday", "Väv *"),
    Edit("shorten", lambda o: o.change("Väv 01-12", until="2027-01-19"), "Väv 01-26"),
    undone("shorten", "Väv 01-26"),
    Edit("extend", lambda o: o.extend("Väv 01-12", "2027-02-09"), came="Väv 02-*"),
    undone("extend", "Väv 02-*"),
    undone("that undo", "Väv 02-*"),
)  # fmt: skip

HOUSES = (
    Edit("share", lambda o: o.change("Yoga 12-04", houses=[str(o.house("goteborg"))]), came="Yoga 12-04"),
    Edit("hidden by the other house",
         lambda o: o.press("/personal/goteborg/delade", "/dolj", STRANGER), went="Yoga 12-04"),
    Edit("shown again", lambda o: o.press("/personal/goteborg/delade", "/visa", STRANGER), came="Yoga 12-04"),
    Edit("shared no longer", lambda o: o.change("Yoga 12-04", houses=[]), went="Yoga 12-04"),
    undone("shared no longer", came="Yoga 12-04"),
    undone("that undo", went="Yoga 12-04"),
    Edit("a new house",
         lambda o: o.new_house(name="Kraftens hus Örebro", short_name="Örebro", city="Örebro")),
    Edit("everywhere", lambda o: o.change("Yoga 12-04", person=ADMIN, everywhere="y"), came="Yoga 12-04"),
    Edit("not everywhere", lambda o: o.change("Yoga 12-04", person=ADMIN, everywhere=[]), went="Yoga 12-04"),
    Edit("given to another house", lambda o: o.give("Yoga 12-04", "sjuharad", "goteborg"),
         "Yoga 12-04", came="Yoga 12-04"),
    Edit("given back", lambda o: o.give("Yoga 12-04", "goteborg", "sjuharad"), "Yoga 12-04"),
    Edit("a room renamed", lambda o: o.fill("rum/1", name="Storköket"), "Fika 12-03, Fika 12-17"),
    Edit("how to find a room", lambda o: o.fill("rum/1", directions="Till vänster.")),
    Edit("a room put away", lambda o: o.press(f"{FACTS}/rum/1", "/lagg-undan")),
    Edit("opening hours", lambda o: o.fill("uppgifter", hours="Vardagar kl. 10–15")),
    Edit("street",
         lambda o: o.fill("uppgifter", street="Nya gatan 2", city="Borås"), "Fika 12-*, Yoga 12-04"),
    Edit("address of the house renamed",
         lambda o: o.rename_house("sjuharad", slug="boras"), "*"),
    Edit("a notice", lambda o: o.fill("anslag/nytt", text="Hissen är trasig.")),
    Edit("a break",
         lambda o: o.fill("lov/nytt", name="Sportlov", first_day="2027-02-15", last_day="2027-02-21")),
    Edit("cancel two for good", lambda o: o.on_several("stall-in", "Väv 01-12", "Väv 02-09", words="Ledig."),
         "Väv 01-12, Väv 02-09"),
    Edit("all is right this week", lambda o: o.press(f"{HOUSE}/", "/stammer")),
)  # fmt: skip

CLOSURES = (
    Edit("closed for a day", lambda o: o.close(first_day="2026-12-03", title="Städdag"), "Fika 12-03",
         came="Städdag 12-03"),
    Edit("closed otherwise", lambda o: o.close(f"stangt/{o.date('Städdag 12-03')}", title="Planering"),
         "Städdag 12-03"),
    Edit("open after all",
         lambda o: o.fill(f"stangt/{o.date('Städdag 12-03')}/oppna"), "Städdag 12-03, Fika 12-03"),
    Edit("closed for a whole summer",
         lambda o: o.close(first_day="2027-06-14", last_day="2027-08-22", title="Sommarstängt"),
         came="Sommarstängt 06-14"),
    Edit("open that summer", lambda o: o.fill(f"stangt/{o.date('Sommarstängt 06-14')}/oppna"),
         "Sommarstängt 06-14"),
    Edit("something today", lambda o: o.create(**FIKA | {"title": "Sång", "first_day": "2026-11-25"}),
         came="Sång 11-25", later=timedelta(days=1)),
    Edit("closed today", lambda o: o.fill("stangt-i-dag"), "Sång 11-25", came="Huset är stängt 11-25"),
    undone("closed today", "Sång 11-25, Huset är stängt 11-25"),
)  # fmt: skip

TERMS = (
    Edit("copy a term", lambda o: o.copy_term(**TERM, **NEXT_TERM)),
    Edit("publish the copy", Office.publish_term, came="Fika 02-*"),
    undone("publish the copy", "Fika 02-*"),
    Edit("copy an activity",
         lambda o: o.create(query=f"?som={o.event('Yoga 12-04')}", first_day="2026-12-11"),
         came="Yoga 12-11"),
    Edit("bring in a table", lambda o: o.bring_in(CELLS)),
    Edit("publish what was brought in",
         lambda o: o.press(f"{HOUSE}/import/{o.latest_change()}", "/publicera"), came="Samtal *"),
    undone("publish what was brought in", "Samtal *"),
    Edit("put away what is over",
         lambda o: o.press(f"{HOUSE}/aktivitet/{o.event('Sång 11-25')}", "/arkivera"),
         later=timedelta(days=5)),
)  # fmt: skip

# In the parts between which a reader synchronises, and a copy of the database is laid by.
PARTS = (DATES[:1], (*DATES[1:], *ACTIVITIES), HOUSES, (*CLOSURES, *TERMS))
