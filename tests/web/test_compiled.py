"""Compiled templates that outlive a restart, and are only taken back when they are whole and our own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from khcal.app import create_app
from khcal.web.compiled import CompiledTemplates
from tests import databases

KEY = "k" * 48


class Counting(Environment):
    """Counts what it compiles."""

    compiled = 0

    def compile(self, *args: Any, **told: Any) -> CodeType:
        self.compiled += 1
        return super().compile(*args, **told)


def written(folder: Path, key: str = KEY, text: str = "Hej {{ name }}", **ways: bool) -> tuple[str, int]:
    """What a process that has just started writes, and how many templates it compiled for that."""
    environment = Counting(loader=DictLoader({"a.html": text}), **ways)
    environment.bytecode_cache = CompiledTemplates(folder, key, environment)
    return environment.get_template("a.html").render(name="du"), environment.compiled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the template is kept."""
    assert written(tmp_path / "templates") == ("Hej du", 1)
    return tmp_path / "templates"


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert written(folder) == ("Hej du", 0)


def test_a_changed_template_is_compiled_anew(folder: Path) -> None:
    assert written(folder, text="Hallå {{ name }}") == ("Hallå du", 1)


def test_what_others_wrote_is_not_run(folder: Path) -> None:
    assert written(folder, key="o" * 48) == ("Hej du", 1)


def test_what_was_compiled_otherwise_is_not_run(folder: Path) -> None:
    assert written(folder, trim_blocks=True) == ("Hej du", 1)


@pytest.mark.parametrize("damage", [0, 20, 40, 100, -1])
def test_a_damaged_file_is_written_anew(folder: Path, damage: int) -> None:
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(bytes([*whole[:damage], whole[damage] ^ 1, *whole[damage:][1:]]))
    assert written(folder) == ("Hej du", 1)
    assert written(folder) == ("Hej du", 0)


@pytest.mark.parametrize("length", [0, 10, 32, 60])
def test_a_file_that_was_cut_short_is_written_anew(folder: Path, length: int) -> None:
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert written(folder) == ("Hej du", 1)
    assert written(folder) == ("Hej du", 0)


def test_where_nothing_can_be_written_templates_work(tmp_path: Path) -> None:
    for _ in range(2):
        assert written(tmp_path / "not" / "there") == ("Hej du", 1)


def test_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700


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
