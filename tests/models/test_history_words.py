"""That the history has words for every column, the same as the form has, and for every verb in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from khcal.calendaring.phrases.changed_fields import FIELDS, LEFT_OUT
from khcal.calendaring.phrases.changes import VERBS
from khcal.forms.break_period import BreakForm
from khcal.forms.event import EventForm
from khcal.forms.house import FactsForm
from khcal.forms.notice import NoticeForm
from khcal.forms.room import RoomForm
from khcal.models.images import DERIVED, SECRET
from khcal.models.undone_rows import MODELS

ROOT = Path(__file__).parents[2] / "khcal"


@pytest.mark.parametrize("table", MODELS)
def test_every_column_is_told_or_left_out(table: str) -> None:
    told, left_out = set(FIELDS.get(table, {})), LEFT_OUT.get(table, set())
    columns = set(MODELS[table].__table__.c.keys()) - DERIVED - SECRET
    assert told | left_out == columns
    assert not told & left_out


@pytest.mark.parametrize(
    ("table", "form"),
    [
        ("event", EventForm),
        ("notice", NoticeForm),
        ("break_period", BreakForm),
        ("room", RoomForm),
        ("chapter", FactsForm),
    ],
)
def test_fields_are_called_what_the_form_calls_them(table: str, form: type) -> None:
    fields = {field.name: field.label.text for field in form()}
    told = {name: label for name, (label, _say) in FIELDS[table].items() if name in fields}
    assert told
    assert told == {name: fields[name] for name in told}


def test_every_verb_has_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")]
    begun = {
        verb for source in sources for verb in re.findall(r"begin_change\([^\"\n]*\"([a-z-]+)\"", source)
    }
    assert len(begun) > 10
    assert begun <= set(VERBS)
