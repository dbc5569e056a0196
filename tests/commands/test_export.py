"""``khcal export``: what it writes is read again by ``khcal import``, and is the same programme."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from khcal.config import PACKAGE
from khcal.db import db
from khcal.models import Event, Occurrence
from khcal.models.importing import load_stored
from tests.commands.conftest import Installation

HOUSES = PACKAGE / "sample" / "chapters.json"


@pytest.fixture
def filled(installation: Installation, sample_file: Path) -> Installation:
    """An installation with the whole sample programme."""
    copyfile(sample_file, installation.database)
    return installation


def programme(installation: Installation) -> dict[str, Any]:
    """Everything that the sheet can say, by key."""
    with installation.opened():
        slugs = list(load_stored(db.session(), ()).houses)
        return {event.key: event.now for event in load_stored(db.session(), slugs).events}


def test_the_whole_sample_comes_back_as_it_was(
    filled: Installation, empty_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "program.csv"
    assert filled.run("export", "--out", file).exit_code == 0
    before = programme(filled)
    copyfile(empty_file, filled.database)
    result = filled.run("import", HOUSES, file)
    assert result.exit_code == 0, result.output
    assert programme(filled) == before
    assert len(before) == 74


def test_what_staff_made_of_it_comes_back(filled: Installation, empty_file: Path, tmp_path: Path) -> None:
    with filled.opened():
        _change_much()
        db.session.commit()
    file = tmp_path / "program.csv"
    filled.run("export", "--out", file)
    before = programme(filled)
    copyfile(empty_file, filled.database)
    result = filled.run("import", HOUSES, file)
    assert result.exit_code == 0, result.output
    after = programme(filled)
    assert after == before
    with filled.opened():
        assert db.session.scalars(db.select(Event).filter_by(title="Nyhet")).one().is_draft
        assert db.session.scalars(db.select(Occurrence.short_text).filter_by(title="Yoga ute")).one() == ""


def _change_much() -> None:
    by_key = {event.import_key: event for event in db.session.scalars(db.select(Event))}
    yoga, group = by_key["SJ-05"], by_key["SJ-03"]
    yoga.online_link, yoga.link_is_open = "https://example.org/mote", True
    yoga.text, yoga.short_text = "Lång.", "=Kort"
    yoga.sibling = group
    dates: list[Occurrence] = yoga.occurrences
    dates[-1].move(dates[-1].starts_at.replace(hour=15), dates[-1].ends_at.replace(hour=17))
    moved = dates[-2]
    moved.move(moved.starts_at.replace(day=7), moved.ends_at.replace(day=7), "Lokalen är upptagen.")
    dates[-3].title, dates[-3].leader, dates[-3].short_text = "Yoga ute", "volontär", ""
    hours = {"start_time": yoga.start_time, "end_time": yoga.end_time}
    new = Event(uid="nyhet-1", chapter=yoga.chapter, slug="nyhet", kind=yoga.kind, title="Nyhet", **hours)
    new.import_key = "N-1"
    new.add_date("nyhet-datum", dates[0].starts_at, dates[0].ends_at).import_key = "2026-09-03"
    new.show_in(())
    db.session.add(new)


def test_one_house_to_the_screen(filled: Installation) -> None:
    result = filled.run("export", "goteborg")
    lines = result.stdout_bytes.decode("utf-8-sig").splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith('"id";"avdelning"')
    assert all(line.split(";")[1].startswith('"goteborg') for line in lines[1:])


def test_a_house_that_is_not_there_and_a_file_that_is(filled: Installation, tmp_path: Path) -> None:
    assert "boras är inget hus. De som finns är: " in filled.run("export", "boras").output
    file = tmp_path / "program.csv"
    file.write_text("kvar")
    result = filled.run("export", "--out", file)
    assert (result.exit_code, file.read_text()) == (1, "kvar")
    assert "finns redan. Välj ett annat namn." in result.output
    gone = filled.run("export", "--out", tmp_path / "borta" / "x.csv")
    assert "Det går inte att skriva" in gone.output


def test_the_file_is_for_its_owner_alone(filled: Installation, tmp_path: Path) -> None:
    filled.run("export", "--out", tmp_path / "program.csv")
    assert (tmp_path / "program.csv").stat().st_mode & 0o077 == 0
