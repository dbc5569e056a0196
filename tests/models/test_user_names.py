"""A user name is the same however it is typed, also in databases from before that."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select

from khcal.commands.migrating import add_steps
from khcal.db import db
from khcal.models import User
from khcal.models.user import plain_name


@pytest.mark.parametrize(
    "typed", ["Östra Änden", "ÖSTRA  ÄNDEN", " östra änden ", "O\u0308stra Änden", "Östra\u00a0Änden"]
)
def test_one_name_in_many_spellings(typed: str) -> None:
    assert plain_name(typed) == "östra änden"
    assert User(name=typed).name == "östra änden"


def test_names_from_before_become_plain_and_stay_apart(any_engine_app: Flask) -> None:
    before = ["Anna", "anna", "ANNA", "Östra Änden", "kim", "anna-2"]
    add_steps(any_engine_app)
    with any_engine_app.app_context():
        downgrade(revision="20261122_01")
        rows = [{"name": name, "email": "", "password_hash": "", "version": 1} for name in before]
        with db.engine.begin() as connection:
            connection.execute(insert(User.__table__), rows)
        upgrade()
        with db.engine.connect() as connection:
            after = connection.scalars(select(User.__table__.c.name).order_by(User.__table__.c.id)).all()
        assert after == ["anna-3", "anna", "anna-4", "östra änden", "kim", "anna-2"]
