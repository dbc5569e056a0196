"""The application: a list of wiring steps, each module wires itself."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask

from khcal import models  # noqa: F401  migrations and bookkeeping need every table
from khcal.calendaring import clock, phrases
from khcal.config import Settings, asset_folder
from khcal.db import db, prepare_engine
from khcal.i18n import current_locale, gettext, ngettext
from khcal.web import (
    BLUEPRINTS,
    access,
    canonical,
    compiled,
    conditional,
    errors,
    house_pages,
    kept,
    late,
    parts,
    security,
    static_files,
)
from khcal.web.staff import door


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """An application for these settings; without any they are read from the environment."""
    app = create_tables_app(settings or Settings.from_environment(os.environ, **overrides))
    app.url_rule_class = late.LateRule
    _speak_swedish(app)
    static_files.serve_static_files(app)
    first = (compiled, security, access, canonical, conditional, errors)
    for part in (*first, house_pages, parts, door):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    kept.init_app(app)
    return app


def create_tables_app(settings: Settings) -> Flask:
    """The same without any page: for commands, which would wait for two hundred addresses in vain."""
    app = Flask("khcal", template_folder=str(asset_folder("templates")), static_folder=None)
    app.extensions["khcal"] = settings
    clock.start_at(settings.now)
    _configure(app, settings)
    _connect_database(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "hide_parameters": True},
        # Calendar programs that probe a feed with OPTIONS get a plain 405, never a page's redirect.
        PROVIDE_AUTOMATIC_OPTIONS=False,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=200_000,
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=security.trusted_hosts(settings),
    )


def _connect_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _speak_swedish(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(phrases.filters(), is_all_day=clock.is_all_day)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["current_locale"] = current_locale
