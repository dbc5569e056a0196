"""What holds for every line: it is read without an error, the same each time, and nothing is made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khcal.calendaring.phrases.quick_entry import entry_remark
from khcal.calendaring.quick_entry import Entry, read_line
from khcal.calendaring.recurrence import RecurrenceError
from tests.quick_entry.cases import HOUSE, examples
from tests.tries import tries

# Words and marks of real lines, in any order: most of what can go wrong begins like something right.
PIECES = sorted({piece for each in examples() for piece in each["line"].split()})
any_text = st.text(max_size=600)
mixed = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
glued = st.lists(
    st.sampled_from([*PIECES, ",", "-", "–", "/", ".", "(", ")", "12", "v.", "ej"]), max_size=30
).map("".join)


@tries(60)
@given(st.one_of(any_text, mixed, glued))
def test_every_line_is_read(line: str) -> None:
    entry = read_line(line, HOUSE)
    assert entry == read_line(line, HOUSE)
    for piece in entry.not_understood:
        assert piece.text == line[piece.start : piece.end] != ""
    assert all(map(entry_remark, (*entry.assumptions, *entry.conflicts)))
    assert dates_hold_together(entry)


def dates_hold_together(entry: Entry) -> bool:
    """Whether the dates are in order and begin no earlier than the first day; refused ones are told."""
    try:
        days = entry.when.dates()
    except RecurrenceError:
        return bool(entry.conflicts)
    in_order = list(days) == sorted(set(days))
    return in_order and (not days or entry.when.first_day is None or days[0] >= entry.when.first_day)
