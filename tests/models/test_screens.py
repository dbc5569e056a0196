"""Screens from the code to the end of their key, what the books say of it, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from khcal.calendaring.pairing_code import LENGTH, SIGNS
from khcal.calendaring.screen_health import ScreenReport as Said
from khcal.calendaring.screen_settings import USUAL
from khcal.db import db
from khcal.models import Change, ChangedRow, Chapter, Pairing, Screen, ScreenReport
from khcal.models.pairing import (
    PairingError,
    ask_for_code,
    find_pairing,
    hand_out_key,
    pair_again,
    pair_new,
)
from khcal.models.screen_reporting import write_report
from khcal.models.undone_rows import Why
from khcal.models.user import token_hash
from tests.factories import make_chapter
from tests.models.changing import changing, take_back, would_leave
from tests.moments import INSTANT

DEVICE, OTHER = "d" * 32, "e" * 32
SAID = Said(1_795_522_320, 7, "abc", date(2026, 11, 24), 1_795_522_320_000)


@pytest.fixture
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield


pytestmark = pytest.mark.usefixtures("_inside")


def code_of(device: str = DEVICE) -> str:
    return ask_for_code(db.session(), device)[0]


def new_screen(house: Chapter, name: str = "Entrén", device: str = DEVICE) -> Screen:
    return pair_new(db.session(), code_of(device), house, name)


def key_of(device: str = DEVICE) -> str | None:
    pairing = find_pairing(db.session(), device)
    return hand_out_key(db.session(), pairing, device) if pairing else None


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_code_is_short_plain_and_kept_as_a_hash() -> None:
    code, until = ask_for_code(db.session(), DEVICE)
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)
    assert until == INSTANT.timestamp() + 900
    row = db.session.scalars(select(Pairing)).one()
    assert (row.code_hash, row.device_hash) == (token_hash(code), token_hash(DEVICE))
    assert code not in str(vars(row))


def test_asked_again_the_old_code_is_worthless() -> None:
    house, first = make_chapter(), code_of()
    second = code_of()
    with pytest.raises(PairingError):
        pair_new(db.session(), first, house, "Entrén")
    pair_new(db.session(), second, house, "Entrén")
    assert count(Pairing) == 1


def test_a_code_of_another_device_stays() -> None:
    first = code_of()
    code_of(OTHER)
    assert pair_new(db.session(), first, make_chapter(), "Entrén")


def test_a_code_ends_after_a_quarter_of_an_hour() -> None:
    code = code_of()
    with time_machine.travel(INSTANT + timedelta(minutes=15), tick=False):
        assert find_pairing(db.session(), DEVICE) is None
        with pytest.raises(PairingError):
            pair_new(db.session(), code, make_chapter(), "Entrén")
        code_of(OTHER)
        assert count(Pairing) == 1


def test_a_code_is_accepted_once() -> None:
    code = code_of()
    screen = pair_new(db.session(), code, make_chapter(), "Entrén")
    with pytest.raises(PairingError) as raised:
        pair_new(db.session(), code, make_chapter(), "Köket")
    assert raised.value.screen_id == screen.id


def test_the_key_can_be_asked_for_until_the_screen_has_reported() -> None:
    screen = new_screen(make_chapter())
    with time_machine.travel(INSTANT + timedelta(minutes=14), tick=False):
        key = key_of()
        assert key is not None
        assert (len(key), int(key, 16) >= 0) == (32, True)
        # However often the answer is lost, and in whatever order two questions come.
        assert key_of() == key
    db.session.refresh(screen)
    assert screen.key_hash == token_hash(key)
    write_report(db.session(), screen.id, SAID)
    assert find_pairing(db.session(), DEVICE) is None


def test_what_was_accepted_survives_a_new_question_for_a_code() -> None:
    new_screen(make_chapter())
    code_of()
    assert key_of() is not None


def test_nothing_is_handed_out_unaccepted_revoked_or_in_a_closed_house() -> None:
    code_of()
    assert key_of() is None
    screen = new_screen(house := make_chapter())
    screen.revoke()
    assert key_of() is None
    screen.revoked_at, house.closed_on = None, date(2026, 11, 1)
    assert key_of() is None


def test_two_devices_of_one_secret_have_two_keys() -> None:
    house = make_chapter()
    keys = []
    for name in ("Entrén", "Köket"):
        screen = new_screen(house, name)
        keys.append(key_of())
        write_report(db.session(), screen.id, SAID)
    assert len(set(keys)) == 2


def test_paired_again_it_is_the_same_screen_with_another_key() -> None:
    screen = new_screen(make_chapter())
    first = key_of()
    write_report(db.session(), screen.id, SAID)
    screen.rename("Skärmen i köket")
    pair_again(db.session(), code_of(OTHER), screen)
    # The old key is good until the new one is there.
    db.session.refresh(screen)
    assert screen.key_hash == token_hash(str(first))
    second = key_of(OTHER)
    db.session.refresh(screen)
    assert (screen.key_hash, screen.name, count(Screen)) == (token_hash(str(second)), "Skärmen i köket", 1)
    assert count(ScreenReport) == 0


def test_reports_and_keys_are_in_no_history_and_change_no_house() -> None:
    house = make_chapter()
    with changing("screen-pair"):
        screen = new_screen(house)
    changes, before = count(Change), house.revision
    key_of()
    write_report(db.session(), screen.id, SAID)
    write_report(db.session(), screen.id, SAID)
    db.session.commit()
    assert (count(Change), house.revision, screen.version) == (changes, before, 1)
    told = str([(row.before, row.after) for row in db.session.scalars(select(ChangedRow))])
    assert "key_hash" not in told
    assert screen.key_hash not in told


def test_a_screen_changes_nothing_that_visitors_see() -> None:
    house, other = make_chapter(), make_chapter()
    db.session.commit()
    revisions = house.revision, other.revision
    with changing():
        screen = new_screen(house)
    with changing():
        screen.rename("Köket")
        screen.set_up(USUAL | {"distance": "6"})
    with changing():
        screen.move_to(other)
    with changing():
        screen.revoke()
    db.session.expire_all()
    assert (house.revision, other.revision) == revisions


def test_what_is_usual_needs_no_writing() -> None:
    screen = new_screen(make_chapter())
    screen.set_up(dict(USUAL))
    assert screen.settings == {}


def test_names_settings_moves_and_revoking_are_taken_back() -> None:
    here, there = make_chapter(), make_chapter()
    screen = new_screen(here)
    db.session.commit()
    with changing() as renamed:
        screen.rename("Köket")
        screen.set_up(USUAL | {"greeting": "Hej"})
    with changing() as moved:
        screen.move_to(there)
    with changing() as revoked:
        screen.revoke()
    for change in (revoked, moved, renamed):
        assert take_back(change[0])[1] == []
    db.session.expire_all()
    assert (screen.name, screen.settings, screen.chapter_id, screen.revoked_at) == (
        "Entrén",
        {},
        here.id,
        None,
    )


def test_pairing_taken_back_revokes_and_again_lets_in() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("screen-pair") as paired:
        screen = new_screen(house)
    undone, left = take_back(paired[0])
    assert (left, screen.is_revoked) == ([], True)
    assert take_back(undone)[1] == []
    db.session.expire_all()
    assert not screen.is_revoked


def test_of_one_that_was_renamed_since_the_rest_is_told() -> None:
    screen = new_screen(make_chapter())
    db.session.commit()
    with changing() as first:
        screen.rename("Köket")
    with changing():
        screen.rename("Salen")
    assert [(each.why, each.columns) for each in would_leave(first[0])] == [(Why.CHANGED, {"name"})]


def test_a_screen_is_not_pushed_into_a_house_of_others() -> None:
    here, there = make_chapter(), make_chapter()
    screen = new_screen(there)
    db.session.commit()
    with changing() as moved:
        screen.move_to(here)
    left = would_leave(moved[0], lambda house: house == here.id)
    assert [(each.why, each.columns) for each in left] == [(Why.NOT_ALLOWED, {"chapter_id"})]
    # And of one that is another house's now nothing is taken back.
    assert [each.why for each in would_leave(moved[0], lambda house: house == there.id)] == [Why.OTHER_HOUSE]
