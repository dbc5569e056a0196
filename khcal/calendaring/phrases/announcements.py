"""Ready texts that tell those who were to come: as a text message, as a mail and for Facebook.

They go to visitors, so they are Swedish whatever language the staff member reads. They name the house
instead of greeting: who sends them adds that. The text message keeps to letters of the phones' own
alphabet, where 160 of them are one message; a dash or a no-break space would make it two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from .changed_dates import DateNews, News, day_of, days_in_a_row, in_a_list, in_full, in_short, moment_of
from .moments import DASH, NBSP, days, short_date
from .news import bare_reason
from .words import capital, in_swedish, listing

ONE_MESSAGE = 160
# More days than these are counted in a heading, not named.
MOST_NAMED = 4
_PLAIN = str.maketrans({NBSP: " ", DASH: "-", "\N{EM DASH}": "-", "”": '"', "“": '"', "’": "'", "…": "..."})


@dataclass(frozen=True, slots=True)
class Announcement:
    """The texts. ``message`` is for a telephone; the mail has neither greeting nor name below."""

    message: str
    subject: str
    mail: str
    post: str

    @property
    def messages(self) -> int:
        """As how many text messages a telephone sends ``message``."""
        whole, part = (160, 153) if _is_plain(self.message) else (70, 67)
        length = len(self.message)
        return 1 if length <= whole else -(-length // part)


@in_swedish
def announce(changed: Iterable[DateNews], house: str, address: str) -> Announcement | None:
    """The texts about these dates; ``address`` is where all dates stand. ``None`` if there is no news."""
    news = [each for each in changed if each.news is not News.NOTHING]
    # That the house is closed comes first, and is why the rest is told of.
    told = sorted(news, key=lambda each: (not each.is_closure, each.was.starts_at))
    if not told:
        return None
    body = _body(told)
    return Announcement(
        message=_message(told, house, address),
        subject=plain_spaces(_subject(told)),
        mail=f"{body}\n\n{_('Alla datum finns i kalendern:')} {address}",
        post=f"{house}\n\n{body}\n\n{_('Hela kalendern:')} {address}",
    )


def _body(told: Sequence[DateNews]) -> str:
    dates = _dates(told)
    parts = [_house_in_full(one) for one in told if one.is_closure]
    parts += [in_full(dates[0])] if len(dates) == 1 else [_section(group) for group in _by_news(dates)]
    reason = _shared_reason(told)
    after = [*([reason] if reason else []), *_next_sentences(told, with_time=True)]
    return plain_spaces("\n\n".join([*parts, *([" ".join(after)] if after else [])]))


def _dates(told: Sequence[DateNews]) -> list[DateNews]:
    """All but what is said of the house itself."""
    return [one for one in told if not one.is_closure]


def _house_in_full(one: DateNews) -> str:
    """``Huset är stängt torsdag 26 november. Vi städar.``; that it opens again needs no reason."""
    why = "" if one.news is News.REOPENED else one.reason.strip()
    return " ".join(part for part in (in_full(one), _as_sentence(why)) if part)


def _by_news(told: Sequence[DateNews]) -> list[list[DateNews]]:
    order = list(News)
    in_order = sorted(told, key=lambda each: order.index(each.news))
    return [list(group) for _news, group in groupby(in_order, key=lambda each: each.news)]


def _section(group: Sequence[DateNews]) -> str:
    """A heading and a line for each date."""
    title = _only_title(group)
    headings = {
        News.CANCELLED: _("Vi ställer in {title}:"),
        News.NEW_DAY: _("Vi flyttar {title}:"),
        News.NEW_TIME: _("Ny tid för {title}:"),
        News.NEW_PLACE: _("Ny plats för {title}:"),
        News.HELD: _("Det här blir av ändå, {title}:"),
        News.HELD_OTHER_DAY: _("Nya datum för {title}:"),
    }
    several = {
        News.CANCELLED: _("Vi ställer in:"),
        News.NEW_DAY: _("Vi flyttar:"),
        News.NEW_TIME: _("Nya tider:"),
        News.NEW_PLACE: _("Nya platser:"),
        News.HELD: _("Det här blir av ändå:"),
        News.HELD_OTHER_DAY: _("Nya datum:"),
    }
    news = group[0].news
    heading = headings[news].format(title=title) if title else several[news]
    lines = [f"- {in_a_list(one) if title else one.title + ', ' + in_a_list(one)}" for one in group]
    return "\n".join([heading, *lines])


def _next_sentences(told: Sequence[DateNews], with_time: bool) -> list[str]:
    """When each group that something was called off of meets next."""
    off = [one for one in told if one.news is News.CANCELLED]
    found: dict[str, datetime | None] = {one.title: one.next_at for one in off}
    following = [(title, moment) for title, moment in found.items() if moment is not None]
    if len(found) == 1:
        return [
            _("Nästa gång är {when}.").format(when=moment_of(moment, with_time)) for _t, moment in following
        ]
    named = _("Nästa gång för {title} är {when}.")
    return [named.format(title=title, when=moment_of(moment, with_time)) for title, moment in following]


def _subject(told: Sequence[DateNews]) -> str:
    if told[0].is_closure:
        return in_full(told[0]).rstrip(".")
    words = {
        News.CANCELLED: _("Inställt"),
        News.NEW_DAY: _("Ny dag"),
        News.NEW_TIME: _("Ny tid"),
        News.NEW_PLACE: _("Ny plats"),
        News.HELD: _("Blir av"),
        News.HELD_OTHER_DAY: _("Nytt datum"),
    }
    kinds = {one.news for one in told}
    word = words[told[0].news] if len(kinds) == 1 else _("Ändringar")
    title = _only_title(told)
    return f"{word}: {_what_and_when(told, title)}"


def _what_and_when(told: Sequence[DateNews], title: str) -> str:
    shown = [one.was if one.news is News.CANCELLED else one.now for one in told]
    if len(shown) == 1:
        return f"{title} {day_of(shown[0])}"
    if title and len(shown) <= MOST_NAMED:
        return f"{title} {days_in_a_row(stand.starts_at for stand in shown)}"
    first, last = (pick(stand.starts_at.date() for stand in shown) for pick in (min, max))
    words = _("{title} {number} gånger {days}") if title else _("flera aktiviteter {days}")
    return words.format(title=title, number=len(shown), days=days(first, last))


def _message(told: Sequence[DateNews], house: str, address: str) -> str:
    """The fullest text that fits one message; if none does, the shortest."""
    shorter = ""
    for text in _messages(told, house, address):
        shorter = plain_message(text)
        if len(shorter) <= ONE_MESSAGE:
            break
    return shorter


def _messages(told: Sequence[DateNews], house: str, address: str) -> Iterable[str]:
    dates = _dates(told)
    news = in_full(dates[0]) if len(dates) == 1 else _several_in_short(dates)
    reason = _shared_reason(told)
    closed = [one for one in told if one.is_closure]
    if closed:
        yield f"{house}: {' '.join([*map(_house_in_full, closed), news, reason]).strip()}"
        news = " ".join([*map(in_full, closed), news])
    for parts in (
        [news, reason, *_next_sentences(told, with_time=True)],
        [news, reason, *_next_sentences(told, with_time=False)],
        [news, *_next_sentences(told, with_time=False)],
        [news, reason],
        [news],
    ):
        yield f"{house}: {' '.join(part for part in parts if part)}"
    yield f"{house}: {_in_brief(told)} {_('Se')} {address}"
    yield f"{_in_brief(told)} {_('Se')} {address}"


def _in_brief(told: Sequence[DateNews]) -> str:
    """What the subject says; that of a closed house is silent on what is called off with it."""
    off = sum(one.news is News.CANCELLED for one in told) if told[0].is_closure else 0
    counted = ngettext("Ett tillfälle är inställt.", "%(num)s tillfällen är inställda.", off) % {"num": off}
    return " ".join([f"{capital(_subject(told))}.", *([counted] if off else [])])


def _several_in_short(told: Sequence[DateNews]) -> str:
    """Several dates in a sentence for each kind of news."""
    return " ".join(_short_sentence(group) for group in _by_news(told))


def _short_sentence(group: Sequence[DateNews]) -> str:
    news, title = group[0].news, _only_title(group)
    if news is News.CANCELLED:
        return _("Vi ställer in {what}.").format(what=_named_days(group, title))
    if news is News.HELD:
        return _("Det blir av ändå: {what}.").format(what=_named_days(group, title))
    pairs = listing(in_short(one) if title else f"{one.title} {in_short(one)}" for one in group)
    heading = {News.NEW_TIME: _("Ny tid"), News.NEW_PLACE: _("Ny plats")}.get(news, _("Nya datum"))
    return f"{heading}: {title} {pairs}." if title else f"{heading}: {pairs}."


def _named_days(group: Sequence[DateNews], title: str) -> str:
    if title:
        return f"{title} {days_in_a_row(one.was.starts_at for one in group)}"
    return listing(f"{one.title} {short_date(one.was.starts_at)}" for one in group)


def _shared_reason(told: Sequence[DateNews]) -> str:
    """Why, as a sentence, when there is one reason for all that is not said already."""
    said = {_bare(part) for one in told if one.is_closure for part in (one.title, _title_and_words(one))}
    reasons = {bare_reason(one.reason) for one in _dates(told)}
    reason = reasons.pop() if len(reasons) == 1 else ""
    if _bare(reason) in said:
        return ""
    if reason.startswith("på grund av"):
        reason = _("det är {reason}").format(reason=reason)
    return _as_sentence(reason)


def _title_and_words(one: DateNews) -> str:
    return f"{one.title.rstrip('.')}. {one.reason}"


def _bare(text: str) -> str:
    return text.strip().rstrip(".").casefold()


def _as_sentence(text: str) -> str:
    return capital(text) + ("" if text[-1] in ".?!" else ".") if text else ""


def _only_title(told: Sequence[DateNews]) -> str:
    titles = {one.title for one in told}
    return titles.pop() if len(titles) == 1 else ""


def plain_spaces(text: str) -> str:
    """Text that is pasted elsewhere has ordinary spaces."""
    return text.replace(NBSP, " ")


def plain_message(text: str) -> str:
    """Text for a telephone: a dash or a no-break space would make it two messages."""
    return text.translate(_PLAIN)


def _is_plain(text: str) -> bool:
    """Whether the phones' own alphabet has all its letters."""
    return all(letter in _ALPHABET for letter in text)


# GSM 03.38, without the few signs that count twice.
_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
