"""What a form makes, as a start for tests of what becomes of it: filled in once, and after that put back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from khcal.calendaring import clock
from khcal.models.user import token_hash
from tests import databases
from tests.web.staff_forms import NEW, save

# The database and the session after a form was saved, by all that it depended on.
_KEPT: dict[str, tuple[bytes, dict[str, Any]]] = {}


def made(client: FlaskClient, address: str = NEW, **values: Any) -> None:
    """Save the form at ``address`` with these values.

    The same values by the same person in a database with the same rows lead to the same rows: on SQLite
    those are taken from the first time. Who is logged in stays so.
    """
    app = client.application
    engine, _, path = app.config["SQLALCHEMY_DATABASE_URI"].partition(":///")
    if engine == "sqlite":
        _make_or_put_back(client, Path(path), address, values)
    else:
        assert save(client, address, **values).status_code == 303


def _make_or_put_back(client: FlaskClient, file: Path, address: str, values: dict[str, Any]) -> None:
    app = client.application
    base_url = app.extensions["khcal"].public_url
    databases.close_app(app)
    with client.session_transaction(base_url=base_url) as session:
        token = session["_user_id"]
    key, sign_ins = _standing(file, token)
    key += repr((address, sorted(values.items()), clock.epoch_seconds()))
    if key not in _KEPT:
        assert save(client, address, **values).status_code == 303
        databases.close_app(app)
        with client.session_transaction(base_url=base_url) as session:
            _KEPT[key] = file.read_bytes(), {name: session[name] for name in session if name != "_user_id"}
        return
    content, told = _KEPT[key]
    file.write_bytes(content)
    _put_back(file, sign_ins)
    databases.forget_kept(app)
    with client.session_transaction(base_url=base_url) as session:
        session.update(told)


def _standing(file: Path, token: str) -> tuple[str, list[tuple[Any, ...]]]:
    """Every row and who saves, in one text; and everybody's log-ins, which are each test's own."""
    with closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(names)}
        sign_ins = rows.pop("sign_in")
        who = connection.execute("SELECT user_id FROM sign_in WHERE token_hash = ?", [token_hash(token)])
        return repr((who.fetchone(), rows)), sign_ins


def _put_back(file: Path, sign_ins: list[tuple[Any, ...]]) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM sign_in")
        places = ", ".join("?" * len(sign_ins[0]))
        connection.executemany(f"INSERT INTO sign_in VALUES ({places})", sign_ins)
