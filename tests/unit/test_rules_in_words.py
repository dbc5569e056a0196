"""Recurrence rules in words, and the sentences for those that khcal does not keep."""

from __future__ import annotations

from khcal.calendaring import phrases
from khcal.calendaring.recurrence import Fault, RecurrenceError, weekly
from tests.tables import for_each


@for_each(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "Måndagar"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,TH", "Måndagar, onsdagar och torsdagar"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Varannan tisdag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "Varannan vecka på tisdagar och torsdagar"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "Var tredje vecka på fredagar"),
        ("FREQ=WEEKLY;INTERVAL=6;BYDAY=SA,SU", "Med 6 veckors mellanrum på lördagar och söndagar"),
        ("FREQ=MONTHLY;BYDAY=2WE", "Andra onsdagen i månaden"),
        ("FREQ=MONTHLY;BYDAY=-1TH", "Sista torsdagen i månaden"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "Första tisdagen varannan månad"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Den 15 i månaden"),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1", "Sista dagen med 5 månaders mellanrum"),
        ("", "Flera datum"),
        (weekly([4]), "Fredagar"),
    ],
)
def test_a_rule_in_words(rule: str, said: str) -> None:
    assert phrases.rule_in_words(rule) == said


@for_each(
    ("fault", "value", "said"),
    [
        (Fault.BACKWARDS, "2026-01-01", "Sista dagen ligger före den första."),
        (Fault.WEEK, 53, "Vecka 53 finns inte under den här tiden."),
        (Fault.TOO_MANY, 730, "Det blir fler än 730 datum. Välj ett tidigare slutdatum."),
        (Fault.MONTH_DAY, 31, "Välj en dag mellan 1 och 28, eller den sista dagen i månaden."),
        (Fault.PART, "BYHOUR", "Upprepningen ”BYHOUR” går inte att läsa."),
    ],
)
def test_what_is_wrong_with_a_rule(fault: Fault, value: object, said: str) -> None:
    assert phrases.rule_fault(RecurrenceError(fault, value)) == said


@for_each("fault", Fault)
def test_every_fault_has_a_whole_sentence(fault: Fault) -> None:
    said = phrases.rule_fault(RecurrenceError(fault, "x"))
    assert said.endswith(".")
    assert "{" not in said
