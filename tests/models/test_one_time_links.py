"""A one-time link: once, for a time, for one thing, and known to nobody but whoever has it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from khcal.db import db
from khcal.models import OneTimeLink, User
from khcal.models.one_time_link import Purpose, find_link, make_link, spend_link
from tests import databases
from tests.people import ADMIN, make_user
from tests.postgres import Postgres

DAYS_7, MINUTES_30 = 7 * 24 * 3600, 30 * 60


@pytest.fixture
def invited(any_engine_app: Flask) -> Iterator[User]:
    with any_engine_app.app_context():
        user = User(name="anna")
        db.session.add(user)
        db.session.flush()
        yield user


def test_only_a_hash_is_kept(invited: User) -> None:
    token, link = make_link(db.session(), invited)
    kept = [str(getattr(link, column.key)) for column in OneTimeLink.__table__.columns]
    assert len(token) >= 22  # 128 bit in base64; ours has 256
    assert not [value for value in kept if token in value]


def test_it_opens_what_it_is_for_and_nothing_else(invited: User) -> None:
    token, link = make_link(db.session(), invited)
    assert find_link(db.session(), token, Purpose.INVITE) is link
    assert find_link(db.session(), token, Purpose.RESET) is None
    assert find_link(db.session(), token + "x", Purpose.INVITE) is None


def test_it_works_once(invited: User) -> None:
    token, link = make_link(db.session(), invited)
    assert [spend_link(db.session(), link), spend_link(db.session(), link)] == [True, False]
    db.session.expire_all()
    assert find_link(db.session(), token, Purpose.INVITE) is None


def test_a_new_one_ends_the_old(invited: User) -> None:
    old, _ = make_link(db.session(), invited)
    new, _ = make_link(db.session(), invited)
    assert find_link(db.session(), old, Purpose.INVITE) is None
    assert find_link(db.session(), new, Purpose.INVITE)


def test_an_invitation_lives_a_week(invited: User, frozen_clock: time_machine.Traveller) -> None:
    token, _ = make_link(db.session(), invited)
    frozen_clock.shift(DAYS_7 - 1)
    assert find_link(db.session(), token, Purpose.INVITE)
    frozen_clock.shift(1)
    assert find_link(db.session(), token, Purpose.INVITE) is None


def test_a_new_password_has_half_an_hour(any_engine_app: Flask, frozen_clock: time_machine.Traveller) -> None:
    with any_engine_app.app_context():
        token, _ = make_link(db.session(), make_user(ADMIN))
        frozen_clock.shift(MINUTES_30 - 1)
        assert find_link(db.session(), token, Purpose.RESET)
        frozen_clock.shift(1)
        assert find_link(db.session(), token, Purpose.RESET) is None


def test_an_account_that_ended_needs_none(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        user = make_user(ADMIN)
        token, _ = make_link(db.session(), user)
        user.end()
        assert find_link(db.session(), token, Purpose.RESET) is None


def test_of_two_at_once_one_gets_it(postgres: Postgres, tmp_path: Path) -> None:
    app = databases.make_app(tmp_path, postgres.create("khcal_links", "khcal_template"))
    got: list[bool] = []
    with app.app_context():
        user = User(name="anna")
        db.session.add(user)
        _, link = make_link(db.session(), user)
        db.session.commit()
        engine, key = db.engine, link.id

        def spend() -> None:
            with Session(engine) as other:
                got.append(spend_link(other, other.get_one(OneTimeLink, key)))
                other.commit()

        second = threading.Thread(target=spend)
        got.append(spend_link(db.session(), link))
        second.start()
        second.join(0.3)
        db.session.commit()
        second.join()
    databases.close_app(app)
    postgres.drop("khcal_links")
    assert got == [True, False]
