"""Templates that were compiled before a restart need not be compiled after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from khcal.app import create_app
from tests import databases


def page_of_new_app(folder: Path) -> str:
    """The first page of khcal, as a process shows it that has just started."""
    settings = replace(databases.SETTINGS, database_url=f"sqlite:///{folder / 'khcal.db'}", data_dir=folder)
    app = create_app(settings)
    app.test_client_class = databases.Browser
    answer = app.test_client().get("/sjuharad/")
    databases.close_app(app)
    assert answer.status_code == 200
    return answer.text


def test_the_first_page_after_a_restart_compiles_nothing(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases.copy_of(sample_file, tmp_path)
    page = page_of_new_app(tmp_path)
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("A template was compiled again."))
    assert page_of_new_app(tmp_path) == page
