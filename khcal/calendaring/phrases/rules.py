"""Recurrence rules in words, and what is wrong with one."""

from __future__ import annotations

from khcal.i18n import gettext as _

from ..recurrence import (
    LAST_SAFE_MONTH_DAY,
    MOST_DATES,
    MOST_MONTHS_APART,
    MOST_WEEKS_APART,
    Fault,
    Frequency,
    RecurrenceError,
    RecurrenceRule,
)
from ..rule_text import parse
from .words import N_, capital, listing

# Monday first: on Mondays, one Monday, the nth Monday.
_WEEKDAYS = (
    (N_("måndagar"), N_("måndag"), N_("måndagen")),
    (N_("tisdagar"), N_("tisdag"), N_("tisdagen")),
    (N_("onsdagar"), N_("onsdag"), N_("onsdagen")),
    (N_("torsdagar"), N_("torsdag"), N_("torsdagen")),
    (N_("fredagar"), N_("fredag"), N_("fredagen")),
    (N_("lördagar"), N_("lördag"), N_("lördagen")),
    (N_("söndagar"), N_("söndag"), N_("söndagen")),
)
_NTH = {1: N_("första"), 2: N_("andra"), 3: N_("tredje"), 4: N_("fjärde"), -1: N_("sista")}
_FAULTS = {
    Fault.INTERVAL: N_("Upprepningen kan vara högst var {weeks}:e vecka eller var {months}:e månad."),
    Fault.WEEKDAYS: N_("Välj minst en veckodag. Varje månad kan bara ha en veckodag."),
    Fault.NTH: N_("Välj första, andra, tredje, fjärde eller sista veckodagen i månaden."),
    Fault.MONTH_DAY: N_("Välj en dag mellan 1 och {day}, eller den sista dagen i månaden."),
    Fault.UNTIL: N_("Skriv slutdatum så här: 2026-12-14."),
    Fault.COUNT: N_("Antalet gånger ska vara mellan 1 och {dates}."),
    Fault.UNBOUNDED: N_("Skriv när upprepningen slutar, eller hur många gånger det blir."),
    Fault.BACKWARDS: N_("Sista dagen ligger före den första."),
    Fault.TOO_LONG: N_("Upprepningen är för lång. Planera högst tre år framåt."),
    Fault.TOO_MANY: N_("Det blir fler än {dates} datum. Välj ett tidigare slutdatum."),
    Fault.CLOCK_CHANGE: N_("Välj en annan tid än {value}: kl. 2–3 på natten ställs klockan om ibland."),
    Fault.WEEK: N_("Vecka {value} finns inte under den här tiden."),
}


def rule_in_words(rule: str | RecurrenceRule) -> str:
    """``Varannan tisdag``, also from the stored text; ``Flera datum`` for no rule. Raises RecurrenceError."""
    if not rule:
        return _("Flera datum")
    known = parse(rule) if isinstance(rule, str) else rule
    return capital(_weekly(known) if known.frequency is Frequency.WEEKLY else _monthly(known))


def rule_fault(error: RecurrenceError) -> str:
    """What is wrong with a rule, and what to do instead, in a sentence."""
    told = _FAULTS.get(error.fault, N_("Upprepningen ”{value}” går inte att läsa."))
    return _(told).format(
        value=error.value,
        weeks=MOST_WEEKS_APART,
        months=MOST_MONTHS_APART,
        day=LAST_SAFE_MONTH_DAY,
        dates=MOST_DATES,
    )


def _weekly(rule: RecurrenceRule) -> str:
    names = [_WEEKDAYS[weekday] for weekday in rule.weekdays]
    plural = listing([_(name) for name, *_rest in names])
    if rule.interval == 1:
        return plural
    if rule.interval == 2 and len(names) == 1:
        return _("varannan {weekday}").format(weekday=_(names[0][1]))
    weeks = {2: _("varannan vecka"), 3: _("var tredje vecka"), 4: _("var fjärde vecka")}.get(rule.interval)
    weeks = weeks or _("med {number} veckors mellanrum").format(number=rule.interval)
    return _("{weeks} på {weekdays}").format(weeks=weeks, weekdays=plural)


def _monthly(rule: RecurrenceRule) -> str:
    months = {1: _("i månaden"), 2: _("varannan månad"), 3: _("var tredje månad")}.get(rule.interval)
    months = months or _("med {number} månaders mellanrum").format(number=rule.interval)
    if rule.nth is not None:
        return f"{_(_NTH[rule.nth])} {_(_WEEKDAYS[rule.weekdays[0]][2])} {months}"
    chosen = _("sista dagen") if rule.month_day == -1 else _("den {day}").format(day=rule.month_day)
    return f"{chosen} {months}"
