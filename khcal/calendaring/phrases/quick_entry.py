"""What is told of a line that was read as an entry: assumptions, contradictions, and what is lacking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from khcal.i18n import gettext as _

from ..quick_entry import Assumed, Conflict, Lack, Remark, Unread, When
from ..recurrence import Fault, RecurrenceError
from ..terms import Audience, Form, Kind
from .moments import at, clock_time, day, day_with_year, days, short_date, week, weekday
from .rules import rule_fault, rule_in_words
from .words import N_, audience_label, capital, form_label, kind_label, language_label

_A_MONDAY = date(2024, 1, 1)
_LABELS: dict[Assumed | Conflict, Callable[[str], str]] = {
    Assumed.KIND: lambda word: kind_label(Kind(word)),
    Assumed.AUDIENCE: lambda word: audience_label(Audience(code) for code in word.split(",")),
    Assumed.FORM: lambda word: form_label(Form(word)),
    Assumed.LANGUAGE: language_label,
}
_SENTENCES: dict[Assumed | Conflict, str] = {
    Assumed.SPELLING: N_("”{piece}” lästes som ”{word}”."),
    Assumed.YEAR: N_("Året är {number}."),
    Assumed.THAT_DAY: N_("Det blir {day}."),
    Assumed.FIRST_DAY: N_("Första gången blir {day}."),
    Assumed.STARTS_ON: N_("”{piece}” lästes som första gången."),
    Assumed.TERM: N_("Terminen lästes som {days}."),
    Assumed.KIND: N_("Slag: {word}."),
    Assumed.AUDIENCE: N_("För vem: {word}."),
    Assumed.FORM: N_("Hur deltar man: {word}."),
    Assumed.LANGUAGE: N_("Språk: {word}."),
    Assumed.ROOM: N_("Rummet valdes efter ”{piece}” i titeln."),
    Assumed.PLACE: N_("Plats: {word}."),
    Assumed.EARLIER: N_("”{word}” har funnits förut. Resten fylls i från förra gången."),
    Assumed.TITLE: N_("”{piece}” lästes som ”{word}”. Resten fylls i från förra gången."),
    Assumed.ENDS_AS_BEFORE: N_("Slutar {at}, lika långt som förra gången."),
    Assumed.HOURS_AS_BEFORE: N_("Börjar {at} och slutar kl. {word} som förra gången."),
    Assumed.TIME: N_("”{piece}” lästes som {at}."),
    Assumed.WHOLE_DAY: N_("Det står inga tider, så det är hela dagen."),
    Assumed.WEEKLY: N_("Det upprepas samma veckodag som första gången: {weekday}."),
    Assumed.EACH_DAY: N_("Det blir ett tillfälle varje dag, sammanlagt {number}."),
    Assumed.ONE_BY_ONE: N_("Ingen upprepning ger just de här dagarna. De {number} datumen står ett för ett."),
    Assumed.LONG_YEAR: N_("Vecka 53 och vecka 1 är båda udda. De {number} datumen står därför ett för ett."),
    Assumed.PARITY_LATER: N_("Udda och jämna veckor byter plats vid nyår {number}. Skriv när det slutar."),
    Assumed.NO_EFFECT: N_("”{piece}” tar inte bort något datum."),
    Assumed.FEAST: N_("”{piece}” lästes som {days}, {word}."),
    Assumed.CAPACITY: N_("”{piece}” lästes som {number} platser."),
    Assumed.RED_DAY: N_("{day} är {word}. Datumet är med."),
    Conflict.WEEKDAY: N_("{date} är en {weekday}, inte en {other}."),
    Conflict.START_WEEKDAY: N_("{date} är en {weekday}. Första gången blir {last}."),
    Conflict.NO_SUCH_DAY: N_("”{piece}” finns inte i almanackan."),
    Conflict.OTHER_WEEK: N_("{day} ligger i {week}, inte i ”{piece}”."),
    Conflict.PAST: N_("{day} har redan varit."),
    Conflict.BACKWARDS: N_("”{piece}” slutar innan det börjar."),
    Conflict.PARITY: N_("{day} ligger i {week}. Varannan vecka blir inte udda eller jämna veckor där."),
    Conflict.TIMES: N_("Det står {word} gånger, men tiden ger {number}."),
    Conflict.NO_DATES: N_("Det blir inga datum."),
    Conflict.SKIP_OUTSIDE: N_("”{piece}” finns inte under den här tiden."),
    Conflict.VAGUE_TIME: N_("”{piece}” kan vara {at} eller {later}. Skriv vilket."),
    Conflict.END_BEFORE_START: N_("”{piece}” slutar innan det börjar."),
    Conflict.SECOND_VALUE: N_("Det står både ”{word}” och ”{piece}”. Det första används."),
    Conflict.DEADLINE_LATE: N_("Sista dag att anmäla sig, {day}, ligger efter första gången."),
    Conflict.DEADLINE_PAST: N_("Sista dag att anmäla sig, {day}, har redan varit."),
    Conflict.ROOMS: N_("”{piece}” är fler än {number} rum. De första används."),
    Conflict.TOO_LONG: N_("Bara de första {number} tecknen lästes."),
}
_LACKS = {
    Lack.TITLE: N_("Vad det heter"),
    Lack.DAY: N_("Vilken dag det är"),
    Lack.WEEKDAY: N_("Vilken veckodag det är"),
    Lack.DAYS: N_("Vilka dagar det är"),
    Lack.START: N_("Vilken vecka det börjar"),
    Lack.STARTS: N_("När det börjar"),
    Lack.ENDS: N_("När det slutar"),
    Lack.UNTIL: N_("Hur länge det håller på"),
}
_NOT_IN_EVERY_MONTH = {(Fault.NTH, "5"), *((Fault.MONTH_DAY, day) for day in ("29", "30", "31"))}
_WITH_YEAR = frozenset({Assumed.THAT_DAY, Conflict.PAST, Conflict.DEADLINE_PAST, Conflict.DEADLINE_LATE})


def entry_remark(remark: Remark) -> str:
    """An assumption or a contradiction in a sentence: ``Året är 2027.``"""
    if remark.fault is not None or remark.code is Conflict.CLOCK_CHANGE:
        moment = clock_time(remark.at) if remark.at else remark.word
        told = rule_fault(RecurrenceError(remark.fault or Fault.CLOCK_CHANGE, moment))
        is_rare = (remark.fault, remark.word) in _NOT_IN_EVERY_MONTH
        return f"{_not_in_every_month(remark)} {told}" if is_rare else told
    return capital(_(_SENTENCES[remark.code]).format(**_words_of(remark)))


def _not_in_every_month(remark: Remark) -> str:
    return _("”{piece}” finns inte i alla månader.").format(piece=remark.piece)


def entry_lack(lack: Lack) -> str:
    """What the form still needs: ``När det börjar``."""
    return _(_LACKS[lack])


def entry_unread(unread: Unread) -> str:
    """A piece that was not understood: ``Vi förstår inte ”kvällsöppet”.``"""
    return _("Vi förstår inte ”{text}”.").format(text=unread.text)


def days_as_before(when: When) -> str:
    """Days that follow the rhythm of last time: ``Dagarna blir som förra gången: torsdagar från …``."""
    words = {"rhythm": rule_in_words(when.rule or ""), "first": day(when.first_day or _A_MONDAY)}
    if when.until is not None:
        told = _("Dagarna blir som förra gången: {rhythm} från {first} till {last}.")
        return told.format(**words, last=day(when.until))
    told = _("Dagarna blir som förra gången: {rhythm} från {first}, {number} gånger.")
    return told.format(**words, number=when.times)


def _words_of(remark: Remark) -> dict[str, str]:
    label = _LABELS.get(remark.code)
    words = {"piece": remark.piece, "word": label(remark.word) if label else remark.word}
    if remark.number is not None:
        words["number"] = str(remark.number)
    if remark.at is not None:
        words |= {"at": at(clock_time(remark.at)), "later": at(clock_time(_half_a_day_later(remark.at)))}
    if remark.day is not None:
        words |= _words_of_day(remark, remark.day)
    return words


def _words_of_day(remark: Remark, first: date) -> dict[str, str]:
    last = remark.last or first
    one = day_with_year(first) if remark.code in _WITH_YEAR else day(first)
    words = {
        "date": short_date(first),
        "weekday": weekday(first),
        "week": week(first),
        "days": days(first, last, with_year=True),
    }
    words["day"] = words["days"] if remark.code is Assumed.THAT_DAY and remark.last else one
    words["last"] = day(last)
    if remark.number is not None:
        words["other"] = weekday(_A_MONDAY + timedelta(days=remark.number % 7))
    return words


def _half_a_day_later(moment: time) -> time:
    return (datetime.combine(_A_MONDAY, moment) + timedelta(hours=12)).time()
