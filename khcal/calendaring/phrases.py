"""How khcal says a day, a time, a state or a rule to a reader: the one place for wording and Babel.

Pure functions of values and row shapes. Clocks have a point and spans an en dash, as Swedish wants
("kl. 13.00–15.00"); what belongs together is held together by a no-break space. Dates are in small
letters: :func:`capital` begins a heading. All of them are also filters in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from khcal.i18n import current_locale, ngettext
from khcal.i18n import gettext as _

from . import clock
from .shapes import Deadline, Group, ListedDate
from .terms import Appearance, Audience, Fact, Form, Kind, Places, Signup

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"


def N_(message: str) -> str:
    """Mark a text for the catalogue; it is translated where it is said."""
    return message


KINDS = {
    Kind.CONVERSATION: N_("Samtal"),
    Kind.MOVEMENT: N_("Rörelse"),
    Kind.CALM: N_("Lugn"),
    Kind.CREATIVE: N_("Skapande"),
    Kind.KNOWLEDGE: N_("Kunskap"),
    Kind.ADVICE: N_("Råd"),
    Kind.COMMUNITY: N_("Gemenskap"),
    Kind.ASSOCIATION: N_("Förening"),
    Kind.CLOSURE: N_("Stängt"),
}
AUDIENCES = {
    Audience.EVERYONE: N_("Alla cancerberörda"),
    Audience.PATIENT: N_("Du som har eller har haft cancer"),
    Audience.RELATIVE: N_("Närstående"),
    Audience.BEREAVED: N_("Efterlevande"),
    Audience.FAMILY: N_("Barn och familj"),
    Audience.YOUNG_ADULT: N_("Unga vuxna"),
    Audience.MEMBER: N_("Medlemmar"),
    Audience.VOLUNTEER: N_("Volontärer"),
}
FORMS = {
    Form.ONSITE: N_("På plats"),
    Form.ONLINE: N_("Digitalt"),
    Form.HYBRID: N_("På plats och digitalt"),
    Form.OUTDOORS: N_("Utomhus"),
}
SIGNUPS = {
    Signup.DROP_IN: N_("Drop-in"),
    Signup.REQUIRED: N_("Anmälan"),
    Signup.INTERVIEW: N_("Anmälan och samtal före start"),
    Signup.APPOINTMENT: N_("Bokad tid"),
    Signup.NONE: N_("Ingen anmälan"),
}
FACTS = {
    Fact.STEP_FREE: N_("Utan trappsteg"),
    Fact.CALM: N_("Lugnt tempo"),
    Fact.SEATED: N_("Går att göra sittande"),
    Fact.HEARING_LOOP: N_("Hörslinga finns"),
}
LANGUAGES = {
    "sv": N_("På svenska"),
    "en": N_("På engelska"),
    "fi": N_("På finska"),
    "ar": N_("På arabiska"),
}
_SIGNUP_UNTIL = {
    Signup.REQUIRED: N_("Anmälan senast {when}"),
    Signup.INTERVIEW: N_("Anmälan senast {when}, med ett samtal före start"),
    Signup.APPOINTMENT: N_("Boka tid senast {when}"),
}
_SIGNUP_CLOSED = {
    Signup.REQUIRED: N_("Anmälan stängde {when}"),
    Signup.INTERVIEW: N_("Anmälan stängde {when}"),
    Signup.APPOINTMENT: N_("Bokningen stängde {when}"),
}
# What staff write first in a reason for moving, and khcal says better: "Flyttad till onsdag kl. 18."
_MOVED_FIRST = r"^flytta[dt]\b(?:kl\.|\.(?=\d)|[^,.])*[,.]?\s*"
_SIGNUP_ANYTIME = {
    Signup.DROP_IN: N_("Du behöver inte anmäla dig"),
    Signup.REQUIRED: N_("Anmäl dig före"),
    Signup.INTERVIEW: N_("Anmälan, med ett samtal före start"),
    Signup.APPOINTMENT: N_("Boka tid"),
    Signup.NONE: "",
}


# Days and times


def day(value: date) -> str:
    """``lördag 21 november``; takes a date or a datetime, as all of these."""
    return _date(value, "EEEE d MMMM")


def day_with_year(value: date) -> str:
    """``lördag 21 november 2026``."""
    return _date(value, "EEEE d MMMM y")


def short_date(value: date) -> str:
    """``21 november``."""
    return _date(value, "d MMMM")


def weekday(value: date) -> str:
    """``lördag``."""
    return _date(value, "EEEE")


def month(value: date) -> str:
    """``november 2026``."""
    return _date(value, "LLLL y")


def month_name(value: date) -> str:
    """``november``."""
    return _date(value, "LLLL")


def week(value: date) -> str:
    """``v. 48``, the ISO week."""
    return _("v. {number}").format(number=clock.week_of(value)[1]).replace(" ", NBSP)


def week_with_days(value: date) -> str:
    """``Vecka 48, 23–29 november 2026``: the heading of a week."""
    monday = clock.monday_of(value)
    span_of_days = days(monday, monday + timedelta(days=6), with_year=True)
    return _("Vecka {number}, {days}").format(
        number=clock.week_of(value)[1], days=span_of_days
    )


def relative_day(value: date, today: date) -> str:
    """``i dag`` or ``i morgon``, otherwise nothing."""
    names = {0: _("i dag"), 1: _("i morgon")}
    return names.get((_plain(value) - _plain(today)).days, "").replace(" ", NBSP)


def near_day(value: date, today: date) -> str:
    """A day as one says it today: ``i dag``, ``i morgon``, ``lördag 21 november``, a year if another."""
    in_full = day(value) if value.year == today.year else day_with_year(value)
    return relative_day(value, today) or in_full


def days(first: date, last: date, with_year: bool = False) -> str:
    """``25–27 maj``, ``29 mars–2 april``, ``21 december 2026–6 januari 2027``; one day as ``20 maj``."""
    year = " y" if with_year or first.year != last.year else ""
    end = _date(last, "d MMMM" + year)
    if _plain(first) == _plain(last):
        return end
    if first.year != last.year:
        return _date(first, "d MMMM y") + DASH + end
    return _date(first, "d" if first.month == last.month else "d MMMM") + DASH + end


def clock_time(moment: time) -> str:
    """``13.00``, also from a datetime."""
    return f"{moment:%H.%M}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """``13.00–15.00``; one that lasts until midnight ends at 24.00."""
    end = "24.00" if ends_at.time() == time.min else clock_time(ends_at.time())
    return clock_time(starts_at.time()) + DASH + end


def at_span(starts_at: datetime, ends_at: datetime) -> str:
    """``kl. 13.00–15.00``."""
    return _at(span(starts_at, ends_at))


def hours(row: ListedDate) -> str:
    """``kl. 13.00–15.00``, ``hela dagen``, or the days it spans."""
    if row.days > 1:
        return days(row.starts_at, row.last_day)
    return _("hela dagen") if row.is_all_day else at_span(row.starts_at, row.ends_at)


def when(row: ListedDate) -> str:
    """``tisdag 24 november kl. 13.00–15.00``; ``21 december 2026–6 januari 2027`` when all-day."""
    if row.days == 1:
        return f"{day(row.starts_at)}{', ' if row.is_all_day else ' '}{hours(row)}"
    if row.is_all_day:
        return days(row.starts_at, row.last_day)
    return _("{start} till {end}").format(
        start=_moment(row.starts_at), end=_moment(row.ends_at)
    )


def day_of_days(row: ListedDate) -> str:
    """``dag 2 av 3`` for a date of several days, otherwise nothing."""
    if row.days == 1:
        return ""
    return _("dag {number} av {days}").format(number=row.day_number, days=row.days)


# What it is


def kind_label(kind: Kind) -> str:
    """``Samtal``."""
    return _(KINDS[kind])


def audience_label(audience: Iterable[Audience]) -> str:
    """``Närstående och efterlevande``, in the order of the vocabulary."""
    chosen = set(audience)
    words = [_(text) for code, text in AUDIENCES.items() if code in chosen]
    return listing([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])


def form_label(form: Form) -> str:
    """``På plats``."""
    return _(FORMS[form])


def fact_label(fact: Fact) -> str:
    """``Utan trappsteg``."""
    return _(FACTS[fact])


def language_label(language: str) -> str:
    """``På finska``; a language without a name here is named by its code."""
    return _(LANGUAGES.get(language, language))


def price_label(price: int) -> str:
    """``Kostnadsfritt`` or ``50 kr``."""
    if price == 0:
        return _("Kostnadsfritt")
    amount = format_decimal(price, locale=current_locale())
    return _("{amount} kr").format(amount=amount).replace(" ", NBSP)


def signup_word(signup: Signup) -> str:
    """``Drop-in``: the rule in a word, for choices."""
    return _(SIGNUPS[signup])


def signup_label(item: ListedDate | Group, today: date | None = None) -> str:
    """``Du behöver inte anmäla dig``, ``Anmälan senast måndag 23 november kl. 15.00``.

    For a date a deadline counted in days becomes a day; with ``today`` one that passed is said so.
    """
    starts_at = item.starts_at if isinstance(item, ListedDate) else None
    last_day = item.deadline.for_date(starts_at) if starts_at else item.deadline.day
    if item.signup not in _SIGNUP_UNTIL or not item.deadline:
        return _(_SIGNUP_ANYTIME[item.signup])
    if today and last_day and last_day < today:
        return _(_SIGNUP_CLOSED[item.signup]).format(when=day(last_day))
    return _(_SIGNUP_UNTIL[item.signup]).format(
        when=_deadline(item.deadline, last_day, starts_at)
    )


def places_label(row: ListedDate, today: date) -> str:
    """``Plats ledig i dag``, ``Fullt``, ``Få platser kvar``, or nothing when there is room."""
    if row.is_cancelled or row.was_moved_away:
        return ""
    if row.has_free_place(today):
        return _("Plats ledig i dag")
    return {Places.FULL: _("Fullt"), Places.FEW: _("Få platser kvar")}.get(
        row.places, ""
    )


# What became of it


def status_word(row: ListedDate) -> str:
    """``Inställt``, ``Flyttat`` or nothing."""
    if row.is_cancelled:
        return _("Inställt")
    return _("Flyttat") if row.appearance is Appearance.LEFT else ""


def cancelled_sentence(row: ListedDate, today: date) -> str:
    """``Inställt. Ledaren är sjuk. Nästa gång är torsdag 26 november.``"""
    told = _with_reason(
        _("Inställt"),
        re.sub(r"^inställ[dt]\b[.,:]?\s*", "", row.reason, flags=re.IGNORECASE),
    )
    if row.next_at is None or row.next_at.date() < today:
        return told
    return (
        f"{told} {_('Nästa gång är {day}.').format(day=near_day(row.next_at, today))}"
    )


def moved_sentence(row: ListedDate) -> str:
    """``Flyttat till torsdag 29 oktober kl. 10.30 på grund av allhelgonaafton.``"""
    place = day(row.starts_at) if row.is_all_day else _moment(row.starts_at)
    if row.is_cancelled:
        return _with_reason(
            _("Flyttat till {when}, sedan inställt").format(when=place), row.reason
        )
    told = _("Flyttat till {when}").format(when=place)
    reason = re.sub(
        r"^flytta[dt]\b[^,.]*?(?=på grund av)", "", row.left_reason, flags=re.IGNORECASE
    )
    return _with_reason(told, re.sub(_MOVED_FIRST, "", reason, flags=re.IGNORECASE))


def next_sentence(row: ListedDate, today: date) -> str:
    """``Nästa är Öppet hus, måndag 23 november kl. 10.00.``: what an empty page says."""
    start = "" if row.is_all_day else " " + _at(clock_time(row.starts_at.time()))
    place = near_day(row.starts_at, today) + start
    return _("Nästa är {title}, {when}.").format(title=row.title, when=place)


def dates_counted(number: int) -> str:
    """``1 tillfälle``, ``12 tillfällen``."""
    return ngettext("%(num)s tillfälle", "%(num)s tillfällen", number) % {"num": number}


# Rules


_ON_WEEKDAYS = {
    "MO": (N_("måndagar"), N_("måndag"), N_("måndagen")),
    "TU": (N_("tisdagar"), N_("tisdag"), N_("tisdagen")),
    "WE": (N_("onsdagar"), N_("onsdag"), N_("onsdagen")),
    "TH": (N_("torsdagar"), N_("torsdag"), N_("torsdagen")),
    "FR": (N_("fredagar"), N_("fredag"), N_("fredagen")),
    "SA": (N_("lördagar"), N_("lördag"), N_("lördagen")),
    "SU": (N_("söndagar"), N_("söndag"), N_("söndagen")),
}
_NTH = {
    "1": N_("första"),
    "2": N_("andra"),
    "3": N_("tredje"),
    "4": N_("fjärde"),
    "5": N_("femte"),
    "-1": N_("sista"),
}


def rule_in_words(rule: str) -> str:
    """``Varannan tisdag`` from the text of a recurrence rule; ``Flera datum`` for no rule."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    every = int(parts.get("INTERVAL", "1"))
    if parts.get("FREQ") == "WEEKLY":
        return capital(_weekly(parts.get("BYDAY", "").split(","), every))
    if parts.get("FREQ") == "MONTHLY":
        return capital(_monthly(parts, every))
    return _("Flera datum")


def _weekly(codes: list[str], every: int) -> str:
    known = [_ON_WEEKDAYS[code] for code in codes if code in _ON_WEEKDAYS]
    plural = listing([_(names[0]) for names in known])
    if every == 1:
        return plural or _("varje vecka")
    if every == 2 and len(known) == 1:
        return _("varannan {weekday}").format(weekday=_(known[0][1]))
    weeks = _("varannan vecka") if every == 2 else _("var {n}:e vecka").format(n=every)
    return (
        _("{weeks} på {weekdays}").format(weeks=weeks, weekdays=plural)
        if plural
        else weeks
    )


def _monthly(parts: dict[str, str], every: int) -> str:
    months = {1: _("i månaden"), 2: _("varannan månad")}.get(every) or _(
        "var {n}:e månad"
    ).format(n=every)
    found = re.fullmatch(r"([+-]?\d)([A-Z]{2})", parts.get("BYDAY", ""))
    nth = found.group(1).lstrip("+") if found else parts.get("BYSETPOS", "")
    code = found.group(2) if found else parts.get("BYDAY", "")
    if nth in _NTH and code in _ON_WEEKDAYS:
        chosen = f"{_(_NTH[nth])} {_(_ON_WEEKDAYS[code][2])}"
    elif parts.get("BYMONTHDAY") == "-1":
        chosen = _("sista dagen")
    else:
        chosen = _("den {day}").format(day=parts.get("BYMONTHDAY", ""))
    return f"{chosen} {months}"


# Small words


def listing(words: Iterable[str]) -> str:
    """``a, b och c``."""
    *start, last = list(words) or [""]
    return (
        _("{words} och {last}").format(words=", ".join(start), last=last)
        if start
        else last
    )


def capital(text: str) -> str:
    """The same text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def filters() -> dict[str, Callable[..., Any]]:
    """Every phrase by its own name, for a template engine."""
    return {
        name: value
        for name, value in globals().items()
        if callable(value)
        and getattr(value, "__module__", "") == __name__
        and name.islower()
        and name[0] != "_"
        and name != "filters"
    }


def _deadline(
    deadline: Deadline, last_day: date | None, starts_at: datetime | None
) -> str:
    if (
        deadline.day is None
        and deadline.days_before is not None
        and not starts_at
        or deadline.days_before == 0
    ):
        words = _days_before(deadline.days_before or 0)
    elif last_day is None:
        return deadline.words
    else:
        same_year = starts_at is None or last_day.year == starts_at.year
        words = day(last_day) if same_year else day_with_year(last_day)
    return f"{words} {_at(clock_time(deadline.at))}" if deadline.at else words


def _days_before(number: int) -> str:
    named = {0: _("samma dag"), 1: _("dagen före")}
    return named.get(number) or ngettext(
        "%(num)s dag före", "%(num)s dagar före", number
    ) % {"num": number}


def _with_reason(told: str, reason: str) -> str:
    """The news and why as sentences; a reason that begins in small letters goes on in the first one."""
    reason = reason.strip()
    if not reason:
        return f"{told}."
    ending = "" if reason[-1] in ".?!" else "."
    joint = " " if reason[0].islower() and reason.startswith(_("på grund av")) else ". "
    return f"{told}{joint}{reason if joint == ' ' else capital(reason)}{ending}"


def _moment(moment: datetime) -> str:
    return f"{day(moment)} {_at(clock_time(moment.time()))}"


def _at(clocks: str) -> str:
    return _("kl. {time}").format(time=clocks).replace(" ", NBSP)


def _plain(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _date(value: date, pattern: str) -> str:
    return _formatted(_plain(value), pattern, current_locale())


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    text = format_date(value, pattern, locale=locale)
    # "lördag 21 november" may break after the weekday only.
    return re.sub(r"(?<=\d) (?=\D)|(?<=\D) (?=\d{4})", NBSP, text)
