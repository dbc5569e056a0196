"""How a command reaches its installation, and how it says no: one Swedish sentence, no traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from khcal.app import create_tables_app
from khcal.config import ConfigError, Settings
from khcal.db import db


class Refusal(click.ClickException):
    """A command can't do what was asked; the message says why and what to do instead."""

    def show(self, file: Any = None) -> None:
        click.echo(self.format_message(), err=True)


def load_settings(**more: str) -> Settings:
    """The settings of the environment, ``more`` first. Raises :class:`Refusal` on nonsense."""
    given = {name: value for name, value in more.items() if value}
    try:
        return Settings.from_environment({**os.environ, **given})
    except ConfigError as fault:
        raise Refusal(str(fault)) from None


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The application without its pages, inside its context.

    Whatever the database refuses becomes one sentence.
    """
    try:
        app = create_tables_app(settings)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()
    except OperationalError as fault:
        raise Refusal(f"Databasen svarar inte som den ska: {fault.orig}") from fault


def database_file(settings: Settings) -> Path | None:
    """The file of a SQLite database; ``None`` on PostgreSQL."""
    address = make_url(settings.database_url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None
