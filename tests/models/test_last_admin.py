"""The last national admin cannot vanish: not by ending, not by another role, not by two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Membership, User
from khcal.models.last_admin import LastAdminError, hold_admins
from tests import databases
from tests.people import ADMIN, Person, make_user
from tests.postgres import Postgres

OTHER = Person("riksadmin-2", "", Role.NATIONAL_ADMIN)


def test_the_only_one_stays(any_engine_app: Flask) -> None:
    with any_engine_app.app_context(), pytest.raises(LastAdminError):
        hold_admins(db.session(), make_user(ADMIN))


def test_one_of_two_may_go(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        make_user(OTHER)
        hold_admins(db.session(), make_user(ADMIN))


@pytest.mark.parametrize("how", ["ended", "invited"])
def test_who_cannot_log_in_does_not_count(any_engine_app: Flask, how: str) -> None:
    with any_engine_app.app_context():
        other = make_user(OTHER)
        other.ended_at = 1 if how == "ended" else None
        other.password_hash = "" if how == "invited" else other.password_hash
        with pytest.raises(LastAdminError):
            hold_admins(db.session(), make_user(ADMIN))


@pytest.fixture
def two_admins(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Flask, list[int]]]:
    app = databases.make_app(tmp_path, postgres.create("khcal_admins", "khcal_template"))
    with app.app_context():
        numbers = [make_user(person).id for person in (ADMIN, OTHER)]
        db.session.commit()
    yield app, numbers
    databases.close_app(app)
    postgres.drop("khcal_admins")


def end(user: User) -> None:
    user.end()


def demote(user: User) -> None:
    user.set_access([])


@pytest.mark.parametrize("first", [end, demote])
@pytest.mark.parametrize("second", [end, demote])
def test_of_two_who_send_each_other_away_at_once_one_stays(
    two_admins: tuple[Flask, list[int]], first: Callable[[User], None], second: Callable[[User], None]
) -> None:
    app, (one, other) = two_admins
    refused: list[int] = []
    with app.app_context():
        engine = db.engine

        def leave(key: int, step: Callable[[User], None], waiting: threading.Event | None = None) -> None:
            with Session(engine) as session:
                user = session.get_one(User, key)
                if waiting:
                    # The other has read all that it needs before this one begins to write.
                    event.listen(session, "after_flush", lambda *_: waiting.set())
                try:
                    hold_admins(session, user)
                    step(user)
                    session.flush()
                    if waiting:
                        waiting.set()
                        thread.join(0.3)
                    session.commit()
                except LastAdminError:
                    refused.append(key)

        begun = threading.Event()
        thread = threading.Thread(target=lambda: (begun.wait(), leave(other, second)))
        thread.start()
        leave(one, first, begun)
        thread.join()
        left = select(User.name).join(Membership).where(User.ended_at.is_(None))
        assert db.session.scalars(left).all() == [OTHER.name]
        assert refused == [other]
