"""``khcal import``: all or nothing, a trial run that writes nothing, and a report in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring.limits import BY_COMMAND, UPLOADED
from khcal.commands import main
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from khcal.models.house_addresses import move_house
from tests.unit.sheets import SAMPLE, sheet

Run = Callable[..., Result]
HOUSES = SAMPLE / "chapters.json"
PROGRAMME = SAMPLE / "programme.csv"


@pytest.fixture
def khcal(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on the empty database of ``app``."""
    return command_on(app, tmp_path, monkeypatch)


@pytest.fixture
def khcal_again(sample_copy: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on a database where it has read in both files of the sample programme already."""
    return command_on(sample_copy, tmp_path, monkeypatch)


def command_on(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KHCAL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KHCAL_NOW", "2026-11-24T13:12")
    monkeypatch.setenv("KHCAL_DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, arguments)])

    return run


def rows(app: Flask) -> list[int | None]:
    with app.app_context():
        return [
            db.session.scalar(select(func.count()).select_from(model))
            for model in (Chapter, Event, Occurrence)
        ]


def test_both_files_in_any_order(app: Flask, khcal: Run) -> None:
    result = khcal(PROGRAMME, HOUSES)
    assert result.exit_code == 0, result.output
    assert rows(app) == [5, 74, 579]
    assert "Sjuhärad: 22 nya aktiviteter, 157 nya datum." in result.output
    assert "Riksföreningen: 2 nya aktiviteter, 2 nya datum." in result.output
    assert "Inget har ändrats sedan förra gången." in khcal(PROGRAMME, HOUSES).output
    assert rows(app) == [5, 74, 579]


def rename(app: Flask, slug: str, new: str) -> None:
    with app.app_context():
        move_house(db.session(), db.session.scalars(select(Chapter).filter_by(slug=slug)).one(), new)
        db.session.commit()


def test_files_with_the_name_that_a_house_had_before_find_it(sample_copy: Flask, khcal_again: Run) -> None:
    rename(sample_copy, "sjuharad", "boras")
    rename(sample_copy, "boras", "sjuharads-hus")
    result = khcal_again(HOUSES, PROGRAMME)
    assert result.exit_code == 0, result.output
    assert "Inget har ändrats sedan förra gången." in result.output
    assert rows(sample_copy) == [5, 74, 579]


def test_what_is_new_in_such_a_file_goes_to_the_renamed_house(
    sample_copy: Flask, khcal_again: Run, tmp_path: Path
) -> None:
    rename(sample_copy, "sjuharad", "boras")
    changed = PROGRAMME.read_text().replace("Köket;", "Nya köket;").replace(";Lunchyoga;", ";Lunchgympa;")
    file = tmp_path / "program.csv"
    file.write_text(changed)
    result = khcal_again(file)
    assert "Står kvar" not in result.output
    with sample_copy.app_context():
        yoga = db.session.scalars(select(Event).filter_by(import_key="SJ-05")).one()
        open_house = db.session.scalars(select(Event).filter_by(import_key="SJ-01")).one()
        assert (yoga.title, yoga.chapter.slug) == ("Lunchgympa", "boras")
        assert (open_house.room and open_house.room.name, open_house.chapter.slug) == ("Nya köket", "boras")


def test_the_report_tells_the_clash_and_the_open_day_and_nothing_else(khcal: Run) -> None:
    output = khcal("--dry-run", HOUSES, PROGRAMME).output.replace("\N{NO-BREAK SPACE}", " ")
    told = output.partition("Se över:\n")[2].partition("Det här var en provkörning.")[0]
    lines = told.strip().splitlines()
    assert [line.split(": ")[0].strip() for line in lines] == [
        "torsdag 26 november 2026",
        "tisdag 29 december 2026",
    ]
    assert "Keramik på prov (ST-12)" in lines[0]
    assert "Mellandagsfika (SJ-13)" in lines[1]


def test_a_trial_run_tells_the_same_and_writes_nothing(app: Flask, khcal: Run) -> None:
    trial = khcal("--dry-run", HOUSES, PROGRAMME)
    assert trial.exit_code == 0
    assert rows(app) == [0, 0, 0]
    assert trial.output == khcal(HOUSES, PROGRAMME).output + "Det här var en provkörning. Inget är skrivet.\n"


@pytest.mark.parametrize(
    "fault",
    [{"typ": "fest"}, {"avdelning": "boras"}, {"startdatum": "31/9"}, {"rum": "A; B; C"}],
    ids=lambda fault: next(iter(fault)),
)
def test_a_fault_anywhere_and_nothing_is_written(
    app: Flask, khcal: Run, tmp_path: Path, fault: dict[str, str]
) -> None:
    file = tmp_path / "höst.csv"
    file.write_bytes(sheet({}, {"id": "SJ-02"}, {"id": "SJ-03", **fault}))
    result = khcal(HOUSES, file)
    assert result.exit_code == 1
    assert f"höst.csv, rad 4 (SJ-03), kolumn {next(iter(fault))}: " in result.output
    assert "Inget är inläst. Rätta felet och läs in igen." in result.output
    assert rows(app) == [0, 0, 0]


def test_a_file_larger_than_may_be_uploaded(app: Flask, khcal: Run, tmp_path: Path) -> None:
    """Whoever runs the server reads in all houses at once, which an upload may not."""
    file = tmp_path / "alla.csv"
    once = {"rrule": "", "slutdatum": "2026-09-01", "intern_anteckning": "Nycklarna hänger i köket. " * 380}
    file.write_bytes(sheet(*({**once, "id": f"SJ-{number}"} for number in range(110))))
    assert file.stat().st_size > UPLOADED.bytes
    result = khcal(HOUSES, file)
    assert result.exit_code == 0, result.output
    assert rows(app) == [5, 110, 110]


def test_a_file_too_large_for_the_command_too(khcal: Run, tmp_path: Path) -> None:
    file = tmp_path / "alla.csv"
    file.write_bytes(b"id;" * (BY_COMMAND.bytes // 3 + 1))
    assert "Filen är för stor, den får vara högst 20 MB. Dela den på flera." in khcal(HOUSES, file).output


def test_faults_of_every_file_are_told_at_once(khcal: Run, tmp_path: Path) -> None:
    houses, programme = tmp_path / "hus.json", tmp_path / "program.csv"
    houses.write_text(HOUSES.read_text().replace('"Kraftens hus Göteborg"', "null"))
    programme.write_bytes(sheet({"typ": "fest"}))
    output = khcal(programme, houses).output
    assert "hus.json, chapters[0].name: Värdet saknas." in output
    assert "program.csv, rad 2 (SJ-01), kolumn typ: " in output
    assert "Rätta de 2 felen" in output


def test_an_import_that_breaks_off_leaves_nothing(
    app: Flask, khcal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, shown = Event.show_in, []

    def break_off(event: Event, chapters: Iterable[Chapter]) -> None:
        shown.append(event)
        if len(shown) == 40:
            raise KeyboardInterrupt
        real(event, chapters)

    monkeypatch.setattr(Event, "show_in", break_off)
    assert khcal(HOUSES, PROGRAMME).exit_code != 0
    assert rows(app) == [0, 0, 0]


def test_two_imports_at_the_same_time(app: Flask, khcal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khcal.commands.import_programme.apply_import", raise_stale)
    result = khcal(HOUSES)
    assert result.exit_code == 1
    assert "Någon ändrade i kalendern samtidigt. Inget är inläst. Läs in igen." in result.output


def raise_stale(*_: object) -> None:
    raise StaleDataError


def test_a_programme_before_its_houses(app: Flask, khcal: Run) -> None:
    result = khcal(PROGRAMME)
    assert result.exit_code == 1
    assert "Läs in husen först: khcal import chapters.json." in result.output
    assert rows(app) == [0, 0, 0]


def test_the_kind_of_file_is_known_by_its_content(khcal: Run, tmp_path: Path) -> None:
    (tmp_path / "hus.txt").write_bytes(HOUSES.read_bytes())
    result = khcal(tmp_path / "hus.txt")
    assert result.exit_code == 0
    assert "Kraftens hus Sjuhärad: nytt hus." in result.output


def test_the_same_rows_in_two_files(khcal: Run, tmp_path: Path) -> None:
    (tmp_path / "kopia.csv").write_bytes(PROGRAMME.read_bytes())
    result = khcal(HOUSES, PROGRAMME, tmp_path / "kopia.csv")
    assert result.exit_code == 1
    assert "Raden finns i två av filerna." in result.output


def test_a_file_that_is_not_there(khcal: Run, tmp_path: Path) -> None:
    result = khcal(tmp_path / "borta.csv")
    assert result.exit_code == 1
    assert "Det går inte att läsa" in result.output


def test_what_stays_and_what_is_gone_is_told(app: Flask, khcal: Run, tmp_path: Path) -> None:
    file = tmp_path / "program.csv"
    later = {"startdatum": "2027-01-12", "slutdatum": "2027-02-09", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    file.write_bytes(sheet(later, later | {"id": "SJ-02"}))
    khcal(HOUSES, file)
    with app.app_context():
        db.session.scalars(select(Event).filter_by(import_key="SJ-01")).one().price = 20
        db.session.commit()
    file.write_bytes(sheet(later | {"pris_kr": "50"}))
    output = khcal(file).output
    assert "rad 2 (SJ-01), Målarverkstad: pris_kr. I filen står: ”50”." in output
    assert "Sjuhärad, SJ-02: Målarverkstad" in output
