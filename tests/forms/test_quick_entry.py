"""An entry fills the form: what the form then wants is what the entry meant."""

from __future__ import annotations

from datetime import time

from khcal.calendaring.quick_entry import Entry, read_line
from khcal.forms.quick_entry import typed
from khcal.forms.schedule import ScheduleForm
from tests.quick_entry.cases import HOUSE, examples
from tests.tables import for_each


def fillable() -> list[str]:
    """Lines whose entry lacks nothing but a title and contradicts nothing about its dates."""
    found = []
    for each in examples():
        expected = each["expected"]
        if set(expected.get("lacks", ())) <= {"title"} and not any(
            "rule" in x for x in expected.get("conflicts", ())
        ):
            found.append(each["line"])
    return found


@for_each("line", fillable())
def test_the_form_wants_what_the_entry_means(line: str) -> None:
    entry = read_line(line, HOUSE)
    form = ScheduleForm(typed(entry))
    assert form.validate(), form.errors
    assert form.wanted
    skipped = {day for day, _ in form.wanted.pauses}
    slots = [slot for slot in form.wanted.all_slots() if slot.day not in skipped]
    assert tuple(slot.day for slot in slots) == entry.when.dates()
    assert all((slot.starts_at.time(), slot.ends_at.time()) == hours_of(entry) for slot in slots)


def hours_of(entry: Entry) -> tuple[time | None, time | None]:
    return (time.min, time.min) if entry.all_day else (entry.starts, entry.ends)
