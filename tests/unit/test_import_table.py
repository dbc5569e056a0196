"""What becomes of each row of an import: new, changed, doubled, the same, or not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from khcal.calendaring.fault import Fault
from khcal.calendaring.import_plan import plan_import
from khcal.calendaring.import_table import Outcome, TableRow, digest, is_worth_planning, outcomes
from khcal.calendaring.import_values import Stored, StoredEvent
from khcal.calendaring.phrases import imports
from khcal.calendaring.programme_rows import ProgrammeRow
from khcal.calendaring.table_rows import Reading
from tests.unit.imported import BEFORE, Edit, stored_event, stored_house
from tests.unit.sheets import good_row

COUNTED = {"id": "SJ-09", "titel": "En annan"}


def look(
    row: ProgrammeRow | None, *events: StoredEvent, taken: tuple[str, ...] = (), **more: Any
) -> TableRow:
    """What the table says of one row."""
    stored = Stored({"sjuharad": stored_house()}, events)
    plan = plan_import([], [row] if row else [], stored, BEFORE, taken)
    reading = Reading((2,), row.title if row else "Okänt", row, **more)
    (found,) = outcomes([reading], plan, stored, BEFORE)
    return found


def changed(values: dict[str, Any]) -> None:
    values["price"] = 20


def told(row: TableRow) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in imports.changes_of(row)]


def test_a_row_that_nobody_has_is_new_and_ticked() -> None:
    found = look(good_row())
    assert (found.outcome, found.key, found.starts_ticked) == (Outcome.NEW, "SJ-01", True)
    when = imports.when_of(found).replace("\N{NO-BREAK SPACE}", " ")
    assert when == "5 tillfällen, 1–29 september 2026, kl. 13.00–15.30"


def test_the_same_row_again_is_the_same() -> None:
    found = look(good_row(), stored_event())
    assert (found.outcome, found.key, told(found)) == (Outcome.SAME, "", [])


def test_what_changes_is_told_in_words() -> None:
    found = look(good_row({"pris_kr": "50", "inställda_datum": "2026-09-08: Sjuk."}), stored_event())
    assert found.outcome is Outcome.CHANGED
    assert told(found) == [
        "Pris: ”0” blir ”50”.",
        "tisdag 8 september 2026 kl. 13.00–15.30 ställs in.",
    ]


def test_what_people_changed_stays_unless_the_files_word_is_taken() -> None:
    row, event = good_row({"pris_kr": "50"}), stored_event(changed)
    kept = look(row, event)
    assert (kept.outcome, told(kept)) == (Outcome.CHANGED, [])
    assert list(imports.kept_of(kept)) == ["Pris: i filen står ”50”."]
    assert list(imports.kept_of(kept, is_pasted=True)) == ["Pris: i rutan står ”50”."]
    taken = look(row, event, taken=("SJ-01",))
    assert (told(taken), taken.kept) == (["Pris: ”20” blir ”50”."], ())


def test_a_title_that_is_there_at_the_same_times_is_doubled_and_not_ticked() -> None:
    other = replace(stored_event(), key="", uid="made-by-hand")
    found = look(good_row(), other)
    assert (found.outcome, found.starts_ticked, found.doubles) == (Outcome.DOUBLED, False, 5)
    partly = look(good_row({"extra_datum": "2026-10-30"}), other)
    assert (partly.outcome, partly.doubles) == (Outcome.NEW, 5)


def test_an_export_finds_its_activity_by_uid() -> None:
    mine = replace(stored_event(), key="", imported={}, uid="SJ-01")
    assert look(good_row(), mine).outcome is Outcome.SAME


def test_a_row_that_is_not_understood_or_not_ours() -> None:
    fault = look(None, faults=(Fault(2, "Dag", "Vad?"),))
    assert (fault.outcome, fault.faults[0].message) == (Outcome.FAULT, "Vad?")
    assert look(None, elsewhere="Göteborg").outcome is Outcome.LEFT_OUT


def dropped(changes: Mapping[str, str], edit: Edit) -> TableRow:
    return look(good_row(changes), stored_event(edit))


def test_a_draft_date_that_the_file_drops_goes_and_a_public_one_is_called_off() -> None:
    def is_draft(values: dict[str, Any]) -> None:
        values["dates"]["2026-09-15"]["draft"] = True

    found = dropped({"exdatum": "2026-09-15 2026-09-22"}, is_draft)
    assert found.change
    assert found.change.dropped == ("2026-09-15",)
    assert "tisdag 15 september 2026 kl. 13.00–15.30 tas bort ur utkastet." in told(found)
    assert "tisdag 22 september 2026 kl. 13.00–15.30 ställs in." in told(found)


def test_a_table_without_identity_never_takes_a_date_away() -> None:
    fewer = replace(good_row({"exdatum": "2026-09-15"}), only_adds=True)
    found = look(fewer, stored_event())
    assert found.change
    assert [change.key for change in found.change.dates] == []


def test_an_activity_without_dates_matters_only_where_it_is_known() -> None:
    bare = replace(good_row(), schedule=replace(good_row().schedule, dates=()))
    reading = Reading((1,), "", bare)
    assert not is_worth_planning(reading, set(), False)
    assert is_worth_planning(reading, set(), True)
    assert is_worth_planning(reading, {"SJ-01"}, False)


def test_the_digest_changes_with_what_is_done_and_not_with_another_look() -> None:
    first, again = look(good_row()), look(good_row())
    assert digest([first]) == digest([again])
    assert digest([look(good_row({"pris_kr": "50"}))]) != digest([first])
    assert digest([first, look(good_row(COUNTED))]) != digest([first])
