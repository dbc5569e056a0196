"""Who comes in where: every rule of the staff, for everybody, with a thing of one's own, another's and none.

The rules come from the router. What lies below a house (``/personal/<>/…``) opens to those who keep that
house and to national admins; every other rule has to be named here, or the first test fails. Whoever may
not come in gets the same bytes as if nothing were there, and nothing is saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import databases
from tests.html import one
from tests.people import ADMIN, COLLEAGUE, EDITOR, STRANGER, Person
from tests.samples import filled
from tests.tries import IS_SAMPLE
from tests.web.access_world import ENDED, MISSING, World, make_world, with_number
from tests.web.addresses import LOG_IN, STAFF, shape
from tests.web.test_every_route import check_headers

# Who keeps which house; samples are addresses in these.
EDITORS = {"sjuharad": (EDITOR, COLLEAGUE), "goteborg": (STRANGER,)}
NEIGHBOUR = {"sjuharad": "goteborg", "goteborg": "sjuharad"}
NO_HOUSE = "/personal/finns-inte/"
EVERYBODY_LOGGED_IN = {
    *("/personal/", "/personal/logga-ut"),
    *("/personal/konto", "/personal/konto/losenord", "/personal/konto/avsluta"),
    *("/personal/konto/logga-ut-overallt", "/personal/skarmar/para"),
}
NATIONAL_ADMINS = {
    *("/personal/personer", "/personal/personer/bjud-in"),
    *("/personal/personer/<>/roll", "/personal/personer/<>/ny-lank", "/personal/personer/<>/avsluta"),
    *("/personal/hus", "/personal/hus/nytt", "/personal/hus/<>"),
    *("/personal/hus/<>/stang", "/personal/hus/<>/besked", "/personal/hus/<>/oppna"),
}
# The token in the address is what opens; the sample's opens nothing.
WHOEVER_HAS_THE_LINK = {
    *("/personal/inbjudan/<>", "/personal/inbjudan/<>/mitt-konto"),
    "/personal/losenord/<>",
}
LEAVING = {"/personal/logga-ut", "/personal/konto/logga-ut-overallt"}
DOOR = {"/personal/logga-in"}
BELOW_A_HOUSE = {rule for rule in STAFF if rule.startswith("/personal/<>/")}

GROUPS = {
    "everybody": EVERYBODY_LOGGED_IN,
    "admins": NATIONAL_ADMINS,
    "link": WHOEVER_HAS_THE_LINK,
    "house": BELOW_A_HOUSE,
}
SAMPLES = [
    (group, address)
    for group, rules in GROUPS.items()
    for rule in sorted(rules)
    for address in (*STAFF.get(rule, ()), *LOG_IN.get(rule, ()))
    if not address.startswith(NO_HOUSE)
]
WITH_A_THING = [(group, address) for group, address in SAMPLES if "{" in address]
NAMED_IN_THE_PATH = [pair for pair in WITH_A_THING if "{" in urlsplit(pair[1]).path]
GUESTS: tuple[Person | None, ...] = (None, ENDED)
# Of two editors of one house one is enough for a sample.
LEFT = {COLLEAGUE} if IS_SAMPLE else set()
ASKED = [person for person in (*GUESTS, EDITOR, COLLEAGUE, STRANGER, ADMIN) if person not in LEFT]


@pytest.fixture(scope="module")
def world(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_world(states_file, tmp_path_factory.mktemp("matrix"))
    yield made
    databases.close_app(made.app)


def house_of(address: str) -> str:
    """The house that an address below one names."""
    return address.split("/")[2]


def elsewhere(address: str, house: str) -> str:
    """The same address below another house."""
    return address.replace(f"/personal/{house_of(address)}/", f"/personal/{house}/", 1)


def expected_at(group: str, address: str) -> set[str]:
    """The names of those who come in."""
    if group == "house":
        return {ADMIN.name, *(editor.name for editor in EDITORS[house_of(address)])}
    return {
        "everybody": {EDITOR.name, COLLEAGUE.name, STRANGER.name, ADMIN.name},
        "admins": {ADMIN.name},
        "link": set(),
    }[group]


def methods_of(app: Flask, address: str) -> list[str]:
    """What may be asked at an address."""
    path = urlsplit(address).path
    router = app.url_map.bind("kalender.example.org", url_scheme="https")
    return sorted(set(router.allowed_methods(path)) & {"GET", "POST", "PUT", "PATCH", "DELETE"})


def comes_in(answer: TestResponse) -> bool:
    """Whether the person got what is behind the door, be it only to hear that a form lacks something."""
    check_headers(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.status_code in {200, 303, 400, 401, 403, 404, 409, 422}, answer.status
    is_sent_away = answer.headers.get("Location", "").startswith("/personal/logga-in")
    return answer.status_code in {200, 303, 400, 409, 422} and not is_sent_away


def check_door(answer: TestResponse) -> None:
    """Nothing but the way to the door; for a form that was filled in, the door itself, which keeps it."""
    check_headers(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    if answer.status_code == 401:
        assert answer.request.method == "POST"
        assert one(answer, "main form")["action"] == "/personal/logga-in"
    else:
        assert answer.status_code == 303
        assert "Set-Cookie" not in answer.headers
        assert urlsplit(answer.headers["Location"]).path == "/personal/logga-in"


def everybody_at(world: World, method: str, address: str) -> dict[str, bool]:
    """Who comes in; whoever does not has saved nothing."""
    found = {}
    for person in ASKED:
        name = person.name if person else "nobody"
        found[name] = comes_in(world.ask(person, method, address))
        is_changed = world.is_changed()
        if address in LEAVING:
            # Who leaves is led to the door; that the log-in has ended is the answer.
            found[name] = is_changed
        assert found[name] or not is_changed, f"{name} was refused at {method} {address}, and it was saved"
    return found


def test_every_rule_of_the_staff_says_who_comes_in(world: World) -> None:
    rules = {shape(rule) for rule in world.app.url_map.iter_rules() if rule.rule.startswith("/personal")}
    assert rules - set().union(*GROUPS.values()) - DOOR == set(), "Nobody may come in until it is said who"
    assert set().union(*GROUPS.values()) - rules == set()
    assert {rule for rule in rules if rule.startswith("/personal/<>/")} == BELOW_A_HOUSE


@pytest.mark.parametrize(("group", "address"), SAMPLES)
def test_who_comes_in(world: World, group: str, address: str) -> None:
    path = filled(world.app, address)
    methods = methods_of(world.app, path)
    assert methods
    for method in methods:
        found = everybody_at(world, method, path)
        expected = expected_at(group, address) - {person.name for person in LEFT}
        assert {name for name, is_in in found.items() if is_in} == expected


@pytest.mark.parametrize(("group", "address"), SAMPLES)
def test_without_a_log_in_one_is_asked_to_log_in(world: World, group: str, address: str) -> None:
    path = filled(world.app, address)
    for person in GUESTS if group != "link" else ():
        for method in methods_of(world.app, path):
            check_door(world.ask(person, method, path))
    if group != "link":
        stranger, sent = world.app.test_client(), {"title": "Smugglad"}
        for method in methods_of(world.app, path):
            check_door(stranger.open(path, method=method, data=sent if method == "POST" else None))
    assert not world.is_changed()


@pytest.mark.parametrize(("group", "address"), [pair for pair in SAMPLES if pair[0] in {"house", "admins"}])
def test_what_is_anothers_is_not_there(world: World, group: str, address: str) -> None:
    path = filled(world.app, address)
    is_in_a_house = group == "house"
    other = EDITORS[NEIGHBOUR[house_of(address)]][0] if is_in_a_house else STRANGER
    nothing = elsewhere(path, house_of(NO_HOUSE)) if is_in_a_house else f"{NO_HOUSE}personer"
    for method in methods_of(world.app, path):
        there = world.ask(other, method, path)
        missing = world.ask(other, method if is_in_a_house else "GET", nothing)
        assert (there.status_code, there.data) == (404, missing.data)
        assert not world.is_changed()


@pytest.mark.parametrize(("group", "address"), [pair for pair in WITH_A_THING if pair[0] == "house"])
def test_a_thing_of_another_house_is_not_there_in_ones_own(world: World, group: str, address: str) -> None:
    neighbour = NEIGHBOUR[house_of(address)]
    here = elsewhere(address, neighbour)
    others, missing = filled(world.app, here), with_number(here, MISSING)
    for method in methods_of(world.app, others):
        for person in (EDITORS[neighbour][0], ADMIN):
            there, nothing = (world.ask(person, method, path) for path in (others, missing))
            assert there.status_code == nothing.status_code
            assert not world.is_changed()
            if (group, address) in NAMED_IN_THE_PATH:
                assert (there.status_code, there.data) == (404, nothing.data)


@pytest.mark.parametrize(("group", "address"), NAMED_IN_THE_PATH)
@pytest.mark.parametrize("number", [MISSING, str(2**70)])
def test_a_thing_that_never_was_is_not_there(world: World, group: str, address: str, number: str) -> None:
    path = with_number(address, number)
    people = (EDITORS[house_of(address)][0], ADMIN) if group == "house" else (ADMIN,)
    for method in methods_of(world.app, path):
        for person in people:
            assert world.ask(person, method, path).status_code == 404


@pytest.mark.parametrize("address", [address for _group, address in SAMPLES])
def test_a_token_of_somebody_elses_opens_nothing(world: World, address: str) -> None:
    path = filled(world.app, address)
    if "POST" in methods_of(world.app, path):
        own = world.tokens[ADMIN.name]
        world.tokens[ADMIN.name] = world.tokens[EDITOR.name]
        try:
            assert world.ask(ADMIN, "POST", path).status_code == 400
        finally:
            world.tokens[ADMIN.name] = own
        assert not world.is_changed()
