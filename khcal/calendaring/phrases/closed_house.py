"""Ready texts that tell that a house has closed for good, and what is called off with it."""

from __future__ import annotations

from collections.abc import Iterable

from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from .announcements import Announcement, plain_message, plain_spaces
from .changed_dates import DateNews, News, day_of
from .words import dates_counted, in_swedish


@in_swedish
def announce_closed_house(changed: Iterable[DateNews], house: str, address: str) -> Announcement:
    """The texts; of ``changed`` what was called off is named. ``address`` is where the other houses are."""
    off = [each for each in changed if each.news is News.CANCELLED and not each.is_closure]
    closed = _("{house} har stängt för gott.").format(house=house)
    others = _("De andra husen och vad som händer där:")
    body = "\n\n".join([closed, *([_called_off(off)] if off else []), f"{others} {address}"])
    counted = ngettext("Ett tillfälle är inställt.", "%(num)s tillfällen är inställda.", len(off))
    brief = [closed, *([counted % {"num": len(off)}] if off else []), _("De andra husen:"), address]
    return Announcement(
        message=plain_message(" ".join(brief)),
        subject=closed.rstrip("."),
        mail=plain_spaces(body),
        post=plain_spaces(body),
    )


def _called_off(off: Iterable[DateNews]) -> str:
    """A line for each group: how many dates, and from when."""
    groups: dict[str, list[DateNews]] = {}
    for one in sorted(off, key=lambda each: each.was.starts_at):
        groups.setdefault(one.title, []).append(one)
    lines = [f"- {title}, {_which(dates)}" for title, dates in groups.items()]
    return "\n".join([_("Det här blir inte av:"), *lines])


def _which(dates: list[DateNews]) -> str:
    first = day_of(dates[0].was)
    if len(dates) == 1:
        return first
    return _("{dates} från {day}").format(dates=dates_counted(len(dates)), day=first)
